"""given / when / then over the decider: no database, no clock.

    given(approved(salaries("100万元"))).when(reduce(salaries("120万元"))).refused("不能为负")

What is given has happened: events, or intents that were decided in turn. Its ids count from
``101/2024/1``.
"""

from dataclasses import dataclass

import pytest

from events.errors import Faulty, Refused
from events.model import Event, Value
from events.stream import Stream
from ledger.deciding.decider import decide, remarks
from ledger.deciding.state import State, evolve


@dataclass(frozen=True)
class Decided:
    """An intent in a state, about to be decided."""

    state: State
    intent: Value

    def then(self, *events: Event) -> None:
        assert decide(self.state, self.intent) == events

    def refused(self, *told: str) -> None:
        """Refused in these words, each of them in the sentence or in one of its faults."""
        with pytest.raises(Refused) as caught:
            decide(self.state, self.intent)
        said = "\n".join([str(caught.value), *map(str, getattr(caught.value, "faults", ()))])
        assert [words for words in told if words not in said] == []

    def remarked(self, *told: str) -> None:
        """Recorded, with these remarks."""
        assert decide(self.state, self.intent)
        assert [str(remark) for remark in remarks(self.intent, self.state)] == list(told)

    def refused_for(self, count: int) -> None:
        """Refused with so many faults at once."""
        with pytest.raises(Faulty) as caught:
            decide(self.state, self.intent)
        assert len(caught.value.faults) == count


@dataclass(frozen=True)
class Given:
    """What has happened in a stream."""

    state: State

    def when(self, intent: Value) -> Decided:
        return Decided(self.state, intent)


def given(*happened: Value, stream: str = "101/2024") -> Given:
    state = State(Stream.parse(stream))
    for told in happened:
        for event in (told,) if isinstance(told, Event) else decide(state, told):
            state = evolve(state, event)
    return Given(state)
