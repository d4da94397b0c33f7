"""What pins a unit's digest, beside a log: in the ledger it must stay true, and what the log brings must be true with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from events.errors import Fault, fault
from events.record import Record, unit_of
from ledger.keeping.store import Store
from ledger.verifying.pinned import PINNING, Pinned

Found = tuple[int, Fault]  # a fault, behind the line of the log that has it


class Grown(Protocol):
    """A stream that the log has extended, from the instant ``added_since`` on; ``line`` is where it begins in the log."""

    stream: str
    line: int
    added_since: str


def undone(store: Store, grown: Collection[Grown], here: Mapping[str, int]) -> Iterator[Found]:
    """Publications and signatures of the ledger whose cut the log reaches back behind, so that they do not hold any more.

    ``here`` is how far the ledger had each of its streams before.
    """
    streams: dict[str, list[str]] = {}
    for stream in here:
        streams.setdefault(unit_of(stream), []).append(stream)
    for strand in grown:
        for stream in streams.get(unit_of(strand.stream), ()):
            for record in store.read_stream(stream, types=PINNING):
                if record.version <= here[stream] and _is_undone(store, record, strand.added_since):
                    yield strand.line, _undoing(record, strand.stream)


def untrue(store: Store, brought: Iterable[tuple[int, Record]]) -> Iterator[Found]:
    """Publications and signatures of the log that saw other events than those it brings and the ledger has."""
    for number, record in brought:
        pinned = Pinned.of(record)
        if pinned and (now := pinned.now(store)) != pinned.digest:
            yield number, _saw_others(record, pinned.digest, now)


def _is_undone(store: Store, pinning: Record, added_since: str) -> bool:
    pinned = Pinned.of(pinning)
    return bool(pinned and added_since <= pinned.known_at and pinned.now(store) != pinned.digest)


def _undoing(pinning: Record, stream: str) -> Fault:
    if pinning.type == "SignatureRecorded":
        return fault(
            "{stream} 带来了签名 {event} 之前的事件，那个签名将不再有效。", stream=stream, event=pinning.event_id
        )
    return fault(
        "{stream} 带来了公开 {event} 的截点之前的事件，那次公开将不能重现。", stream=stream, event=pinning.event_id
    )


def _saw_others(pinning: Record, then: str, now: str) -> Fault:
    return fault(
        "{event} 所记的账本摘要与该单位的事件不符：所记 {then}，按日志和本账本的事件应为 {now}。日志可能缺少整条流，或被整体重写。",
        event=pinning.event_id,
        then=then,
        now=now,
    )
