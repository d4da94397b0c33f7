"""``entries``: the one additive read model. A row is a signed amount with every dimension and both times.

It can be thrown away: rebuilding it from the events gives what following them built. It is kept in
the transaction that appends, but a fault in it neither stops nor loses a recording: the row of
progress stays behind, and the next reader catches up. Where the ledger cannot be written, the same
tables are folded into temporary ones, which SQLite finds first under the same names.

Codes, days and words are small integers here, in one clustered table: see
``docs/decisions/0005-read-model.md``.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from events.record import Record
from events.stream import stream_of
from events.upcasting import payload_of, require_known
from events.vocabulary import FundSource, Nature, Origin, Stage
from ledger.sqlite import SqliteStore
from projections.coding import (
    FUND_SOURCES,
    NATURES,
    NO_CODE,
    NO_NATURE,
    NO_PROJECT,
    ORIGINS,
    STAGE_OF,
    STAGES,
    CodedRow,
    Coder,
    coded_day,
    coded_instant,
    in_runs,
)
from projections.cut import Cut

FORM = 1  # goes up whenever the tables below change; an older model is rebuilt
BATCH = 2_000
GRAIN = ("unit", "economic", "project")  # what an answer may add up
RUN = 50  # rows written by one statement

_TABLES = {
    "entries": """(
        year INTEGER NOT NULL, unit INTEGER NOT NULL, function INTEGER NOT NULL, nature INTEGER NOT NULL,
        stage INTEGER NOT NULL, effective INTEGER NOT NULL, position INTEGER NOT NULL, line INTEGER NOT NULL,
        fund_source INTEGER NOT NULL, origin INTEGER NOT NULL, economic INTEGER NOT NULL, project INTEGER NOT NULL,
        recorded INTEGER NOT NULL, weight INTEGER NOT NULL, fen INTEGER NOT NULL,
        PRIMARY KEY (year, unit, function, nature, stage, effective, position, line)
    ) WITHOUT ROWID""",
    "entry_units": "(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "entry_projects": "(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "entry_progress": "(form INTEGER NOT NULL, position INTEGER NOT NULL) STRICT",
}

_ROW = f"({', '.join('?' * 15)})"
_INSERT = f"INSERT INTO entries VALUES {_ROW}"  # noqa: S608 (constants)
_INSERT_RUN = f"INSERT INTO entries VALUES {', '.join([_ROW] * RUN)}"  # noqa: S608 (constants)

_REVERSE = """
INSERT INTO entries
SELECT year, unit, function, nature, stage, effective, :position, line, fund_source, origin, economic, project,
       :recorded, -weight, -fen
FROM entries
WHERE unit = :unit AND year BETWEEN :year - 1 AND :year
  AND position = (SELECT position FROM events WHERE stream = :stream AND version = :version)
