"""Everything the rules look at, gathered once: one unit's year at a cut, as an immutable value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from events.disclosure import DocumentPublished, IndicatorRecorded
from events.errors import WrongUsage, fault
from events.line import Line
from events.model import Event
from events.payload import from_record
from events.reversal import EventReversed
from events.stream import Stream, stream_of
from events.vocabulary import Basis, FundSource, Measure, Stage
from projections.checks.outcome import NotApplicable
from projections.cut import Cut
from projections.documents.document import Heading, Paragraph
from projections.edition import Edition
from projections.entries.read_model import Amount
from projections.extras import library_of
from projections.figures.comparison import Comparison
from projections.figures.table import Scope, Table
from projections.reading.comparisons import compare_indicators, compare_subjects, compare_three_public
from projections.reading.reader import Question, Reader
from projections.reading.scope import scope_of, year_amounts
from projections.reading.tables import tables
from projections.registers.naming import Names
from projections.registers.units import Unit

E = TypeVar("E", bound=Event)
Amounts = tuple[Amount, ...]


class Recorded(NamedTuple):
    """An event as it is kept. ``stands`` when it counts by the cut and was not reversed."""

    event_id: str
    recorded_at: str
    event: Event
    stands: bool


class Pin(NamedTuple):
    """A publication, and the digest its unit has today at the cut it names."""

    event_id: str
    published: DocumentPublished
    digest: str


@dataclass(frozen=True)
class Narrative:
    """The text of the document, and the numbers of the tables it has a place for."""

    blocks: tuple[Heading | Paragraph, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """One unit's year at a cut. ``amounts`` and ``base_amounts`` (last year's) hold all stages.

    ``general`` compares 一般公共预算 alone; ``published_base`` is last year's budget as it was published.
    """

    unit: Unit
    units: tuple[Unit, ...]
    year: int
    measure: Measure
    cut: Cut
    edition: Edition
    names: Names
    tables: tuple[Table, ...]
    amounts: Amounts
    base_amounts: Amounts
    published_base: Amounts | None
    functions: Comparison
    general: Comparison
    three_public: Comparison
    indicators: Comparison
    narrative: Narrative | NotApplicable
    events: tuple[Recorded, ...]
    earlier: tuple[Recorded, ...]
    later: tuple[Recorded, ...]
    pins: tuple[Pin, ...]

    def standing(self, kind: type[E]) -> list[tuple[str, E]]:
        """The events of the year of a kind that stand, with their ids."""
        return list(standing(self.events, kind))

    def stated(self, kind: type[E]) -> list[E]:
        """Those of the unit on top alone: what it says of itself is not added up with what others say."""
        return [event for _, event in standing(of_unit(self.events, self.unit.code), kind)]

    def indicators_of_last_year(self) -> dict[str, IndicatorRecorded]:
        """The unit's indicators of the year before, as recorded then."""
        return _indicators(of_unit(self.earlier, self.unit.code))

    def indicators_recorded(self, restating: int | None = None) -> dict[str, IndicatorRecorded]:
        """The unit's indicators of the year, or those by which it restates an earlier one."""
        return _indicators(of_unit(self.events, self.unit.code), restating)

    @property
    def budget(self) -> Amounts:
        """The amounts of the year in the measure looked at."""
        return tuple(amount for amount in self.amounts if amount.stage in self.measure.stages)


def standing(events: Sequence[Recorded], kind: type[E]) -> Iterator[tuple[str, E]]:
    """The events of a kind that stand, with their ids."""
    for recorded in events:
        if recorded.stands and isinstance(recorded.event, kind):
            yield recorded.event_id, recorded.event


def unit_of(recorded: Recorded) -> str:
    """The code of the unit in whose stream an event is."""
    return stream_of(recorded.event_id)[0].unit


def of_unit(events: Sequence[Recorded], code: str) -> list[Recorded]:
    """The events in the stream of one unit."""
    return [recorded for recorded in events if unit_of(recorded) == code]


