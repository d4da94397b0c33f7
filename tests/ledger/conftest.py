"""A ledger file of its own for every test."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.sqlite import SqliteStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "账本.db"


@pytest.fixture
def file_store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore.create(path)) as store:
        yield store
