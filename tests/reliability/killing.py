"""Writers killed with SIGKILL at random moments: ``killing.py FOLDER KILLS SEED`` prints figures as JSON.

One process imports the program once and forks the writers. A writer says what it asks for before it asks (``?``) and
what was acknowledged behind it (``!``). After the kills everything acknowledged is there, the ledger is sound, what
was asked last can be asked again, and others go on writing.
"""

# ruff: noqa: T201 (it speaks to whoever called it)

import base64
import json
import os
import pickle
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn

from drawing_intents import Drawer, Wish

from events.errors import BudgetError
from events.stream import Stream
from ledger.clock import utc_now
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from ledger.verifying.integrity import verify
from projections.entries.read_model import ReadModel

KILLS_OF_A_LEDGER = 60
SECONDS_MAX = 0.05
ALL = 10**6

# What is mostly taken: a refused command has nothing to lose.
TAKEN = (Drawer.describe, Drawer.supplement, Drawer.carry_over, Drawer.execute, Drawer.reverse, Drawer.declare)


class Asked(NamedTuple):
    """A command as it was given."""

    wish: Wish
    order: Order


class Child:
    """A writer in a process of its own, and what it has said so far."""

    def __init__(self, path: Path, name: str, seed: int) -> None:
        self._pipe, writing = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._pipe)
            _write_without_end(path, name, seed, writing)
        os.close(writing)
        self._said = b""

    def listen(self, until: float) -> None:
        """Take in what it says until a moment, or to its end."""
        while (left := until - time.monotonic()) > 0:
            if select.select([self._pipe], [], [], left)[0]:
                if not (more := os.read(self._pipe, 65536)):
                    return
                self._said += more

    def kill(self) -> None:
        """SIGKILL, and hear the rest of what it had said."""
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, f"the writer ended by itself: {status}"
        while more := os.read(self._pipe, 65536):
            self._said += more
        os.close(self._pipe)

    @property
    def acknowledged(self) -> list[str]:
        """The ids of the events it knew to be recorded."""
        return [line[1:].decode() for line in self._lines() if line.startswith(b"!")]

    @property
    def last_asked(self) -> Asked | None:
        """What it asked for last."""
        asked = [line[1:] for line in self._lines() if line.startswith(b"?")]
        return pickle.loads(base64.b64decode(asked[-1])) if asked else None

    def _lines(self) -> list[bytes]:
        """Whole lines; what was cut off was never asked."""
        return self._said.split(b"\n")[:-1]


def _write_without_end(path: Path, name: str, seed: int, pipe: int) -> NoReturn:
    chance = random.Random(seed)
    drawer, number = Drawer(chance), 0
    with opened(path) as ledger:
        while True:
            number += 1
            asked = Asked(chance.choice(TAKEN)(drawer), Order(name, f"{name}-{number}"))
            os.write(pipe, b"?" + base64.b64encode(pickle.dumps(asked)) + b"\n")
            try:
                told = record(ledger, *asked.wish, asked.order).records
            except BudgetError:
                continue
            os.write(pipe, b"".join(b"!%s\n" % stored.event_id.encode() for stored in told))
            drawer.targets += [stored.event_id for stored in told]
            if chance.random() < 0.02:
                ReadModel(ledger.store).rebuild()


@contextmanager
def opened(path: Path) -> Iterator[Ledger]:
    """A ledger with its read model following."""
    with closing(SqliteStore.open(path)) as store:
        yield Ledger(store, ReadModel(store).follow, now=utc_now)


def kill_some(path: Path, chance: random.Random, number: int, counts: Counter) -> set[str]:
    """One to three writers, killed one after the other; what they knew to be recorded."""
    names = [f"w{number}-{letter}" for letter in "ABC"[: chance.randint(1, 3)]]
    children = [Child(path, name, chance.getrandbits(32)) for name in names]
    for child in chance.sample(children, len(children)):
        until = time.monotonic() + chance.uniform(0, SECONDS_MAX)
        child.listen(until)
        child.kill()
        counts["kills"] += 1
    acknowledged = {event_id for child in children for event_id in child.acknowledged}
    counts["acknowledged"] += len(acknowledged)
    hold(path, acknowledged, [child.last_asked for child in children], counts)
    return acknowledged


def hold(path: Path, acknowledged: set[str], last: list[Asked | None], counts: Counter) -> None:
    """What must be true behind a kill."""
    with opened(path) as ledger:
        stored = ledger.store.read_bucket(limit=ALL)
        lost = acknowledged - {found.event_id for found in stored}
        assert not lost, f"acknowledged and gone: {sorted(lost)}"
        assert verify(ledger.store).findings == ()
        assert ReadModel(ledger.store).is_faithful()
        for asked in filter(None, last):
            _ask_again(ledger, asked, counts)


def _ask_again(ledger: Ledger, asked: Asked, counts: Counter) -> None:
    """A second asking finds the first one's record, or records now; there is never a second one."""
    before = [found for found in ledger.store.read_bucket(limit=ALL) if found.command_id == asked.order.command_id]
    try:
        receipt = record(ledger, *asked.wish, asked.order)
    except BudgetError:
        assert before == []
        return
    assert receipt.is_repeat == bool(before)
    assert not before or tuple(before) == receipt.records
    counts["found again" if before else "recorded at the second asking"] += 1


def run(folder: Path, kills: int, seed: int) -> Counter:
    """So many kills, on a new ledger every now and then."""
    chance, counts, path = random.Random(seed), Counter(), folder
    acknowledged: set[str] = set()
    while counts["kills"] < kills:
        if path == folder or counts["kills"] - counts["kills before"] >= KILLS_OF_A_LEDGER:
            path, acknowledged = _new_ledger(folder, counts), set()
        acknowledged |= kill_some(path, chance, counts["kills"], counts)
        hold(path, acknowledged, [], counts)
    return counts


def _new_ledger(folder: Path, counts: Counter) -> Path:
    counts["ledgers"] += 1
    counts["kills before"] = counts["kills"]
    path = folder / f"{counts['ledgers']}.db"
    SqliteStore.create(path).close()
    with opened(path) as ledger:
        for code in ("101", "102-a"):
            record(ledger, Stream(code), Drawer(random.Random(0)).register().intent, Order("王会计"))
    return path


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
