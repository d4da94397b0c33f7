"""Histories of several writers with faults at every statement, against an oracle: a short run of the long proof."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from drawing_intents import MAKERS, Drawer, Wish
from noticing import Kept, copy
from proofs import histories
from simulated_history import START, Attempt, History
from striking import ERRORS, FAULTS, Kind, ProcessDied, Strike, opened

from events.errors import BudgetError
from events.record import Record
from events.stream import Stream
from events.vocabulary import Stage
from ledger.deciding.intent import Dated, Decision, Intent, OfUnit
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, Receipt, record
from ledger.verifying.integrity import verify
from projections.cut import Cut
from projections.entries.read_model import Amount, ReadModel

SEEDS = 60
CHUNK = 10
STATEMENTS_MAX = 80


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_every_history_is_what_the_oracle_says(first: int):
    outcome = histories(range(first, first + CHUNK))
    assert outcome.wrong == []
    assert outcome.figures["acknowledged"] > CHUNK
    assert outcome.figures["cuts"] > CHUNK
    assert sum(outcome.tally.values()) > CHUNK


def test_a_seed_tells_the_same_history_again():
    assert histories(range(7, 9)) == histories(range(7, 9))


def test_every_kind_of_intent_is_drawn():
    drawer = Drawer(random.Random(1))
    drawn = {type(maker(drawer).intent).__name__ for maker in MAKERS}
    bases = (Intent, Dated, Decision, OfUnit)
    kinds = {kind.__name__ for base in bases for kind in base.__subclasses__() if kind not in bases}
    assert kinds == drawn


# One command, struck at each of its statements in turn


def a_supplement(drawer: Drawer) -> Wish:
    wish = drawer.supplement()
    lines = tuple(line.under(function_code="2012901")._replace(fen=abs(line.fen)) for line in wish.intent.lines)
    return wish._replace(intent=wish.intent.model_copy(update={"lines": lines}))


COMMANDS = {"supplement": a_supplement, "reverse": Drawer.reverse}


def accepted(ledger: Path, draw: Callable[[Drawer], Wish]) -> Wish:
    """A wish that the ledger takes as it stands."""
    drawer = Drawer(random.Random(3))
    with closing(SqliteStore.open(ledger)) as store:
        drawer.targets = [stored.event_id for stored in store.read_bucket()]
        for _ in range(1000):
            wish = draw(drawer)
            try:
                record(
                    Ledger(store, ReadModel(store).follow, now=lambda: START),
                    *wish,
                    Order("王会计", "trial", is_trial=True),
                )
            except BudgetError:
                continue
            return wish
    raise AssertionError("nothing that was drawn is taken")


def given(path: Path, wish: Wish, strike: Strike | None) -> tuple[Receipt | None, str | None]:
    """What a struck command is answered, and which statement was struck."""
    store = opened(path)
    store.connection.prepare_strike(strike)
    try:
        receipt = record(Ledger(store, ReadModel(store).follow, now=lambda: START), *wish, Order("王会计", "c"))
    except (BudgetError, sqlite3.Error, ProcessDied):
        receipt = None
    struck_at = store.connection.struck_at
    store.connection.rollback()
    store.close()
    return receipt, struck_at


def stored_in(path: Path) -> list[Record]:
    with closing(SqliteStore.open(path)) as store:
        assert verify(store).findings == ()
        assert ReadModel(store).is_faithful()
        return store.read_bucket()


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_struck_at_any_statement_is_there_once_or_not_at_all(
    ledger: Path, kept: Kept, command: str, kind: Kind
):
    wish = accepted(ledger, COMMANDS[command])
    before, struck = stored_in(ledger), []
    for at in range(STATEMENTS_MAX):
        copy(kept.path, ledger)
        receipt, struck_at = given(ledger, wish, Strike(kind, at, list(ERRORS)[at % len(ERRORS)]))
        if struck_at is None:
            break
        struck.append(struck_at)
        new = stored_in(ledger)[len(before) :]
        assert len(new) == (1 if receipt or (new and struck_at == "COMMIT") else 0)
        again, _ = given(ledger, wish, None)
        assert again is not None
        assert again.is_repeat == bool(new)
        assert tuple(stored_in(ledger)[len(before) :]) == again.records
    assert {"BEGIN IMMEDIATE", "COMMIT"} <= set(struck)
    assert any(statement.startswith("INSERT INTO events") for statement in struck)


def amounts_of(store: SqliteStore) -> list[Amount]:
    """What the read model says of the unit 101 in 2024, whenever and however."""
    return ReadModel(store).amounts(["101"], 2024, tuple(Stage), Cut(date.max, datetime.max.replace(tzinfo=UTC)))


@pytest.fixture
def left_behind(tmp_path: Path) -> Path:
    """A ledger of two supplements; the read model has not taken in the second, of an earlier year."""
    path = tmp_path / "behind.db"
    drawer = Drawer(random.Random(3))
    known, later = a_supplement(drawer), a_supplement(drawer)
    earlier = later.intent.model_copy(update={"effective_on": date(2022, 5, 1)})
    with closing(SqliteStore.create(path)) as store:
        follow = ReadModel(store).follow
        record(Ledger(store, follow), Stream("101"), drawer.register().intent, Order("王会计"))
        record(Ledger(store, follow), Stream("101", 2024), known.intent, Order("王会计"))
        record(Ledger(store, lambda _: None), Stream("101", 2022), earlier, Order("王会计"))
    return path


@pytest.mark.parametrize("kind", FAULTS)
def test_a_read_model_that_is_struck_while_it_catches_up_is_whole_afterwards(
    left_behind: Path, tmp_path: Path, kind: Kind
):
    path = tmp_path / "budget.db"
    for at in range(STATEMENTS_MAX):
        copy(left_behind, path)
        store = opened(path)
        store.connection.prepare_strike(Strike(kind, at))
        with suppress(BudgetError, sqlite3.Error, ProcessDied):
            amounts_of(store)
        is_struck = store.connection.struck_at is not None
        store.connection.rollback()
        store.close()
        with closing(SqliteStore.open(path)) as store:
            assert ReadModel(store).is_faithful()
            assert len(amounts_of(store)) > 0
        if not is_struck:
            return
    raise AssertionError("there was no end to the statements")


def test_a_write_that_is_swallowed_is_noticed_by_the_oracle(kept: Kept, tmp_path: Path):
    """The proof is tried on a disk that lies."""
    for at in range(STATEMENTS_MAX):
        folder = tmp_path / str(at)
        folder.mkdir()
        SqliteStore.create(folder / "empty.db").close()
        with closing(History(1, folder / "empty.db", folder)) as history:
            wish = history.drawer.register()
            writer = history.writers[0]
            try:
                history.attempt(writer, Attempt(wish, Order("王会计", "c")), Strike(Kind.SWALLOWED, at))
            except (AssertionError, TypeError):
                if (Kind.SWALLOWED.name, "INSERT INTO events") in history.tally:
                    return
    raise AssertionError("an event that was never written was taken for recorded")


def undone_in_vain(store: SqliteStore) -> None:
    """A transaction that is given up while SQLite gives up too."""
    with store.transaction():
        store.connection.set_progress_handler(lambda: 1, 1)
        raise BudgetError("给定的一个错误")


def test_what_is_acknowledged_behind_a_failed_rollback_is_there(ledger: Path):
    store = opened(ledger)
    writer = Ledger(store, ReadModel(store).follow, now=lambda: START)
    wish = accepted(ledger, Drawer.declare)
    with pytest.raises((sqlite3.Error, BudgetError)):
        undone_in_vain(store)
    store.connection.set_progress_handler(None, 0)
    told = record(writer, *wish, Order("王会计", "c")).records
    store.close()
    assert told[0] in stored_in(ledger)
