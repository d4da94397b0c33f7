"""A ledger file of SQLite: how it is opened and recognised, and what its errors mean to a person."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from events.errors import BudgetError, Conflict, EvidenceBroken, Fault, WrongUsage, fault

APPLICATION_ID = 0x42_44_47_4C  # "BDGL"
SCHEMA_VERSION = 1
BUSY_TIMEOUT_MS = 60_000
CACHE_KIB = 64 * 1024
CACHE_KIB_ONCE = 2 * 1024

_UNWRITABLE = fault("{path} 不能写入（{detail}）。")
_MEANINGS: dict[int, tuple[type[BudgetError], Fault]] = {
    sqlite3.SQLITE_NOTADB: (WrongUsage, fault("{path} 不是预算账本文件。")),
    sqlite3.SQLITE_CORRUPT: (EvidenceBroken, fault("{path} 已损坏（{detail}），请用备份核对。")),
    sqlite3.SQLITE_BUSY: (Conflict, fault("{path} 正被另一程序占用，没有记录，请稍后再试。")),
    sqlite3.SQLITE_LOCKED: (Conflict, fault("{path} 正被另一程序占用，没有记录，请稍后再试。")),
    sqlite3.SQLITE_FULL: (WrongUsage, fault("磁盘已满，没有记录。请腾出空间后重试。")),
    sqlite3.SQLITE_IOERR: (WrongUsage, fault("{path} 读写失败（{detail}），没有记录；请检查磁盘后重试。")),
    sqlite3.SQLITE_READONLY: (WrongUsage, _UNWRITABLE),
    sqlite3.SQLITE_CANTOPEN: (WrongUsage, _UNWRITABLE),
    sqlite3.SQLITE_PERM: (WrongUsage, _UNWRITABLE),
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into what a person can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise meaning_of(error, path) from error
    except UnicodeDecodeError as error:  # SQLite quotes a definition that was damaged
        raise EvidenceBroken("{path} 已损坏（{detail}），请用备份核对。", path=path, detail=error) from error
    except OSError as error:
        raise WrongUsage("{path} 不能打开（{detail}）。", path=path, detail=error.strerror) from error


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in a mode of SQLite's addresses: rwc, rw, ro."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        _keep(connection, CACHE_KIB)
        connection.execute("PRAGMA synchronous = FULL")
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise
    return connection


@contextmanager
def read_once(connection: sqlite3.Connection) -> Iterator[None]:
    """No great cache for what nobody reads again: to fill it takes longer than to read."""
    _keep(connection, CACHE_KIB_ONCE)
    try:
        yield
    finally:
        _keep(connection, CACHE_KIB)


def _keep(connection: sqlite3.Connection, kib: int) -> None:
    connection.execute(f"PRAGMA cache_size = -{kib}")


def reading_mode(path: Path) -> str:
    """Media that cannot hold a -shm file are read as immutable; WrongUsage if a -wal waits there that would be missed."""
    if os.access(path.parent, os.W_OK):
        return "ro"
    wal = path.with_name(path.name + "-wal")
    if not wal.exists() or not wal.stat().st_size:
        return "ro&immutable=1"
    if not path.with_name(path.name + "-shm").exists():
        raise WrongUsage(
            "{path} 的新事件还在旁边的 {wal} 里，只读的文件夹里读不到它们；请把两个文件一起复制到可写的文件夹再打开。",
            path=path,
            wal=wal.name,
        )
    return "ro"


def prepare(connection: sqlite3.Connection, path: Path, *, is_read_only: bool) -> None:
    """Hold an opened file against what a ledger is; an unfinished one is completed."""
    identity = connection.execute("PRAGMA application_id").fetchone()[0]
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    if identity != APPLICATION_ID:
        raise WrongUsage("{path} 不是预算账本文件。", path=path)
    if schema > SCHEMA_VERSION:
        raise WrongUsage("{path} 由更新版本的程序写成，请升级后再打开。", path=path)
    if schema < SCHEMA_VERSION and not is_read_only:
        migrate(connection)


def put_in_place(path: Path) -> None:
    """Make an empty ledger; whoever was quicker keeps theirs."""
    import tempfile  # takes as long to import as sqlite3 does, for new ledgers alone

    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
        beside = Path(folder) / path.name
        with closing(connect(beside, "rwc")) as connection:
            migrate(connection)
        path.unlink(missing_ok=True)
        os.link(beside, path)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to today's tables."""
    from sqlite_utils.db import Database

    from ledger.keeping import migrations

    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.migrate(Database(connection))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def meaning_of(error: sqlite3.Error, path: Path | None = None) -> Exception:
    """What an error of SQLite means to a person; the error itself where it means nothing to one."""
    meant = _MEANINGS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if meant is None:
        return error
    kind, said = meant
    return kind(said.template, path=path or fault("账本"), detail=error)
