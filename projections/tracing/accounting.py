"""Which events account for the change of a figure between two cuts."""

from collections.abc import Sequence
from typing import NamedTuple

from events.money import Money
from events.record import Record
from events.upcasting import REVERSAL, payload_of
from projections.entries.read_model import Movement
from projections.figures.table import Cell
from projections.reading.reader import Reader
from projections.tracing.source_events import Archive
from projections.tracing.tracked import Source, TrackedText, shares

NAMING = ("SubjectNamed", "ProjectRegistered", "UnitRegistered", "UnitChanged")


class Account(NamedTuple):
    """An event and what it changed in a figure; None where it changed a text or a name."""

    event_id: str
    amount: Money | None


class Accounting:
    """Holds changes against the events that lie between two cuts."""

    def __init__(self, reader: Reader, between: Sequence[Record]) -> None:
        self._archive = Archive(reader)
        payloads = [(record, payload_of(record)) for record in between]
        self._between = {record.event_id for record in between}
        self._reversals = {said["event_id"]: record.event_id for record, said in payloads if record.type == REVERSAL}
        self._naming = [record.event_id for record in between if record.type in NAMING]

    def accounts(self, before: Cell, after: Cell, change: Money | None) -> tuple[Account, ...]:
        """The events by which a cell with its sources came from one value to another.

        Of an amount of lines they add up to the change. Where a row goes by another name, its money left one
        cell and came to another: the events that named it stand beside those that brought the money.
        """
        old, new = _sources(before), _sources(after)
        given = {source: new.get(source, 0) - old.get(source, 0) for source in {**old, **new}}
        moved = {
            source: fen for source, fen in given.items() if isinstance(source, Movement) and _differs(source, old, new)
        }
        sums: dict[str, int] = {}
        for source, fen in moved.items():
            event = self._archive.find(source).event_id
            sums[event] = sums.get(event, 0) + fen
        found = [Account(event, Money(fen)) for event, fen in sums.items()]
        if change is not None and moved and sum(sums.values()) != change.fen:
            raise AssertionError(before, after, change, found)
        if sums.keys() <= self._between:
            return tuple(found + self._stating([*old, *new]))
        return tuple(found + [Account(event, None) for event in self._naming])

    def _stating(self, sources: Sequence[Source]) -> list[Account]:
        """The events between that state a figure or a text, or reverse one that did."""
        stated = dict.fromkeys(source.event_id for source in sources if not isinstance(source, Movement))
        events = [event if event in self._between else self._reversals.get(event) for event in stated]
        return [Account(event, None) for event in events if event]


def _differs(source: Source, old: dict[Source, int], new: dict[Source, int]) -> bool:
    return (source in old) != (source in new) or old.get(source) != new.get(source)


def _sources(cell: Cell) -> dict[Source, int]:
    if isinstance(cell, TrackedText):
        return {cell.source: 0}
    return shares(cell.fen) if isinstance(cell, Money) else {}
