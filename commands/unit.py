"""``budget unit``: units and what is said of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from commands.desk.session import Session, pass_session
from events.document import Document
from events.errors import Refused, WrongUsage
from events.stream import Stream, unit_code
from events.unit import UnitChanged, UnitDescribed
from ledger.deciding.statement import Declare
from ledger.deciding.unit import RegisterUnit
from projections.registers.statements import in_force


@click.group(help=_("登记和说明单位。"))
def command() -> None:
    """Group what concerns a unit itself."""


@command.command(help=_("登记单位。"))
@click.argument("code", type=options.Parsed("CODE", unit_code))
@click.argument("name")
@click.option("--parent", metavar="CODE", help=_("主管部门（上级单位）代码。"))
@recording(of_year=False)
def add(recorder: Recorder, code: str, name: str, parent: str | None) -> None:
    """Register a unit."""
    if recorder.flags.unit not in (None, code):
        raise WrongUsage("--unit {unit} 与要登记的代码 {code} 不符。", unit=recorder.flags.unit, code=code)
    superior = _superior(recorder.session, parent)
    intent = make(RegisterUnit, effective_on=recorder.day(), name=name, parent=superior)
    recorder.record(intent, Stream(code))


@command.command(help=_("记录单位变更：自某日起改用新的名称，或改属另一上级单位。"))
@click.option("--name", metavar="NAME", help=_("新的名称。"))
@click.option("--parent", metavar="CODE", help=_("新的主管部门（上级单位）代码。"))
@options.documented(required=False)
@options.reason
@recording(of_year=False)
def change(recorder: Recorder, name: str | None, parent: str | None, reason: str, document: Document | None) -> None:
    """Change what a unit is called, or which unit it is under."""
    code, superior, day = recorder.unit_code, _superior(recorder.session, parent), recorder.day()
    if superior == code:
        raise WrongUsage("单位 {unit} 不能是它自己的上级单位。", unit=superior)
    fact = make(UnitChanged, effective_on=day, name=name, parent=superior, document=document, reason=reason)
    recorder.record(
        Declare(fact=fact), Stream(code), precondition=lambda: _require_not_below(recorder.session, superior, code, day)
    )


def _require_not_below(session: Session, superior: str | None, code: str, day: date) -> None:
    """Refused if a unit that is to stand above another stands below it on that day."""
    if superior is None:
        return
    roll = session.reader.roll(session.cut(day))
    if superior in {unit.code for unit in roll.with_subordinates(roll.find(code))}:
        raise Refused(
            "{superior} 在 {day} 是 {unit} 的下属单位，不能作它的上级单位。", superior=superior, day=day, unit=code
        )


def _superior(session: Session, parent: str | None) -> str | None:
    """The code of a unit that is to stand above another; it must be registered."""
    if parent is None:
        return None
    units = session.reader.roll(session.cut())
    if not units.units:
        raise WrongUsage("上级单位 {parent} 尚未登记，请先登记它。", parent=parent)
    return units.find(parent).code


@command.command(help=_("记录单位概况：性质、职能、内设机构；没有写的一项沿用此前所记。"))
@click.option("--nature", metavar="TEXT", help=_("单位性质。"))
@click.option("--duty", "duties", multiple=True, metavar="TEXT", help=_("主要职能，可多次。"))
@click.option("--department", "departments", multiple=True, metavar="TEXT", help=_("内设机构，可多次。"))
@recording(of_year=False)
def describe(recorder: Recorder, nature: str | None, duties: tuple[str, ...], departments: tuple[str, ...]) -> None:
    """Describe a unit."""
    if nature is None and not (duties or departments):
        raise WrongUsage("请至少写明一项：--nature、--duty 或 --department。")
    unit, day = Stream(recorder.unit_code), recorder.day()
    before = _description(recorder, unit, day)
    fact = make(
        UnitDescribed,
        effective_on=day,
        nature=before.get("nature") if nature is None else nature,
        duties=duties or tuple(before.get("duties", ())),
        departments=departments or tuple(before.get("departments", ())),
    )
    recorder.record(Declare(fact=fact), unit)


def _description(recorder: Recorder, unit: Stream, day: date) -> Mapping[str, Any]:
    """How a unit is described on a day; under a command id that was given before, as it was then."""
    if earlier := recorder.earlier(UnitDescribed, unit):
        return dict(earlier)
    said = in_force(recorder.session.reader.statements(unit, ["UnitDescribed"], recorder.session.cut(day)))
    return said.payload if said else {}


@command.command("list", help=_("列出单位、上级单位和各自的年度。"))
@options.answer_form
@pass_session
def list_units(session: Session, form: str) -> None:
    """List units, their superiors and their years."""
    from projections.renderers.json_form import dump

    roll = session.reader.roll(session.cut())
    if form == "json":
        click.echo(dump([{**unit._asdict(), "years": roll.years(unit.code)} for unit in roll.units.values()]), nl=False)
        return
    for unit in roll.units.values():
        superior = _("上级 {parent}", parent=unit.parent) if unit.parent else ""
        years = _("、").join(map(str, roll.years(unit.code)))
        click.echo("  ".join(filter(None, (unit.code, unit.name, superior, years))))
