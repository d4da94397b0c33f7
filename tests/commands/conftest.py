"""A desk of its own for every test; the sample ledger, recorded once."""

import shutil
from pathlib import Path

import pytest
from approved_sheet import APPROVED, approve, elsewhere
from at_the_desk import Desk, as_csv, opened


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with an empty ledger and one unit."""
    return opened(tmp_path)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``budget demo`` fills."""
    folder = tmp_path_factory.mktemp("demo")
    Desk(folder / "budget.db").does("demo", "--out", folder)
    return folder


@pytest.fixture
def sample(demo: Path, tmp_path: Path) -> Desk:
    """A desk with a copy of the sample ledger, on a day in March 2024."""
    shutil.copy(demo / "budget.db", tmp_path / "budget.db")
    return Desk(tmp_path / "budget.db", "2024-03-01T09:00:00+08:00")


@pytest.fixture
def said_plainly(tmp_path: Path) -> str:
    """The event that the sheet becomes as plain UTF-8 CSV."""
    other = elsewhere(tmp_path / "plain")
    assert approve(other, as_csv(APPROVED)).code == 0
    return other.payloads[-1]
