"""The product answers: the state of a stream, pivots, verification, the read model made anew."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.clock import Clock
from benchmarks.scratch import copy_of
from events.budget import ExecutionRecorded
from events.line import LineKey
from events.money import Money
from events.record import Content
from events.stream import Stream
from events.vocabulary import Measure
from ledger.catalogue import builtin
from ledger.deciding.balances import BUDGETING
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, load
from ledger.verifying.integrity import verify
from projections.cut import Cut
from projections.entries.read_model import ReadModel
from projections.figures.table import Table, build
from projections.reading.reader import Question, Reader
from projections.reading.scope import scope_of, year_amounts
from projections.reading.tables import tables

Cells = list[list[str | int]]
WHOLE = Cut(date(2100, 1, 1), datetime(2100, 1, 1, tzinfo=UTC))


class AsOf:
    """A store that knows a stream up to a version."""

    def __init__(self, store: SqliteStore, version: int) -> None:
        self._store = store
        self._version = version

    def contents(self, stream: str) -> Iterator[Content]:
        """What the first records of a stream say."""
        return islice(self._store.contents(stream), self._version)


def state(clock: Clock, ledger: str, unit: str, year: int, version: int, count: int) -> dict[str, list[int]]:
    """A stream loaded as of a version, then budget and execution of every line."""
    store: Any = AsOf(_opened(ledger), version)
    source = Ledger(store, project=lambda _: None)
    _balances(source, unit, year)
    clock.count = count
    with clock:
        for _ in range(count):
            budget, executed = _balances(source, unit, year)
    return {"|".join(part or "" for part in key): [fen, executed.get(key, 0)] for key, fen in budget.items()}


def one_unit(clock: Clock, ledger: str, unit: str, year: int, count: int) -> Cells:
    """Table 5 of a unit: its entries summed and laid out, when whose year it is has been looked up."""
    return _pivot(clock, ledger, Question(unit, year, Measure.CURRENT, WHOLE), 5, count)


def all_units(clock: Clock, ledger: str, unit: str, year: int, count: int) -> Cells:
    """Table 3 of a unit and all below it, likewise."""
    return _pivot(clock, ledger, Question(unit, year, Measure.CURRENT, WHOLE, consolidated=True), 3, count)


def one_unit_asked(clock: Clock, ledger: str, unit: str, year: int, count: int) -> Cells:
    """Table 5 as the desk asks for it: units, names and indicators are looked up too."""
    return _asked(clock, ledger, Question(unit, year, Measure.CURRENT, WHOLE), 5, count)


def all_units_asked(clock: Clock, ledger: str, unit: str, year: int, count: int) -> Cells:
    """Table 3 of all units as the desk asks for it."""
    return _asked(clock, ledger, Question(unit, year, Measure.CURRENT, WHOLE, consolidated=True), 3, count)


def verify_all(clock: Clock, ledger: str, count: int) -> int:
    """Chains, gaps, order of times and guards of the whole ledger; the entries are not compared."""
    store = _opened(ledger)
    clock.count = count
    with clock:
        for _ in range(count):
            outcome = verify(store)
    assert not outcome.findings
    return outcome.events


def rebuild(clock: Clock, ledger: str) -> int:
    """The entries thrown away and made anew from the events, durably."""
    with copy_of(ledger) as path:
        store = SqliteStore.open(path)
        with clock:
            count = ReadModel(store).rebuild()
        store.close()
    return count


def _balances(source: Ledger, unit: str, year: int) -> tuple[dict[LineKey, int], dict[LineKey, int]]:
    found = load(source, Stream(unit, year))
    return found.sums(*BUDGETING), found.sums(ExecutionRecorded)


def _pivot(clock: Clock, ledger: str, question: Question, number: int, count: int) -> Cells:
    reader = _reader(ledger)
    scope, form = scope_of(reader, question), reader.edition(question.year).table(number)
    stages = question.measure.stages
    clock.count = count
    build(form, scope, year_amounts(reader, scope, stages, grain=form.grain))
    with clock:
        for _ in range(count):
            table = build(form, scope, year_amounts(reader, scope, stages, grain=form.grain))
    return _cells(table)


def _asked(clock: Clock, ledger: str, question: Question, number: int, count: int) -> Cells:
    reader = _reader(ledger)
    clock.count = count
    tables(reader, question, [number])
    with clock:
        for _ in range(count):
            (table,) = tables(reader, question, [number])
    return _cells(table)


def _cells(table: Table) -> Cells:
    (side,) = table.sides
    return [[row.code or "", *(cell.fen if isinstance(cell, Money) else 0 for cell in row.cells)] for row in side.rows]


def _reader(ledger: str) -> Reader:
    store = _opened(ledger)
    return Reader(store, ReadModel(store), builtin())


def _opened(ledger: str) -> SqliteStore:
    return SqliteStore.open(Path(ledger))
