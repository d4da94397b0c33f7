"""What 追加 and 追减 have in common: the same options, another intent."""

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
from events.vocabulary import Ground
from ledger.intents import ReduceBudget, SupplementBudget


def adjustment(kind: type[SupplementBudget | ReduceBudget], help_text: str) -> click.Command:
    """The command that records this kind of adjustment."""

    @click.command(help=help_text)
    @lines.single_line
    @options.word("--ground", Ground, about=_("依据类型，默认预算调整："), default=Ground.ADJUSTMENT.label)
    @options.documented()
    @options.reason
    @options.effective_on
    @options.recording()
    @pass_session
    def command(
        session: Session,
        file: Path | None,
        single: Single,
        ground: Ground,
        reason: str,
        effective_on: date | None,
        flags: Flags,
        document: Document | None,
    ) -> None:
        recorder = Recorder(session, flags)
        intent = make(
            kind,
            effective_on=recorder.day(effective_on),
            document=document,
            reason=reason,
            ground=ground,
            lines=lines.lines_of(session, recorder.stream, file, single),
        )
        recorder.record(intent, once=file is not None, asks=True)

    return command
