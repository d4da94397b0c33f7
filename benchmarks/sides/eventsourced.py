"""The library ``eventsourcing`` with SQLite: it validates nothing, chains nothing and keeps no read model."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.clock import Clock
from benchmarks.facts import Fact, all_facts, late_supplements, new_years
from benchmarks.scratch import copy_of, room_beside
from benchmarks.sides.decoded_lines import Decoded, filled
from benchmarks.sides.unit_year import FIELDS, Budgets, LineDict, UnitYear

FEN_PER_YUAN = 100
BATCH = 1_000
PAGE = 1_000


def make(clock: Clock, target: str, lines: int) -> None:
    """The event store that others read."""
    _import(clock, Path(target), lines)


def import_all(clock: Clock, beside: str, lines: int) -> int:
    """All facts, saved a thousand events at a time."""
    with room_beside(beside) as folder:
        return _import(clock, folder / "eventsourcing.db", lines)


def append_years(clock: Clock, store: str, lines: int, count: int) -> int:
    """年初批复 of 60 lines: a new aggregate, saved."""
    return _append(clock, store, new_years(lines, count))


def append_supplements(clock: Clock, store: str, lines: int, count: int) -> int:
    """追加 of 60 lines: the aggregate rebuilt from its 53 events, changed, saved."""
    return _append(clock, store, late_supplements(lines, count))


def state(clock: Clock, store: str, unit: str, year: int, version: int, count: int) -> dict[str, list[int]]:
    """An aggregate rebuilt as of a version: budget and execution of every line."""
    application, identity = _opened(Path(store)), UnitYear.create_id(unit, year)
    application.repository.get(identity)
    clock.count = count
    with clock:
        for _ in range(count):
            found: UnitYear = application.repository.get(identity, version=version)
    return {"|".join(key): [_fen(found.budget[key]), _fen(found.executed[key])] for key in sorted(found.budget)}


def log_into_table(clock: Clock, store: str) -> int:
    """The whole log decoded, and its lines put into one plain table without an index."""
    application = _opened(Path(store))
    with room_beside(store) as folder:
        return filled(clock, folder / "lines.db", _decoded(application))


def _decoded(application: Budgets) -> Iterator[list[Decoded]]:
    start: int | None = 1
    while start:
        page = application.recorder.select_notifications(start, PAGE)
        told = [(note.id, application.mapper.to_domain_event(note)) for note in page]
        yield [row for position, fact in told for row in _rows(position, fact)]
        start = page[-1].id + 1 if len(page) == PAGE else None


def _rows(position: int, fact: Any) -> Iterator[Decoded]:
    said = vars(fact)
    stage = said.get("kind", type(fact).__name__)
    for number, line in enumerate(said["lines"]):
        dimensions = (line[name] for name in FIELDS)
        day = said["effective_on"].isoformat()
        yield (position, number, str(fact.originator_id), stage, day, *dimensions, _fen(line["amount"]))


def _append(clock: Clock, store: str, facts: list[Fact]) -> int:
    with copy_of(store) as path:
        application = _opened(path)
        warm, *measured = facts
        _save_one(application, warm)
        clock.count = len(measured)
        for fact in measured:
            with clock:
                _save_one(application, fact)
    return len(measured)


def _save_one(application: Budgets, fact: Fact) -> None:
    if fact.kind == "initial":
        application.save(_begun(fact))
        return
    aggregate: UnitYear = application.repository.get(UnitYear.create_id(fact.unit, fact.year))
    _continue(aggregate, fact)
    application.save(aggregate)


def _import(clock: Clock, path: Path, lines: int) -> int:
    application, facts = _opened(path), all_facts(lines)
    open_years: dict[tuple[str, int], UnitYear] = {}
    events = 0
    with clock:
        while batch := list(clock.outside(islice(facts, BATCH))):
            touched = {(fact.unit, fact.year): _taken(open_years, fact) for fact in batch}
            application.save(*touched.values())
            events += len(batch)
    return events


def _taken(open_years: dict[tuple[str, int], UnitYear], fact: Fact) -> UnitYear:
    """The aggregate after a fact; those of the year in hand are kept, so none is ever read back."""
    key = (fact.unit, fact.year)
    if fact.kind == "initial":
        open_years.pop((fact.unit, fact.year - 1), None)
        open_years[key] = _begun(fact)
    else:
        _continue(open_years[key], fact)
    return open_years[key]


def _begun(fact: Fact) -> UnitYear:
    return UnitYear(unit=fact.unit, year=fact.year, **_said(fact))


def _continue(aggregate: UnitYear, fact: Fact) -> None:
    if fact.kind == "execution":
        aggregate.execute(month=fact.month, **_said(fact))
    else:
        aggregate.change(kind=fact.kind, **_said(fact))


def _said(fact: Fact) -> dict[str, Any]:
    document = {"number": fact.document, "reason": fact.reason}
    return {"effective_on": fact.day, "document": document, "lines": _lines(fact)}


def _lines(fact: Fact) -> list[LineDict]:
    return [dict(zip(FIELDS, row, strict=False)) | {"amount": Decimal(row[-1]) / FEN_PER_YUAN} for row in fact.lines]


def _fen(amount: Decimal) -> int:
    return int(amount * FEN_PER_YUAN)


def _opened(path: Path) -> Budgets:
    return Budgets(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})
