"""DuckDB on one thread: every line of every event in one table of its own file, in the order of recording."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date

import duckdb

from benchmarks.clock import Clock
from benchmarks.facts import all_facts
from benchmarks.scratch import room_beside

Cells = list[list[str | int]]

_TABLE = """
CREATE TABLE lines (
    recorded TIMESTAMP, effective DATE, unit VARCHAR, year SMALLINT, stage VARCHAR, fund_source VARCHAR,
    origin VARCHAR, function VARCHAR, nature VARCHAR, economic VARCHAR, project VARCHAR, fen BIGINT
)
"""
_PIVOT = """
SELECT
    function[:3] AS class, function[:5] AS "group", function AS item, sum(fen)::BIGINT,
    {columns}
FROM lines
WHERE year = $year AND stage <> 'execution' AND effective <= $day AND recorded <= $day {where}
GROUP BY ROLLUP (class, "group", item)
ORDER BY class NULLS FIRST, "group" NULLS FIRST, item NULLS FIRST
"""
_ONE_UNIT = "AND unit = $unit AND fund_source = 'general'"
_TABLE_5 = (("personnel", "operating"), ("personnel",), ("operating",), ("project",))
_TABLE_3 = tuple((nature,) for nature in ("personnel", "operating", "project", "business", "remittance", "subsidy"))
WHOLE = date(2100, 1, 1)


def make(clock: Clock, target: str, lines: int) -> None:  # noqa: ARG001
    """The DuckDB file: a CSV taken in, which is the quickest way."""
    with room_beside(target) as folder:
        sheet = folder / "lines.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(_rows(lines))
        with duckdb.connect(target) as connection:
            connection.execute(_TABLE)
            connection.execute(f"COPY lines FROM '{sheet}' (HEADER false)")


def one_unit(clock: Clock, file: str, unit: str, year: int, count: int) -> Cells:
    """A unit's general budget of a year by 科目 x 用途, with 类, 款 and total, in one statement."""
    statement = _PIVOT.format(columns=_columns(_TABLE_5), where=_ONE_UNIT)
    return _asked(clock, file, statement, {"year": year, "day": WHOLE, "unit": unit}, count)


def all_units(clock: Clock, file: str, year: int, count: int) -> Cells:
    """All units' budget of a year, all funds, by 科目 x 用途."""
    statement = _PIVOT.format(columns=_columns(_TABLE_3), where="")
    return _asked(clock, file, statement, {"year": year, "day": WHOLE}, count)


def _asked(clock: Clock, file: str, statement: str, question: dict[str, object], count: int) -> Cells:
    with duckdb.connect(file, read_only=True, config={"threads": 1}) as connection:
        connection.execute(statement, question).fetchall()
        clock.count = count
        with clock:
            for _ in range(count):
                rows = connection.execute(statement, question).fetchall()
    return [[item or group or class_ or "", *(cell or 0 for cell in cells)] for class_, group, item, *cells in rows]


def _columns(columns: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(map(_column, columns))


def _column(natures: tuple[str, ...]) -> str:
    chosen = ", ".join(f"'{nature}'" for nature in natures)
    return f"sum(fen) FILTER (nature IN ({chosen}))::BIGINT"


def _rows(lines: int) -> Iterator[tuple[object, ...]]:
    for fact in all_facts(lines):
        for row in fact.lines:
            yield (fact.at.replace(tzinfo=None), fact.day, fact.unit, fact.year, fact.kind, *row)
