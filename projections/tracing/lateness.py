"""What was recorded late, and what was dated back behind a closing or a publication.

A fact is late by the days between the day it counts from and the day, in China, it was recorded. It
is backdated where a year had been closed in between, or a document had gone out whose figures would
have taken it in: those figures did not have it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from events.instant import day_in_china, instant_text
from events.money import Money
from events.record import Record
from events.stream import Stream, stream_of
from events.upcasting import REVERSAL, Payload, payload_of
from projections.cut import Cut
from projections.figures.history import Happening, happenings
from projections.reading.reader import Reader
from projections.registers.units import Unit
from projections.tracing.source_events import SourceEvent, source_event

DAYS = 30
ABOUT_RECORDING = (
    "DocumentPublished",
    "YearClosed",
    "YearReopened",
    "KeyRegistered",
    "KeyRevoked",
    "SignatureRecorded",
)

# Which years' documents print a fact, counted from its own: a base is printed a year later as well. What is said of
# the unit itself is printed in those of every year.
PRINTED_IN: Mapping[str, tuple[int, ...]] = {
    "BudgetCarriedOver": (-1, 0),
    "InitialBudgetApproved": (0, 1),
    "ExecutionRecorded": (0, 1),
    "IndicatorRecorded": (0, 1),
}


class Crossed(NamedTuple):
    """A closing or a publication that a fact was dated back behind."""

    event: SourceEvent
    as_of: str


class Late(NamedTuple):
    """One fact: by how many days it is late, and what it was dated back behind."""

    event: SourceEvent
    happening: Happening
    amount: Money | None
    days: int
    crossed: tuple[Crossed, ...]


@dataclass(frozen=True)
class Lateness:
    """What was recorded late for a unit, the gravest first."""

    unit: Unit
    year: int | None
    cut: Cut
    days: int
    found: tuple[Late, ...]

    @property
    def backdated(self) -> tuple[Late, ...]:
        """What was dated back behind a closing or a publication."""
        return tuple(one for one in self.found if one.crossed)


class Fact(NamedTuple):
    """A record with its payload, and what it is about: itself, or what it reverses."""

    record: Record
    payload: Payload
    about: "Fact | None" = None

    @property
    def type(self) -> str:
        """The type of what it is about."""
        return self.about.record.type if self.about else self.record.type

    @property
    def amount(self) -> Money | None:
        """What it changes: the signed sum of its lines, of a reversal that of what it takes back."""
        if self.about:
            return -self.about.amount if self.about.amount is not None else None
        return happenings([self.record])[0].amount


Known = Mapping[int | None, Sequence[Fact]]  # by year; None is for what is said of the unit itself


def lateness(reader: Reader, wanted: str | None, year: int | None, cut: Cut, days: int = DAYS) -> Lateness:
    """What was recorded more than so many days late, or dated back at all, for a year of a unit or for all.

    Of a year are its own events, and those of any other that were dated back behind its closing or publication.
    """
    roll = reader.roll(cut)
    unit = roll.find(wanted)
    if year:
        roll.stream(unit, year)
    known = {begun: _facts(reader, Stream(unit.code, begun), cut) for begun in (None, *roll.years(unit.code))}
    found = [late for begun in known for late in _of_stream(known, begun, cut)]
    graves = [
        late
        for late in found
        if (late.crossed or (late.days > days and late.amount is not None)) and (not year or _is_of(year, late))
    ]
    graves.sort(key=lambda late: (not late.crossed, -late.days, late.event.order))
    return Lateness(unit, year, cut, days, tuple(graves))


def _facts(reader: Reader, stream: Stream, cut: Cut) -> list[Fact]:
    """The facts of a stream; a reversal with what it reverses."""
    records = reader.store.read_stream(str(stream), known_at=cut.known_at_text)
    facts = {record.event_id: Fact(record, payload_of(record)) for record in records}
    return [
        fact._replace(about=facts.get(fact.payload["event_id"])) if fact.record.type == REVERSAL else fact
        for fact in facts.values()
    ]


def _is_of(year: int, late: Late) -> bool:
    events = (late.event, *(crossed.event for crossed in late.crossed))
    return any(stream_of(event.event_id)[0].year == year for event in events)


def _of_stream(known: Known, year: int | None, cut: Cut) -> Iterator[Late]:
    for fact in known[year]:
        day = fact.payload["effective_on"]
        if fact.record.type in ABOUT_RECORDING or day > cut.as_of.isoformat():
            continue
        recorded = datetime.fromisoformat(fact.record.recorded_at)
        yield Late(
            event=source_event(fact.record, fact.payload),
            happening=happenings([fact.record])[0],
            amount=fact.amount,
            days=(day_in_china(recorded) - date.fromisoformat(day)).days,
            crossed=tuple(_crossed(known, year, fact)),
        )


def _crossed(known: Known, year: int | None, fact: Fact) -> Iterator[Crossed]:
    """The closings of the years whose money it moves, and the publications that would have printed it."""
    day, at = fact.payload["effective_on"], fact.record.recorded_at
    for printed in _printing(known, year, fact):
        is_moved = year is not None and printed <= year
        for other in known.get(printed, ()):
            kind, payload = other.record.type, other.payload
            if kind == "YearClosed" and is_moved and day <= payload["effective_on"] and other.record.recorded_at < at:
                yield Crossed(source_event(other.record, payload), payload["effective_on"])
            if kind == "DocumentPublished" and day <= payload["as_of"] and _instant(payload["known_at"]) < at:
                yield Crossed(source_event(other.record, payload), payload["as_of"])


def _printing(known: Known, year: int | None, fact: Fact) -> list[int]:
    """The years whose documents print a fact."""
    if year is None:
        return [begun for begun in known if begun]
    return [year + step for step in PRINTED_IN.get(fact.type, (0,))]


def _instant(text: str) -> str:
    return instant_text(datetime.fromisoformat(text))
