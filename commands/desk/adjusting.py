"""What 追加, 追减 and 结转 have in common: the same options, another intent."""

from collections.abc import Callable
from pathlib import Path

import click

from commands.desk import lines, options
from commands.desk.lines import Single
from commands.desk.making import make
from commands.desk.options import Command
from commands.desk.recorder import Recorder, recording
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
    @recording()
    def command(
        recorder: Recorder,
        /,
        file: Path | None,
        single: Single,
        reason: str,
        document: Document | None,
        **ground: Ground,
    ) -> None:
        intent = make(
            kind,
            effective_on=recorder.day(),
            document=document,
            reason=reason,
            lines=lines.lines_of(recorder, file, single),
            **ground,
        )
        recorder.record(intent, once=file is not None, asks=True)

    return command


def _grounded(kind: type[Value]) -> Callable[[Command], Command]:
    if "ground" not in kind.model_fields:
        return lambda command: command
    return options.ground
