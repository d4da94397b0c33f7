"""Whether what is stored is what was recorded: chains, gaps, order of times, guards, digest.

Stored bytes are hashed as they are; no payload is parsed.
"""

from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from events.errors import Fault, fault
from events.record import NO_PREDECESSOR, Head, Record, digest, link
from ledger.schema import TRIGGERS
from ledger.sqlite import SqliteStore
from ledger.store import Store

BATCH = 2_000
BEFORE_ALL = -inf


class Finding(NamedTuple):
    """What is broken, and the event where it shows (empty when it is the ledger as a whole)."""

    event_id: str
    fault: Fault


class Verification(NamedTuple):
    """The outcome: how much was read, the digest of what was found, and everything broken.

    ``matched_at`` is the instant at which the ledger had the digest given from outside.
    """

    events: int
    streams: int
    digest: str
    matched_at: str | None
    findings: tuple[Finding, ...]


def verify(store: SqliteStore, expected_digest: str | None = None) -> Verification:
    """Read the whole ledger and hold it against itself, and against a digest from outside."""
    findings = [Finding("", _guard_fault(name)) for name in store.broken_guards()]
    walk = _Walk()
    for record in every_record(store):
        findings += walk.step(record)
    lost = fault("记录它的命令不见了，同一命令可能被重复记录。")
    findings += [Finding(event, lost) for event in store.without_command()]
    current = digest(store.heads())
    matched = _instant_of(store, expected_digest, current) if expected_digest else None
    if expected_digest and matched is None:
        findings.append(Finding("", _digest_differs(expected_digest, current)))
    return Verification(walk.count, len(walk.heads), current, matched, tuple(findings))


def _instant_of(store: Store, expected: str, current: str) -> str | None:
    """The last instant at which the ledger had a digest; None if it never had."""
    wanted = "sha256:" + expected.removeprefix("sha256:")
    heads: dict[str, Head] = {}
    instant, matched = "", None
    for record in every_record(store):
        if record.recorded_at != instant and digest(heads.values()) == wanted:
            matched = instant
        instant = record.recorded_at
        heads[record.stream] = Head(record.stream, record.version, record.hash)
    return instant if current == wanted else matched


def every_record(store: Store) -> Iterator[Record]:
    """All records of the one bucket of a file, in order of position."""
    after: float = BEFORE_ALL
    while batch := store.read_bucket(after=after, limit=BATCH):
        yield from batch
        after = batch[-1].position


class _Walk:
    """One pass over the records, remembering what each next one must fit."""

    def __init__(self) -> None:
        self.count = 0
        self.heads: dict[str, tuple[int, str]] = {}
        self._position = 0
        self._recorded_at = ""

    def step(self, record: Record) -> Iterator[Finding]:
        version, previous = self.heads.get(record.stream, (0, NO_PREDECESSOR))
        if record.position != self._position + 1:
            yield _found(record, fault("位置 {lost} 处缺少事件。", lost=self._position + 1))
        if record.version != version + 1:
            yield _found(
                record,
                fault("流 {stream} 的第 {lost} 号事件缺失或次序被调换。", stream=record.stream, lost=version + 1),
            )
        if record.recorded_at < self._recorded_at:
            yield _found(record, fault("记录时刻 {at} 早于前一事件。", at=record.recorded_at))
        if record.hash != link(previous, record):
            yield _found(
                record, fault("哈希不符：本事件或它之前的内容被改动；{stream} 自此之后均不可信。", stream=record.stream)
            )
        self.count += 1
        self.heads[record.stream] = (record.version, record.hash)
        self._position, self._recorded_at = record.position, record.recorded_at


def _found(record: Record, what: Fault) -> Finding:
    return Finding(record.event_id, what)


def _guard_fault(name: str) -> Fault:
    if name in TRIGGERS:
        return fault("只增触发器 {name} 缺失或被改写。", name=name)
    return fault("触发器 {name} 不属于账本，可能吞掉或改动事件。", name=name)


def _digest_differs(expected: str, current: str) -> Fault:
    return fault(
        "账本摘要与给出的不同：给出 {expected}，现为 {current}。可能截去了末尾、删去了整条流、整体重写，或摘要属于另一时刻。",
        expected=expected,
        current=current,
    )
