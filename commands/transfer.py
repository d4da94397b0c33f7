"""``budget transfer``: 调剂 between lines; what leaves one enters another."""

from pathlib import Path

import click

from commands.desk import lines, options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from events.document import Document
from events.errors import Faulty, WrongUsage
from events.line import Line, LineKey, line_faults
from events.money import Money
from events.vocabulary import Ground
from ledger.deciding.budget import TransferBudget

LINE = options.Parsed("LINE", lines.line_name)


@click.command(help=_("记录调剂：--from、--to、--amount，或用 --file 给出合计为零的正负金额。先显示效果再询问。"))
@lines.file
@click.option("--from", "source", type=LINE, help=_("调出明细：功能科目/用途/经济科目或项目[/资金来源][/资金年度]。"))
@click.option("--to", "target", type=LINE, help=_("调入明细：功能科目/用途/经济科目或项目[/资金来源][/资金年度]。"))
@options.amount
@options.optional_ground
@options.documented()
@options.reason
@recording()
def command(
    recorder: Recorder,
    file: Path | None,
    source: LineKey | None,
    target: LineKey | None,
    amount: Money | None,
    ground: Ground | None,
    reason: str,
    document: Document | None,
) -> None:
    """Record a transfer."""
    if file is not None and (source or target or amount):
        raise WrongUsage("--file 与单条明细的选项不能同时使用。")
    if file is not None:
        moved = lines.sheet_lines(recorder, file, is_budget=True)
    elif source and target and amount is not None:
        moved = _pair(source, target, amount)
    else:
        raise WrongUsage("请写 --from、--to 和 --amount，或用 --file 给出表格。")
    intent = make(
        TransferBudget, effective_on=recorder.day(), document=document, reason=reason, ground=ground, lines=moved
    )
    recorder.record(intent, once=file is not None, asks=True)


def _pair(source: LineKey, target: LineKey, amount: Money) -> tuple[Line, ...]:
    if amount.fen <= 0:
        raise WrongUsage("调剂金额应大于 0；方向由 --from 和 --to 决定。")
    if source == target:
        raise WrongUsage("--from 和 --to 是同一条明细。")
    if faults := [*line_faults(source), *line_faults(target)]:
        raise Faulty(faults, "明细不完整，没有记录。")
    return (Line.of(source, -amount), Line.of(target, amount))
