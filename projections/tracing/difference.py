"""Two cuts of one year against each other: every table cell that differs, and the events in between.

An event lies in between when exactly one of the cuts sees it. Every cell that differs is traced at
both cuts: what the events give to it now, less what they gave to it before, is the change.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from events.money import Money
from events.record import Record
from events.stream import Stream
from ledger.bulk import uncollected
from projections.cut import Cut
from projections.figures.history import Happening, happenings
from projections.figures.table import Cell, CellPlace, Table, cells_of
from projections.reading.reader import Question, Reader
from projections.reading.tables import tables
from projections.tracing.accounting import Account, Accounting
from projections.tracing.cells import tracked_cells


class ChangedCell(NamedTuple):
    """One cell of one table, before and after. A row or cell that is not there is None."""

    table: int
    side: str
    row: str
    column: str
    before: Cell
    after: Cell
    accounts: tuple[Account, ...] = ()

    @property
    def place(self) -> CellPlace:
        """Where it stands."""
        return CellPlace(self.table, self.side, self.row, self.column)

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
    amount_unit: str
    cells: tuple[ChangedCell, ...]
    came: tuple[Happening, ...]
    went: tuple[Happening, ...]


@uncollected()
def difference(reader: Reader, before: Question, after: Question) -> Difference:
    """What differs between two questions to the same unit's year."""
    records = [record for stream in _streams(reader, before, after) for record in reader.store.read_stream(str(stream))]
    effective = {item.event_id: item.effective_on for item in happenings(records)}
    came = [r for r in records if _sees(after.cut, r, effective) and not _sees(before.cut, r, effective)]
    went = [r for r in records if _sees(before.cut, r, effective) and not _sees(after.cut, r, effective)]
    accounting = Accounting(reader, [*came, *went])
    changed = changed_cells(tables(reader, before), tables(reader, after))
    old, new = (tracked_cells(reader, question) for question in (before, after))
    cells = [
        cell._replace(accounts=accounting.accounts(old.get(cell.place), new.get(cell.place), cell.change))
        for cell in changed
    ]
    accounted = tuple(cell if cell.accounts else _with_its_row(cell, cells) for cell in cells)
    unit = reader.edition(after.year).amount_unit
    return Difference(before, after, unit, accounted, tuple(happenings(came)), tuple(happenings(went)))


def _with_its_row(cell: ChangedCell, cells: Sequence[ChangedCell]) -> ChangedCell:
    """A text that came or went because its row did: the events that changed the amounts of the row changed it."""
    row = [other for other in cells if other.place[:3] == cell.place[:3]]
    events = dict.fromkeys(account.event_id for other in row for account in other.accounts)
    if not events:
        raise AssertionError(cell)
    return cell._replace(accounts=tuple(Account(event, None) for event in events))


def changed_cells(before: Iterable[Table], after: Iterable[Table]) -> Iterator[ChangedCell]:
    """Every cell in which two sets of tables differ, in the order of the tables."""
    old, new = cells_of(before), cells_of(after)
    for place in [*new, *(place for place in old if place not in new)]:
        if old.get(place) != new.get(place):
            yield ChangedCell(*place, old.get(place), new.get(place))


def _streams(reader: Reader, *sides: Question) -> Sequence[Stream]:
    """Where the facts of a year's document come from: of every unit itself, the year, those before and after it."""
    units: dict[str, None] = {}
    for side in sides:
        asked = reader.roll(side.cut).asked(side.unit, consolidated=side.consolidated)
        units |= dict.fromkeys(unit.code for unit in asked)
    years = [None, *(sides[0].year + step for step in (-1, 0, 1))]
    return [Stream(unit, year) for unit in units for year in years]


def _sees(cut: Cut, record: Record, effective: dict[str, str]) -> bool:
    return record.recorded_at <= cut.known_at_text and effective[record.event_id] <= cut.as_of.isoformat()
