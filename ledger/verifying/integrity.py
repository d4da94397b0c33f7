"""Whether what is stored is what was recorded: chains, gaps, order of times, guards, digest.

Stored bytes are hashed as they are; no payload is parsed.
"""

from collections.abc import Collection, Iterable, Iterator
from math import inf
from typing import NamedTuple

from events.chain import Link, link_arrival, linked
from events.errors import Fault, fault
from events.record import NO_PREDECESSOR, Arrival, digest
from events.stream import event_id
from ledger.keeping.schema import TRIGGERS
from ledger.keeping.sqlite import SqliteStore
from ledger.verifying.digests import Recognised, recognise
from ledger.verifying.every_record import Watch, every_link, unwatched
from ledger.verifying.finding import Break, Check, Finding

_NOTHING = Link(0, "", 0, "", b"", b"", NO_PREDECESSOR)  # stands before the first of a stream


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
    walk = _Walk(store.arrivals())
    findings += walk.findings(watch(every_link(store)))
    ends = walk.ends.values()
    current = digest(record.head for record in ends)
    if not findings and digest(store.heads()) != current:
        findings.append(Finding("", fault("事件表与它的索引不一致，文件已损坏。"), Check.FILE))
    wanted = {text for text in (*others, expected) if text}
    recognised = recognise(store, wanted, ends, watch) if wanted else {}
    if expected and expected not in recognised:
        findings.append(Finding("", _digest_differs(expected, current), Check.DIGEST))
    return Verification(walk.count, len(ends), current, recognised, tuple(findings))


class _Walk:
    """One pass over the records, remembering what each next one must fit."""

    def __init__(self, arrivals: Iterable[Arrival]) -> None:
        self.count = 0
        self.ends: dict[str, Link] = {}  # the last record that was seen of every stream
        self._arriving = _Arriving(arrivals)
        self._latest = ""

    def findings(self, records: Iterable[Link]) -> Iterator[Finding]:
        """What is wrong with each record, seen from those before it."""
        before, ends, arriving = 0, self.ends, self._arriving
        for record in records:
            position, stream, version, at, header, payload, stored = record  # taken apart once, as there are so many
            last = ends.get(stream, _NOTHING)
            is_linked = stored == linked(last.hash, header, payload)
            if not (is_linked and position == before + 1 and version == last.version + 1 and at >= self._latest):
                yield from self._faults(record, last, before, is_linked=is_linked)
            if is_linked and at > self._latest:
                self._latest = at
            if position >= arriving.begins_at:
                yield from arriving.findings(record, self._latest)
            ends[stream] = record
            self.count += 1
            before = position
        yield from arriving.missing()

    def _faults(self, record: Link, last: Link, position: int, *, is_linked: bool) -> Iterator[Finding]:
        stream, version, expected = record.stream, record.version, last.version + 1
        identity = event_id(stream, version)
        if record.position != position + 1:
            lost = fault("位置 {lost} 处缺少事件。", lost=position + 1)
            yield Finding(identity, lost, Check.GAPS)
        if version != expected:
            lost = fault("流 {stream} 的第 {lost} 号事件缺失或次序被调换。", stream=stream, lost=expected)
            broken = Break(stream, min(version, expected), record.position, last.recorded_at)
            yield Finding(identity, lost, Check.GAPS, broken)
        if record.recorded_at < last.recorded_at:
            early = fault("记录时刻 {at} 早于前一事件。", at=record.recorded_at)
            broken = Break(stream, version, record.position, record.recorded_at)
            yield Finding(identity, early, Check.ORDER, broken)
        elif record.recorded_at < self._latest and record.position < self._arriving.begins_at:
            swapped = fault("记录时刻 {at} 早于它之前到达的事件，次序被调换。", at=record.recorded_at)
            yield Finding(identity, swapped, Check.ORDER)
        if not is_linked:
            altered = fault("哈希不符：本事件或它之前的内容被改动；{stream} 自此之后均不可信。", stream=stream)
            since = min(record.recorded_at, max(last.recorded_at, self._latest))
            yield Finding(identity, altered, Check.CHAIN, Break(stream, version, record.position, since))


class _Arriving:
    """The runs taken in from logs, held against the records as these go by."""

    def __init__(self, arrivals: Iterable[Arrival]) -> None:
        self._runs = list(reversed(list(arrivals)))
        self._next()
        self._previous = NO_PREDECESSOR
        self._hashes: list[str] = []

    def _next(self) -> None:
        """Wait for the next run."""
        self.begins_at = self._runs[-1].first_position if self._runs else inf

    def findings(self, record: Link, latest: str) -> Iterator[Finding]:
        """One more record of the run; at its end, whether the run is what was taken in."""
        self._hashes.append(record.hash)
        run = self._runs[-1]
        if record.position < run.last_position:
            return
        if run.hash != link_arrival(self._previous, run, self._hashes) or run.last_instant != latest:
            yield _not_as_taken_in(run)
        self._previous, self._hashes = run.hash, []
        self._runs.pop()
        self._next()

    def missing(self) -> Iterator[Finding]:
        """The runs whose records never came."""
        yield from map(_not_as_taken_in, reversed(self._runs))


def _not_as_taken_in(run: Arrival) -> Finding:
    first, last = run.first_position, run.last_position
    return Finding(
        "", fault("位置 {first} 至 {last} 不是当时导入的事件，或导入记录被改动。", first=first, last=last), Check.ORDER
    )


def _guard_findings(store: SqliteStore) -> Iterator[Finding]:
    for name in store.broken_guards():
        yield Finding("", _guard_fault(name), Check.GUARDS)
    for name in store.broken_tables():
        yield Finding("", fault("表或索引 {name} 缺失、被改写，或不属于账本。", name=name), Check.GUARDS)


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
