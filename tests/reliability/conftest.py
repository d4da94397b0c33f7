"""A small ledger, made once; a copy of it for every test."""

from pathlib import Path

import pytest
import small_ledger
from noticing import Kept, copy


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A sound ledger in one closed file."""
    path = tmp_path_factory.mktemp("closed") / "budget.db"
    return Kept.of(path, small_ledger.make(path))


@pytest.fixture(scope="session")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A sound ledger copied while it was open, its log beside it."""
    path = tmp_path_factory.mktemp("open") / "budget.db"
    return Kept.of(path, small_ledger.make_with_log(path))


@pytest.fixture
def ledger(kept: Kept, tmp_path: Path) -> Path:
    """A copy to do with as one likes."""
    copy(kept.path, tmp_path / "budget.db")
    return tmp_path / "budget.db"
