"""``budget project``: projects and their performance targets."""

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
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
@recording()
def add(recorder: Recorder, name: str, code: str | None, kind: ProjectKind | None) -> None:
    """Register a project."""
    day = recorder.day()
    fact = make(ProjectRegistered, effective_on=day, name=name, code=code, kind=kind)
    recorder.record(Declare(fact=fact))


@command.command(help=_("记录项目的绩效目标。"))
@click.argument("project")
@click.argument("text")
@recording()
def target(recorder: Recorder, project: str, text: str) -> None:
    """Set a project's performance target."""
    day = recorder.day()
    fact = make(PerformanceTargetSet, effective_on=day, project=project, target=text)
    recorder.record(Declare(fact=fact))
