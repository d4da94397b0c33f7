"""The units of a ledger, their years, and how a person's word for one finds it."""

from collections.abc import Sequence
from typing import NamedTuple

from events.errors import WrongUsage, fault
from events.stream import Stream
from ledger.store import Store
from projections.cut import Cut
from projections.statements import statements


class Unit(NamedTuple):
    """A registered unit."""

    code: str
    name: str
    parent: str | None = None


class Roll(NamedTuple):
    """All units at a cut, and the years each has."""

    units: dict[str, Unit]
    years: dict[str, list[int]]

    def find(self, wanted: str | None) -> Unit:
        """The unit with this code or name; the only one if none is named."""
        if wanted is None and len(self.units) == 1:
            return next(iter(self.units.values()))
        for unit in self.units.values():
            if wanted in (unit.code, unit.name):
                return unit
        if not self.units:
            raise WrongUsage("账本里还没有单位，请先运行 budget unit add 代码 名称。")
        known = "、".join(f"{unit.code} {unit.name}" for unit in self.units.values())
        if wanted is None:
            raise WrongUsage("账本里有多个单位，请用 --unit 指定：{known}。", known=known)
        raise WrongUsage("没有单位“{wanted}”，账本里有：{known}。", wanted=wanted, known=known)

    def stream(self, unit: Unit, year: int) -> Stream:
        """The stream of a unit's year, which must exist: an unknown year is never an empty table."""
        years = self.years.get(unit.code, [])
        if year not in years:
            raise WrongUsage(
                "{name} 没有 {year} 年度的记录，账本里有：{years}。",
                name=unit.name,
                year=year,
                years="、".join(map(str, years)) or fault("（无）"),
            )
        return Stream(unit.code, year)

    def with_subordinates(self, top: Unit) -> Sequence[Unit]:
        """A unit and all below it, by code."""
        below = [unit for unit in self.units.values() if unit.parent == top.code]
        return [top, *(deeper for unit in below for deeper in self.with_subordinates(unit))]


def roll(store: Store, cut: Cut) -> Roll:
    """The units registered and the years begun, as known at a cut."""
    streams = [Stream.parse(head.stream) for head in store.heads(cut.known_at_text)]
    units = (_unit(store, stream, cut) for stream in streams if stream.year is None)
    years: dict[str, list[int]] = {}
    for stream in streams:
        if stream.year is not None:
            years.setdefault(stream.unit, []).append(stream.year)
    return Roll({unit.code: unit for unit in units if unit}, years)


def _unit(store: Store, stream: Stream, cut: Cut) -> Unit | None:
    always = Cut(cut.as_of.max, cut.known_at)
    for registered in statements(store, stream, ["UnitRegistered"], always):
        return Unit(stream.unit, registered.payload["name"], registered.payload.get("parent"))
    return None
