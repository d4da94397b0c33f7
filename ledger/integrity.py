"""Whether what is stored is what was recorded: chains, gaps, order of times, guards, digest.

Stored bytes are hashed as they are; no payload is parsed.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from events.errors import Fault, fault
from events.record import NO_PREDECESSOR, Record, digest, link
from ledger.digests import End, Recognised, recognise, written_in_full
from ledger.every_record import Watch, every_record, unwatched
from ledger.finding import Break, Check, Finding
from ledger.schema import TRIGGERS
from ledger.sqlite import SqliteStore


class Verification(NamedTuple):
    """The outcome: how much was read, the digest of what was found, and everything broken.

    ``recognised`` says whose digests those from outside are, as far as they are any of this ledger.
    """

    events: int
    streams: int
    digest: str
    recognised: dict[str, Recognised]
    findings: tuple[Finding, ...]


def verify(
    store: SqliteStore, expected: str | None = None, others: Collection[str] = (), watch: Watch = unwatched
) -> Verification:
    """Read the whole ledger and hold it against itself, and against a digest from outside.

    ``others`` are digests that are looked for too; it is no finding if they are not there.
    """
    findings = list(_guard_findings(store))
    walk = _Walk(store.imported())
    for record in watch(every_record(store)):
        findings += walk.step(record)
    current = digest(end.head for end in walk.ends)
    if not findings and digest(store.heads()) != current:
        findings.append(Finding("", fault("事件表与它的索引不一致，文件已损坏。"), Check.FILE))
    wanted = {written_in_full(text) for text in (*others, expected) if text}
    recognised = recognise(store, wanted, walk.ends, watch) if wanted else {}
    if expected and written_in_full(expected) not in recognised:
        findings.append(Finding("", _digest_differs(expected, current), Check.DIGEST))
    return Verification(walk.count, len(walk.ends), current, recognised, tuple(findings))


class _Walk:
    """One pass over the records, remembering what each next one must fit."""

    def __init__(self, imported: Sequence[range]) -> None:
        self.count = 0
        self._imported = imported
        self._ends: dict[str, End] = {}
        self._position = 0
        self._latest = ""

    @property
    def ends(self) -> Collection[End]:
        """The last record that was seen of every stream."""
        return self._ends.values()

    def step(self, record: Record) -> tuple[Finding, ...]:
        last = self._ends.get(record.stream) or End(record.stream, 0, NO_PREDECESSOR, "")
        fits = (
            record.position == self._position + 1
            and record.version == last.version + 1
            and record.recorded_at >= self._latest
        )
        is_linked = record.hash == link(last.hash, record)
        findings = () if fits and is_linked else tuple(self._faults(record, last, is_linked=is_linked))
        self.count += 1
        self._ends[record.stream] = End(record.stream, record.version, record.hash, record.recorded_at)
        self._position = record.position
        if is_linked:
            self._latest = max(record.recorded_at, self._latest)
        return findings

    def _faults(self, record: Record, last: End, *, is_linked: bool) -> Iterator[Finding]:
        stream, version, expected = record.stream, record.version, last.version + 1
        if record.position != self._position + 1:
            lost = fault("位置 {lost} 处缺少事件。", lost=self._position + 1)
            yield Finding(record.event_id, lost, Check.GAPS)
        if version != expected:
            lost = fault("流 {stream} 的第 {lost} 号事件缺失或次序被调换。", stream=stream, lost=expected)
            broken = Break(stream, min(version, expected), record.position, last.recorded_at)
            yield Finding(record.event_id, lost, Check.GAPS, broken)
        if record.recorded_at < last.recorded_at:
            early = fault("记录时刻 {at} 早于前一事件。", at=record.recorded_at)
            broken = Break(stream, version, record.position, record.recorded_at)
            yield Finding(record.event_id, early, Check.ORDER, broken)
        elif record.recorded_at < self._latest and not any(record.position in run for run in self._imported):
            swapped = fault("记录时刻 {at} 早于它之前到达的事件，次序被调换。", at=record.recorded_at)
            yield Finding(record.event_id, swapped, Check.ORDER)
        if not is_linked:
            altered = fault("哈希不符：本事件或它之前的内容被改动；{stream} 自此之后均不可信。", stream=stream)
            since = min(record.recorded_at, max(last.recorded_at, self._latest))
            yield Finding(record.event_id, altered, Check.CHAIN, Break(stream, version, record.position, since))


def _guard_findings(store: SqliteStore) -> Iterator[Finding]:
    for name in store.broken_guards():
        yield Finding("", _guard_fault(name), Check.GUARDS)
    for name in store.broken_tables():
        yield Finding("", fault("表 {name} 的定义缺失或被改写。", name=name), Check.GUARDS)


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
