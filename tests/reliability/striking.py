"""Strikes against a connection: the n-th statement fails, is lost, is cut in half, or its process dies.

A ledger opened under ``striking()`` gets a connection that counts its statements. SQLite itself stays as it is:
a strike happens between the product and SQLite, or, as ``INTERRUPTED``, inside SQLite.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from ledger.keeping.sqlite import SqliteStore

CHANGING = (
    "INSERT",
    "UPDATE",
    "DELETE",
    "REPLACE",
    "CREATE",
    "DROP",
    "BEGIN",
    "COMMIT",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
)


class Kind(Enum):
    """What happens at the statement that is struck."""

    FAILED = "the statement is not done and an error comes back; the transaction is still open"
    UNDONE = "the disk is full: SQLite undoes the whole transaction and an error comes back"
    HALVED = "of many rows half are written, then an error comes back"
    LOST = "the statement is done, and an error comes back all the same"
    INTERRUPTED = "SQLite gives up in the middle of the statement"
    DIED = "the process dies before the statement"
    DIED_AFTER = "the process dies behind the statement, before anybody hears of it"
    SWALLOWED = "the statement is not done and nobody says so: no ledger survives this, and the proofs must see it"


FAULTS = tuple(kind for kind in Kind if kind is not Kind.SWALLOWED)
DEATHS = (Kind.DIED, Kind.DIED_AFTER)
ERRORS = {
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database or disk is full": sqlite3.SQLITE_FULL,
    "database is locked": sqlite3.SQLITE_BUSY,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
}


class ProcessDied(BaseException):
    """The end of a process that writes; nothing of the product may catch it."""


class Strike(NamedTuple):
    """What happens, at which statement from now on (None: the commit), and with which of SQLite's sentences."""

    kind: Kind
    at: int | None
    words: str = "disk I/O error"

    @property
    def error(self) -> sqlite3.OperationalError:
        """The error as SQLite would raise it."""
        error = sqlite3.OperationalError(self.words)
        error.sqlite_errorcode = ERRORS[self.words]
        return error


class StruckConnection(sqlite3.Connection):
    """A connection that counts statements and waits to be struck."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strike: Strike | None = None
        self.guest: Callable[[], None] | None = None
        self.struck_at: str | None = None
        self.is_dead = False
        self.count = 0

    def prepare_strike(self, strike: Strike | None, guest: Callable[[], None] | None = None) -> None:
        """Count from here. A guest is called at the place of a strike instead of it."""
        self.strike, self.guest, self.struck_at, self.count = strike, guest, None, 0

    def cursor(self, *_args: Any, **_kwargs: Any) -> sqlite3.Cursor:
        """Every statement of the product goes through one of these."""
        return super().cursor(StruckCursor)

    def execute(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
        return self.cursor().execute(statement, values)

    def executemany(self, statement: str, rows: Any) -> sqlite3.Cursor:
        return self.cursor().executemany(statement, rows)

    def executescript(self, script: str) -> sqlite3.Cursor:
        return self.cursor().executescript(script)

    def is_now(self, statement: str) -> bool:
        """Count a statement; whether it is the one to be struck."""
        if self.is_dead:
            raise ProcessDied
        self.count += 1
        if self.strike is None or self.struck_at is not None:
            return False
        if self.count <= self.strike.at if self.strike.at is not None else statement != "COMMIT":
            return False
        self.struck_at = " ".join(statement.split()[:3])
        return True


class StruckCursor(sqlite3.Cursor):
    """A cursor that lets its connection be struck."""

    connection: StruckConnection

    def execute(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
        return self._run(statement, lambda: sqlite3.Cursor.execute(self, statement, values))

    def executemany(self, statement: str, rows: Any) -> sqlite3.Cursor:
        rows = list(rows)
        half = lambda: sqlite3.Cursor.executemany(self, statement, rows[: len(rows) // 2])  # noqa: E731
        return self._run(statement, lambda: sqlite3.Cursor.executemany(self, statement, rows), half)

    def executescript(self, script: str) -> sqlite3.Cursor:
        return self._run(script, lambda: sqlite3.Cursor.executescript(self, script))

    def _run(
        self, statement: str, whole: Callable[[], sqlite3.Cursor], half: Callable[[], object] = lambda: None
    ) -> sqlite3.Cursor:
        if not self.connection.is_now(statement):
            return whole()
        if self.connection.guest:
            self.connection.guest()
            return whole()
        return self._struck(self.connection.strike, whole, half)

    def _struck(
        self, strike: Strike, whole: Callable[[], sqlite3.Cursor], half: Callable[[], object]
    ) -> sqlite3.Cursor:
        match strike.kind:
            case Kind.INTERRUPTED:
                return self._interrupted(whole)
            case Kind.SWALLOWED:
                return self
            case Kind.UNDONE if self.connection.in_transaction:
                sqlite3.Cursor.execute(self, "ROLLBACK")
            case Kind.HALVED:
                half()
            case Kind.LOST | Kind.DIED_AFTER:
                whole().close()
        if strike.kind in DEATHS:
            self.connection.is_dead = True
            raise ProcessDied
        raise strike.error

    def _interrupted(self, whole: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
        self.connection.set_progress_handler(lambda: 1, 1)
        try:
            return whole()
        finally:
            self.connection.set_progress_handler(None, 0)


@contextmanager
def striking(strike: Strike | None = None) -> Iterator[None]:
    """Ledgers opened here can be struck; the first statement already may be."""
    connect = sqlite3.connect

    def struck(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = connect(*args, **kwargs, factory=StruckConnection)
        connection.prepare_strike(strike)
        return connection

    with mock.patch.object(sqlite3, "connect", struck):
        yield


def opened(path: Path) -> SqliteStore:
    """A ledger that can be struck and does not wait for others."""
    with striking():
        store = SqliteStore.open(path)
    assert isinstance(store.connection, StruckConnection)
    store.connection.execute("PRAGMA busy_timeout = 0")
    return store


class Tally(Counter):
    """How often which kind struck which statement."""

    def take(self, store: SqliteStore) -> None:
        """Count what has struck a store's connection since the last preparation."""
        connection = store.connection
        if connection.struck_at is not None and connection.guest is None:
            self[connection.strike.kind.name, connection.struck_at] += 1

    @property
    def changing(self) -> set[str]:
        """The different statements that change something and were struck."""
        return {statement for _, statement in self if statement.upper().startswith(CHANGING)}
