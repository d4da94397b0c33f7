"""``budget subject``: 科目, and the names a unit prints for them."""

from datetime import date

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from events.codes import subject_code
from events.disclosure import SubjectNamed
from ledger.catalogue import builtin
from ledger.deciding.statement import Declare


@click.group(help=_("查看和命名科目。"))
def command() -> None:
    """Group what concerns 科目."""


@command.command(help=_("查看一个科目在某年度的名称、有效期和把握程度。"))
@click.argument("code", type=options.Parsed("CODE", subject_code))
@options.year
def show(code: str, year: int) -> None:
    """Show a subject of the catalogue."""
    subject = builtin().required(code, year)
    valid = f"{subject.valid_from or '…'} — {subject.valid_to or '…'}"
    click.echo(f"{subject.code}  {subject.name}  {valid}  {subject.confidence}")


@command.command(help=_("记录单位某年度对科目使用的名称。"))
@click.argument("code", type=options.Parsed("CODE", subject_code))
@click.argument("name")
@click.option("--place", metavar="PLACE", help=_("只用于某处：table-2 表示表2，narrative 表示文字说明。"))
@options.optional_reason
@click.option("--effective-on", type=options.DAY, metavar="D", help=_("生效日；默认年度的第一天。"))
@recording(dated=False)
def name(
    recorder: Recorder, code: str, name: str, place: str | None, reason: str | None, effective_on: date | None
) -> None:
    """Name a subject for a year."""
    day = effective_on or date(recorder.year, 1, 1)
    fact = make(SubjectNamed, effective_on=day, code=code, name=name, place=place, reason=reason)
    recorder.record(Declare(fact=fact))