def lines_of(event: Event) -> tuple[Line, ...]:
    """The lines of an event; none if it has none."""
    return tuple(getattr(event, "lines", ()))


def gather(reader: Reader, question: Question) -> Material:
    """What there is to check of a unit's year at a cut."""
    scope, year = scope_of(reader, question), question.year
    amounts = tuple(year_amounts(reader, scope, tuple(Stage)))
    before = tuple(year_amounts(reader, scope, tuple(Stage), year - 1))
    events = {there: _events(reader, scope, there) for there in (year - 1, year, year + 1)}
    return Material(
        unit=scope.unit,
        units=scope.units,
        year=year,
        measure=question.measure,
        cut=question.cut,
        edition=reader.edition(year),
        names=scope.names,
        tables=tuple(tables(reader, question)),
        amounts=amounts,
        base_amounts=before,
        published_base=_published_base(reader, scope, events[year - 1]),
        functions=compare_subjects(reader, question, Basis.EXECUTION),
        general=compare_subjects(reader, question, Basis.EXECUTION, (FundSource.GENERAL,)),
        three_public=compare_three_public(reader, question),
        indicators=compare_indicators(reader, question),
        narrative=_narrative(reader, question),
        events=events[year],
        earlier=events[year - 1],
        later=events[year + 1],
        pins=tuple(_pins(reader, events[year])),
    )


def _indicators(events: Sequence[Recorded], restating: int | None = None) -> dict[str, IndicatorRecorded]:
    known = (event for _, event in standing(events, IndicatorRecorded))
    return {event.indicator: event for event in known if event.restates == restating}


def _events(reader: Reader, scope: Scope, year: int) -> tuple[Recorded, ...]:
    return tuple(
        recorded for unit in scope.units for recorded in _of_stream(reader, str(Stream(unit.code, year)), scope.cut)
    )


def _of_stream(reader: Reader, stream: str, cut: Cut) -> list[Recorded]:
    records = list(reader.store.read_stream(stream, known_at=cut.known_at_text))
    read = [(record, from_record(record)) for record in records]
    gone = {event.event_id for _, event in read if isinstance(event, EventReversed)}
    return [
        Recorded(record.event_id, record.recorded_at, event, _counts(event, cut) and record.event_id not in gone)
        for record, event in read
    ]


def _counts(event: Event, cut: Cut) -> bool:
    return event.effective_on <= cut.as_of


def _pins(reader: Reader, events: Sequence[Recorded]) -> Iterator[Pin]:
    for identity, published in standing(events, DocumentPublished):
        cut, unit = Cut(published.as_of, published.known_at), stream_of(identity)[0].unit
        yield Pin(identity, published, reader.digest(cut, unit))


def _published_base(reader: Reader, scope: Scope, earlier: Sequence[Recorded]) -> Amounts | None:
    """Last year's budget at the cut and in the measure of its last publication; None if it has none."""
    published = [event for _, event in standing(earlier, DocumentPublished)]
    if not published or len(scope.units) > 1:
        return None
    cut = Cut(published[-1].as_of, published[-1].known_at)
    then = replace(scope, cut=cut)
    return tuple(year_amounts(reader, then, published[-1].measure.stages, scope.year - 1))


def _narrative(reader: Reader, question: Question) -> Narrative | NotApplicable:
    """The narrative; where the template engine or a working template is missing, why there is none."""
    try:
        from projections.narrative.template import Reference, pieces
    except ImportError as error:
        library = library_of(error)
        return NotApplicable(fault("没有安装 {library}，读不到正文；可运行 pip install {library}。", library=library))
    from projections.narrative.figures import figures

    name = f"{reader.edition(question.year).first_year}.md"
    try:
        found = pieces(reader.forms, name, figures(reader, question))
    except WrongUsage as error:
        return NotApplicable(error.fault)
    blocks = tuple(piece for piece in found if not isinstance(piece, Reference))
    places = tuple(piece.name for piece in found if isinstance(piece, Reference) and piece.kind == "表")
    return Narrative(blocks, places)
