"""The sample ledger and one in which everything happens, recorded once; what there is to check in each."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import moving_ledger
import pytest

from commands.demo.story import UNIT, YEARS
from events.instant import end_of_day
from events.vocabulary import Measure
from projections.checks.material import Material, gather
from projections.cut import Cut
from projections.reading.reader import Question, Reader


@pytest.fixture(scope="session")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the ledger in which everything happens."""
    story = moving_ledger.Story(Path(tmp_path_factory.mktemp("moving")) / "budget.db")
    yield story.tell()
    story.store.close()


@pytest.fixture(scope="session")
def materials(sample: Reader, moving: Reader) -> Mapping[object, Material]:
    """What there is to check: the sample's two published years, and the other ledger at the end of 2024."""
    found = {year: gather(sample, published(year)) for year in YEARS}
    return {**found, "moving": gather(moving, moving_ledger.asked(2024))}


def published(year: int) -> Question:
    """The question a published document answers: the 年初 tables at the end of February."""
    day = date(year, 2, 28)
    return Question(UNIT.unit, year, Measure.INITIAL, Cut(day, end_of_day(day)))
