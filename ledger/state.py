"""What a stream knows before a decision: its events so far, and which of them still stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from events.budget import EventReversed
from events.closing import YearClosed, YearReopened
from events.model import Event
from events.stream import Stream, event_id

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class State:
    """One stream, folded. ``history`` is keyed by event id, in order of recording."""

    stream: Stream
    history: Mapping[str, Event] = field(default_factory=lambda: MappingProxyType({}))
    reversed_ids: frozenset[str] = frozenset()
    is_closed: bool = False

    @property
    def version(self) -> int:
        """How many events the stream has."""
        return len(self.history)

    def standing(self, kind: type[E]) -> Iterator[tuple[str, E]]:
        """The events of a kind that were not reversed, with their ids."""
        for identity, event in self.history.items():
            if isinstance(event, kind) and identity not in self.reversed_ids:
                yield identity, event


def evolve(state: State, event: Event) -> State:
    """The state after one more event."""
    identity = event_id(str(state.stream), state.version + 1)
    after = replace(state, history={**state.history, identity: event})
    match event:
        case EventReversed():
            return replace(after, reversed_ids=state.reversed_ids | {event.event_id})
        case YearClosed():
            return replace(after, is_closed=True)
        case YearReopened():
            return replace(after, is_closed=False)
    return after
