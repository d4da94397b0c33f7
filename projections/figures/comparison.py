"""A year against the one before: change, percentage and what to call it, discontinued lines included.

Bases: 科目 against 上年执行数 or 上年预算数; 三公 and indicators against 上年预算数. A base is what was
known at the cut, so a comparison once printed can be printed again after its base was restated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from events.codes import OVERSEAS_TRIPS, RECEPTION, VEHICLE_PURCHASE, VEHICLE_RUNNING
from events.errors import Fault, fault
from events.money import Money, percent, total
from events.vocabulary import Basis, FundSource, Measure, Topic
from projections.cut import Cut
from projections.entries.read_model import Amount
from projections.registers.units import Unit

Sums = Mapping[str, Money]

# 三公经费 follows from economic codes; it is never typed in.
THREE_PUBLIC_TOTAL = Topic.THREE_PUBLIC.label
THREE_PUBLIC_ITEMS = (Topic.OVERSEAS_TRIPS.label, Topic.RECEPTION.label, Topic.VEHICLES.label)
THREE_PUBLIC = {
    THREE_PUBLIC_TOTAL: (OVERSEAS_TRIPS, RECEPTION, VEHICLE_PURCHASE, VEHICLE_RUNNING),
    Topic.OVERSEAS_TRIPS.label: (OVERSEAS_TRIPS,),
    Topic.RECEPTION.label: (RECEPTION,),
    Topic.VEHICLES.label: (VEHICLE_PURCHASE, VEHICLE_RUNNING),
    Topic.VEHICLE_PURCHASE.label: (VEHICLE_PURCHASE,),
    Topic.VEHICLE_RUNNING.label: (VEHICLE_RUNNING,),
}


# What a comparison is called, by what it is about.
NAMES = {
    "功能科目": "功能科目{measure}与{basis}比较",
    THREE_PUBLIC_TOTAL: "“三公”经费{measure}与{basis}比较",
    "指标": "指标{measure}与{basis}比较",
}


class Status(StrEnum):
    """How a row has changed since the year before."""

    INCREASED = "increased"
    DECREASED = "decreased"
    LEVEL = "level"
    NEARLY_LEVEL = "nearly_level"
    NEW = "new"
    DISCONTINUED = "discontinued"


class ComparedRow(NamedTuple):
    """One line of a comparison. An absent side is None, which is not the same as an explicit 0."""

    code: str | None
    name: str
    current: Money | None
    base: Money | None
    change: Money
    percent: str | None
    status: Status


@dataclass(frozen=True)
class Comparison:
    """All lines of one comparison and their total; with discontinued ones the bases add up."""

    unit: Unit
    year: int
    measure: Measure
    basis: Basis
    cut: Cut
    amount_unit: str
    about: str = "功能科目"
    rows: tuple[ComparedRow, ...] = ()
    total: ComparedRow | None = None
    notes: tuple[Fault, ...] = ()

    @property
    def name(self) -> Fault:
        """What is compared with what, to be told in the reader's words."""
        return fault(NAMES[self.about], measure=fault(self.measure.label), basis=fault(self.basis.label))


def compared(
    code: str | None, name: str, current: Money | None, base: Money | None, nearly_level: Decimal
) -> ComparedRow:
    """One line. ``nearly_level`` is the percentage up to which a change is called 基本持平."""
    change = (current or Money(0)) - (base or Money(0))
    share = percent(change, abs(base)) if base else None
    return ComparedRow(code, name, current, base, change, share, _status(current, base, change, nearly_level))


def _status(current: Money | None, base: Money | None, change: Money, nearly_level: Decimal) -> Status:
    if current is None and base:
        return Status.DISCONTINUED
    if not change:
        return Status.LEVEL
    if not base:
        return Status.NEW
    if abs(change.fen) * 100 <= nearly_level * abs(base.fen):
        return Status.NEARLY_LEVEL
    return Status.INCREASED if change.fen > 0 else Status.DECREASED


def by_function(amounts: Iterable[Amount]) -> dict[str, Money]:
    """The sum of every functional 项 that has a line, explicit zeros included."""
    sums: dict[str, Money] = {}
    for amount in amounts:
        sums[amount.function_code] = sums.get(amount.function_code, Money(0)) + Money(amount.fen)
    return dict(sorted(sums.items()))


def three_public(amounts: Sequence[Amount]) -> dict[str, Money]:
    """三公经费 and its items, from the lines of 一般公共预算."""
    return {name: total(_of_codes(amounts, codes)) for name, codes in THREE_PUBLIC.items()}


def without(sums: Sums, excluded: Sequence[str]) -> Money:
    """三公经费 with some economic 款 left out (同口径)."""
    left_out = [name for name, codes in THREE_PUBLIC.items() if len(codes) == 1 and codes[0] in excluded]
    return sums.get(THREE_PUBLIC_TOTAL, Money(0)) - total(sums[name] for name in left_out if name in sums)


def _of_codes(amounts: Sequence[Amount], codes: Sequence[str]) -> list[Money]:
    return [
        Money(amount.fen)
        for amount in amounts
        if amount.economic_code in codes and amount.fund_source is FundSource.GENERAL
    ]


def rows_of(current: Sums, base: Sums, names: Mapping[str, str], nearly_level: Decimal) -> tuple[ComparedRow, ...]:
    """A line for every code that has a figure on either side, by code."""
    return tuple(
        compared(code, names[code], current.get(code), base.get(code), nearly_level)
        for code in sorted({*current, *base})
        if code in current or base[code]
    )


def total_of(current: Sums, base: Sums, nearly_level: Decimal) -> ComparedRow:
    """The total of both sides. A side without any line is absent."""
    current_total = total(current.values()) if current else None
    base_total = total(base.values()) if base else None
    return compared(None, "合计", current_total, base_total, nearly_level)
