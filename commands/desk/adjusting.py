"""What 追加, 追减 and 结转 have in common: the same options, another intent."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from commands.desk import lines, options
from commands.desk.lines import Single
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.options import Command, Flags
from commands.desk.recorder import Recorder
from commands.desk.session import Session, pass_session
from events.document import Document
from events.model import Value
from events.vocabulary import Ground
from ledger.deciding.budget import CarryOverBudget, ReduceBudget, SupplementBudget


def adjustment(kind: type[SupplementBudget | ReduceBudget | CarryOverBudget], help_text: str) -> click.Command:
    """The command that records this kind of adjustment; a kind that rests on a ground takes ``--ground``."""

    @click.command(help=help_text)
    @lines.single_line
    @_grounded(kind)
    @options.documented()
    @options.reason
    @options.effective_on
    @options.recording()
    @pass_session
    def command(
        session: Session,
        /,
        file: Path | None,
        single: Single,
        reason: str,
        effective_on: date | None,
        flags: Flags,
        document: Document | None,
        **ground: Ground,
    ) -> None:
        recorder = Recorder(session, flags)
        intent = make(
            kind,
            effective_on=recorder.day(effective_on),
            document=document,
            reason=reason,
            lines=lines.lines_of(session, recorder.stream, file, single),
            **ground,
        )
        recorder.record(intent, once=file is not None, asks=True)

    return command


def _grounded(kind: type[Value]) -> Callable[[Command], Command]:
    if "ground" not in kind.model_fields:
        return lambda command: command
    return options.word("--ground", Ground, about=_("依据类型，默认预算调整："), default=Ground.ADJUSTMENT.label)
