"""A small ledger with everything in it: two units, three years, every kind of event, reversals, closings, a log taken in."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from drawing_intents import MAKERS, Drawer, Wish

from events.disclosure import DocumentPublished
from events.errors import BudgetError
from events.record import digest
from events.stream import Stream
from events.unit import UnitDescribed
from ledger.deciding.statement import Declare
from ledger.deciding.unit import RegisterUnit
from ledger.exchange.intake import take_in
from ledger.exchange.log import line_of
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from projections.entries.read_model import ReadModel

EVENTS = 60
STANDING = ("InitialBudgetApproved", "BudgetSupplemented", "BudgetReduced", "ExecutionRecorded", "SubjectNamed")
BEGINNING = datetime(2024, 1, 2, 1, tzinfo=UTC)
ELSEWHERE = ("x1", "x2")
DESCRIBED = UnitDescribed(effective_on=BEGINNING.date(), nature="群众团体")


def make(path: Path, seed: int = 1, events: int = EVENTS, *, is_published: bool = True) -> str:
    """A ledger file of so many events, publications among them or not; its digest, as it would be kept elsewhere."""
    store = SqliteStore.create(path)
    record_into(store, seed, events, is_published=is_published)
    kept = digest(store.heads())
    store.close()
    return kept


def make_with_log(path: Path, seed: int = 1, events: int = EVENTS) -> str:
    """The same, copied while it was open: the newest events stand in the file beside it."""
    store = SqliteStore.create(path.with_name("open.db"))
    record_into(store, seed, events // 2)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    record_into(store, seed + 1, events)
    kept = digest(store.heads())
    for file in path.parent.glob("open.db*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, path.with_name(file.name.replace("open.db", path.name)))
    store.close()
    return kept


def record_into(store: SqliteStore, seed: int, events: int, *, is_published: bool = True) -> None:
    """Record what is drawn until the ledger holds so many events, and take in a log in between."""
    drawer, entries = Drawer(random.Random(seed)), ReadModel(store)
    now = max(BEGINNING, store.last_instant())
    for number, wish in enumerate(_wishes(drawer)):
        now += timedelta(minutes=7)
        may_publish = is_published and store.arrivals()  # the log would change what was published before
        if not may_publish and isinstance(getattr(wish.intent, "fact", None), DocumentPublished):
            continue
        drawer.pin = lambda unit: (store.last_instant(), digest(store.heads(unit=unit)))
        try:
            receipt = record(
                Ledger(store, entries.follow, now=lambda at=now: at), *wish, Order("王会计", f"{seed}-{number}")
            )
        except BudgetError:
            continue
        drawer.targets += [stored.event_id for stored in receipt.records if stored.type in STANDING]
        position = receipt.records[-1].position
        if position >= events // 3 and not store.arrivals():
            take_in_log(store, entries, now)
        if position >= events:
            return


def take_in_log(store: SqliteStore, entries: ReadModel, now: datetime) -> None:
    """What two other units had recorded earlier, in turn."""
    with TemporaryDirectory() as folder:
        other = SqliteStore.create(Path(folder) / "budget.db")
        told = (lambda code: RegisterUnit(effective_on=BEGINNING.date(), name=code), lambda _: Declare(fact=DESCRIBED))
        for minute, (said, code) in enumerate((said, code) for said in told for code in ELSEWHERE):
            at = BEGINNING + timedelta(minutes=minute)
            record(Ledger(other, lambda _: None, now=lambda at=at: at), Stream(code), said(code), Order("赵会计"))
        take_in(Ledger(store, entries.follow, now=lambda: now), map(line_of, other.logged()), "王会计")
        other.close()


def _wishes(drawer: Drawer) -> Iterator[Wish]:
    """Two units first, then every kind in turn; years are closed seldom, so that the rest finds room."""
    for code in ("101", "102-a"):
        yield drawer.register()._replace(stream=Stream(code))
    seldom = (Drawer.register, Drawer.describe, Drawer.change, Drawer.close, Drawer.reopen)
    often = [maker for maker in MAKERS if maker not in seldom]
    while True:
        yield from (maker(drawer) for maker in often * 3)
        yield from (maker(drawer) for maker in seldom)
