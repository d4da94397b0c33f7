"""A realistic ledger, the same every time: units x five years, as plain values in the order of recording.

A unit's year is one 年初批复 of 60 lines, 40 adjustments of two lines (追加, 调剂, 追减 in turn) and
twelve months of execution of 60 lines: 860 lines in 53 events. Nothing here knows the product or a
peer; each makes of a fact what it needs.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from benchmarks.budget_lines import LINES, keys

YEARS = range(2020, 2025)
ADJUSTMENTS = 40
MONTHS = 12
EVENTS_PER_YEAR = 1 + ADJUSTMENTS + MONTHS
LINES_PER_YEAR = LINES + 2 * ADJUSTMENTS + MONTHS * LINES
BY_TURNS = ("supplement", "transfer", "reduction")
FEN_PER_WAN = 1_000_000

Row = tuple[str, str, str, str, str | None, str | None, int]


class Fact(NamedTuple):
    """What was said of a unit's year. ``lines`` are rows: six dimensions and an amount in 分, signed."""

    kind: str
    unit: str
    year: int
    version: int
    at: datetime
    day: date
    document: str
    reason: str
    lines: tuple[Row, ...]

    @property
    def month(self) -> int:
        """The month an execution is of."""
        return self.day.month


class Slot(NamedTuple):
    """A moment of the year at which every unit has something recorded."""

    at: datetime
    kind: str
    number: int
    day: date


def units_for(lines: int) -> list[str]:
    """The codes of as many units as make about so many lines; the first is above all others."""
    count = max(1, round(lines / (LINES_PER_YEAR * len(YEARS))))
    return [f"{101 + number}" for number in range(count)]


def all_facts(lines: int) -> Iterator[Fact]:
    """Every fact of a ledger of about so many lines, in the order of recording: years, then days, then units."""
    units = units_for(lines)
    for year in YEARS:
        for version, slot in enumerate(slots(year), start=1):
            for place, unit in enumerate(units):
                yield _fact(unit, year, version, slot._replace(at=slot.at + timedelta(milliseconds=place)))


def year_facts(unit: str, year: int) -> list[Fact]:
    """The facts of one unit's year."""
    return [_fact(unit, year, version, slot) for version, slot in enumerate(slots(year), start=1)]


def new_years(lines: int, count: int) -> list[Fact]:
    """年初批复 of years the ledger does not have yet: one for each unit, then one for each in the next year."""
    units = units_for(lines)
    streams = [(units[number % len(units)], YEARS.stop + number // len(units)) for number in range(count)]
    return [year_facts(unit, year)[0] for unit, year in streams]


def late_supplements(lines: int, count: int) -> list[Fact]:
    """追加 of 60 lines to years that are full: the units' last years, in turn."""
    units, year = units_for(lines), YEARS[-1]
    last = slots(year)[-1]
    slot = Slot(last.at + timedelta(days=1), "supplement", 0, date(year, 12, 31))
    facts = [_fact(units[number % len(units)], year, EVENTS_PER_YEAR + 1, slot) for number in range(count)]
    return [fact._replace(lines=_initial_rows(fact.unit, fact.year)) for fact in facts]


@cache
def slots(year: int) -> tuple[Slot, ...]:
    """The moments of a year in the order of recording. A month's execution is recorded on the 5th of the next."""
    initial = Slot(_at(date(year, 2, 6)), "initial", 0, date(year, 1, 1))
    adjusting = [
        Slot(_at(day, 10 + number % 2), BY_TURNS[number % 3], number, day)
        for number in range(ADJUSTMENTS)
        for day in [date(year, 2, 7) + timedelta(days=number * 8)]
    ]
    return tuple(sorted([initial, *adjusting, *(_execution(year, month) for month in range(1, MONTHS + 1))]))


def _execution(year: int, month: int) -> Slot:
    last = date(year, month, monthrange(year, month)[1])
    return Slot(_at(max(last + timedelta(days=5), date(year, 2, 7)), 15), "execution", month, last)


def _at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _fact(unit: str, year: int, version: int, slot: Slot) -> Fact:
    rows = {"initial": _initial_rows, "execution": _executed_rows}.get(slot.kind)
    lines = rows(unit, year) if rows else _adjusted_rows(unit, year, slot)
    document = f"财行〔{year}〕{version}号"
    return Fact(slot.kind, unit, year, version, slot.at, slot.day, document, _REASONS[slot.kind], lines)


_REASONS = {
    "initial": "年初批复",
    "supplement": "年中新增任务，按规定追加",
    "transfer": "按实际需要在科目之间调剂",
    "reduction": "压减一般性支出",
    "execution": "国库集中支付月报",
}


@cache
def _initial_rows(unit: str, year: int) -> tuple[Row, ...]:
    random = Random(f"{unit}/{year}")
    return tuple((*key, random.randint(5, 500) * FEN_PER_WAN) for key in keys(unit))


@cache
def _executed_rows(unit: str, year: int) -> tuple[Row, ...]:
    """A thirteenth of every line each month: never more than what reductions leave."""
    return tuple((*row[:-1], row[-1] // 13) for row in _initial_rows(unit, year))


def _adjusted_rows(unit: str, year: int, slot: Slot) -> tuple[Row, ...]:
    """Two neighbouring lines of one fund, moved by half a percent of the smaller."""
    initial = _initial_rows(unit, year)
    pair = 2 * slot.number % len(initial)
    first, second = initial[pair], initial[pair + 1]
    moved = min(first[-1], second[-1]) // 200
    signs = {"supplement": (1, 1), "transfer": (-1, 1), "reduction": (-1, -1)}[slot.kind]
    return tuple((*row[:-1], sign * moved) for row, sign in zip((first, second), signs, strict=True))
