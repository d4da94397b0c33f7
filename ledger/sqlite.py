"""The store in one SQLite file: a single bucket, durable, append-only.

Writes are ``BEGIN IMMEDIATE`` transactions in WAL mode with ``synchronous=FULL``: an acknowledged
event survives ``kill -9`` and power loss, and several processes may write at once.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from events.errors import Conflict, EvidenceBroken, WrongUsage, fault
from events.instant import TICK, instant_text
from events.record import NO_PREDECESSOR, Head, Record, link
from events.stream import event_id
from ledger.schema import TRIGGERS
from ledger.store import Command, Draft

APPLICATION_ID = 0x42_44_47_4C  # "BDGL"
SCHEMA_VERSION = 1
BUSY_TIMEOUT_MS = 60_000
CACHE_KIB = 64 * 1024

_COLUMNS = ", ".join(Record._fields)
_INSERT = f"INSERT INTO events ({_COLUMNS}) VALUES ({', '.join('?' * len(Record._fields))})"  # noqa: S608 (constants)
_HEADS = """
WITH RECURSIVE names (stream) AS (
    SELECT min(stream) FROM events
    UNION ALL
    SELECT (SELECT min(stream) FROM events WHERE stream > names.stream) FROM names WHERE names.stream IS NOT NULL
)
SELECT stream, version, hash FROM events JOIN names USING (stream)
WHERE version = (
    SELECT version FROM events AS last
    WHERE last.stream = names.stream AND last.recorded_at <= ? ORDER BY version DESC LIMIT 1
)
ORDER BY stream
"""
_END_OF_TIME = "9999"
_OUTERMOST = ("BEGIN IMMEDIATE", ("COMMIT",), ("ROLLBACK",))
_NESTED = ("SAVEPOINT nested", ("RELEASE nested",), ("ROLLBACK TO nested", "RELEASE nested"))


class SqliteStore:
    """A ledger file. ``connection`` also carries the read model that stands beside the events."""

    def __init__(self, connection: sqlite3.Connection, *, is_read_only: bool = False) -> None:
        self.connection = connection
        self.is_read_only = is_read_only

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty ledger file."""
        if path.exists() and path.stat().st_size:
            raise WrongUsage("{path} 已经存在，没有改动它。", path=path)
        if not path.parent.is_dir():
            raise WrongUsage("文件夹 {path} 不存在，请先建立。", path=path.parent)
        with _told_of(path):
            store = cls(_connect(path, "rwc"))
            with store._closed_on_error():
                _migrate(store.connection)
        return store

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """An existing ledger file. On media that cannot be written it opens for reading alone."""
        if not path.is_file():
            raise WrongUsage("账本 {path} 不存在；请先运行 budget init，或用 --ledger 指定。", path=path)
        read_only = read_only or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        with _told_of(path):
            store = cls(_connect(path, _reading_mode(path) if read_only else "rw"), is_read_only=read_only)
            with store._closed_on_error():
                store._prepare(path)
        return store

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """See Store.transaction. BEGIN IMMEDIATE … COMMIT, or a savepoint inside another."""
        begin, commit, undo = _NESTED if self.connection.in_transaction else _OUTERMOST
        try:
            self._run(begin)
            yield
            self._run(*(commit if keep else undo))
        except BaseException as error:
            if self.connection.in_transaction:
                self._run(*undo)
            if isinstance(error, sqlite3.DatabaseError):
                raise _told(error) from error
            raise

    def _run(self, *statements: str) -> None:
        for statement in statements:
            self.connection.execute(statement)

    def append(
        self, stream: str, expected: int | None, drafts: Sequence[Draft], command: Command, now: datetime
    ) -> tuple[Record, ...]:
        """See Store.append."""
        with self.transaction():
            if (earlier := self.answer(command.command_id, command.intent_digest)) is not None:
                return earlier
            head = self._head(stream)
            if expected is not None and expected != head.version:
                raise Conflict(
                    "{stream} 已被他人先行写入（应为第 {expected} 号之后，现为第 {version} 号），请重新查看后再试。",
                    stream=stream,
                    expected=expected,
                    version=head.version,
                )
            self._require_guards()
            records = self._chain(head, drafts, command, self._next_instant(now))
            self.connection.executemany(_INSERT, records)
            self._remember(command, records)
        return records

    def answer(self, command_id: str, intent_digest: str) -> tuple[Record, ...] | None:
        """See Store.answer."""
        known = self.connection.execute("SELECT * FROM commands WHERE command_id = ?", (command_id,)).fetchone()
        if known is None:
            return None
        if known[1] != intent_digest:
            raise Conflict("命令编号 {command} 已用于另一项内容，没有记录。", command=command_id)
        where = "position BETWEEN ? AND ?"
        return tuple(self._select(where, known[2], known[3]))

    def read_stream(self, stream: str, *, types: Sequence[str] = (), known_at: str = "") -> Iterator[Record]:
        """See Store.read_stream."""
        chosen = f" AND type IN ({', '.join('?' * len(types))})" if types else ""
        where = f"stream = ? AND recorded_at <= ?{chosen}"
        return self._select(where, stream, known_at or _END_OF_TIME, *types, order="version")

    def read_bucket(self, bucket: int = 0, after: float = 0, limit: int = 10_000) -> list[Record]:
        """See Store.read_bucket. A file is one bucket, number 0."""
        return [] if bucket else list(self._select("position > ?", after, limit=limit))

    def heads(self, known_at: str = "") -> list[Head]:
        """See Store.heads."""
        return [Head(*row) for row in self.connection.execute(_HEADS, (known_at or _END_OF_TIME,))]

    def seal(self, until: datetime) -> None:
        """See Store.seal."""
        with self.transaction():
            if instant_text(until) > self._last_instant():
                self.connection.execute("INSERT INTO seals VALUES (?)", (instant_text(until),))

    def broken_guards(self) -> list[str]:
        """The triggers of append-only that are gone or rewritten, and strangers beside them."""
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        found = dict(self.connection.execute(query))
        expected = {name: sql.strip() for name, sql in TRIGGERS.items()}
        return sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))

    def without_command(self) -> list[str]:
        """Events that no remembered command accounts for: a retry would record them twice."""
        query = """
            SELECT event_id FROM events WHERE NOT EXISTS (
                SELECT 1 FROM commands
                WHERE commands.command_id = events.command_id AND position BETWEEN first_position AND last_position
            ) ORDER BY position
        """
        return [event for (event,) in self.connection.execute(query)]

    def _require_guards(self) -> None:
        if broken := self.broken_guards():
            raise EvidenceBroken(
                "账本的只增触发器缺失或被改写，或有多余的（{names}），已停止记录；请运行 budget verify。",
                names="、".join(broken),
            )

    def _chain(self, head: Head, drafts: Sequence[Draft], command: Command, at: str) -> tuple[Record, ...]:
        records: list[Record] = []
        position = self._last_position()
        previous = head.hash
        for step, draft in enumerate(drafts, start=1):
            version = head.version + step
            loose = Record(
                position + step,
                head.stream,
                version,
                event_id(head.stream, version),
                at,
                command.actor,
                command.command_id,
                *draft,
                hash="",
            )
            previous = link(previous, loose)
            records.append(loose._replace(hash=previous))
        return tuple(records)

    def _remember(self, command: Command, records: Sequence[Record]) -> None:
        first, last = (records[0].position, records[-1].position) if records else (1, 0)
        row = (command.command_id, command.intent_digest, first, last)
        self.connection.execute("INSERT INTO commands VALUES (?, ?, ?, ?)", row)

    def _head(self, stream: str) -> Head:
        row = self.connection.execute(
            "SELECT stream, version, hash FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1", (stream,)
        ).fetchone()
        return Head(*row) if row else Head(stream, 0, NO_PREDECESSOR)

    def last_instant(self) -> datetime:
        """The instant of the last recording or seal; nothing recorded later can be at or before it."""
        last = self._last_instant()
        return datetime.fromisoformat(last) if last else datetime.min.replace(tzinfo=UTC)

    def _next_instant(self, now: datetime) -> str:
        """Later than all before, even when the clock was set back."""
        return instant_text(max(now, self.last_instant() + TICK))

    def _last_instant(self) -> str:
        query = """
            SELECT max(coalesce((SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1), ''),
                       coalesce((SELECT max(sealed_until) FROM seals), ''))
        """
        return str(self.connection.execute(query).fetchone()[0])

    def _last_position(self) -> int:
        return int(self.connection.execute("SELECT coalesce(max(position), 0) FROM events").fetchone()[0])

    def _select(self, where: str, *values: object, order: str = "position", limit: int = -1) -> Iterator[Record]:
        query = f"SELECT {_COLUMNS} FROM events WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608 (constants)
        with closing(self.connection.execute(query, (*values, limit))) as rows:
            for row in rows:
                yield Record(*row)

    def _prepare(self, path: Path) -> None:
        identity = self.connection.execute("PRAGMA application_id").fetchone()[0]
        schema = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if identity != APPLICATION_ID:
            raise WrongUsage("{path} 不是预算账本文件。", path=path)
        if schema > SCHEMA_VERSION:
            raise WrongUsage("{path} 由更新版本的程序写成，请升级后再打开。", path=path)
        if schema < SCHEMA_VERSION and not self.is_read_only:
            _migrate(self.connection)

    @contextmanager
    def _closed_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into what a person can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _told(error, path) from error


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _reading_mode(path: Path) -> str:
    """Media that cannot hold a -shm file are read as immutable, unless a -wal still waits beside the file."""
    wal = path.with_name(path.name + "-wal")
    waits = wal.exists() and wal.stat().st_size
    return "ro" if waits or os.access(path.parent, os.W_OK) else "ro&immutable=1"


def _migrate(connection: sqlite3.Connection) -> None:
    from sqlite_utils.db import Database

    from ledger.migrations import migrate

    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(Database(connection))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _told(error: sqlite3.Error, path: Path | None = None) -> Exception:
    file = path or fault("账本")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return WrongUsage("{path} 不是预算账本文件。", path=file)
    if code == sqlite3.SQLITE_CORRUPT:
        return EvidenceBroken("{path} 已损坏（{detail}），请用备份核对。", path=file, detail=error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Conflict("{path} 正被另一程序占用，没有记录，请稍后再试。", path=file)
    if code == sqlite3.SQLITE_FULL:
        return WrongUsage("磁盘已满，没有记录。请腾出空间后重试。")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return WrongUsage("{path} 不能写入（{detail}）。", path=file, detail=error)
    return error
