"""A file of another kind, of a newer program, or held by somebody else: a clear word, and nothing is changed."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest
from clear_words import CONFLICT, READING, RECORDING, WRONG_USAGE, is_told, is_whole
from noticing import Kept
from striking import Kind, ProcessDied, Strike, striking
from whole_content import budget

from events.errors import BudgetError
from ledger.keeping.sqlite import SqliteStore
from ledger.keeping.store import ANY_VERSION, Command, Draft

NOON = datetime(2025, 6, 3, 4, tzinfo=UTC)
STATEMENTS_OF_MAKING = 40
OTHER_KINDS = {
    "text": "科目,金额\n2012901,5\n".encode() * 300,
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 20,
    "zip": b"PK\x03\x04" + bytes(5000),
    "half a database": b"SQLite format 3\0" + b"\xff" * 200,
    "nothing": b"",
    "zeros": bytes(8192),
}


# Files of another kind


@pytest.mark.parametrize("kind", OTHER_KINDS)
@pytest.mark.parametrize("command", [("digest",), RECORDING], ids=["reading", "recording"])
def test_a_file_of_another_kind_is_told_and_left_as_it_is(tmp_path: Path, kind: str, command: tuple[str, ...]):
    path = tmp_path / "budget.db"
    path.write_bytes(OTHER_KINDS[kind])
    is_told(budget(path, *command), WRONG_USAGE)
    assert path.read_bytes() == OTHER_KINDS[kind]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("command", [("digest",), RECORDING, ("init",)], ids=["reading", "recording", "making"])
def test_a_folder_and_a_pipe_are_no_ledgers(tmp_path: Path, command: tuple[str, ...]):
    folder, pipe = tmp_path / "folder.db", tmp_path / "pipe.db"
    folder.mkdir()
    os.mkfifo(pipe)
    is_told(budget(folder, *command), WRONG_USAGE)
    if command != ("init",):
        is_told(budget(pipe, *command), WRONG_USAGE)
    assert sorted(tmp_path.iterdir()) == [folder, pipe]


def test_a_database_of_another_program_is_told_and_left_as_it_is(tmp_path: Path):
    path = tmp_path / "budget.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE events (position INTEGER)")
    before = path.read_bytes()
    for command in (RECORDING, *READING):
        is_told(budget(path, *command), WRONG_USAGE)
    assert path.read_bytes() == before


def test_a_ledger_of_a_newer_program_is_told_and_left_as_it_is(ledger: Path):
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    before = ledger.read_bytes()
    for command in (RECORDING, *READING):
        answer = budget(ledger, *command)
        is_told(answer, WRONG_USAGE)
        assert "升级" in answer.err
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    "draft",
    [
        Draft("BudgetSupplemented", 1000, '{"effective_on":"2024-03-01","rows":[["general",5]]}'),
        Draft("BudgetFrozen", 1, '{"effective_on":"2024-03-01","lines":[]}'),
    ],
    ids=["newer version", "unknown type"],
)
class TestANewerEvent:
    """One event in the stream was written by a program of a later year."""

    @pytest.fixture
    def newer(self, ledger: Path, draft: Draft) -> Path:
        with closing(SqliteStore.open(ledger)) as store:
            store.append("101/2024", ANY_VERSION, [draft], Command("newer", "王会计", "newer"), NOON)
        return ledger

    def test_nothing_is_recorded_behind_it(self, newer: Path):
        for command in ("close", "reopen"):
            answer = budget(newer, command, "--unit", "101", "--year", 2024, "--reason", "试", "--yes")
            is_told(answer, WRONG_USAGE)
            assert "升级" in answer.err

    def test_its_hash_counts_in_the_digest(self, newer: Path, kept: Kept):
        digest = budget(newer, "digest").out.strip()
        assert digest.startswith("sha256:")
        assert digest != kept.digest

    def test_no_figure_is_told_without_it(self, newer: Path):
        for command in ("status", "table 3", "check"):
            answer = budget(newer, *command.split(), "--unit", "101", "--year", 2024)
            is_told(answer, WRONG_USAGE)
            assert "升级" in answer.err


# A locked file


@contextmanager
def impatient() -> Iterator[None]:
    """The program does not wait for a lock: there is no setting for it, so SQLite is told."""
    connect = sqlite3.connect
    with mock.patch.object(sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "timeout": 0})):
        yield


@contextmanager
def held(path: Path, *statements: str) -> Iterator[None]:
    """Somebody else holds the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)
        with impatient():
            yield


def test_a_locked_ledger_is_told_and_can_be_read(ledger: Path, kept: Kept):
    with held(ledger, "BEGIN IMMEDIATE"):
        answer = budget(ledger, *RECORDING)
        is_told(answer, CONFLICT)
        assert "占用" in answer.err
        for command in READING:
            if command != ("verify",):
                assert budget(ledger, *command).code == 0
    is_whole(ledger, kept)


def test_a_ledger_to_which_somebody_writes_can_be_verified(ledger: Path, kept: Kept):
    with held(ledger, "BEGIN IMMEDIATE"):
        assert budget(ledger, "verify", "--digest", kept.digest).code == 0


def test_a_ledger_locked_against_reading_is_told(ledger: Path, kept: Kept):
    lock = ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE")
    with held(ledger, *lock):
        for command in (RECORDING, *READING):
            is_told(budget(ledger, *command), CONFLICT)
    is_whole(ledger, kept)


# A ledger whose making was cut short


@pytest.mark.parametrize("kind", [Kind.DIED, Kind.FAILED])
def test_a_ledger_whose_making_was_cut_short_is_completed_or_told(tmp_path: Path, kind: Kind):
    for at in range(0, STATEMENTS_OF_MAKING, 2):
        path = tmp_path / f"{at}.db"
        made = created_under(Strike(kind, at), path)
        answer = budget(path, *RECORDING)
        if answer.code:
            is_told(answer, WRONG_USAGE)
            assert "不是预算账本文件" in answer.err or "不存在" in answer.err
            assert not made


def created_under(strike: Strike, path: Path) -> bool:
    """Whether a ledger was made although it was struck."""
    try:
        with striking(strike):
            SqliteStore.create(path).close()
    except (ProcessDied, sqlite3.Error, BudgetError):
        return False
    return True
