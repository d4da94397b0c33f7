"""What all tests share: the sample ledger, and hypothesis that draws the same examples every time."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from commands.demo import _record as record_step
from commands.demo.story import steps
from ledger.catalogue import builtin
from ledger.keeping.sqlite import SqliteStore
from projections.documents.fonts import ROLES, faces, families, installed
from projections.entries.read_model import ReadModel
from projections.reading.reader import Reader

settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the sample ledger, recorded once for all tests that only read it."""
    store = SqliteStore.create(Path(tmp_path_factory.mktemp("sample")) / "budget.db")
    entries = ReadModel(store)
    for number, step in enumerate(steps(), start=1):
        record_step(store, entries, step, number)
    yield Reader(store, entries, builtin())
    store.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a browser or fonts is left out with a word where there are none; with ``REQUIRE_ALL`` it fails."""
    if os.environ.get("REQUIRE_ALL"):
        return
    absent = {"browser": shutil.which("chromium") is None, "fonts": not _has_fonts()}
    for item in items:
        for need, is_absent in absent.items():
            if is_absent and item.get_closest_marker(need):
                item.add_marker(pytest.mark.skip(reason=f"no {need} here"))


def _has_fonts() -> bool:
    files = families(installed())
    return all(faces(role, files) for role in ROLES)
