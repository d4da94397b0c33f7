"""Whether a ledger file is defined as a new one is: its tables, indexes and triggers, and the steps that led to them.

The statements of a new one are run here directly, and tests hold that ``migrations`` comes to the same: importing
sqlite-utils, with which those are written, would take longer than verifying a small ledger.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing

from ledger.keeping.schema import APPEND_ONLY, COMMAND_INDEX, STEPS, STEPS_TAKEN, TRIGGERS

Definitions = dict[str, tuple[object, ...]]


def broken_guards(connection: sqlite3.Connection) -> list[str]:
    """The triggers of append-only that are gone or rewritten, and strangers beside them."""
    query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    found = {name: (table, sql) for name, table, sql in connection.execute(query)}
    return _differing(found, {name: (name.partition("_")[0], sql.strip()) for name, sql in TRIGGERS.items()})


def broken_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables and indexes of the log that are not as in a new ledger, and strangers beside them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        for statement in (*APPEND_ONLY.values(), COMMAND_INDEX, STEPS):
            new.execute(statement)
        new.executemany("INSERT INTO _sqlite_migrations VALUES (?, ?, ?, ?)", STEPS_TAKEN)
        tables = tuple(name for (name,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        expected = _defined(new, tables)
    return _differing(_defined(connection, tables), expected)


def _defined(connection: sqlite3.Connection, tables: tuple[str, ...]) -> Definitions:
    """What some tables are made of, and the steps that made them."""
    marks = ", ".join("?" * len(tables))
    query = f"SELECT name, type, tbl_name, sql FROM sqlite_master WHERE type <> 'trigger' AND tbl_name IN ({marks})"  # noqa: S608 (constants)
    defined: Definitions = {name: rest for name, *rest in connection.execute(query, tables)}
    if "_sqlite_migrations" in defined:
        steps = connection.execute("SELECT * FROM _sqlite_migrations ORDER BY id").fetchall()
        defined["_sqlite_migrations"] = (*defined["_sqlite_migrations"], *steps)
    return defined


def _differing(found: Mapping[str, object], expected: Mapping[str, object]) -> list[str]:
    return sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
