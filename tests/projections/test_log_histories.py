"""Random histories travel as logs: the ledger made from one answers as the first, to a retry too, and grows on."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

from hypothesis import given, settings
from test_random_histories import LENGTHS, SEEDS, UNIT, History, history

from events.record import digest
from ledger.catalogue import builtin
from ledger.exchange.intake import take_in
from ledger.exchange.log import line_of
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger
from ledger.verifying.integrity import verify
from projections.cut import Cut
from projections.entries.read_model import ReadModel


def log(told: History) -> list[bytes]:
    return [line_of(logged) for logged in told.store.logged()]


@contextmanager
def travelling(seed: int, length: int) -> Iterator[tuple[History, SqliteStore]]:
    """A history, and an empty store for its log."""
    with (
        tempfile.TemporaryDirectory() as folder,
        history(seed, length) as told,
        closing(SqliteStore.create(Path(folder) / "restored.db")) as store,
    ):
        yield told, store


def restored(told: History, store: SqliteStore) -> ReadModel:
    """The read model of a store that was made from the log of a history."""
    entries = ReadModel(store)
    ledger = Ledger(store, entries.follow, builtin(), now=lambda: told.now)
    assert take_in(ledger, log(told), "某人").digest == digest(told.store.heads())
    return entries


@settings(max_examples=25)
@given(seed=SEEDS, length=LENGTHS)
def test_a_ledger_made_from_a_log_says_the_same_at_every_cut(seed, length):
    with travelling(seed, length) as (told, store):
        home, told.entries = told.entries, restored(told, store)
        assert told.entries.failure is None
        for record in told.store.read_bucket():
            cut = Cut(date(2024, 12, 31), datetime.fromisoformat(record.recorded_at))
            assert told.answer(cut) == told.oracle(cut)
        assert told.entries.is_faithful()
        assert home.is_faithful()
        assert verify(store).findings == ()
        assert store.read_bucket() == told.store.read_bucket()


@settings(max_examples=25)
@given(seed=SEEDS, length=LENGTHS)
def test_a_log_that_grew_is_taken_in_by_what_it_grew(seed, length):
    with travelling(seed, length) as (told, store):
        restored(told, store)
        before = len(told.store.read_bucket())
        for _ in range(5):
            told.step()
        entries = restored(told, store)
        assert len(store.read_bucket()) == len(told.store.read_bucket()) >= before
        assert entries.is_faithful()


@settings(max_examples=25)
@given(seed=SEEDS, length=LENGTHS)
def test_a_retry_of_any_command_gets_its_first_answer_from_the_restored_ledger(seed, length):
    with travelling(seed, length) as (told, store):
        restored(told, store)
        for logged in told.store.logged(UNIT):
            command = (logged.command_id, logged.intent_digest)
            assert store.answer(*command) == told.store.answer(*command) == (logged,)
