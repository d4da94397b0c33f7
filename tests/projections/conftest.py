"""The sample ledger, recorded once for all tests that only read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.demo import _record as record_step
from commands.demo.story import steps
from ledger.catalogue import builtin
from ledger.sqlite import SqliteStore
from projections.entries import ReadModel
from projections.reading.reader import Reader


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the sample ledger."""
    store = SqliteStore.create(Path(tmp_path_factory.mktemp("sample")) / "budget.db")
    entries = ReadModel(store)
    for number, step in enumerate(steps(), start=1):
        record_step(store, entries, step, number)
    yield Reader(store, entries, builtin())
    store.close()
