"""What a stream knows before a decision: its events so far, and which of them still stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

from pydantic_core import from_json

from events.closing import YearClosed, YearReopened
from events.line import LineKey, kept_key
from events.model import Event
from events.payload import from_record
from events.record import Content
from events.reversal import EventReversed
from events.stream import Stream, event_id
from events.upcasting import require_known, upcast

E = TypeVar("E", bound=Event)


class Step(NamedTuple):
    """How far a line of the budget or of its execution moves, in 分, and from what day on."""

    day: date
    key: LineKey
    fen: int


class History(Mapping[str, Event]):
    """Events by id, in order of recording.

    What comes from the store stays as it is stored until somebody asks what it says: a decision asks of few
    events, and reading them is what loading a stream costs.
    """

    def __init__(self, by_id: Mapping[str, Content | Event]) -> None:
        self._by_id = dict(by_id)

    def of(self, *kinds: type[E]) -> Iterator[tuple[str, E]]:
        """The events of some kinds, with their ids."""
        for identity in self.ids(*kinds):
            yield identity, cast("E", self[identity])

    def movements(self, identities: Sequence[str]) -> Iterator[Step]:
        """The lines of some events."""
        for said in self._said(identities):
            day = said["effective_on"]
            since = day if isinstance(day, date) else date.fromisoformat(day)
            yield from (Step(since, kept_key(text), fen) for text, fen in said["lines"])

    def sums(self, identities: Sequence[str]) -> dict[LineKey, int]:
        """What the lines of some events come to, in 分."""
        sums: defaultdict[str, int] = defaultdict(int)
        for said in self._said(identities):
            for text, fen in said["lines"]:
                sums[text] += fen
        return {kept_key(text): fen for text, fen in sums.items()}

    def _said(self, identities: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """What events with lines say. Those from the store, known since ``recall``, need no model."""
        for identity in identities:
            kept = self._by_id[identity]
            if isinstance(kept, Content):
                yield upcast(kept.type, kept.type_version, from_json(kept.payload))
            else:
                yield vars(kept)

    def ids(self, *kinds: type[Event]) -> list[str]:
        """The ids of the events of some kinds."""
        names = {kind.__name__ for kind in kinds}
        return [identity for identity, kept in self._by_id.items() if kept.type in names]

    def __getitem__(self, identity: str) -> Event:
        kept = self._by_id[identity]
        if isinstance(kept, Content):
            kept = self._by_id[identity] = from_record(kept)
        return kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __or__(self, more: Mapping[str, Event]) -> "History":
        return History({**self._by_id, **more})


@dataclass(frozen=True)
class State:
    """One stream, folded."""

    stream: Stream
    history: History = field(default_factory=lambda: History({}))

    @property
    def version(self) -> int:
        """How many events the stream has."""
        return len(self.history)

    @cached_property
    def reversed_ids(self) -> frozenset[str]:
        """The events that were reversed."""
        return frozenset(reversal.event_id for _, reversal in self.history.of(EventReversed))

    @cached_property
    def is_closed(self) -> bool:
        """Whether the year is closed at the end of its history."""
        closings = [event for _, event in self.history.of(YearClosed, YearReopened)]
        return bool(closings) and isinstance(closings[-1], YearClosed)

    def standing(self, *kinds: type[E]) -> Iterator[tuple[str, E]]:
        """The events of some kinds that were not reversed, with their ids."""
        for identity in self._standing_ids(*kinds):
            yield identity, cast("E", self.history[identity])

    def movements(self, *kinds: type[Event]) -> Iterator[Step]:
        """The lines of the events of some kinds that were not reversed."""
        return self.history.movements(self._standing_ids(*kinds))

    def sums(self, *kinds: type[Event]) -> dict[LineKey, int]:
        """What the lines of the events of some kinds that were not reversed come to, in 分."""
        return self.history.sums(self._standing_ids(*kinds))

    def _standing_ids(self, *kinds: type[Event]) -> list[str]:
        return [identity for identity in self.history.ids(*kinds) if identity not in self.reversed_ids]


def recall(stream: Stream, contents: Iterable[Content]) -> State:
    """The state of a stream after all that is stored of it."""
    by_id = {content.event_id: content for content in contents}
    for content in by_id.values():
        require_known(content)
    return State(stream, History(by_id))


def evolve(state: State, *events: Event) -> State:
    """The state after some more events."""
    numbered = enumerate(events, start=state.version + 1)
    return State(
        state.stream, state.history | {event_id(str(state.stream), number): event for number, event in numbered}
    )
