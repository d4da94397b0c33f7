"""The tables of docs/model.md hold for a ledger in which just that happened."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pages import DOCS, prose

from events.codes import OVERSEAS_TRIPS
from events.document import Document
from events.instant import end_of_day
from events.line import Line, LineKey
from events.model import Value
from events.money import Money, total
from events.stream import Stream
from events.vocabulary import FundSource, Ground, Measure, Nature, Origin
from ledger.catalogue import builtin
from ledger.deciding.budget import ReduceBudget, SupplementBudget
from ledger.deciding.reversal import ReverseEvent
from ledger.deciding.unit import RegisterUnit
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from projections.cut import Cut
from projections.entries.read_model import ReadModel

UNIT, YEAR = Stream("101"), Stream("101", 2024)
DOCUMENT = Document(number="杭外办〔2024〕18号")
TRIP = Line.of(
    LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.OPERATING, OVERSEAS_TRIPS, None),
    Money.parse("15万元"),
)
ENTERED, CANCELLED = date(2024, 6, 3), date(2024, 7, 1)

Recording = Callable[[date, Stream, Value], None]
Telling = Callable[[date, date], Money]


def rows(number: int) -> list[list[str]]:
    """The body of one of the tables that ask for a day."""
    tables = prose(DOCS / "model.md").split("| asked for the day |")[1:]
    lines = tables[number].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore.create(tmp_path / "budget.db")
    yield store
    store.close()


@pytest.fixture
def entries(store: SqliteStore) -> ReadModel:
    return ReadModel(store)


@pytest.fixture
def recorded(store: SqliteStore, entries: ReadModel) -> Recording:
    """Record an intent on a day; the trip is there already."""

    def on(day: date, stream: Stream, intent: Value) -> None:
        noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        ledger = Ledger(store, entries.follow, builtin(), now=lambda: noon)
        record(ledger, stream, intent, Order(actor="王会计"))

    on(date(2024, 1, 2), UNIT, RegisterUnit(effective_on=date(2024, 1, 1), name="杭州市总工会"))
    trip = SupplementBudget(
        effective_on=date(2024, 5, 20), document=DOCUMENT, reason="出访", ground=Ground.OVERSEAS_PLAN, lines=(TRIP,)
    )
    on(ENTERED, YEAR, trip)
    return on


@pytest.fixture
def told(entries: ReadModel) -> Telling:
    """What a cut says of trips abroad."""

    def at(as_of: date, known_at: date) -> Money:
        cut = Cut(as_of, end_of_day(known_at))
        amounts = entries.amounts([YEAR.unit], YEAR.year or 0, Measure.CURRENT.stages, cut)
        return total(Money(amount.fen) for amount in amounts)

    return at


def assert_tells(told: Telling, table: list[list[str]]) -> None:
    assert len(table) >= 3
    for as_of, known_at, amount, _ in table:
        assert told(date.fromisoformat(as_of), date.fromisoformat(known_at)).wan() == amount, (as_of, known_at)


def test_the_trip_that_was_entered_and_reversed(recorded: Recording, told: Telling):
    recorded(CANCELLED, YEAR, ReverseEvent(event_id="101/2024/1", reason="录错单位"))
    assert_tells(told, rows(0))


def test_the_trip_that_was_called_off(recorded: Recording, told: Telling):
    off = ReduceBudget(
        effective_on=CANCELLED, document=DOCUMENT, reason="取消", ground=Ground.OVERSEAS_PLAN, lines=(TRIP,)
    )
    recorded(CANCELLED, YEAR, off)
    assert_tells(told, rows(1))


def test_the_measures_are_those_of_the_program():
    table = prose(DOCS / "model.md").split("| measure |")[1].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    shown = {line.split("`")[1]: line.split("|")[2].strip().split(", ") for line in table}
    assert shown == {measure.value: [stage.label for stage in measure.stages] for measure in Measure}
