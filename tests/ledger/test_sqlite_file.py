"""The ledger as one SQLite file: append-only to anybody, recognised when opened, durable."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from store_words import NOON, YEAR, append, command, fact, log_of, take_in

from events.errors import Conflict, EvidenceBroken, WrongUsage
from events.instant import instant_text
from ledger.keeping.schema import APPEND_ONLY, TRIGGERS
from ledger.keeping.sqlite import SqliteStore
from ledger.keeping.sqlite_file import SCHEMA_VERSION
from ledger.keeping.store import ANY_VERSION
from ledger.verifying.integrity import verify

FULL = 2
HOUR = timedelta(hours=1)
COLUMNS = "stream, version, event_id, recorded_at, actor, command_id, intent_digest, type, type_version, payload, hash"


@pytest.fixture
def recorded(file_store: SqliteStore) -> SqliteStore:
    """Two events."""
    append(file_store, "a")
    append(file_store, "b")
    return file_store


@pytest.fixture
def joined(recorded: SqliteStore, path: Path) -> SqliteStore:
    """Two events more, taken in from a log: one of the day before, one of an hour later."""
    with closing(SqliteStore.create(path.with_name("别处.db"))) as elsewhere:
        append(elsewhere, "c", stream="102", now=NOON - 24 * HOUR)
        append(elsewhere, "d", stream="102", now=NOON + HOUR)
        take_in(recorded, log_of(elsewhere), now=NOON + 2 * HOUR)
    return recorded


@pytest.fixture
def plain(recorded: SqliteStore, path: Path) -> Iterator[sqlite3.Connection]:
    """The same file in the hands of somebody with nothing but sqlite3."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def content(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in APPEND_ONLY]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET payload = '{}'",
        "UPDATE OR REPLACE events SET version = 1 WHERE version = 2",
        "UPDATE events SET position = 99 WHERE position = 2",
        "DELETE FROM events",
        "DELETE FROM events WHERE position = 2",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 2",
        f"REPLACE INTO events SELECT 3, {COLUMNS} FROM events WHERE position = 2",
        f"INSERT OR IGNORE INTO events SELECT 3, {COLUMNS} FROM events WHERE position = 2",
    ],
)
def test_what_is_recorded_cannot_be_changed_from_a_plain_connection(plain: sqlite3.Connection, statement: str):
    before = content(plain)
    with pytest.raises(sqlite3.IntegrityError, match=r"append only|no gaps"):
        plain.execute(statement)
    assert content(plain) == before


def test_what_was_taken_in_is_written_down_with_who_did_it_and_when(joined: SqliteStore):
    [arrival] = joined.arrivals()
    assert arrival[:-1] == (3, 4, "2024-06-03T06:00:00.000000Z", "李会计", "2024-06-03T05:00:00.000000Z")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE imports SET last_position = 99",
        "DELETE FROM imports",
        "INSERT OR REPLACE INTO imports SELECT 3, 99, imported_at, actor, last_instant, hash FROM imports",
        "INSERT INTO imports SELECT 4, 99, imported_at, actor, last_instant, hash FROM imports",
        "INSERT INTO imports SELECT 6, 99, imported_at, actor, last_instant, hash FROM imports",
    ],
)
def test_what_was_taken_in_cannot_be_changed_from_a_plain_connection(
    joined: SqliteStore, plain: sqlite3.Connection, statement: str
):
    before = content(plain)
    with pytest.raises(sqlite3.IntegrityError, match=r"append only|no gaps"):
        plain.execute(statement)
    assert content(plain) == before


@pytest.mark.parametrize(
    "recorded_at", ["2024-06-03T04:30:00.000000Z", "2024-06-03T05:00:00.000000Z"], ids=["before", "at"]
)
def test_no_event_is_put_in_at_or_before_the_last_instant_taken_in(
    joined: SqliteStore, plain: sqlite3.Connection, recorded_at: str
):
    row = (5, YEAR, 3, f"{YEAR}/3", recorded_at, "王会计", "e", "intent", "Said", 1, "{}", "")
    with pytest.raises(sqlite3.IntegrityError, match="never goes back"):
        plain.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(row))})", row)


