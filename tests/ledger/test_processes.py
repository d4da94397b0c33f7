"""Several processes write to one file at once, and some are killed while they do."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from appending_process import FACTS
from budget_words import approved, register, salaries
from store_words import NOON, YEAR

from events.payload import from_record
from events.record import Record
from events.stream import Stream
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from ledger.verifying.every_record import every_record
from ledger.verifying.integrity import verify

HERE = Path(__file__).parent
PATIENCE_SECONDS = 60
WRITERS = ("A", "B", "C", "D")
COMMANDS = 20
WITHOUT_END = 1_000_000


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A child that will say it is ready and wait for its line."""
    return subprocess.Popen(
        [sys.executable, str(HERE / script), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def let_go(*children: subprocess.Popen[str]) -> None:
    """All at once, when the last of them is ready."""
    assert [child.stdout.readline() for child in children] == ["ready\n"] * len(children)
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()


def answers(children: Sequence[subprocess.Popen[str]]) -> list[list[str]]:
    """What each child printed when all of them did their work at once."""
    let_go(*children)
    printed = [child.communicate(timeout=PATIENCE_SECONDS)[0].split() for child in children]
    assert [child.returncode for child in children] == [0] * len(children)
    return printed


def by_stream(records: list[Record]) -> dict[str, list[int]]:
    versions: dict[str, list[int]] = {}
    for stored in records:
        versions.setdefault(stored.stream, []).append(stored.version)
    return versions


def test_four_processes_write_at_once_without_loss_or_gap(path: Path, file_store: SqliteStore):
    acknowledged = answers([start("appending_process.py", path, writer, COMMANDS) for writer in WRITERS])
    records = list(every_record(file_store))
    each = COMMANDS * FACTS
    assert [len(ids) for ids in acknowledged] == [each] * len(WRITERS)
    assert {event_id for ids in acknowledged for event_id in ids} == {stored.event_id for stored in records}
    assert [stored.position for stored in records] == list(range(1, each * len(WRITERS) + 1))
    assert by_stream(records) == {YEAR: list(range(1, each * 2 + 1))} | {
        f"{writer}/2024": list(range(1, each // 2 + 1)) for writer in WRITERS
    }
    assert verify(file_store).findings == ()


def test_what_four_processes_wrote_stands_together_and_in_order_of_time(path: Path, file_store: SqliteStore):
    answers([start("appending_process.py", path, writer, COMMANDS) for writer in WRITERS])
    records = list(every_record(file_store))
    commands = [records[at : at + FACTS] for at in range(0, len(records), FACTS)]
    assert {len({stored.command_id for stored in together}) for together in commands} == {1}
    times = [together[0].recorded_at for together in commands]
    assert all(earlier < later for earlier, later in pairwise(times))


def test_of_four_officers_who_approve_at_once_one_is_recorded(path: Path, file_store: SqliteStore):
    ledger = Ledger(file_store, project=lambda _records: None, now=lambda: NOON)
    record(ledger, Stream("101"), register(), Order("王会计"))
    amounts = ["1万元", "2万元", "3万元", "4万元"]
    said = answers([start("approving_process.py", path, amount) for amount in amounts])
    assert sorted(said) == [["recorded"], ["refused"], ["refused"], ["refused"]]
    winner = amounts[said.index(["recorded"])]
    assert [from_record(stored) for stored in file_store.read_stream(YEAR)] == [approved(salaries(winner))]


@pytest.mark.parametrize("acknowledged_before", [(1, 1, 1), (2, 9, 30), (60, 7, 25)])
def test_what_was_acknowledged_survives_a_kill(
    path: Path, file_store: SqliteStore, acknowledged_before: tuple[int, ...]
):
    acknowledged: list[str] = []
    for attempt, lines in enumerate(acknowledged_before):
        acknowledged += killed_while_writing(path, f"W{attempt}", lines)
        stored = [found.event_id for found in every_record(file_store)]
        assert set(acknowledged) <= set(stored)
        assert len(stored) % FACTS == 0
        assert verify(file_store).findings == ()


def test_after_a_kill_others_go_on_writing(path: Path, file_store: SqliteStore):
    killed_while_writing(path, "W", 5)
    left_behind = len(file_store.read_bucket())
    answers([start("appending_process.py", path, "A", COMMANDS)])
    assert len(file_store.read_bucket()) == left_behind + COMMANDS * FACTS
    assert verify(file_store).findings == ()


def killed_while_writing(path: Path, writer: str, lines: int) -> list[str]:
    """The ids that a writer printed, at least so many, before SIGKILL struck it in the middle of its work."""
    child = start("appending_process.py", path, writer, WITHOUT_END)
    let_go(child)
    printed = "".join(child.stdout.readline() for _ in range(lines))
    child.kill()
    printed += child.stdout.read()  # from behind what was read ahead, which ``communicate`` would pass over
    assert child.wait(timeout=PATIENCE_SECONDS) == -signal.SIGKILL
    whole, _, _cut_off = printed.rpartition("\n")
    return whole.split("\n")
