"""``budget project``: projects and their performance targets."""

from datetime import date

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.options import Flags
from commands.desk.recorder import Recorder
from commands.desk.session import Session, pass_session
from events.disclosure import PerformanceTargetSet, ProjectRegistered
from events.vocabulary import ProjectKind
from ledger.deciding.statement import Declare


@click.group(help=_("登记项目和绩效目标。"))
def command() -> None:
    """Group what concerns projects."""


@command.command(help=_("登记项目；报表按登记的先后列项目。"))
@click.argument("name")
@click.option("--code", metavar="CODE", help=_("项目代码。"))
@options.word("--kind", ProjectKind, about=_("项目类别："))
@options.effective_on
@options.recording()
@pass_session
def add(
    session: Session, name: str, code: str | None, kind: ProjectKind | None, effective_on: date | None, flags: Flags
) -> None:
    """Register a project."""
    recorder = Recorder(session, flags)
    day = recorder.day(effective_on)
    fact = make(ProjectRegistered, effective_on=day, name=name, code=code, kind=kind)
    recorder.record(Declare(fact=fact))


@command.command(help=_("记录项目的绩效目标。"))
@click.argument("project")
@click.argument("text")
@options.effective_on
@options.recording()
@pass_session
def target(session: Session, project: str, text: str, effective_on: date | None, flags: Flags) -> None:
    """Set a project's performance target."""
    recorder = Recorder(session, flags)
    day = recorder.day(effective_on)
    fact = make(PerformanceTargetSet, effective_on=day, project=project, target=text)
    recorder.record(Declare(fact=fact))
