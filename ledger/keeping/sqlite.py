"""The store in one SQLite file: a single bucket, durable, append-only.

Writes are ``BEGIN IMMEDIATE`` transactions in WAL mode with ``synchronous=FULL``: an acknowledged
event survives ``kill -9`` and power loss, and several processes may write at once.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from operator import le
from pathlib import Path
from typing import TYPE_CHECKING, Self

from events.errors import Conflict, EvidenceBroken, WrongUsage, listed
from events.instant import TICK, instant_text
from events.record import NO_PREDECESSOR, Arrival, Content, Head, Record, of_unit, record_of
from events.stream import event_id
from ledger.keeping.definitions import broken_guards, broken_tables
from ledger.keeping.sqlite_file import connect, explained, meaning_of, prepare, put_in_place, read_once, reading_mode
from ledger.keeping.store import Command, Draft

if TYPE_CHECKING:
    from events.chain import Link

_COLUMNS = ", ".join(Record._fields)
_INSERT = f"INSERT INTO events ({_COLUMNS}) VALUES ({', '.join('?' * len(Record._fields))})"  # noqa: S608 (constants)
_LINKS = """
SELECT position, stream, version, recorded_at,
       CAST(json_array(stream, version, event_id, recorded_at, actor, command_id, intent_digest, type, type_version)
            AS BLOB),
       CAST(payload AS BLOB), hash
FROM events WHERE position > ? ORDER BY position LIMIT ?
"""
_CONTENTS = "SELECT event_id, type, type_version, payload FROM events WHERE stream = ? ORDER BY version"
_INTENTS = """
SELECT command_id, intent_digest, stream FROM events WHERE command_id IN (SELECT value FROM json_each(?))
"""
_LAST_INSTANT = """
SELECT max(coalesce((SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1), ''),
           coalesce((SELECT last_instant FROM imports ORDER BY first_position DESC LIMIT 1), ''))
