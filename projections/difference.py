"""Two cuts of one year against each other: every table cell that differs, and the events in between.

An event lies in between when exactly one of the cuts sees it. Nothing else can change a cell, so the
events listed account for every change; the lines of those that came in, less those that went out,
add up to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from events.money import Money
from events.record import Record
from events.stream import Stream
from projections.cut import Cut
from projections.history import Happening, happenings
from projections.reading.reader import Question, Reader
from projections.reading.tables import tables
from projections.table import Cell, Table


class ChangedCell(NamedTuple):
    """One cell of one table, before and after. A row or cell that is not there is None."""

    table: int
    side: str
    row: str
    column: str
    before: Cell
    after: Cell

    @property
    def change(self) -> Money | None:
        """How much an amount moved; None for texts."""
        if isinstance(self.before, str) or isinstance(self.after, str):
            return None
        return (self.after or Money(0)) - (self.before or Money(0))


@dataclass(frozen=True)
class Difference:
    """What lies between two cuts. ``came`` are events only the second sees, ``went`` only the first."""

    before: Question
    after: Question
    cells: tuple[ChangedCell, ...]
    came: tuple[Happening, ...]
    went: tuple[Happening, ...]


def difference(reader: Reader, before: Question, after: Question) -> Difference:
    """What differs between two questions to the same unit's year."""
    unit = reader.roll(after.cut).find(after.unit)
    records = [record for stream in _streams(unit.code, after.year) for record in reader.store.read_stream(str(stream))]
    effective = {item.event_id: item.effective_on for item in happenings(records)}
    came = [r for r in records if _sees(after.cut, r, effective) and not _sees(before.cut, r, effective)]
    went = [r for r in records if _sees(before.cut, r, effective) and not _sees(after.cut, r, effective)]
    return Difference(
        before,
        after,
        tuple(changed_cells(tables(reader, before), tables(reader, after))),
        tuple(happenings(came)),
        tuple(happenings(went)),
    )


def changed_cells(before: Iterable[Table], after: Iterable[Table]) -> Iterator[ChangedCell]:
    """Every cell in which two sets of tables differ, in the order of the tables."""
    old, new = _cells(before), _cells(after)
    for place in [*new, *(place for place in old if place not in new)]:
        if old.get(place) != new.get(place):
            yield ChangedCell(*place, old.get(place), new.get(place))


def _streams(unit: str, year: int) -> Sequence[Stream]:
    """Where the facts of a year's document come from: the unit, the year, the one before, and what the next took over."""
    return (Stream(unit), *(Stream(unit, year + step) for step in (-1, 0, 1)))


def _sees(cut: Cut, record: Record, effective: dict[str, str]) -> bool:
    return record.recorded_at <= cut.known_at_text and effective[record.event_id] <= cut.as_of.isoformat()


def _cells(made: Iterable[Table]) -> dict[tuple[int, str, str, str], Cell]:
    return {
        (table.number, side.name, "/".join(filter(None, (row.code, *row.labels))), "/".join(path)): cell
        for table in made
        for side in table.sides
        for row in side.rows
        for path, cell in zip(side.columns, row.cells, strict=True)
    }
