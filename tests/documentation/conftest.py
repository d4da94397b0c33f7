"""The sample ledger for what the documentation shows."""

import shutil
from pathlib import Path

import pytest
from transcript import Step, run


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``budget demo`` was run."""
    folder = Path(tmp_path_factory.mktemp("documentation"))
    run(Step("budget demo", "..."), folder)
    return folder


@pytest.fixture
def desk(sample_folder: Path, tmp_path: Path) -> Path:
    """A fresh folder with the sample ledger in ``demo/``, to work in."""
    shutil.copytree(sample_folder / "demo", tmp_path / "demo")
    return tmp_path
