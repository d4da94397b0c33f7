"""``budget comparable``: 同口径, what is left out of both sides of a comparison."""

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from events.codes import economic_item
from events.disclosure import ComparabilityDeclared
from events.document import Document
from ledger.deciding.statement import Declare


@click.command(help=_("声明与上年预算比较时两侧都剔除的经济科目（同口径）。"))
@click.option(
    "--exclude",
    "excluded",
    type=options.Parsed("CODE", economic_item),
    multiple=True,
    required=True,
    help=_("剔除的经济科目编码，可多次。"),
)
@options.documented(required=False)
@options.reason
@recording()
def command(recorder: Recorder, excluded: tuple[str, ...], reason: str, document: Document | None) -> None:
    """Declare comparability."""
    fact = make(ComparabilityDeclared, effective_on=recorder.day(), excluded=excluded, document=document, reason=reason)
    recorder.record(Declare(fact=fact))
