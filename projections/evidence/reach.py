"""What a broken link could touch: the rest of its stream, tables and comparisons, and who published after it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from events.budget import BudgetCarriedOver
from events.errors import BudgetError
from events.stream import Stream, event_id
from ledger.keeping.store import Store
from ledger.verifying.finding import Break, Finding
from projections.cut import Cut
from projections.evidence.publications import Publication
from projections.registers.units import Roll, Unit


class Reach(NamedTuple):
    """The first broken link of a stream and what can no longer be relied on because of it.

    ``events`` of the stream from there on are still stored. ``year`` is None where the stream is the
    unit itself: then it is every year. ``carried_from`` is the year that money came from, if any did.
    """

    event_id: str
    position: int
    events: int
    unit: str
    year: int | None
    superiors: tuple[str, ...]
    carried_from: int | None
    publications: tuple[str, ...]


def reaches(store: Store, findings: Iterable[Finding], published: Sequence[Publication]) -> tuple[Reach, ...]:
    """What each broken stream could touch, the earliest break first."""
    first: dict[str, Break] = {}
    for finding in findings:
        if (broken := finding.broken) is not None:
            known = first.get(broken.stream)
            if known is None or broken.version < known.version:
                first[broken.stream] = broken
    units = _units(store) if first else {}
    found = (_reach(store, broken, units, published) for broken in first.values())
    return tuple(sorted(found, key=lambda reach: reach.position))


def _reach(store: Store, broken: Break, units: dict[str, Unit], published: Sequence[Publication]) -> Reach:
    unit, year = _named(broken.stream)
    carried = next(store.read_stream(broken.stream, types=[BudgetCarriedOver.__name__]), None)
    years = None if year is None else {year, year + 1, *([year - 1] if carried else [])}
    return Reach(
        event_id=event_id(broken.stream, broken.version),
        position=broken.position,
        events=sum(record.version >= broken.version for record in store.read_stream(broken.stream)),
        unit=unit,
        year=year,
        superiors=tuple(_superiors(units, unit)),
        carried_from=year - 1 if year and carried else None,
        publications=tuple(
            one.event_id
            for one in published
            if one.stream.unit == unit and (years is None or one.stream.year in years) and one.known_at >= broken.since
        ),
    )


def _named(stream: str) -> tuple[str, int | None]:
    """The unit and year of a stream, whose name may itself have been tampered with."""
    try:
        return Stream.parse(stream)
    except BudgetError:
        return stream, None


def _units(store: Store) -> dict[str, Unit]:
    try:
        return Roll(store, Cut(date.max, datetime.max.replace(tzinfo=UTC))).units
    except (BudgetError, ValueError, KeyError, TypeError):  # the registration itself may be what is broken
        return {}


def _superiors(units: dict[str, Unit], code: str) -> list[str]:
    """The units above one, the nearest first; a circle ends."""
    found: list[str] = []
    while (unit := units.get(code)) and unit.parent and unit.parent not in found:
        found.append(code := unit.parent)
    return found
