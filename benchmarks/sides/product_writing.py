"""The product records: one event after another, and a whole ledger in one go."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.clock import Clock
from benchmarks.facts import YEARS, Fact, all_facts, late_supplements, new_years, units_for
from benchmarks.scratch import copy_of, room_beside
from benchmarks.sides.product_intents import event, intent
from events.payload import to_payload
from events.record import Record, digest_of_content
from events.stream import Stream
from ledger.catalogue import builtin
from ledger.deciding.unit import RegisterUnit
from ledger.exchange.intake import take_in
from ledger.exchange.log import line_of, read_lines
from ledger.keeping.sqlite import SqliteStore
from ledger.keeping.store import ANY_VERSION, Command, Draft
from ledger.recording import Ledger, Order, record
from projections.entries.read_model import ReadModel

ACTOR = "王会计"
BATCH = 1_000
BEGINNING = datetime(YEARS[0], 1, 2, tzinfo=UTC)


def make(clock: Clock, target: str, lines: int) -> None:
    """The ledger file that others read."""
    _import(clock, Path(target), lines)


def import_all(clock: Clock, beside: str, lines: int) -> int:  # noqa: ARG001 (as many as the ledger holds)
    """A ledger's log taken in by an empty one: every chain and every payload held against its model."""
    with room_beside(beside) as folder:
        log = _log_of(Path(beside), folder / "ledger.ndjson")
        store = SqliteStore.create(folder / "ledger.db")
        entries = ReadModel(store)
        with clock, log.open("rb") as source:
            taken = take_in(Ledger(store, entries.follow), read_lines(source), ACTOR)
        assert entries.failure is None
        store.close()
    return taken.added


def append_years(clock: Clock, ledger: str, lines: int, count: int) -> int:
    """年初批复 of 60 lines, each into an empty year: from plain rows to a durable, decided event."""
    return _append(clock, ledger, new_years(lines, count))


def append_supplements(clock: Clock, ledger: str, lines: int, count: int) -> int:
    """追加 of 60 lines, each into a full year: its 53 events are loaded and decided upon first."""
    return _append(clock, ledger, late_supplements(lines, count))


def appended(path: Path, facts: Iterable[Fact]) -> None:
    """Facts recorded one by one in a ledger."""
    with closing(SqliteStore.open(path)) as store:
        _record(store, facts, Clock())


def made_with_units(path: Path, lines: int) -> Path:
    """A new ledger in which the units are registered, and nothing else."""
    store = SqliteStore.create(path)
    _register(store, ReadModel(store), lines)
    store.close()
    return path


def _append(clock: Clock, ledger: str, facts: Sequence[Fact]) -> int:
    with copy_of(ledger) as path:
        warm, *measured = facts
        clock.count = len(measured)
        with closing(SqliteStore.open(path)) as store:
            _record(store, [warm], Clock())
            return _record(store, measured, clock)


def _record(store: SqliteStore, facts: Iterable[Fact], clock: Clock) -> int:
    project, catalogue = ReadModel(store).follow, builtin()
    recorded = 0
    for fact in facts:
        ledger = Ledger(store, project, catalogue, now=lambda: fact.at)  # noqa: B023 (called at once)
        with clock:
            receipt = record(ledger, Stream(fact.unit, fact.year), intent(fact), Order(ACTOR))
        recorded += len(receipt.records)
    return recorded


def _log_of(ledger: Path, target: Path) -> Path:
    store = SqliteStore.open(ledger)
    with target.open("wb") as file:
        file.writelines(map(line_of, store.logged()))
    store.close()
    return target


def _import(clock: Clock, path: Path, lines: int) -> int:
    store = SqliteStore.open(made_with_units(path, lines))
    entries, facts = ReadModel(store), all_facts(lines)
    events = 0
    with clock, store.transaction():
        while batch := list(clock.outside(islice(facts, BATCH))):
            entries.follow([stored for fact in batch for stored in _taken(store, fact)])
            events += len(batch)
    assert entries.failure is None
    store.close()
    return events


def _taken(store: SqliteStore, fact: Fact) -> tuple[Record, ...]:
    told = event(fact)
    payload = to_payload(told)
    stream = f"{fact.unit}/{fact.year}"
    command = Command(f"{stream}/{fact.version}", ACTOR, digest_of_content(stream, payload))
    return store.append(stream, ANY_VERSION, [Draft(told.type, told.version, payload)], command, fact.at)


def _register(store: SqliteStore, entries: ReadModel, lines: int) -> None:
    """The first unit, and the others below it."""
    ledger = Ledger(store, entries.follow, builtin(), now=lambda: BEGINNING)
    top, *others = units_for(lines)
    with store.transaction():
        for unit, parent in [(top, None), *((other, top) for other in others)]:
            told = RegisterUnit(effective_on=BEGINNING.date(), name=f"单位{unit}", parent=parent)
            record(ledger, Stream(unit), told, Order(ACTOR))
