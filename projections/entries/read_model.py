"""``entries``: the one additive read model. A row is a signed amount with every dimension and both times.

It can be thrown away: rebuilding it from the events gives what following them built. It is kept in
the transaction that appends, but a fault in it neither stops nor loses a recording: the row of
progress stays behind, and the next reader catches up. Only where it has taken in more than there is,
nothing is recorded any more, and nothing answered: events are lost. Where the ledger cannot be written,
the same tables are folded into temporary ones, which SQLite finds first under the same names.

Codes, days and words are small integers here, in one clustered table: see
``docs/decisions/0005-read-model.md``.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import chain, islice
from typing import NamedTuple

from events.errors import EvidenceBroken, fault
from events.record import Record
from events.stream import event_id, stream_of
from events.upcasting import REVERSAL, payload_of, require_known
from events.vocabulary import FundSource, Nature, Origin, Stage
from ledger.bulk import uncollected
from ledger.keeping.sqlite import SqliteStore
from projections.cut import Cut
from projections.entries.coding import (
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
from projections.entries.folded import are_tables_as_folded, are_units_as_folded, definitions
from projections.entries.queries import GRAIN, MOVEMENTS, amounts_query, asked_of, marks

FORM = 3  # goes up whenever the tables below change; an older model is rebuilt
BATCH = 2_000
RUN = 100  # rows written by one statement
UNFAITHFUL = fault("读模型与事件不符，数字不可信；请先运行 budget verify，再用 budget rebuild 重建。")

_TABLES = {
    "entries": """(
        year INTEGER NOT NULL, unit INTEGER NOT NULL, stage INTEGER NOT NULL, function INTEGER NOT NULL,
        nature INTEGER NOT NULL, fund_source INTEGER NOT NULL, origin INTEGER NOT NULL, economic INTEGER NOT NULL,
        project INTEGER NOT NULL, position INTEGER NOT NULL, line INTEGER NOT NULL, effective INTEGER NOT NULL,
        recorded INTEGER NOT NULL, weight INTEGER NOT NULL, fen INTEGER NOT NULL,
        PRIMARY KEY (year, unit, stage, function, nature, fund_source, origin, economic, project, position, line)
    ) WITHOUT ROWID""",
    "entry_units": "(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "entry_projects": "(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "entry_progress": "(form INTEGER NOT NULL, position INTEGER NOT NULL) STRICT",
}

_ROW = f"({', '.join('?' * 13)}, 1, ?)"  # a row of a record has the weight 1

_REVERSE = """
INSERT INTO entries
SELECT year, unit, stage, function, nature, fund_source, origin, economic, project, :position, line, effective,
       :recorded, -weight, -fen
