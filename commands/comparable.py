"""``budget comparable``: 同口径, what is left out of both sides of a comparison."""

from datetime import date

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.options import Flags
from commands.desk.recorder import Recorder
from commands.desk.session import Session, pass_session
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
@options.effective_on
@options.recording()
@pass_session
def command(
    session: Session,
    excluded: tuple[str, ...],
    reason: str,
    effective_on: date | None,
    flags: Flags,
    document: Document | None,
) -> None:
    """Declare comparability."""
    recorder = Recorder(session, flags)
    fact = make(
        ComparabilityDeclared,
        effective_on=recorder.day(effective_on),
        excluded=excluded,
        document=document,
        reason=reason,
    )
    recorder.record(Declare(fact=fact))
