"""The sample ledger, recorded once for all tests that only read it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commands.demo import _record as record_step
from commands.demo.story import UNIT, steps
from events.instant import end_of_day
from events.vocabulary import Measure
from ledger.catalogue import builtin
from ledger.sqlite import SqliteStore
from projections.cut import Cut
from projections.entries import ReadModel
from projections.reading import Question, Reader


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the sample ledger."""
    store = SqliteStore.create(Path(tmp_path_factory.mktemp("sample")) / "budget.db")
    entries = ReadModel(store)
    for number, step in enumerate(steps(), start=1):
        record_step(store, entries, step, number)
    yield Reader(store, entries, builtin())
    store.close()


def published(year: int, measure: Measure = Measure.INITIAL) -> Question:
    """The question a published document answers: the 年初 tables at the end of February."""
    day = date(year, 2, 28)
    return Question(UNIT.unit, year, measure, Cut(day, end_of_day(day)))