FROM entries
WHERE unit = :unit AND year IN (:year - 1, :year)
  AND position = :cancelled
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
            position, before = self._position(), records[0].position - 1
            _require_not_ahead(position, before)
            if position is None and not before:
                self._fold("main")
            elif position == before:
                self._take_in(records)
        except EvidenceBroken:
            raise
        except Exception as failure:  # noqa: BLE001 (a recording must not fail for its shadow)
            self._connection.execute("ROLLBACK TO entries")
            self.failure = failure
        self._connection.execute("RELEASE entries")

    def catch_up(self) -> None:
        """Bring the entries up to the last event; in temporary tables where the file is read-only."""
        try:
            self._catch_up()
        except sqlite3.IntegrityError:  # of a row that is there: the progress was set back
            raise EvidenceBroken.of(UNFAITHFUL) from None

    def _catch_up(self) -> None:
        position, last = self._position(), self._store.last_position()
        if position == last:
            return
        _require_not_ahead(position, last)
        if self._store.is_read_only:
            self._fold("temp")
            return
        with self._store.transaction():
            position = self._position()
            if position is None:
                self._fold("main")
            else:
                self._take_in_from(position)

    def rebuild(self) -> int:
        """Throw the entries away and make them anew; says how many there are."""
        import pydantic_core  # noqa: F401 (reads so much JSON quicker)

        with self._store.transaction(), uncollected():
            self._fold("main")
        return self._count("SELECT count(*) FROM entries")

    def is_faithful(self, units: Collection[str] = ()) -> bool:
        """Whether the entries are, row by row, what a fold of all events gives; EvidenceBroken if ahead of all events.

        Of some units, unless they are all there are, only their own events are folded, and only their own entries
        held against them.
        """
        try:
            self._catch_up()
        except sqlite3.IntegrityError:
            return False
        if self._definitions("temp"):  # folded by catching up: nothing is kept
            return True
        with self._store.transaction(keep=False, writes=False), uncollected():
            if units and {*units} != {*self._store.units()}:
                self._fold_units("temp", units)
                are_same = are_units_as_folded(self._connection, units)
            else:
                self._fold("temp")
                are_same = are_tables_as_folded(self._connection, _TABLES)
            return are_same and self._definitions("main") == self._definitions("temp")

    def amounts(
        self, units: Sequence[str], year: int, stages: Sequence[Stage], cut: Cut, grain: Collection[str] = GRAIN
    ) -> list[Amount]:
        """What stands at a cut, summed per unit, stage and line. Lines that were reversed are gone.

        What ``grain`` leaves out of GRAIN is added up: amounts then bear no project, no economic code,
        or the code of one unit for all.
        """
        self.catch_up()
        names = self._units(units)
        query = amounts_query(grain, is_apart="unit" in grain or len(units) == 1)
        return self._read(self._counting(query, names, year, stages, cut), names)

    def movements(self, units: Sequence[str], year: int, stages: Sequence[Stage], cut: Cut) -> list[Movement]:
        """What ``amounts`` adds up, line by line in order of recording; what was reversed and its reversal are there."""
        self.catch_up()
        names = self._units(units)
        rows = self._counting(MOVEMENTS, names, year, stages, cut)
        amounts = self._read([row[2:] for row in rows], names)
        return [Movement(row[0], row[1], year, amount) for row, amount in zip(rows, amounts, strict=True)]

    def _counting(
        self, query: str, units: Collection[int], year: int, stages: Sequence[Stage], cut: Cut
    ) -> list[tuple[int, ...]]:
        asked = asked_of(query, units, [STAGES.index(stage) for stage in stages])
        times = (coded_day(cut.as_of), coded_instant(cut.known_at))
        return self._connection.execute(asked, (year, *units, *times)).fetchall()

    def _read(self, rows: Sequence[tuple[int, ...]], units: Mapping[int, str]) -> list[Amount]:
        if any(type(row[-1]) is not int for row in rows):  # what was written here is, whatever stands there now
            raise EvidenceBroken.of(UNFAITHFUL)
        projects = self._projects({row[7] for row in rows} - {NO_PROJECT})
        return [
            Amount(
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
            for unit, stage, fund_source, origin, function, nature, economic, project, fen in rows
        ]

    def _definitions(self, schema: str) -> set[tuple[str | None, ...]]:
        return definitions(self._connection, schema, _TABLES)

    def _fold(self, schema: str) -> None:
        self._begin(schema)
        self._take_in_from(0)

    def _fold_units(self, schema: str, units: Iterable[str]) -> None:
        self._begin(schema)
        for unit in units:
            records = self._store.logged(unit)
            while batch := list(islice(records, BATCH)):
                self._take_in(batch)

    def _begin(self, schema: str) -> None:
        for name, columns in _TABLES.items():
            self._connection.execute(f"DROP TABLE IF EXISTS {schema}.{name}")
            self._connection.execute(f"CREATE TABLE {schema}.{name} {columns}")
        self._connection.execute("INSERT INTO entry_progress VALUES (?, 0)", (FORM,))

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
            elif record.type == REVERSAL:
                self._write(pending)
                pending.clear()
                self._reverse(record, coder)
            else:
                require_known(record)
        self._write(pending)
        self._connection.execute("UPDATE entry_progress SET position = ?", (records[-1].position,))

    def _write(self, rows: list[CodedRow]) -> None:
        for run in in_runs(rows, RUN):
            self._connection.execute(_insertion(len(run)), list(chain.from_iterable(run)))

    def _reverse(self, record: Record, coder: Coder) -> None:
        cancelled = payload_of(record)["event_id"]
        stream, version = stream_of(cancelled)
        is_of_stream = cancelled == event_id(record.stream, version)
        original = self._store.logged_at(record.stream, version) if is_of_stream else None
        if original is None:  # it cancels nothing; verification tells of it
            return
        values = {
            "position": record.position,
            "recorded": coded_instant(datetime.fromisoformat(record.recorded_at)),
            "unit": coder.units[stream.unit],
            "year": stream.year or 0,
            "cancelled": original.position,
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

    def _key(self, table: str, name: str) -> int:
        known = self._connection.execute(f"SELECT key FROM {table} WHERE name = ?", (name,)).fetchone()  # noqa: S608
        if known:
            return int(known[0])
        return int(self._connection.execute(f"INSERT INTO {table} (name) VALUES (?)", (name,)).lastrowid or 0)  # noqa: S608

    def _units(self, codes: Sequence[str]) -> dict[int, str]:
        query = f"SELECT key, name FROM entry_units WHERE name IN ({marks(codes)})"  # noqa: S608 (constants)
        return dict(self._connection.execute(query, codes))

    def _projects(self, keys: Collection[int]) -> dict[int, str]:
        if not keys:
            return {}
        query = "SELECT key, name FROM entry_projects WHERE key IN (SELECT value FROM json_each(?))"
        return dict(self._connection.execute(query, (json.dumps(list(keys)),)))

    def _count(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])


def _require_not_ahead(position: int | None, last: int) -> None:
    """EvidenceBroken where the entries have taken in events that are not there: those at the end are lost."""
    if position is not None and position > last:
        raise EvidenceBroken(
            "读模型已记到位置 {position}，事件只到位置 {last}：末尾的事件被截去，或读模型被改动。"
            "请用此前的摘要（budget verify --digest）和备份核对；确认事件无缺，再运行 budget rebuild。",
            position=position,
            last=last,
        )


@cache
def _insertion(rows: int) -> str:
    return f"INSERT INTO entries VALUES {', '.join([_ROW] * rows)}"  # noqa: S608 (constants)
