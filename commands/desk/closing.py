"""What 关账 and 重新开账 have in common."""

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.recorder import Recorder, recording
from events.document import Document
from ledger.deciding.closing import CloseYear, ReopenYear


def closing(kind: type[CloseYear | ReopenYear], help_text: str) -> click.Command:
    """The command that closes a year or opens it again."""

    @click.command(help=help_text)
    @options.documented(required=False)
    @options.reason
    @recording()
    def command(recorder: Recorder, reason: str, document: Document | None) -> None:
        recorder.record(make(kind, effective_on=recorder.day(), document=document, reason=reason))

    return command
