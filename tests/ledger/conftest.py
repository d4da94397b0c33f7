"""A ledger file of its own for every test."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from log_words import Office, office

from ledger.keeping.sqlite import SqliteStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "账本.db"


@pytest.fixture
def file_store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore.create(path)) as store:
        yield store


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Office]:
    """Unit 101 at home: registered, with its budget."""
    yield (home := office(tmp_path, "王会计", "101"))
    home.store.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Office]:
    """Unit 102 at home."""
    yield (home := office(tmp_path, "赵会计", "102"))
    home.store.close()


@pytest.fixture
def department(tmp_path: Path) -> Iterator[Office]:
    """The department, with an empty ledger."""
    yield (home := office(tmp_path, "李处长"))
    home.store.close()
