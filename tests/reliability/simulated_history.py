"""One simulated history: several writers, faults, lost answers, retries and a wandering clock, all drawn from a seed.

After every attempt the ledger holds exactly what the oracle accepted; at random cuts both say the same amounts.
"""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from drawing_intents import UNITS, YEARS, Drawer, Wish
from oracle import MEASURES, Oracle
from striking import ERRORS, FAULTS, Kind, ProcessDied, Strike, Tally
from whole_content import answer_of, budget
from writers import Attempt, Guest, Writer, word

from events.errors import BudgetError, Conflict, EvidenceBroken
from events.instant import TICK
from events.record import Record
from events.vocabulary import Stage
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from ledger.verifying.integrity import verify
from projections.cut import Cut

START = datetime(2024, 1, 1, tzinfo=UTC)
STATEMENTS_OF_A_COMMAND = 30
END = (date.max, datetime.max.replace(tzinfo=UTC))


class History:
    """A ledger, its writers, and the oracle that is told the same things."""

    def __init__(self, seed: int, empty_ledger: Path, folder: Path) -> None:
        self.chance = random.Random(seed)
        self.drawer = Drawer(self.chance)
        self.oracle = Oracle()
        self.now = START
        self.tally, self.counts = Tally(), Counter()
        self.tried: list[Attempt] = []
        self.folder, self._moves = folder, 0
        self.path = folder / "0" / "budget.db"
        self.path.parent.mkdir()
        shutil.copy(empty_ledger, self.path)
        self._names = "ABCD"[: self.chance.randint(2, 4)]
        self._open()

    def _open(self) -> None:
        self.observer = SqliteStore.open(self.path)
        self.writers = [Writer(name, self.path) for name in self._names]

    def close(self) -> None:
        self.observer.close()
        for writer in self.writers:
            writer.leave()

    # What happens

    def play(self) -> None:
        """A history of some length, and what must hold at its end."""
        for code in list(UNITS)[:2]:
            wish = self.drawer.register()
            wish = wish._replace(stream=wish.stream._replace(unit=code))
            self.attempt(self._writer(), Attempt(wish, Order(self._actor(), f"register-{code}")))
        for _ in range(self.chance.randint(5, 45)):
            self.chance.choices(list(STEPS), list(STEPS.values()))[0](self)
        self.hold_everything()

    def order_something(self) -> None:
        self.attempt(self._writer(), self._new_attempt(), self._some_strike())

    def retry(self) -> None:
        if self.tried:
            self.attempt(self._writer(), self.chance.choice(self.tried[-10:]), self._some_strike(0.2))

    def use_an_id_again(self) -> None:
        named = [tried for tried in self.tried if tried.order.command_id]
        if named:
            order = self.chance.choice(named).order
            self.attempt(self._writer(), Attempt(self.drawer.wish(), order._replace(expected=None)))

    def receive_a_guest(self) -> None:
        """Somebody else comes in the middle of a command: he reads, and tries to write."""
        host, guest = self.chance.sample(self.writers, 2)
        place = Strike(Kind.FAILED, self.chance.randrange(STATEMENTS_OF_A_COMMAND))
        self.attempt(host, self._new_attempt(), place, lambda: self._visit(host, guest))

    def _visit(self, host: Writer, guest: Writer) -> None:
        is_busy = host.store.connection.in_transaction
        assert guest.digest == self.oracle.digest, "a reader saw what is not yet recorded"
        outcome = self.attempt(guest, self._new_attempt())
        assert outcome is Conflict or not is_busy, f"two wrote at once: {outcome}"
        self.counts["guests"] += 1

    def order_something_behind(self) -> None:
        """As a publication is recorded: later than the instant it speaks of, whatever the clock says."""
        attempt, until = self._new_attempt(), self.now + timedelta(minutes=self.chance.randint(-5000, 100))
        self.attempt(self._writer(), attempt._replace(order=attempt.order._replace(behind=until)))

    def restart_one(self) -> None:
        self._replace(self._writer())

    def lose_power(self) -> None:
        """All processes end at once; what goes on is a copy of the files as they stand."""
        self._moves += 1
        before, self.path = self.path, self.folder / str(self._moves) / "budget.db"
        self.path.parent.mkdir()
        for file in (before, before.with_name("budget.db-wal")):
            if file.exists():
                shutil.copy(file, self.path.with_name(file.name))
        self.close()
        self._open()
        self.counts["crashes"] += 1
        self.hold_log()

    def read(self) -> None:
        self._reading(self._writer(), self._some_strike(0.3))

    def rebuild(self) -> None:
        writer = self._writer()
        writer.prepare(self._some_strike(0.5))
        try:
            writer.entries.rebuild()
        except (sqlite3.Error, BudgetError, ProcessDied):
            assert writer.store.connection.struck_at
        self._calm(writer)
        self._reading(self._writer(), None)

    # How a command goes

    def attempt(
        self, writer: Writer, attempt: Attempt, strike: Strike | None = None, guest: Guest = None
    ) -> type[BaseException] | None:
        """Give a command and hold the ledger against the oracle; what kind of error was raised comes back."""
        self.now += timedelta(microseconds=self.chance.choice([0, 1, 10**6, 10**9, -(10**9), 10**11, -(10**11)]))
        now, raised, receipt = self.now, None, None
        self.tried.append(attempt)
        ledger = Ledger(writer.store, writer.entries.follow, now=lambda: now)
        writer.prepare(strike, guest)
        try:
            receipt = record(ledger, *attempt.wish, attempt.order)
        except (BudgetError, sqlite3.Error, ProcessDied) as error:
            raised = type(error)  # its traceback would keep statements open that a dead process does not have
        struck_at = writer.store.connection.struck_at
        assert raised is None or struck_at or issubclass(raised, BudgetError), f"without a fault: {raised}"
        assert raised is not EvidenceBroken
        if raised is ProcessDied and self.chance.random() < 0.3:
            self.tally.take(writer.store)
            self.lose_power_with(strike, struck_at, attempt, now)
            return raised
        self._calm(writer)
        if receipt is not None:
            self._acknowledged(attempt, receipt, now)
        else:
            self._left(strike, struck_at, attempt, now)
        self.counts[raised.__name__ if raised else "acknowledged"] += 1
        return raised

    def lose_power_with(self, strike: Strike, struck_at: str, attempt: Attempt, now: datetime) -> None:
        """The whole machine goes down in the middle of a command."""
        hold_log, self.hold_log = self.hold_log, lambda: None
        self.lose_power()
        self.hold_log = hold_log
        self._left(strike, struck_at, attempt, now)
        self.hold_log()

    def _acknowledged(self, attempt: Attempt, receipt: Any, now: datetime) -> None:
        found = self._new_records()
        known = self._known(attempt)
        assert receipt.is_repeat == (known is not None), f"{attempt.order}: recorded anew or answered wrongly"
        if attempt.order.is_trial or known:
            assert found == [], "a trial or a repetition left something"
            assert known is None or tuple(r.event_id for r in receipt.records) == known.event_ids
            return
        assert attempt.order.expected in (None, self._version(attempt.wish)), "a writer who had not seen the last event"
        assert tuple(found) == receipt.records, "what was acknowledged is not what is stored"
        self._accept(attempt, found, now)

    def _left(self, strike: Strike | None, struck_at: str | None, attempt: Attempt, now: datetime) -> None:
        """Behind a refusal or a failure there is nothing, unless the fault struck behind the commit."""
        found = self._new_records()
        is_committed = struck_at == "COMMIT" and strike.kind in (Kind.LOST, Kind.DIED_AFTER)
        is_open = struck_at == "COMMIT" and strike.kind is Kind.INTERRUPTED
        if is_committed and not attempt.order.is_trial and self._known(attempt) is None:
            assert found, "the commit was done and the events are gone"
        elif not is_open:
            assert found == [], f"a failed command left {found}"
        if found:
            self._accept(attempt, found, now)
            self.counts["lost answers"] += 1

    def _accept(self, attempt: Attempt, found: list[Record], now: datetime) -> None:
        assert attempt.order.command_id in (None, found[0].command_id)
        assert {r.actor for r in found} == {attempt.order.actor}
        behind = attempt.order.behind
        self.oracle.accept(attempt.wish, found, max(now, behind + TICK) if behind else now)
        self.drawer.targets += [r.event_id for r in found]

    def _known(self, attempt: Attempt) -> Any:
        """The command that this attempt repeats, if it does."""
        wish, order = attempt
        if order.command_id:
            return self.oracle.commands.get(order.command_id)
        same = [known for known in self.oracle.commands.values() if known.is_once and known.wish == wish]
        return next((known for known in same if not set(known.event_ids) & self.oracle.reversed_ids), None)

    def _calm(self, writer: Writer) -> None:
        """After a command no transaction is left open. Who died is replaced, and who could not even give up."""
        self.tally.take(writer.store)
        connection = writer.store.connection
        if connection.is_dead or (connection.struck_at == "ROLLBACK" and connection.in_transaction):
            self._replace(writer)
        else:
            writer.prepare(None)
            assert not writer.store.connection.in_transaction, "a transaction was left open"

    def _replace(self, writer: Writer) -> None:
        writer.leave()
        self.writers[self.writers.index(writer)] = Writer(writer.name, self.path)

    # What must hold

    def hold_log(self) -> None:
        """The log is what was accepted, no more and no less."""
        assert self.observer.read_bucket(limit=10**6) == self.oracle.records
        found = verify(self.observer, self.oracle.digest)
        assert found.findings == (), [str(finding.fault) for finding in found.findings]
        assert found.digest == self.oracle.digest

    def hold_everything(self) -> None:
        """Log, commands, amounts at many cuts, the rebuilt read model, and a printed table."""
        self.hold_log()
        once = Counter(record.command_id for record in self.oracle.records)
        assert all(once[name] == len(known.event_ids) for name, known in self.oracle.commands.items())
        for _ in range(3):
            self._reading(self._writer(), None)
        reader = self._writer()
        assert reader.entries.is_faithful(), "the read model is not what the events say"
        incremental = self._all_amounts(reader)
        reader.entries.rebuild()
        assert self._all_amounts(reader) == incremental == self._oracle_amounts(END)
        self._hold_table()

    def _reading(self, writer: Writer, strike: Strike | None) -> None:
        """Even while things fail, an answer is right or there is none."""
        cut = self._some_cut()
        writer.prepare(strike)
        try:
            answer = self._answered(writer, cut)
        except (sqlite3.Error, BudgetError, ProcessDied):
            assert writer.store.connection.struck_at
        else:
            assert answer == self._oracle_amounts(cut), f"another amount at {cut}"
            self.counts["cuts"] += 1
        self._calm(writer)

    def _hold_table(self) -> None:
        as_of, known_at = self._some_cut()
        known = [r for r in self.oracle.records if datetime.fromisoformat(r.recorded_at) <= known_at]
        streams = sorted({r.stream for r in known if "/" in r.stream})
        if not streams:
            return
        unit, year = self.chance.choice(streams).split("/")
        measure = self.chance.choice(sorted(MEASURES))
        times = ("--as-of", as_of.isoformat(), "--known-at", known_at.isoformat())
        answer = budget(
            self.path, "table", 3, "--unit", unit, "--year", year, "--measure", measure, *times, "-O", "json"
        )
        rows = answer_of(answer)["rows"]
        cells = {row["code"]: row["cells"][0] for row in rows if row["code"] and row["cells"][0] is not None}
        assert cells == self.oracle.column(unit, int(year), measure, (as_of, known_at))
        self.counts["tables"] += 1

    def _all_amounts(self, writer: Writer) -> dict[tuple[str, int], Counter]:
        return self._answered(writer, END)

    def _answered(self, writer: Writer, cut: tuple[date, datetime]) -> dict[tuple[str, int], Counter]:
        return {
            (unit, year): Counter(
                {
                    tuple(map(word, amount[1:-1])): amount.fen
                    for amount in writer.entries.amounts([unit], year, tuple(Stage), Cut(*cut))
                }
            )
            for unit in UNITS
            for year in (YEARS[0] - 1, *YEARS)
        }

    def _oracle_amounts(self, cut: tuple[date, datetime]) -> dict[tuple[str, int], Counter]:
        streams = [(unit, year) for unit in UNITS for year in (YEARS[0] - 1, *YEARS)]
        return {stream: self.oracle.amounts(*stream, *cut) for stream in streams}

    # What is drawn

    def _new_attempt(self) -> Attempt:
        wish, number = self.drawer.wish(), len(self.tried)
        order = Order(self._actor(), f"c-{number}")
        match self.chance.randrange(10):
            case 0:
                order = order._replace(is_trial=True)
            case 1 | 2:
                order = order._replace(command_id=None, once=True)
            case 3 | 4:
                order = order._replace(expected=self._version(wish) - self.chance.choice([0, 0, 0, 1]))
        return Attempt(wish, order)

    def _version(self, wish: Wish) -> int:
        return self.oracle.heads.get(str(wish.stream), (0, ""))[0]

    def _new_records(self) -> list[Record]:
        return self.observer.read_bucket(after=len(self.oracle.records))

    def _writer(self) -> Writer:
        return self.chance.choice(self.writers)

    def _actor(self) -> str:
        return self.chance.choice(["王会计", "李会计", 'O\'Neil "审计"'])

    def _some_strike(self, likely: float = 0.4) -> Strike | None:
        if self.chance.random() > likely:
            return None
        place = None if self.chance.random() < 0.2 else self.chance.randrange(STATEMENTS_OF_A_COMMAND)
        return Strike(self.chance.choice(FAULTS), place, self.chance.choice(list(ERRORS)))

    def _some_cut(self) -> tuple[date, datetime]:
        as_of = date(2024, 1, 1) + timedelta(days=self.chance.randint(-500, 900))
        instants = [*self.oracle.instants(), self.now]
        return as_of, self.chance.choice(instants) - timedelta(microseconds=self.chance.choice([0, 0, 1]))


STEPS: dict[Callable[[History], None], int] = {
    History.order_something: 20,
    History.retry: 5,
    History.use_an_id_again: 2,
    History.receive_a_guest: 3,
    History.order_something_behind: 1,
    History.restart_one: 1,
    History.lose_power: 1,
    History.read: 4,
    History.rebuild: 1,
}
