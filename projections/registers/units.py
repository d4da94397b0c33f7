"""The units of a ledger, their years, and how a person's word for one finds it."""

from collections.abc import Sequence
from functools import cached_property, reduce
from operator import itemgetter
from typing import NamedTuple

from events.errors import WrongUsage, fault, listed
from events.stream import Stream
from events.upcasting import Payload, payload_of
from ledger.keeping.store import Store
from projections.cut import Cut
from projections.registers.statements import statements

REGISTRATION, CHANGE = "UnitRegistered", "UnitChanged"


class Unit(NamedTuple):
    """A registered unit, as it is called and placed on a day."""

    code: str
    name: str
    parent: str | None = None


class Roll:
    """The units registered and the years begun, as known at a cut; looked up when asked for."""

    def __init__(self, store: Store, cut: Cut) -> None:
        self._store = store
        self._cut = cut

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All units, by code."""
        return {unit.code: unit for unit in map(self._registered, self._store.units()) if unit}

    @cached_property
    def _below(self) -> dict[str | None, list[Unit]]:
        """The units right below each, by its code."""
        below: dict[str | None, list[Unit]] = {}
        for unit in self.units.values():
            below.setdefault(unit.parent, []).append(unit)
        return below

    def years(self, code: str) -> list[int]:
        """The years a unit has begun."""
        begun = self._store.streams(f"{code}/", self._cut.known_at_text)
        return [year for name in begun if (year := Stream.parse(name).year)]

    def find(self, wanted: str | None) -> Unit:
        """The unit with this code or name; the only one if none is named."""
        if wanted is not None and (unit := self._registered(wanted)):
            return unit
        if wanted is None and len(self.units) == 1:
            return next(iter(self.units.values()))
        named = [unit for unit in self.units.values() if wanted == unit.name]
        if len(named) == 1:
            return named[0]
        if named:
            codes = listed(unit.code for unit in named)
            raise WrongUsage("有几个单位名为“{wanted}”，请写代码：{codes}。", wanted=wanted, codes=codes)
        if not self.units and self._store.units():
            raise WrongUsage(
                "到 {known_at} 时账本里还没有登记单位；请核对 --known-at。", known_at=self._cut.known_at_text
            )
        if not self.units:
            raise WrongUsage("账本里还没有单位，请先运行 budget unit add 代码 名称。")
        known = listed(f"{unit.code} {unit.name}" for unit in self.units.values())
        if wanted is None:
            raise WrongUsage("账本里有多个单位，请用 --unit 指定：{known}。", known=known)
        raise WrongUsage("没有单位“{wanted}”，账本里有：{known}。", wanted=wanted, known=known)

    def stream(self, unit: Unit, year: int) -> Stream:
        """The stream of a unit's year, which must exist: an unknown year is never an empty table."""
        self.require_begun([unit], year)
        return Stream(unit.code, year)

    def streams(self, units: Sequence[Unit], year: int) -> list[Stream]:
        """The streams of a year that these units have; one of them must have begun it."""
        self.require_begun(units, year)
        return [Stream(unit.code, year) for unit in units if year in self.years(unit.code)]

    def require_begun(self, units: Sequence[Unit], year: int) -> None:
        """WrongUsage if none of these units has begun a year; it names the years of the first."""
        if any(year in self.years(unit.code) for unit in units):
            return
        if any(year in self.years(unit.code) for unit in self.with_subordinates(units[0])):
            raise WrongUsage(
                "{name} 自己没有 {year} 年度的记录，下属单位有；能汇总的命令可加 --consolidated。",
                name=units[0].name,
                year=year,
            )
        raise WrongUsage(
            "{name} 没有 {year} 年度的记录，账本里有：{years}。",
            name=units[0].name,
            year=year,
            years=listed(self.years(units[0].code)) or fault("（无）"),
        )

    def asked(self, wanted: str | None, *, consolidated: bool) -> Sequence[Unit]:
        """The unit with this code or name, and behind it all below it if they count as well."""
        unit = self.find(wanted)
        return self.with_subordinates(unit) if consolidated else [unit]

    def with_subordinates(self, top: Unit) -> Sequence[Unit]:
        """A unit and all below it, each before its own; a circle, which two logs taken in can make, ends."""
        found: dict[str, Unit] = {}
        waiting = [top]
        while waiting:
            unit = waiting.pop()
            if unit.code not in found:
                found[unit.code] = unit
                waiting += reversed(self._below.get(unit.code, []))
        return list(found.values())

    def _registered(self, code: str) -> Unit | None:
        records = list(self._store.read_stream(code, types=[REGISTRATION, CHANGE], known_at=self._cut.known_at_text))
        if not records:
            return None
        changes = statements(self._store, Stream(code), [CHANGE], self._cut) if len(records) > 1 else []
        in_order = sorted((item.payload for item in changes), key=itemgetter("effective_on"))
        return reduce(_changed, in_order, _changed(Unit(code, ""), payload_of(records[0])))


def _changed(unit: Unit, said: Payload) -> Unit:
    return unit._replace(name=said.get("name", unit.name), parent=said.get("parent", unit.parent))