def test_time_does_not_go_back_inside_a_stream_that_is_taken_in(joined: SqliteStore):
    last = joined.logged_at("102", 2)
    assert last is not None
    early = last._replace(version=3, event_id="102/3", command_id="e", recorded_at="2024-06-03T04:59:59.999999Z")
    with pytest.raises(sqlite3.IntegrityError, match="never goes back"):
        take_in(joined, [early])
    assert len(joined.read_bucket()) == 4


@pytest.mark.parametrize(
    ("position", "version", "recorded_at"),
    [
        (4, 3, "2024-06-03T06:00:00.000000Z"),
        (2, 3, "2024-06-03T06:00:00.000000Z"),
        (0, 3, "2024-06-03T06:00:00.000000Z"),
        (3, 4, "2024-06-03T06:00:00.000000Z"),
        (3, 2, "2024-06-03T06:00:00.000000Z"),
        (3, 3, "2024-06-03T03:59:59.999999Z"),
    ],
    ids=["gap", "taken", "before the first", "version gap", "version taken", "before the last"],
)
def test_an_event_fits_behind_the_last_one_or_not_at_all(
    plain: sqlite3.Connection, position: int, version: int, recorded_at: str
):
    row = (position, YEAR, version, f"{YEAR}/{version}", recorded_at, "王会计", "c", "intent", "Said", 1, "{}", "")
    with pytest.raises(sqlite3.IntegrityError, match=r"no gaps|never goes back"):
        plain.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(row))})", row)


@pytest.mark.parametrize(
    ("event_id", "type_version", "payload"),
    [("101/2024/9", 1, "{}"), (f"{YEAR}/3", 1, "{"), (f"{YEAR}/3", "one", "{}")],
    ids=["misnamed", "no JSON", "no integer"],
)
def test_a_row_that_is_no_event_is_refused(
    plain: sqlite3.Connection, event_id: str, type_version: object, payload: str
):
    row = (
        3,
        YEAR,
        3,
        event_id,
        "2024-06-03T06:00:00.000000Z",
        "王会计",
        "c",
        "intent",
        "Said",
        type_version,
        payload,
        "",
    )
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK|cannot store TEXT"):
        plain.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(row))})", row)


def test_a_payload_that_is_no_json_takes_the_whole_append_with_it(recorded: SqliteStore):
    before = content(recorded.connection)
    broken = fact("c")._replace(payload="{")
    with pytest.raises(sqlite3.IntegrityError, match="json_valid"):
        recorded.append(YEAR, ANY_VERSION, [fact("c"), broken], command("c"), NOON)
    assert content(recorded.connection) == before
    assert append(recorded, "c")[0].position == 3


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_without_one_of_its_guards_nothing_is_recorded(recorded: SqliteStore, plain: sqlite3.Connection, trigger: str):
    plain.execute(f"DROP TRIGGER {trigger}")
    with pytest.raises(EvidenceBroken, match=trigger):
        append(recorded, "c")


def test_a_guard_that_was_rewritten_counts_as_missing(recorded: SqliteStore, plain: sqlite3.Connection):
    plain.execute("DROP TRIGGER events_no_delete")
    plain.execute("CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT 1; END")
    assert recorded.broken_guards() == ["events_no_delete"]


def test_migrations_come_to_the_definitions_that_verification_expects(path: Path):
    with closing(SqliteStore.create(path)) as new:
        assert (new.broken_tables(), new.broken_guards()) == ([], [])


def test_the_tables_are_strict(plain: sqlite3.Connection):
    strict = {row[1] for row in plain.execute("PRAGMA table_list") if row[5]}
    assert strict >= set(APPEND_ONLY)


def test_the_file_is_written_ahead_and_synchronised_in_full(path: Path, recorded: SqliteStore):
    with closing(SqliteStore.open(path)) as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.connection.execute("PRAGMA synchronous").fetchone() == (FULL,)
    assert recorded.connection.execute("PRAGMA synchronous").fetchone() == (FULL,)


def test_the_file_says_what_it_is(plain: sqlite3.Connection):
    assert plain.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"BDGL"),)
    assert plain.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_file_opened_again_goes_on_where_it_was(path: Path, recorded: SqliteStore):
    recorded.close()
    with closing(SqliteStore.open(path)) as store:
        assert append(store, "c", expected=2)[0].position == 3


def test_a_missing_file_is_told(path: Path):
    with pytest.raises(WrongUsage, match=r"账本\.db 不存在"):
        SqliteStore.open(path)
    assert not path.exists()


