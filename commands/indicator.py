"""``budget indicator``: figures that no line carries, each with its definition."""

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from events.disclosure import IndicatorRecorded
from events.document import Document
from events.money import Money
from ledger.deciding.statement import Declare


@click.command(help=_("记录指标 NAME（机关运行经费、政府采购货物……）：金额或数量，连同口径。"))
@click.argument("name")
@options.amount
@click.option("--count", type=options.WHOLE, metavar="N", help=_("数量（辆、台……）。"))
@click.option("--definition", metavar="TEXT", help=_("口径。"))
@click.option(
    "--restates",
    type=options.YEAR,
    metavar="Y",
    help=_("重述上年的基数，写上年的年份，供本年比较之用；须写 --reason。"),
)
@options.documented(required=False)
@options.optional_reason
@recording()
def command(
    recorder: Recorder,
    name: str,
    amount: Money | None,
    count: int | None,
    definition: str | None,
    restates: int | None,
    reason: str | None,
    document: Document | None,
) -> None:
    """Record an indicator."""
    fact = make(
        IndicatorRecorded,
        effective_on=recorder.day(),
        indicator=name,
        amount=amount,
        count=count,
        definition=definition,
        restates=restates,
        document=document,
        reason=reason,
    )
    recorder.record(Declare(fact=fact))
