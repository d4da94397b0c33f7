"""What cannot be beaten: rows that are ready put into the product's own tables, and hashes of plain bytes.

The tables, indexes and triggers are read from a ledger file, so that they are the product's whatever
those are today. Rows come in the order in which they were recorded.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.clock import Clock
from benchmarks.facts import Fact, late_supplements, new_years
from benchmarks.scratch import copy_of, room_beside

Row = tuple[Any, ...]
Transaction = dict[str, list[Row]]  # rows by the statement that inserts them
CHUNK = 5_000
ENTRIES = "entr%"  # the tables of the read model
OURS = "name NOT LIKE 'sqlite_%' AND name NOT LIKE '%migration%'"
ORDERED_BY = ("position", "first_position")


def append_years(clock: Clock, ledger: str, lines: int, count: int) -> int:
    """The rows of 年初批复, ready: one durable transaction each."""
    return _append(clock, ledger, new_years(lines, count))


def append_supplements(clock: Clock, ledger: str, lines: int, count: int) -> int:
    """The rows of 追加, ready: one durable transaction each."""
    return _append(clock, ledger, late_supplements(lines, count))


def import_all(clock: Clock, ledger: str) -> int:
    """Every row of a ledger into the same empty tables, with the same triggers, in one transaction."""
    with (
        room_beside(ledger) as folder,
        closing(_opened(folder / "ledger.db")) as target,
        closing(_opened(ledger)) as source,
    ):
        for (statement,) in source.execute(
            f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND {OURS} ORDER BY type = 'trigger'"
        ):
            target.execute(statement)
        with clock:
            return _fill(clock, target, source, _tables(source))


def rebuild(clock: Clock, ledger: str) -> int:
    """Every row of the read model into tables dropped and made again, in one transaction."""
    with copy_of(ledger) as path, closing(_opened(path)) as target, closing(_opened(ledger)) as source:
        tables = _tables(source, ENTRIES)
        with clock:
            for name, statement in tables.items():
                target.execute(f"DROP TABLE {name}")
                target.execute(statement)
            return _fill(clock, target, source, tables)


def hash_buffer(clock: Clock, ledger: str, count: int) -> int:
    """One buffer as long as all that is stored of the events, hashed ``count`` times."""
    with closing(_opened(ledger)) as source:
        width = " + ".join(f"coalesce(length(CAST({name} AS BLOB)), 0)" for name in _columns(source, "events"))
        (size,) = source.execute(f"SELECT sum({width}) FROM events").fetchone()
        (events,) = source.execute("SELECT count(*) FROM events").fetchone()
    buffer = bytes(size)
    clock.count = count
    with clock:
        for _ in range(count):
            hashlib.sha256(buffer).hexdigest()
    return int(events)


def hash_rows(clock: Clock, ledger: str) -> int:
    """Every stored payload read, and put into one hash, never decoded."""
    with closing(_opened(ledger)) as source:
        source.text_factory = bytes
        running, events = hashlib.sha256(), 0
        with clock:
            for (payload,) in source.execute("SELECT payload FROM events ORDER BY position"):
                running.update(payload)
                events += 1
    return events


def _append(clock: Clock, ledger: str, facts: list[Fact]) -> int:
    """The product makes the rows on one copy; another copy takes them in."""
    from benchmarks.sides.product_writing import appended

    with copy_of(ledger) as made, closing(_opened(ledger)) as before:
        appended(made, facts)
        with closing(_opened(made)) as after:
            news = _news(before, after)
            warm, *measured = _by_event(news, {name: _key(after, name) for name in news})
    with copy_of(ledger) as path, closing(_opened(path)) as target:
        _insert(target, warm)
        clock.count = len(measured)
        for rows in measured:
            with clock:
                _insert(target, rows)
    return len(measured)


def _insert(target: sqlite3.Connection, rows: Transaction) -> None:
    target.execute("BEGIN IMMEDIATE")
    for statement, chunk in rows.items():
        target.executemany(statement, chunk)
    target.execute("COMMIT")


def _fill(clock: Clock, target: sqlite3.Connection, source: sqlite3.Connection, tables: dict[str, str]) -> int:
    count = 0
    target.execute("BEGIN IMMEDIATE")
    for name in tables:
        key = _key(source, name)
        order = "" if key is None else f"ORDER BY {key + 1}"
        for chunk in clock.outside(_chunks(source.execute(f"SELECT * FROM {name} {order}"))):
            target.executemany(_insertion(name, len(chunk[0])), chunk)
            count += len(chunk)
    target.execute("COMMIT")
    return count


def _chunks(rows: sqlite3.Cursor) -> Iterator[list[Row]]:
    while chunk := rows.fetchmany(CHUNK):
        yield chunk


def _news(before: sqlite3.Connection, after: sqlite3.Connection) -> dict[str, list[Row]]:
    """The rows a ledger has more than it had, by table; a table that only changed has none."""
    news = {}
    for name in _tables(after):
        known = set(before.execute(f"SELECT * FROM {name}"))
        rows = [row for row in after.execute(f"SELECT * FROM {name}") if row not in known]
        (count,) = after.execute(f"SELECT count(*) FROM {name}").fetchone()
        if count > len(known):
            news[name] = rows
    return news


def _by_event(news: dict[str, list[Row]], keys: dict[str, int | None]) -> list[Transaction]:
    """The rows of each event together; those of no event (names in the read model) go with the first."""
    events: dict[int, Transaction] = {}
    for name, rows in news.items():
        key = keys[name]
        for row in rows:
            position = 0 if key is None else row[key]
            events.setdefault(position, {}).setdefault(_insertion(name, len(row)), []).append(row)
    stray = events.pop(0, {})
    first, *others = (events[position] for position in sorted(events))
    return [stray | first, *others]


def _key(source: sqlite3.Connection, table: str) -> int | None:
    """Which column of a table says in which order its rows came."""
    columns = _columns(source, table)
    return next((columns.index(name) for name in ORDERED_BY if name in columns), None)


def _insertion(table: str, width: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"


def _tables(source: sqlite3.Connection, like: str = "%") -> dict[str, str]:
    query = f"SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name LIKE ? AND {OURS} ORDER BY rowid"
    return dict(source.execute(query, (like,)))


def _columns(source: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in source.execute(f"PRAGMA table_info({table})")]


def _opened(path: str | Path) -> sqlite3.Connection:
    """As the product opens a file: WAL, durable, the same cache."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{64 * 1024}")
    return connection
