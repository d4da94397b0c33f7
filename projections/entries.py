"""``entries``: the one additive read model. A row is a signed amount with every dimension and both times.

It can be thrown away: rebuilding it from the events gives what following them built. It is kept in
the transaction that appends, but a fault in it neither stops nor loses a recording: the row of
progress stays behind, and the next reader catches up. Where the ledger cannot be written, the same
tables are folded into temporary ones, which SQLite finds first under the same names.

Codes, days and words are small integers here, in one clustered table: see
``docs/decisions/0005-read-model.md``.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from events.instant import TICK
from events.record import Record
from events.stream import Stream, stream_of
from events.upcasting import upcast
from events.vocabulary import FundSource, Nature, Origin, Stage
from ledger.sqlite import SqliteStore
from projections.cut import Cut

FORM = 1  # goes up whenever the tables below change; an older model is rebuilt
BATCH = 5_000

FUND_SOURCES, ORIGINS, NATURES, STAGES = tuple(FundSource), tuple(Origin), tuple(Nature), tuple(Stage)
NO_NATURE, NO_CODE, NO_PROJECT = -1, 0, 0

STAGE_OF = {
    "InitialBudgetApproved": Stage.INITIAL,
    "BudgetSupplemented": Stage.SUPPLEMENT,
    "BudgetReduced": Stage.REDUCTION,
    "BudgetTransferred": Stage.TRANSFER,
    "BudgetCarriedOver": Stage.CARRIED_IN,
    "ExecutionRecorded": Stage.EXECUTION,
}

_TABLES = {
    "entries": """(
        year INTEGER NOT NULL, unit INTEGER NOT NULL, function INTEGER NOT NULL, nature INTEGER NOT NULL,
        stage INTEGER NOT NULL, effective INTEGER NOT NULL, position INTEGER NOT NULL, line INTEGER NOT NULL,
        fund_source INTEGER NOT NULL, origin INTEGER NOT NULL, economic INTEGER NOT NULL, project INTEGER NOT NULL,
        recorded INTEGER NOT NULL, weight INTEGER NOT NULL, fen INTEGER NOT NULL,
        PRIMARY KEY (year, unit, function, nature, stage, effective, position, line)
    ) STRICT, WITHOUT ROWID""",
    "entry_units": "(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "entry_projects": "(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "entry_progress": "(form INTEGER NOT NULL, position INTEGER NOT NULL) STRICT",
}

_INSERT = f"INSERT INTO entries VALUES ({', '.join('?' * 15)})"  # noqa: S608 (constants)

_REVERSE = """
INSERT INTO entries
SELECT year, unit, function, nature, stage, effective, :position, line, fund_source, origin, economic, project,
       :recorded, -weight, -fen
FROM entries
WHERE unit = :unit AND year BETWEEN :year - 1 AND :year
  AND position = (SELECT position FROM events WHERE stream = :stream AND version = :version)
"""

_AMOUNTS = """
SELECT unit, stage, fund_source, origin, function, nature, economic, project, sum(fen)
FROM entries
WHERE year = ? AND unit IN ({units}) AND stage IN ({stages}) AND effective <= ? AND recorded <= ?
GROUP BY unit, function, nature, stage, fund_source, origin, economic, project
HAVING sum(weight) > 0
"""


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
            if self._position() is None:
                self._fold("main")
            else:
                self._take_in_from(self._position() or 0)

    def rebuild(self) -> int:
        """Throw the entries away and make them anew; says how many there are."""
        with self._store.transaction():
            self._fold("main")
        return self._count("SELECT count(*) FROM entries")

    def is_faithful(self) -> bool:
        """Whether the entries are what a fold of all events gives."""
        self.catch_up()
        kept = self._content()
        with self._store.transaction(keep=False):
            self._fold("temp")
            folded = self._content()
        return kept == folded

    def amounts(self, units: Sequence[str], year: int, stages: Sequence[Stage], cut: Cut) -> list[Amount]:
        """What stands at a cut, summed per unit, stage and line. Lines that were reversed are gone."""
        self.catch_up()
        keys = self._keys("entry_units", units)
        chosen = [STAGES.index(stage) for stage in stages]
        query = _AMOUNTS.format(units=_marks(keys), stages=_marks(chosen))
        times = (_day(cut.as_of.isoformat()), _micros(cut.known_at))
        return list(self._read(self._connection.execute(query, (year, *keys, *chosen, *times))))

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
        pending: list[tuple[int, ...]] = []
        for record in records:
            if record.type in STAGE_OF:
                pending += self._rows(record)
            elif record.type == "EventReversed":
                self._connection.executemany(_INSERT, pending)
                pending.clear()
                self._reverse(record)
        self._connection.executemany(_INSERT, pending)
        self._connection.execute("UPDATE entry_progress SET position = ?", (records[-1].position,))

    def _rows(self, record: Record) -> Iterator[tuple[int, ...]]:
        payload = upcast(record.type, record.type_version, json.loads(record.payload))
        stream = Stream.parse(record.stream)
        year, unit = stream.year or 0, self._key("entry_units", stream.unit)
        stage = STAGE_OF[record.type]
        effective, recorded = _day(payload["effective_on"]), _micros(datetime.fromisoformat(record.recorded_at))
        for number, row in enumerate(payload["lines"]):
            fund_source, origin, function, nature, economic, project, fen = row
            dimensions = (
                FUND_SOURCES.index(fund_source),
                ORIGINS.index(origin),
                int(economic or NO_CODE),
                self._key("entry_projects", project) if project else NO_PROJECT,
                recorded,
                1,
            )
            head = (int(function), NATURES.index(nature) if nature else NO_NATURE)
            tail = (effective, record.position, number)
            yield (year, unit, *head, STAGES.index(stage), *tail, *dimensions, fen)
            if stage is Stage.CARRIED_IN:
                out = (dimensions[0], ORIGINS.index(Origin.THIS_YEAR), *dimensions[2:])
                yield (year - 1, unit, *head, STAGES.index(Stage.CARRIED_OUT), *tail, *out, -fen)

    def _reverse(self, record: Record) -> None:
        stream, version = stream_of(json.loads(record.payload)["event_id"])
        values = {
            "position": record.position,
            "recorded": _micros(datetime.fromisoformat(record.recorded_at)),
            "unit": self._key("entry_units", stream.unit),
            "year": stream.year or 0,
            "stream": str(stream),
            "version": version,
        }
        self._connection.execute(_REVERSE, values)

    def _position(self) -> int | None:
        """The last event taken in; None where there is no model of today's form."""
        try:
            row = self._connection.execute("SELECT position FROM entry_progress WHERE form = ?", (FORM,)).fetchone()
        except sqlite3.OperationalError:
            return None
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


def _day(text: str) -> int:
    """2024-05-20 as 20240520."""
    return int(text.replace("-", ""))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // TICK
