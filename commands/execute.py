"""``budget execute``: 执行数 of a month or of a year, from a sheet of lines."""

from datetime import date
from pathlib import Path

import click

from commands.desk import lines, options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from events.document import Document
from events.period import Period
from ledger.deciding.execution import RecordExecution


@click.command(help=_("记录执行数：FILE 是明细表，到功能科目的项即可。同一文件只记录一次。"))
@click.argument("file", type=options.FILE)
@click.option(
    "--period",
    type=options.Parsed("PERIOD", Period.parse),
    metavar="PERIOD",
    help=_("期间：2024 为全年，2024-05 为五月；默认 --year 全年。"),
)
@options.documented(required=False)
@options.optional_reason
@click.option("--effective-on", type=options.DAY, metavar="D", help=_("生效日；默认期间的最后一天。"))
@recording(dated=False)
def command(
    recorder: Recorder,
    file: Path,
    period: Period | None,
    reason: str | None,
    effective_on: date | None,
    document: Document | None,
) -> None:
    """Record execution."""
    covered = period or Period(recorder.year, None)
    intent = make(
        RecordExecution,
        effective_on=effective_on or covered.last_day,
        period=covered,
        document=document,
        reason=reason,
        lines=lines.sheet_lines(recorder, file, is_budget=False),
    )
    recorder.record(intent, once=True)
