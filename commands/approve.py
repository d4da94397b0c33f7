"""``budget approve``: 年初批复 from a sheet of lines."""

from pathlib import Path

import click

from commands.desk import lines, options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from events.document import Document
from events.money import ZERO
from ledger.deciding.budget import ApproveInitialBudget


@click.command(help=_("记录年初批复：FILE 是明细表（CSV 或 XLSX）。同一文件只记录一次。"))
@click.argument("file", type=options.FILE)
@options.documented()
@click.option("--reason", default="年初批复", metavar="TEXT", help=_("事由。"))
@recording()
def command(recorder: Recorder, file: Path, reason: str, document: Document | None) -> None:
    """Record an initial budget."""
    intent = make(
        ApproveInitialBudget,
        effective_on=recorder.day(),
        document=document,
        reason=reason,
        lines=lines.sheet_lines(recorder, file, is_budget=True, least=ZERO),
    )
    recorder.record(intent, once=True)