def test_a_folder_is_no_ledger(tmp_path: Path):
    with pytest.raises(WrongUsage, match="是文件夹，不是账本文件"):
        SqliteStore.open(tmp_path)


@pytest.mark.parametrize(
    "wrong", ["", "科目,金额\n" * 500, "SQLite format 3\0" + "x" * 5000], ids=["empty", "text", "half a database"]
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_another_kind_is_told_and_left_alone(path: Path, wrong: str, read_only: bool):  # noqa: FBT001
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(WrongUsage, match="不是预算账本文件"):
        SqliteStore.open(path, read_only=read_only)
    assert path.read_text(encoding="utf-8") == wrong


def test_a_database_of_another_program_is_told(path: Path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE events (position INTEGER)")
    with pytest.raises(WrongUsage, match="不是预算账本文件"):
        SqliteStore.open(path)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_a_newer_program_is_told(path: Path, plain: sqlite3.Connection, read_only: bool):  # noqa: FBT001
    plain.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(WrongUsage, match="由更新版本的程序写成"):
        SqliteStore.open(path, read_only=read_only)


def test_a_file_whose_making_was_cut_short_is_completed_when_it_is_opened(path: Path, plain: sqlite3.Connection):
    plain.execute("PRAGMA user_version = 0")
    with closing(SqliteStore.open(path)) as store:
        assert len(store.read_bucket()) == 2
    assert plain.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_file_opened_for_reading_is_not_completed(path: Path, plain: sqlite3.Connection):
    plain.execute("PRAGMA user_version = 0")
    with closing(SqliteStore.open(path, read_only=True)) as store:
        assert len(store.read_bucket()) == 2
    assert plain.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_ledger_is_not_created_over_a_file(path: Path, recorded: SqliteStore):
    with pytest.raises(WrongUsage, match="已经存在"):
        SqliteStore.create(path)
    assert len(recorded.read_bucket()) == 2


def test_a_ledger_is_not_created_in_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(WrongUsage, match="请先建立"):
        SqliteStore.create(tmp_path / "没有" / "账本.db")


def test_a_ledger_opened_for_reading_can_be_read_in_full(path: Path, recorded: SqliteStore):
    with closing(SqliteStore.open(path, read_only=True)) as reader:
        assert reader.read_bucket() == recorded.read_bucket()
        assert list(reader.read_stream(YEAR, known_at=instant_text(NOON))) == recorded.read_bucket(limit=1)
        assert reader.heads() == recorded.heads()
        assert verify(reader) == verify(recorded)


def test_a_ledger_opened_for_reading_takes_nothing(path: Path, recorded: SqliteStore):
    with closing(SqliteStore.open(path, read_only=True)) as reader, pytest.raises(WrongUsage, match="不能写入"):
        append(reader, "c")
    assert len(recorded.read_bucket()) == 2


def test_a_ledger_on_media_that_cannot_be_written_is_read_in_full(tmp_path: Path):
    disc = tmp_path / "光盘"
    disc.mkdir()
    with closing(SqliteStore.create(disc / "账本.db")) as store:
        records = append(store, "a")
    (disc / "账本.db").chmod(0o444)
    disc.chmod(0o555)
    if os.access(disc, os.W_OK):
        pytest.skip("the superuser writes to what is read-only")
    with closing(SqliteStore.open(disc / "账本.db")) as reader:
        assert tuple(reader.read_bucket()) == records
        assert verify(reader).findings == ()
        with pytest.raises(WrongUsage, match="不能写入"):
            append(reader, "b")


def test_a_reader_sees_what_was_recorded_after_it_opened(path: Path, recorded: SqliteStore):
    with closing(SqliteStore.open(path, read_only=True)) as reader:
        append(recorded, "c")
        assert len(reader.read_bucket()) == 3


def test_a_file_in_use_by_another_writer_is_told(recorded: SqliteStore, plain: sqlite3.Connection):
    recorded.connection.execute("PRAGMA busy_timeout = 0")
    plain.execute("BEGIN IMMEDIATE")
    with pytest.raises(Conflict, match="正被另一程序占用"):
        append(recorded, "c")
    plain.execute("ROLLBACK")
    assert append(recorded, "c")[0].position == 3


def test_another_bucket_than_the_one_of_a_file_is_empty(recorded: SqliteStore):
    assert recorded.read_bucket(1) == []
