"""A full disk and a read-only one: a clear word, and nothing is lost or half-written."""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from clear_words import RECORDING, WRONG_USAGE, is_told, is_whole
from drawing_intents import Drawer
from noticing import Kept, copy
from whole_content import Answer, budget

from events.errors import WrongUsage
from events.stream import Stream
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from ledger.verifying.integrity import verify
from projections.entries.read_model import ReadModel

HERE = Path(__file__).parent
NOON = datetime(2025, 6, 3, 4, tzinfo=UTC)
GROWTH_PAGES = 6


# A full disk


@pytest.mark.parametrize("pages", range(GROWTH_PAGES))
def test_a_ledger_that_cannot_grow_takes_a_fact_whole_or_not_at_all(ledger: Path, pages: int):
    drawer = Drawer(random.Random(pages))
    budget(ledger, "reopen", "--unit", "102-a", "--year", 2023, "--reason", "补录")
    with closing(SqliteStore.open(ledger)) as store:
        size = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {size + pages}")
        entries, before = ReadModel(store), store.read_bucket()
        writer = Ledger(store, entries.follow, now=lambda: NOON)
        many = [drawer.supplement() for _ in range(200)]
        lines = tuple(line for wish in many for line in wish.intent.lines if line.fen > 0)
        known = tuple(line for line in lines if line.key.function_code != "2999999")
        intent = many[0].intent.model_copy(update={"lines": known, "effective_on": NOON.date().replace(2024)})
        try:
            told = record(writer, Stream("102-a", 2023), intent, Order("王会计", "large")).records
        except WrongUsage as full:
            told, said = (), str(full)
        assert told or "磁盘已满" in said
        assert store.read_bucket() == [*before, *told]
        store.connection.execute("PRAGMA max_page_count = 1000000")
        assert verify(store).findings == ()
        assert entries.is_faithful()


def in_a_child(limit: str, warm_up: Path, *calls: tuple[object, ...]) -> list[Answer]:
    """What the program answers in a process that may do less."""
    done = subprocess.run(
        [sys.executable, str(HERE / "desk_in_a_child.py"), limit, str(warm_up)],
        input=json.dumps([list(map(str, call)) for call in calls]),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    answers = json.loads(done.stdout)
    return [Answer(code, out, err, RuntimeError(trace) if trace else None) for code, out, err, trace in answers]


@pytest.fixture
def warm_up(kept: Kept, tmp_path: Path) -> Path:
    """Another ledger, on which a child tries the commands before it is limited."""
    (tmp_path / "warm").mkdir()
    copy(kept.path, tmp_path / "warm" / "budget.db")
    return tmp_path / "warm" / "budget.db"


@pytest.fixture
def where_no_file_may_grow(ledger: Path, warm_up: Path) -> list[Answer]:
    """What a recording is answered there, and a reading."""
    return in_a_child("file-size=5000", warm_up, (ledger, *RECORDING), (ledger, "digest"))


def test_where_no_file_may_grow_nothing_is_lost(where_no_file_may_grow: list[Answer], ledger: Path, kept: Kept):
    assert where_no_file_may_grow[0].code != 0
    is_whole(ledger, kept)


def test_where_no_file_may_grow_it_is_told(where_no_file_may_grow: list[Answer]):
    is_told(where_no_file_may_grow[0], WRONG_USAGE)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte, where one may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("left_kib", [0, 16, 44])
def test_on_a_full_disk_it_is_told(small_disk: Path, kept: Kept, left_kib: int):
    is_told(recorded_on_a_full_disk(small_disk, kept, left_kib), WRONG_USAGE)


@pytest.mark.parametrize("left_kib", [0, 16, 44])
def test_on_a_full_disk_nothing_is_lost(small_disk: Path, kept: Kept, left_kib: int):
    assert recorded_on_a_full_disk(small_disk, kept, left_kib).code != 0
    (small_disk / "ballast").unlink()
    is_whole(small_disk / "budget.db", kept)


def recorded_on_a_full_disk(disk: Path, kept: Kept, left_kib: int) -> Answer:
    """What a recording is answered where so much room is left."""
    copy(kept.path, disk / "budget.db")
    fill(disk / "ballast", left_kib)
    return budget(disk / "budget.db", *RECORDING)


def fill(ballast: Path, left_kib: int) -> None:
    """Take all the room there is but some."""
    with ballast.open("wb", buffering=0) as file:
        with suppress(OSError):
            while file.write(bytes(4096)):
                pass
        file.truncate(file.tell() - left_kib * 1024)


# A read-only disk


READ_ONLY = {"folder and file": (0o555, 0o444), "folder": (0o555, 0o666), "file": (0o777, 0o444)}


@pytest.fixture
def discs(kept: Kept) -> Iterator[dict[str, Path]]:
    """Ledgers that anybody may reach and nobody may write, each in another way."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        paths = {name: Path(folder) / name / "budget.db" for name in READ_ONLY}
        for name, path in paths.items():
            path.parent.mkdir()
            copy(kept.path, path)
            path.chmod(READ_ONLY[name][1])
            path.parent.chmod(READ_ONLY[name][0])
        yield paths
        for path in paths.values():
            path.parent.chmod(0o755)


def test_a_ledger_that_may_only_be_read_is_read_in_full_and_takes_nothing(
    discs: dict[str, Path], warm_up: Path, kept: Kept
):
    calls = [
        (path, *command) for path in discs.values() for command in (RECORDING, ("verify", "--digest", kept.digest))
    ]
    answers = in_a_child("nobody", warm_up, *calls)
    for refused, verified in zip(answers[::2], answers[1::2], strict=True):
        is_told(refused, WRONG_USAGE)
        assert "不能写入" in refused.err
        assert (verified.code, verified.err) == (0, "")
        assert kept.digest in verified.out
    for path in discs.values():
        path.parent.chmod(0o755)
        path.chmod(0o644)
        is_whole(path, kept)


def test_a_folder_that_may_not_be_entered_is_told(kept: Kept, warm_up: Path):
    with tempfile.TemporaryDirectory() as folder:
        copy(kept.path, Path(folder) / "budget.db")
        Path(folder).chmod(0o000)
        answers = in_a_child("nobody", warm_up, (Path(folder) / "budget.db", "digest"))
        Path(folder).chmod(0o755)
    is_told(answers[0], WRONG_USAGE)
