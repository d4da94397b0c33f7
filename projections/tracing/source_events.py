"""The events behind a figure, as an auditor needs them: document, actor, both times, hash."""

from collections.abc import Iterator
from typing import NamedTuple

from events.errors import EvidenceBroken
from events.record import Record
from events.stream import stream_of
from events.upcasting import REVERSAL, Payload, payload_of
from projections.figures.history import TITLES
from projections.reading.reader import Reader
from projections.tracing.tracked import Source, Stated


class Paper(NamedTuple):
    """A document as it was recorded; ``dated`` is an ISO date."""

    number: str
    title: str | None = None
    issuer: str | None = None
    dated: str | None = None


class SourceEvent(NamedTuple):
    """One event. ``reverses`` is the event it cancels, if it is a reversal."""

    event_id: str
    type: str
    title: str
    effective_on: str
    recorded_at: str
    actor: str
    reason: str | None
    document: Paper | None
    hash: str
    reverses: str | None

    @property
    def order(self) -> tuple[str, str, int]:
        """Where it stands among others: by the instant, which is the same in every ledger that has the event."""
        stream, _, version = self.event_id.rpartition("/")
        return (self.recorded_at, stream, int(version))


class Archive:
    """The events of a ledger by where a figure says it came from; each is read once."""

    def __init__(self, reader: Reader) -> None:
        self._store = reader.store
        self._known: dict[int | str, SourceEvent] = {}

    def find(self, source: Source) -> SourceEvent:
        """The event of a source; EvidenceBroken where the read model speaks of one that is not there."""
        key = source.event_id if isinstance(source, Stated) else source.position
        if key not in self._known:
            record = next(self._records(key), None)
            if record is None:
                raise EvidenceBroken("账本里没有读模型所说的事件 {event}，请运行 budget verify。", event=key)
            self._known[key] = source_event(record, payload_of(record))
        return self._known[key]

    def _records(self, key: int | str) -> Iterator[Record]:
        if isinstance(key, int):
            yield from self._store.read_bucket(after=key - 1, limit=1)
        else:
            records = self._store.read_stream(str(stream_of(key)[0]))
            yield from (record for record in records if record.event_id == key)


def source_event(record: Record, payload: Payload) -> SourceEvent:
    """A record as an auditor needs it."""
    document = payload.get("document")
    return SourceEvent(
        event_id=record.event_id,
        type=record.type,
        title=TITLES[record.type],
        effective_on=payload["effective_on"],
        recorded_at=record.recorded_at,
        actor=record.actor,
        reason=payload.get("reason"),
        document=Paper(**document) if document else None,
        hash=record.hash,
        reverses=payload["event_id"] if record.type == REVERSAL else None,
    )