"""
_OF_UNIT = "(stream = ? OR stream > ? || '/' AND stream < ? || '0')"  # "0" is what follows "/"
_NAMES = """
WITH RECURSIVE names (stream) AS (
    SELECT min(stream) FROM events WHERE stream >= :first AND stream < :behind
    UNION ALL
    SELECT (SELECT min(stream) FROM events WHERE stream > names.stream AND stream < :behind)
    FROM names WHERE names.stream IS NOT NULL
)
"""
_STREAMS = f"""{_NAMES}
SELECT stream FROM events JOIN names USING (stream) WHERE version = 1 AND recorded_at <= :known_at ORDER BY stream
"""  # noqa: S608 (constants)
_UNITS = f"""{_NAMES}
SELECT stream FROM names WHERE instr(stream, '/') = 0 ORDER BY stream
"""  # noqa: S608 (constants)
_HEADS = f"""{_NAMES}
SELECT stream, version, hash FROM events JOIN names USING (stream)
WHERE version = (
    SELECT version FROM events AS last
    WHERE last.stream = names.stream AND last.recorded_at <= :known_at ORDER BY version DESC LIMIT 1
)
ORDER BY stream
"""  # noqa: S608 (constants)
_END_OF_TIME = "9999"
_LAST_CHARACTER = "\x7f"  # names of streams are ASCII
_OUTERMOST = ("BEGIN IMMEDIATE", ("COMMIT",), ("ROLLBACK",))
_READING = ("BEGIN", ("COMMIT",), ("ROLLBACK",))
_NESTED = ("SAVEPOINT nested", ("RELEASE nested",), ("ROLLBACK TO nested", "RELEASE nested"))


class SqliteStore:
    """A ledger file. ``connection`` also carries the read model that stands beside the events."""

    def __init__(self, connection: sqlite3.Connection, *, is_read_only: bool = False) -> None:
        self.connection = connection
        self.is_read_only = is_read_only
        self._guarded_schema: int | None = None
        self._depth = 0

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty ledger file: made beside its place and put there when it is whole."""
        with explained(path):
            if path.exists() and (not path.is_file() or path.stat().st_size):
                raise WrongUsage("{path} 已经存在，没有改动它。", path=path)
            if not path.parent.is_dir():
                raise WrongUsage("文件夹 {path} 不存在，请先建立。", path=path.parent)
            put_in_place(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """An existing ledger file. On media that cannot be written it opens for reading alone."""
        with explained(path):
            if path.is_dir():
                raise WrongUsage("{path} 是文件夹，不是账本文件。", path=path)
            if not path.is_file():
                raise WrongUsage("账本 {path} 不存在；请先运行 budget init，或用 --ledger 指定。", path=path)
            read_only = read_only or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
            store = cls(connect(path, reading_mode(path) if read_only else "rw"), is_read_only=read_only)
            with store._closed_on_error():
                prepare(store.connection, path, is_read_only=read_only)
        return store

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    @contextmanager
    def transaction(self, *, keep: bool = True, writes: bool = True) -> Iterator[None]:
        """See Store.transaction. BEGIN IMMEDIATE … COMMIT, or a savepoint inside another."""
        begin, commit, undo = _NESTED if self._depth else _OUTERMOST if writes else _READING
        self._depth += 1
        try:
            if self._depth == 1 and self.connection.in_transaction:
                self._run("ROLLBACK")  # one whose own rollback failed
            self._run(begin)
            yield
            self._run(*(commit if keep else undo))
        except BaseException as error:
            if self.connection.in_transaction:
                self._run(*undo)
            if isinstance(error, sqlite3.DatabaseError):
                raise meaning_of(error) from error
            raise
        finally:
            self._depth -= 1

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
        return records

    def answer(self, command_id: str, intent_digest: str) -> tuple[Record, ...] | None:
        """See Store.answer."""
        known = list(self._select("command_id = ?", command_id))
        answered = tuple(record for record in known if record.intent_digest == intent_digest)
        if known and not answered:
            raise Conflict("命令编号 {command} 已用于另一项内容，没有记录。", command=command_id)
        return answered or None

    def read_stream(self, stream: str, *, types: Sequence[str] = (), known_at: str = "") -> Iterator[Record]:
        """See Store.read_stream."""
        chosen = f" AND type IN ({', '.join('?' * len(types))})" if types else ""
        where = f"stream = ? AND recorded_at <= ?{chosen}"
        return self._select(where, stream, known_at or _END_OF_TIME, *types, order="version")

    def contents(self, stream: str) -> Iterator[Content]:
        """See Store.contents."""
        with closing(self.connection.execute(_CONTENTS, (stream,))) as rows:
            yield from map(partial(tuple.__new__, Content), rows)

    def read_bucket(self, bucket: int = 0, after: float = 0, limit: int = 10_000) -> list[Record]:
        """See Store.read_bucket. A file is one bucket, number 0."""
        found = [] if bucket else list(self._select("position > ?", after, limit=limit))
        _require_order(after, [record.position for record in found])
        return found

    def read_links(self, bucket: int = 0, after: float = 0, limit: int = 10_000) -> "list[Link]":
        """See Store.read_links. SQLite writes the array of the header, in the very bytes that are hashed."""
        from events.chain import Link

        with read_once(self.connection):
            rows = () if bucket else self.connection.execute(_LINKS, (after, limit))
            found = list(map(partial(tuple.__new__, Link), rows))
        _require_order(after, [link.position for link in found])
        return found

    def streams(self, prefix: str = "", known_at: str = "") -> list[str]:
        """See Store.streams."""
        return [name for (name,) in self.connection.execute(_STREAMS, _under(prefix, known_at))]

    def units(self) -> list[str]:
        """See Store.units."""
        return [name for (name,) in self.connection.execute(_UNITS, _under("", ""))]

    def heads(self, known_at: str = "", unit: str = "") -> list[Head]:
        """See Store.heads."""
        heads = [Head(*row) for row in self.connection.execute(_HEADS, _under(unit, known_at))]
        return of_unit(heads, unit) if unit else heads  # names of other units may begin alike

    def logged(self, unit: str = "") -> Generator[Record, None, None]:
        """See Store.logged."""
        return self._select(_OF_UNIT, *(unit,) * 3) if unit else self._select("true")

    def logged_at(self, stream: str, version: int) -> Record | None:
        """See Store.logged_at."""
        return next(self._select("stream = ? AND version = ?", stream, version), None)

    def intents(self, command_ids: Collection[str]) -> dict[str, dict[str, str]]:
        """See Store.intents."""
        found: dict[str, dict[str, str]] = {}
        for command_id, intent_digest, stream in self.connection.execute(_INTENTS, (json.dumps([*command_ids]),)):
            found.setdefault(command_id, {})[intent_digest] = stream
        return found

    def take_in(self, records: Sequence[Record], actor: str, now: datetime) -> tuple[Record, ...]:
        """See Store.take_in. The row in ``imports`` goes first: it lets instants of long ago pass the guards."""
        from events.chain import link_arrival

        with self.transaction():
            self._require_guards()
            first = self.last_position() + 1
            placed = tuple(record_of((place, *record[1:])) for place, record in enumerate(records, start=first))
            latest = max(self._last_instant(), *(record.recorded_at for record in placed))
            loose = Arrival(first, placed[-1].position, instant_text(now), actor, latest, hash="")
            made = link_arrival(self._last_arrival(), loose, [record.hash for record in placed])
            self.connection.execute("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?)", loose._replace(hash=made))
            self.connection.executemany(_INSERT, placed)
        return placed

    def arrivals(self) -> list[Arrival]:
        """See Store.arrivals."""
        return [Arrival(*row) for row in self.connection.execute("SELECT * FROM imports ORDER BY first_position")]

    def broken_guards(self) -> list[str]:
        """The triggers of append-only that are gone or rewritten, and strangers beside them."""
        return broken_guards(self.connection)

    def broken_tables(self) -> list[str]:
        """The tables and indexes of the log that are not as in a new ledger, and strangers beside them."""
        return broken_tables(self.connection)

    def damages(self) -> list[str]:
        """What SQLite itself finds wrong with the file: pages, indexes, conditions of the tables."""
        said = [words for (words,) in self.connection.execute("PRAGMA integrity_check(20)")]
        return [] if said == ["ok"] else said

    def _require_guards(self) -> None:
        """Look at the triggers again whenever anybody has changed the schema since they were last looked at."""
        schema = self.connection.execute("PRAGMA schema_version").fetchone()[0]
        if schema == self._guarded_schema:
            return
        if broken := self.broken_guards():
            raise EvidenceBroken(
                "账本的只增触发器缺失或被改写，或有多余的（{names}），已停止记录；请运行 budget verify。",
                names=listed(broken),
            )
        self._guarded_schema = schema

    def _chain(self, head: Head, drafts: Sequence[Draft], command: Command, at: str) -> tuple[Record, ...]:
        from events.chain import link

        records: list[Record] = []
        position = self.last_position()
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
                command.intent_digest,
                *draft,
                hash="",
            )
            previous = link(previous, loose)
            records.append(loose._replace(hash=previous))
        return tuple(records)

    def _head(self, stream: str) -> Head:
        row = self.connection.execute(
            "SELECT stream, version, hash FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1", (stream,)
        ).fetchone()
        return Head(*row) if row else Head(stream, 0, NO_PREDECESSOR)

    def last_position(self) -> int:
        """See Store.last_position."""
        return int(self.connection.execute("SELECT coalesce(max(position), 0) FROM events").fetchone()[0])

    def last_instant(self) -> datetime:
        """See Store.last_instant."""
        last = self._last_instant()
        try:
            return datetime.fromisoformat(last) if last else datetime.min.replace(tzinfo=UTC)
        except ValueError:
            raise EvidenceBroken("账本里的“{at}”不是时刻，文件已损坏，请用备份核对。", at=last) from None

    def _next_instant(self, now: datetime) -> str:
        """Later than all before, even when the clock was set back."""
        return instant_text(max(now, self.last_instant() + TICK))

    def _last_instant(self) -> str:
        return str(self.connection.execute(_LAST_INSTANT).fetchone()[0])

    def _last_arrival(self) -> str:
        last = self.connection.execute("SELECT hash FROM imports ORDER BY first_position DESC LIMIT 1").fetchone()
        return last[0] if last else NO_PREDECESSOR

    def _select(
        self, where: str, *values: object, order: str = "position", limit: int = -1
    ) -> Generator[Record, None, None]:
        query = f"SELECT {_COLUMNS} FROM events WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608 (constants)
        rows = self.connection.execute(query, (*values, limit))
        try:
            yield from map(record_of, rows)
        finally:
            with suppress(sqlite3.ProgrammingError):  # of a ledger that was closed while somebody was still reading
                rows.close()

    @contextmanager
    def _closed_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise


def _require_order(after: float, positions: list[int]) -> None:
    if any(map(le, positions, [after, *positions])):
        raise EvidenceBroken("事件的位置次序混乱，文件已损坏，请用备份核对。")


def _under(prefix: str, known_at: str) -> dict[str, str]:
    return {"first": prefix, "behind": f"{prefix}{_LAST_CHARACTER}", "known_at": known_at or _END_OF_TIME}
