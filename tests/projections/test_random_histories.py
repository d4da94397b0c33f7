"""Random histories against an independent oracle: a plain list of movements, summed by hand.

The oracle knows nothing of entries, tables or SQL; it is told what was recorded and when.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.document import Document
from events.errors import Refused
from events.line import Line, LineKey
from events.money import Money
from events.period import Period
from events.stream import Stream
from events.vocabulary import FundSource, Ground, Nature, Origin, Stage
from ledger.catalogue import builtin
from ledger.deciding.budget import ApproveInitialBudget, CarryOverBudget, ReduceBudget, SupplementBudget, TransferBudget
from ledger.deciding.execution import RecordExecution
from ledger.deciding.reversal import ReverseEvent
from ledger.deciding.unit import RegisterUnit
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from projections.cut import Cut
from projections.entries.read_model import ReadModel

UNIT, YEAR = "101", 2024
HERE = Stream(UNIT, YEAR)
DOCUMENT = Document(number="杭财行〔2024〕1号")
START = datetime(2024, 1, 1, tzinfo=UTC)
KEYS = [
    LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.OPERATING, "30201", None),
    LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.OPERATING, "30212", None),
    LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012902", Nature.PROJECT, None, "劳模管理服务"),
    LineKey(FundSource.OTHER, Origin.THIS_YEAR, "2080501", Nature.PERSONNEL, "30302", None),
]


class Movement(NamedTuple):
    """What the oracle remembers: an amount, and both its times."""

    event_id: str
    stage: Stage
    key: tuple
    fen: int
    day: date
    at: datetime


class History:
    """A ledger and the oracle beside it, told the same things."""

    def __init__(self, store: SqliteStore, chance: random.Random) -> None:
        self.store, self.chance = store, chance
        self.entries = ReadModel(store)
        self.now = START
        self.movements: list[Movement] = []
        self.reversed: set[str] = set()
        self.months = list(range(1, 13))
        self.record(RegisterUnit(effective_on=date(2023, 1, 1), name="某单位"), Stream(UNIT))

    def record(self, intent, stream=HERE) -> str | None:
        self.now += timedelta(minutes=self.chance.randint(0, 5000))
        ledger = Ledger(self.store, self.entries.follow, builtin(), now=lambda: self.now)
        try:
            return record(ledger, stream, intent, Order("某人")).records[0].event_id
        except Refused:
            return None

    def step(self) -> None:
        kinds = [self.approve, self.supplement, self.reduce, self.transfer, self.carry, self.execute, self.reverse]
        self.chance.choice(kinds)()

    def approve(self) -> None:
        lines = [Line.of(key, Money(self.chance.randint(0, 10**8))) for key in KEYS]
        self.remember(ApproveInitialBudget(**self.decision(), lines=tuple(lines)), Stage.INITIAL, lines)

    def supplement(self) -> None:
        lines = [self.line(1)]
        intent = SupplementBudget(**self.decision(), ground=Ground.RESERVE, lines=tuple(lines))
        self.remember(intent, Stage.SUPPLEMENT, lines)

    def reduce(self) -> None:
        lines = [self.line(1)]
        intent = ReduceBudget(**self.decision(), ground=Ground.SAVING, lines=tuple(lines))
        self.remember(intent, Stage.REDUCTION, [-line for line in lines])

    def transfer(self) -> None:
        amount = Money(self.chance.randint(1, 10**6))
        lines = [Line.of(KEYS[0], -amount), Line.of(KEYS[self.chance.choice([1, 2])], amount)]
        self.remember(TransferBudget(**self.decision(), lines=tuple(lines)), Stage.TRANSFER, lines)

    def carry(self) -> None:
        lines = [self.line(1)]
        carried = [line.under(origin=Origin.CARRIED_OVER) for line in lines]
        self.remember(CarryOverBudget(**self.decision(), lines=tuple(lines)), Stage.CARRIED_IN, carried)

    def execute(self) -> None:
        if not self.months:
            return
        period = Period(YEAR, self.months.pop(0))
        lines = [
            Line.of(
                LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", None, None, None),
                Money(self.chance.randint(0, 10**6)),
            )
        ]
        intent = RecordExecution(effective_on=period.last_day, period=period, lines=tuple(lines))
        self.remember(intent, Stage.EXECUTION, lines)

    def reverse(self) -> None:
        standing = sorted({movement.event_id for movement in self.movements} - self.reversed)
        if not standing:
            return
        target = self.chance.choice(standing)
        if self.record(ReverseEvent(event_id=target, reason="录错")):
            self.reversed.add(target)
            at = datetime.fromisoformat(self.last_instant())
            originals = [movement for movement in self.movements if movement.event_id == target]
            self.movements += [movement._replace(fen=-movement.fen, at=at) for movement in originals]

    def remember(self, intent, stage: Stage, lines: list[Line]) -> None:
        if identity := self.record(intent):
            at = datetime.fromisoformat(self.last_instant())
            day = intent.effective_on
            self.movements += [Movement(identity, stage, line.key, line.fen, day, at) for line in lines]

    def last_instant(self) -> str:
        return self.store.read_bucket()[-1].recorded_at

    def decision(self) -> dict:
        day = date(2024, 1, 1) + timedelta(days=self.chance.randint(0, 365))
        return {"effective_on": day, "document": DOCUMENT, "reason": "某事"}

    def line(self, least: int) -> Line:
        return Line.of(self.chance.choice(KEYS), Money(self.chance.randint(least, 10**6)))

    def oracle(self, cut: Cut) -> Counter:
        """The sum of every line and stage at a cut, zeros left out."""
        sums: Counter = Counter()
        for movement in self.movements:
            if movement.day <= cut.as_of and movement.at <= cut.known_at:
                sums[movement.stage, *movement.key] += movement.fen
        return Counter({key: fen for key, fen in sums.items() if fen})

    def answer(self, cut: Cut) -> Counter:
        """The same from the read model."""
        amounts = self.entries.amounts([UNIT], YEAR, tuple(Stage), cut)
        return Counter({amount[1:-1]: amount.fen for amount in amounts if amount.fen})


@contextmanager
def history(seed: int, length: int) -> Iterator[History]:
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.create(Path(folder) / "budget.db")
        told = History(store, random.Random(seed))
        for _ in range(length):
            told.step()
        yield told
        store.close()


SEEDS, LENGTHS = st.integers(0, 2**32), st.integers(1, 30)


@settings(max_examples=40)
@given(seed=SEEDS, length=LENGTHS, data=st.data())
def test_every_sum_at_every_cut_is_what_an_independent_oracle_says(seed, length, data):
    with history(seed, length) as told:
        for _ in range(5):
            days = data.draw(st.integers(-5, 370))
            minutes = data.draw(st.integers(0, 5000 * (length + 1)))
            cut = Cut(date(2024, 1, 1) + timedelta(days=days), START + timedelta(minutes=minutes))
            assert told.answer(cut) == told.oracle(cut)


@settings(max_examples=25)
@given(seed=SEEDS, length=LENGTHS)
def test_entries_rebuilt_from_nothing_equal_entries_built_step_by_step(seed, length):
    with history(seed, length) as told:
        assert told.entries.is_faithful()
        assert told.entries.is_faithful([UNIT])
        cut = Cut(date.max, datetime.max.replace(tzinfo=UTC))
        before = told.answer(cut)
        told.entries.rebuild()
        assert told.answer(cut) == before


@settings(max_examples=25)
@given(seed=SEEDS, length=LENGTHS)
def test_reversing_everything_leaves_nothing_at_any_stage(seed, length):
    with history(seed, length) as told:
        for identity in sorted({movement.event_id for movement in told.movements} - told.reversed):
            assert told.record(ReverseEvent(event_id=identity, reason="全部冲销"))
        assert told.entries.amounts([UNIT], YEAR, tuple(Stage), Cut(date.max, told.now + timedelta(days=1))) == []


@settings(max_examples=25)
@given(seed=SEEDS, length=LENGTHS)
def test_what_was_known_once_stays_known_whatever_is_recorded_later(seed, length):
    with history(seed, length) as told:
        cut = Cut(date(2024, 12, 31), datetime.fromisoformat(told.last_instant()))
        before = told.answer(cut)
        for _ in range(5):
            told.step()
        assert told.answer(cut) == before


def test_a_fault_in_the_read_model_neither_stops_nor_loses_a_recording(monkeypatch: pytest.MonkeyPatch):
    with history(seed=1, length=5) as told:
        monkeypatch.setattr(ReadModel, "_take_in", lambda *_: 1 / 0)
        recorded = told.record(SupplementBudget(**told.decision(), ground=Ground.RESERVE, lines=(told.line(1),)))
        assert recorded == told.store.read_bucket()[-1].event_id
        assert isinstance(told.entries.failure, ZeroDivisionError)
        monkeypatch.undo()
        assert told.entries.is_faithful()


def test_a_ledger_opened_for_reading_alone_answers_from_temporary_entries():
    with history(seed=2, length=12) as told:
        cut = Cut(date.max, datetime.max.replace(tzinfo=UTC))
        told.store.connection.execute("DROP TABLE entries")
        told.store.connection.execute("DELETE FROM entry_progress")
        file = Path(told.store.connection.execute("PRAGMA database_list").fetchone()[2])
        reading = SqliteStore.open(file, read_only=True)
        told.entries = ReadModel(reading)
        assert told.answer(cut) == told.oracle(cut)
        reading.close()
