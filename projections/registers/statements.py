"""What a stream states beside its lines, at a cut: names, projects, targets, indicators, explanations."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from events.record import Record
from events.stream import Stream
from events.upcasting import REVERSAL, payload_of
from ledger.keeping.store import Store
from projections.cut import Cut


class Statement(NamedTuple):
    """One standing event, its payload in today's shape."""

    event_id: str
    type: str
    payload: dict[str, Any]


def statements(store: Store, stream: Stream, types: Sequence[str], cut: Cut) -> list[Statement]:
    """The events of these types that stand at a cut, in order of recording."""
    records = list(store.read_stream(str(stream), types=[*types, REVERSAL], known_at=cut.known_at_text))
    found = [_statement(record) for record in records]
    cancelled = {stated.payload["event_id"] for stated in found if stated.type == REVERSAL}
    return [
        stated
        for stated in found
        if stated.type != REVERSAL
        and stated.event_id not in cancelled
        and stated.payload["effective_on"] <= cut.as_of.isoformat()
    ]


def _statement(record: Record) -> Statement:
    payload = payload_of(record)
    return Statement(record.event_id, record.type, payload)


def in_force(found: Sequence[Statement]) -> Statement | None:
    """The one that holds where each takes the place of another: that of the latest day, of one day the newest."""
    return max(reversed(found), key=lambda stated: str(stated.payload["effective_on"]), default=None)
