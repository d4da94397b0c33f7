"""``budget carry-over``: 结转 out of the year before, into ``--year``."""

from datetime import date
from pathlib import Path

import click

from commands.desk import lines, options
from commands.desk.lines import Single
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.options import Flags
from commands.desk.recorder import Recorder
from commands.desk.session import Session, pass_session
from events.document import Document
from ledger.intents import CarryOverBudget


@click.command(help=_("记录结转：从上年转入 --year 年度，一次记录，两年同时反映。先显示效果再询问。"))
@lines.single_line
@options.documented()
@options.reason
@options.effective_on
@options.recording()
@pass_session
def command(
    session: Session,
    file: Path | None,
    single: Single,
    reason: str,
    effective_on: date | None,
    flags: Flags,
    document: Document | None,
) -> None:
    """Record a carry-over."""
    recorder = Recorder(session, flags)
    intent = make(
        CarryOverBudget,
        effective_on=recorder.day(effective_on),
        document=document,
        reason=reason,
        lines=lines.lines_of(session, recorder.stream, file, single),
    )
    recorder.record(intent, once=file is not None, asks=True)
