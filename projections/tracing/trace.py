"""A figure with everything it is made of, added up again before it is shown."""

from dataclasses import dataclass
from typing import NamedTuple

from events.errors import Fault
from events.line import LineKey
from events.money import Money
from events.vocabulary import Measure, Stage
from projections.cut import Cut
from projections.entries.read_model import Amount, Movement
from projections.reading.reader import Reader
from projections.registers.units import Unit
from projections.tracing.source_events import Archive, SourceEvent
from projections.tracing.tracked import Source, TrackedText, shares

Value = Money | int | str | None  # an amount, a number of things, a text, a blank
Name = tuple[str | Fault, ...]  # from the outside in; words of our own are told in the reader's language


class Contribution(NamedTuple):
    """What one line of one event gives to a figure, signed as it counts there.

    ``line`` is counted from 1; for a reversal it is the line of the event that it cancels. ``year`` is
    whose money it is. An event that states a figure without lines has no line, key or stage.
    """

    event: SourceEvent
    year: int
    unit: str
    line: int | None
    key: LineKey | None
    stage: Stage | None
    value: Value


class Sentence(NamedTuple):
    """A sentence of a narrative, numbered from 1."""

    number: int
    text: str


class PrintedFigure(NamedTuple):
    """A figure as a sentence prints it; a percentage with the names and amounts of what was divided by what."""

    name: tuple[str, ...]
    value: Money | int | str
    printed: str
    ratio: tuple[tuple[tuple[str, ...], Money], tuple[tuple[str, ...], Money]] | None = None


class MarkedSentence(NamedTuple):
    """A sentence and its figures, in their order."""

    sentence: Sentence
    figures: tuple[PrintedFigure, ...]


@dataclass(frozen=True)
class Traced:
    """A figure and what it is made of. ``name`` says where it stands.

    A percentage is no sum: it has no contributions, and ``made_of`` names the two amounts it was divided from.
    """

    name: Name
    value: Value
    amount_unit: str
    contributions: tuple[Contribution, ...] = ()
    made_of: tuple[Name, ...] = ()
    sentence: Sentence | None = None


@dataclass(frozen=True)
class Trace:
    """Everything that was asked of at once. ``publication`` is the event whose document was asked about."""

    unit: Unit
    year: int
    measure: Measure
    cut: Cut
    ledger_digest: str
    figures: tuple[Traced, ...]
    publication: str | None = None


class Tracer:
    """Takes figures apart; reads every event once."""

    def __init__(self, reader: Reader, amount_unit: str) -> None:
        self._archive = Archive(reader)
        self._amount_unit = amount_unit

    def traced(self, name: Name, printed: Value, tracked: Value) -> Traced:
        """A figure as it is printed, explained by the same figure with its sources."""
        found = tuple(sorted(self._contributions(tracked), key=_place))
        _require_exact(name, printed, tracked, found)
        return Traced(name, printed, self._amount_unit, found)

    def _contributions(self, tracked: Value) -> list[Contribution]:
        if isinstance(tracked, TrackedText):
            return [self._contribution(tracked.source, str(tracked))]
        number = tracked.fen if isinstance(tracked, Money) else tracked
        if not isinstance(number, int):
            return []
        kind = Money if isinstance(tracked, Money) else int
        return [self._contribution(source, kind(int(share))) for source, share in shares(number).items()]

    def _contribution(self, source: Source, value: Value) -> Contribution:
        event = self._archive.find(source)
        if not isinstance(source, Movement):
            return Contribution(event, source.year, source.event_id.partition("/")[0], None, None, None, value)
        amount = source.amount
        return Contribution(event, source.year, amount.unit, source.line + 1, key_of(amount), amount.stage, value)


def key_of(amount: Amount) -> LineKey:
    """The dimensions of a line."""
    return LineKey(
        amount.fund_source,
        amount.origin,
        amount.function_code,
        amount.nature,
        amount.economic_code,
        amount.project,
    )


def number_of(value: Value) -> int:
    """A figure as a number that can be added up; a text and a blank are none."""
    if isinstance(value, Money):
        return int(value.fen)
    return 0 if value is None or isinstance(value, str) else int(value)


def _place(contribution: Contribution) -> tuple[tuple[str, str, int], int, int]:
    return (contribution.event.order, contribution.line or 0, contribution.year)


def _require_exact(name: Name, printed: Value, tracked: Value, found: tuple[Contribution, ...]) -> None:
    """A figure that is not the sum of what it is said to be made of is a fault of this program, and no answer."""
    if isinstance(printed, str):
        said = [item.value for item in found]
        is_exact = said == [printed]
    else:
        is_exact = sum(number_of(item.value) for item in found) == number_of(printed) == number_of(tracked)
    if not is_exact:
        raise AssertionError("/".join(map(str, name)), printed, tracked, found)
