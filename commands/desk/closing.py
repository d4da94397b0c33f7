"""What 关账 and 重新开账 have in common."""

from datetime import date

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.options import Flags
from commands.desk.recorder import Recorder
from commands.desk.session import Session, pass_session
from events.document import Document
from ledger.deciding.closing import CloseYear, ReopenYear


def closing(kind: type[CloseYear | ReopenYear], help_text: str) -> click.Command:
    """The command that closes a year or opens it again."""

    @click.command(help=help_text)
    @options.documented(required=False)
    @options.reason
    @options.effective_on
    @options.recording()
    @pass_session
    def command(
        session: Session, reason: str, effective_on: date | None, flags: Flags, document: Document | None
    ) -> None:
        recorder = Recorder(session, flags)
        day = recorder.day(effective_on)
        intent = make(kind, effective_on=day, document=document, reason=reason)
        recorder.record(intent)

    return command