"""

_COUNTED = "year = ? AND unit IN ({units}) AND stage IN ({stages}) AND effective <= ? AND recorded <= ?"

# Units apart: one pass. Units together: each in the order in which its rows are kept, then all of them.
_AMOUNTS = f"""
SELECT unit, stage, fund_source, origin, function, nature, {{economic}}, {{project}}, sum(fen)
FROM entries WHERE {_COUNTED}
GROUP BY unit, function, nature, stage, fund_source, origin, {{economic}}, {{project}}
HAVING sum(weight) > 0
"""  # noqa: S608 (constants)
_AMOUNTS_TOGETHER = f"""
SELECT min(unit), stage, fund_source, origin, function, nature, economic, project, sum(fen)
FROM (
    SELECT unit, stage, fund_source, origin, function, nature, {{economic}} AS economic, {{project}} AS project,
           sum(fen) AS fen, sum(weight) AS weight
    FROM entries WHERE {_COUNTED}
    GROUP BY unit, function, nature, stage, fund_source, origin, {{economic}}, {{project}}
)
GROUP BY function, nature, stage, fund_source, origin, economic, project
HAVING sum(weight) > 0
"""  # noqa: S608 (constants)

_MOVEMENTS = f"""
SELECT position, line, unit, stage, fund_source, origin, function, nature, economic, project, fen
FROM entries WHERE {_COUNTED}
ORDER BY position, line, fen
"""  # noqa: S608 (constants)


class Amount(NamedTuple):
    """What a cut says of one budget line at one stage, in 分."""

    unit: str
    stage: Stage
    fund_source: FundSource
    origin: Origin
    function_code: str
    nature: Nature | None
    economic_code: str | None
    project: str | None
    fen: int


class Movement(NamedTuple):
    """One line of one event, as it counts. A reversal moves the lines of the event it cancels back, under their numbers.

    ``position`` is that of the event in the file, ``line`` the number of the line in it from 0 on.
    """

    position: int
    line: int
    year: int
    amount: Amount


class ReadModel:
    """The entries beside the events of one store."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._connection = store.connection
        self.failure: Exception | None = None

    def follow(self, records: Sequence[Record]) -> None:
        """Take in what was just appended, inside the same transaction."""
        self._connection.execute("SAVEPOINT entries")
        try:
            position = self._position()
            if position is None and records[0].position == 1:
                self._fold("main")
            elif position == records[0].position - 1:
                self._take_in(records)
        except Exception as failure:  # noqa: BLE001 (a recording must not fail for its shadow)
            self._connection.execute("ROLLBACK TO entries")
            self.failure = failure
        self._connection.execute("RELEASE entries")

    def catch_up(self) -> None:
        """Bring the entries up to the last event; in temporary tables where the file is read-only."""
        if self._position() == self._last_event():
            return
        if self._store.is_read_only:
            self._fold("temp")
            return
        with self._store.transaction():
            position = self._position()
            if position is None or position > self._last_event():
                self._fold("main")
            else:
                self._take_in_from(position)

    def rebuild(self) -> int:
        """Throw the entries away and make them anew; says how many there are."""
        with self._store.transaction():
            self._fold("main")
        return self._count("SELECT count(*) FROM entries")

    def is_faithful(self) -> bool:
        """Whether the entries are what a fold of all events gives. Ahead of the events, they are not."""
        if (self._position() or 0) > self._last_event():
            return False
        self.catch_up()
        kept = self._content()
        with self._store.transaction(keep=False, writes=False):
            self._fold("temp")
            folded = self._content()
            is_defined = self._store.is_read_only or self._definitions("main") == self._definitions("temp")
        return is_defined and kept == folded

    def amounts(
        self, units: Sequence[str], year: int, stages: Sequence[Stage], cut: Cut, grain: Collection[str] = GRAIN
    ) -> list[Amount]:
        """What stands at a cut, summed per unit, stage and line. Lines that were reversed are gone.

        What ``grain`` leaves out of GRAIN is added up: amounts then bear no project, no economic code,
        or the code of one unit for all.
        """
        query = _AMOUNTS if "unit" in grain else _AMOUNTS_TOGETHER
        columns = {name: name if name in grain else f"{name} * 0" for name in ("economic", "project")}
        return list(self._read(self._counting(query, units, year, stages, cut, columns)))

    def movements(self, units: Sequence[str], year: int, stages: Sequence[Stage], cut: Cut) -> list[Movement]:
        """What ``amounts`` adds up, line by line in order of recording; what was reversed and its reversal are there."""
        rows = list(self._counting(_MOVEMENTS, units, year, stages, cut))
        amounts = self._read(tuple(row[2:]) for row in rows)
        return [Movement(row[0], row[1], year, amount) for row, amount in zip(rows, amounts, strict=True)]

    def _counting(
        self,
        query: str,
        units: Sequence[str],
        year: int,
        stages: Sequence[Stage],
        cut: Cut,
        columns: Mapping[str, str] = MappingProxyType({}),
    ) -> Iterable[tuple[int, ...]]:
        self.catch_up()
        keys = self._keys("entry_units", units)
        chosen = [STAGES.index(stage) for stage in stages]
        times = (coded_day(cut.as_of), coded_instant(cut.known_at))
        asked = query.format(units=_marks(keys), stages=_marks(chosen), **columns)
        return self._connection.execute(asked, (year, *keys, *chosen, *times))

    def _read(self, rows: Iterable[tuple[int, ...]]) -> Iterator[Amount]:
        units, projects = self._names("entry_units"), self._names("entry_projects")
        for unit, stage, fund_source, origin, function, nature, economic, project, fen in rows:
            yield Amount(
                units[unit],
                STAGES[stage],
                FUND_SOURCES[fund_source],
                ORIGINS[origin],
                str(function),
                None if nature == NO_NATURE else NATURES[nature],
                None if economic == NO_CODE else str(economic),
                None if project == NO_PROJECT else projects[project],
                fen,
            )

    def _fold(self, schema: str) -> None:
        for name, columns in _TABLES.items():
            self._connection.execute(f"DROP TABLE IF EXISTS {schema}.{name}")
            self._connection.execute(f"CREATE TABLE {schema}.{name} {columns}")
        self._connection.execute("INSERT INTO entry_progress VALUES (?, 0)", (FORM,))
        self._take_in_from(0)

    def _take_in_from(self, position: int) -> None:
        while records := self._store.read_bucket(after=position, limit=BATCH):
            self._take_in(records)
            position = records[-1].position

    def _take_in(self, records: Sequence[Record]) -> None:
        """Consecutive records; lines are written in runs, broken only by a reversal."""
        coder = Coder(partial(self._key, "entry_units"), partial(self._key, "entry_projects"))
        pending: list[CodedRow] = []
        for record in records:
            if record.type in STAGE_OF:
                pending += coder.rows(record)
            elif record.type == "EventReversed":
                self._write(pending)
                pending.clear()
                self._reverse(record, coder)
            else:
                require_known(record)
        self._write(pending)
        self._connection.execute("UPDATE entry_progress SET position = ?", (records[-1].position,))

    def _write(self, rows: list[CodedRow]) -> None:
        for run in in_runs(rows, RUN):
            if len(run) == RUN:
                self._connection.execute(_INSERT_RUN, list(chain.from_iterable(run)))
            else:
                self._connection.executemany(_INSERT, run)

    def _reverse(self, record: Record, coder: Coder) -> None:
        stream, version = stream_of(payload_of(record)["event_id"])
        values = {
            "position": record.position,
            "recorded": coded_instant(datetime.fromisoformat(record.recorded_at)),
            "unit": coder.unit_key(stream.unit),
            "year": stream.year or 0,
            "stream": str(stream),
            "version": version,
        }
        self._connection.execute(_REVERSE, values)

    def _position(self) -> int | None:
        """The last event taken in; None where there is no model of today's form."""
        try:
            row = self._connection.execute("SELECT position FROM entry_progress WHERE form = ?", (FORM,)).fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return None
            raise
        return int(row[0]) if row else None

    def _last_event(self) -> int:
        return self._count("SELECT coalesce(max(position), 0) FROM events")

    def _content(self) -> list[tuple[object, ...]]:
        query = """
            SELECT units.name, projects.name, entries.* FROM entries
            JOIN entry_units AS units ON units.key = unit LEFT JOIN entry_projects AS projects ON projects.key = project
            ORDER BY year, units.name, position, line, stage
        """
        return [(*row[:3], *row[4:13], *row[14:]) for row in self._connection.execute(query)]

    def _definitions(self, schema: str) -> dict[str, str]:
        query = f"SELECT name, sql FROM {schema}.sqlite_master WHERE type = 'table'"  # noqa: S608 (constants)
        return {name: sql for name, sql in self._connection.execute(query) if name in _TABLES}

    def _key(self, table: str, name: str) -> int:
        known = self._connection.execute(f"SELECT key FROM {table} WHERE name = ?", (name,)).fetchone()  # noqa: S608
        if known:
            return int(known[0])
        return int(self._connection.execute(f"INSERT INTO {table} (name) VALUES (?)", (name,)).lastrowid or 0)  # noqa: S608

    def _keys(self, table: str, names: Sequence[str]) -> list[int]:
        query = f"SELECT key FROM {table} WHERE name IN ({_marks(names)})"  # noqa: S608 (constants)
        return [key for (key,) in self._connection.execute(query, names)]

    def _names(self, table: str) -> dict[int, str]:
        return dict(self._connection.execute(f"SELECT key, name FROM {table}"))  # noqa: S608 (constants)

    def _count(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
