"""A log of another ledger taken in: as a whole, once, every chain as it is, or not at all.

Every line is held against its chain, its model and what the ledger has. What is sound and new is written
on the way, in one transaction; if anything is found wrong, everything found is told and all of it undone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from events.errors import BudgetError, Conflict, EvidenceBroken, Fault, Invalid, WrongUsage, fault
from events.record import NO_PREDECESSOR, Head, Record, digest, unit_of
from ledger.bulk import uncollected
from ledger.exchange.following import following_faults
from ledger.exchange.log import numbered, read_line
from ledger.exchange.pins import undone, untrue
from ledger.keeping.store import Store
from ledger.recording import Ledger, is_registered
from ledger.verifying.payloads import event_or_fault
from ledger.verifying.pinned import PINNING
from ledger.verifying.standing import Standing

RUN_CHARACTERS = 3_400_000  # of payloads, written at once
FAULTS_MAX = 10_000

Found = tuple[type[BudgetError], Fault]

# What is told of a log as a whole, by its worst fault: a broken chain, a line that cannot be read, two histories.
VERDICTS: dict[type[BudgetError], Fault] = {
    EvidenceBroken: fault("日志的证据有 {count} 处不符，没有导入。"),
    WrongUsage: fault("日志有 {count} 处不能读取，没有导入。"),
    Conflict: fault("日志与本账本有 {count} 处冲突，没有导入。"),
}


class Intake(NamedTuple):
    """What taking in a log came to: events, streams, the digest of the ledger afterwards, its latest instant."""

    added: int
    known: int
    streams_new: int
    streams_extended: int
    digest: str
    last_instant: datetime


def take_in(
    ledger: Ledger, lines: Iterable[bytes], actor: str, *, expected_digest: str | None = None, is_trial: bool = False
) -> Intake:
    """Take in a log.

    ``expected_digest`` must be that of the log, or of the ledger afterwards. In a trial everything
    happens but the keeping. Raises EvidenceBroken, WrongUsage or Conflict with all faults of the log.
    """
    with ledger.store.transaction(keep=not is_trial), uncollected():
        taking = _Taking(ledger, actor)
        for number, line in numbered(lines):
            taking.step(number, line)
        return taking.finish(expected_digest)


@dataclass
class _Strand:
    """One stream of the log as far as it was read; ``here`` is how far the ledger has it."""

    stream: str
    line: int
    here: int
    standing: Standing
    version: int = 0
    recorded_at: str = ""
    hash: str = NO_PREDECESSOR
    is_sound: bool = True
    has_parted: bool = False
    added: int = 0
    added_since: str = ""

    @property
    def head(self) -> Head:
        """The last record of it that was read."""
        return Head(self.stream, self.version, self.hash)

    def follow(self, record: Record) -> None:
        """Go on behind a record, sound or not: what is wrong is told where it begins."""
        self.version, self.recorded_at, self.hash = record.version, record.recorded_at, record.hash

    def follow_new(self, record: Record) -> None:
        """Count a record that the ledger did not have."""
        self.added += 1
        self.added_since = self.added_since or record.recorded_at


@dataclass
class _Run:
    """What is about to be written at once; ``begun`` are the first records of its commands, by line."""

    records: list[Record] = field(default_factory=list)
    begun: list[tuple[int, Record]] = field(default_factory=list)
    characters: int = 0

    def add(self, number: int, record: Record) -> None:
        if not self.goes_on_with(record):
            self.begun.append((number, record))
        self.records.append(record)
        self.characters += len(record.payload)

    def goes_on_with(self, record: Record) -> bool:
        """Whether a record belongs to the command at the end of the run."""
        return bool(self.records) and _command(self.records[-1]) == _command(record)


class _Taking:
    """One pass over a log, and what was found on the way."""

    def __init__(self, ledger: Ledger, actor: str) -> None:
        self._ledger = ledger
        self._store: Store = ledger.store
        self._actor = actor
        self._here = {head.stream: head.version for head in ledger.store.heads()}
        self._strands: dict[str, _Strand] = {}
        self._found: list[tuple[int, Found]] = []
        self._pinning: list[tuple[int, Record]] = []  # what the log brings of publications and signatures, by line
        self._run = _Run()
        self._known = 0

    def step(self, number: int, line: bytes) -> None:
        """Take in one line, or find what is wrong with it."""
        try:
            record = read_line(line)
        except Invalid as invalid:
            self._find(number, [(WrongUsage, invalid.fault)])
            return
        strand = self._strand(record.stream, number)
        faults: list[Found] = [(EvidenceBroken, what) for what in following_faults(strand, record)]
        event = None
        if record.version <= strand.here:
            faults += self._against_here(strand, record)
        elif isinstance(said := event_or_fault(record), Fault):
            faults.append((WrongUsage, said))
        else:
            event = said
        if not faults and record.version == strand.standing.version + 1:
            faults += [(EvidenceBroken, what) for what in strand.standing.faults(record, event)]
        strand.follow(record)
        if faults:
            strand.is_sound = False
            self._find(number, faults)
        if strand.is_sound and record.version > strand.here:
            self._keep(number, record, strand)

    def finish(self, expected_digest: str | None) -> Intake:
        """Write the rest, look at the whole, and say what it came to."""
        self._write()
        for number, what in (*self._unregistered(), *self._broken_pins()):
            self._find(number, [what])
        self._give_up_if_faulty()
        strands, current = self._strands.values(), digest(self._store.heads())
        of_log = digest(strand.head for strand in strands)
        if expected_digest and expected_digest not in (of_log, current):
            raise _digest_differs(expected_digest, of_log, current)
        grown = [strand for strand in strands if strand.added]
        new = sum(not strand.here for strand in grown)
        return Intake(
            sum(strand.added for strand in grown),
            self._known,
            new,
            len(grown) - new,
            current,
            self._store.last_instant(),
        )

    def _strand(self, stream: str, number: int) -> _Strand:
        if stream not in self._strands:
            self._strands[stream] = _Strand(stream, number, self._here.get(stream, 0), Standing(self._earlier))
        return self._strands[stream]

    def _earlier(self, stream: str, version: int) -> Record | None:
        """A record that was taken in or is about to be."""
        written = self._store.logged_at(stream, version)
        waiting = (record for record in reversed(self._run.records) if record.head[:2] == (stream, version))
        return written or next(waiting, None)

    def _against_here(self, strand: _Strand, record: Record) -> Iterator[Found]:
        """Where a record the ledger has already is another there."""
        here = self._store.logged_at(strand.stream, record.version)
        if here is None or strand.has_parted:
            return
        self._known += 1
        if here.hash != record.hash:
            strand.has_parted = True
            yield Conflict, _parted(here, record)

    def _keep(self, number: int, record: Record, strand: _Strand) -> None:
        if self._run.characters >= RUN_CHARACTERS and not self._run.goes_on_with(record):
            self._write()
        self._run.add(number, record)
        if record.type in PINNING:
            self._pinning.append((number, record))
        strand.follow_new(record)

    def _write(self) -> None:
        if self._run.records:
            self._require_new_commands()
            self._ledger.project(self._store.take_in(self._run.records, self._actor, self._ledger.now()))
            self._run = _Run()

    def _require_new_commands(self) -> None:
        """A command is recorded once; two units may have given the same id to what each of them asked for."""
        known = self._store.intents({record.command_id for _, record in self._run.begun})
        for number, record in self._run.begun:
            intents = known.setdefault(record.command_id, {})
            if intents:
                self._find(number, _command_faults(record, intents))
            intents[record.intent_digest] = record.stream

    def _unregistered(self) -> Iterator[tuple[int, Found]]:
        """Units of the log that neither it nor the ledger registers."""
        first = {unit_of(strand.stream): strand for strand in reversed(self._strands.values())}
        for unit, strand in first.items():
            is_reported = unit in self._strands and not self._strands[unit].is_sound
            if not is_reported and not is_registered(self._store, unit):
                yield strand.line, (WrongUsage, fault("单位 {unit} 没有登记。", unit=unit))

    def _broken_pins(self) -> Iterator[tuple[int, Found]]:
        """Publications and signatures that would not hold, of units whose streams are sound."""
        grown = [strand for strand in self._strands.values() if strand.added]
        broken = {unit_of(strand.stream) for strand in self._strands.values() if not strand.is_sound}
        brought = [(line, record) for line, record in self._pinning if unit_of(record.stream) not in broken]
        yield from ((line, (Conflict, what)) for line, what in undone(self._store, grown, self._here))
        yield from ((line, (EvidenceBroken, what)) for line, what in untrue(self._store, brought))

    def _find(self, number: int, faults: Iterable[Found]) -> None:
        self._found += [(number, found) for found in faults]
        if len(self._found) >= FAULTS_MAX:
            self._give_up_if_faulty()

    def _give_up_if_faulty(self) -> None:
        kinds = {kind for _, (kind, _) in self._found}
        faults = [
            fault("第 {line} 行：{what}", line=number, what=what)
            for number, (_, what) in sorted(self._found, key=itemgetter(0))
        ]
        for kind, verdict in VERDICTS.items():
            if kind in kinds:
                raise kind(verdict.template, count=len(faults)).because_of(faults)


def _command(record: Record) -> tuple[str, str, str]:
    return record.stream, record.command_id, record.intent_digest


def _command_faults(record: Record, known: Mapping[str, str]) -> Iterator[Found]:
    """What a command id was already given to; ``known`` are its intents, each with its stream."""
    command = record.command_id
    if record.intent_digest in known:
        stream = known[record.intent_digest]
        yield Conflict, fault("命令 {command} 此前已在 {stream} 中记录。", command=command, stream=stream)
    elif unit_of(record.stream) in map(unit_of, known.values()):
        yield Conflict, _of_another_intent(record)


def _parted(here: Record, there: Record) -> Fault:
    return fault(
        "{stream} 自第 {version} 号起与本账本分歧：本账本 {at} {actor} {hash}；日志 {its_at} {its_actor} {its_hash}。",
        stream=here.stream,
        version=here.version,
        at=here.recorded_at,
        actor=here.actor,
        hash=here.hash,
        its_at=there.recorded_at,
        its_actor=there.actor,
        its_hash=there.hash,
    )


def _of_another_intent(record: Record) -> Fault:
    return fault("{event} 的命令编号 {command} 已用于另一项内容。", event=record.event_id, command=record.command_id)


def _digest_differs(expected: str, of_log: str, current: str) -> EvidenceBroken:
    return EvidenceBroken(
        "摘要与给出的不同，没有导入：给出 {expected}，日志为 {log}，导入后的账本为 {current}。日志可能截去了末尾或缺少整条流。",
        expected=expected,
        log=of_log,
        current=current,
    )
