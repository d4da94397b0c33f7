"""The proofs, each over a range of seeds: figures, and what was found wrong."""

import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import killing
import small_ledger
from flipping import flip
from noticing import Finding, Kept, Verdict, copy, examined
from simulated_history import History
from striking import Tally
from tampering_beside import DEFINITION_WAYS, READ_MODEL_WAYS, TRIGGER_WAYS
from tampering_hand import Sight, tamper
from tampering_ways import ARRIVAL_WAYS, EVENT_WAYS

from ledger.keeping.sqlite import SqliteStore

WAYS = [*EVENT_WAYS, *ARRIVAL_WAYS, *TRIGGER_WAYS, *DEFINITION_WAYS, *READ_MODEL_WAYS]
IN_MEMORY = Path("/dev/shm")
WORDS_SHOWN = 48
SOUND = (Verdict.NOTICED, Verdict.HARMLESS)


class Outcome(NamedTuple):
    """Figures, and one line for everything wrong."""

    figures: Counter
    wrong: list[str]
    tally: Tally

    def __add__(self, other: "Outcome") -> "Outcome":
        tally = Tally(Counter(self.tally) + Counter(other.tally))
        return Outcome(self.figures + other.figures, self.wrong + other.wrong, tally)


NOTHING = Outcome(Counter(), [], Tally())


def histories(seeds: range) -> Outcome:
    """Simulated histories."""
    figures, wrong, tally = Counter(), [], Tally()
    with scratch() as folder:
        SqliteStore.create(folder / "empty.db").close()
        for seed in seeds:
            figures["histories"] += 1
            (folder / "history").mkdir()
            history = History(seed, folder / "empty.db", folder / "history")
            try:
                history.play()
            except Exception as error:  # noqa: BLE001 (whatever it is, its seed is wanted)
                wrong.append(f"history of seed {seed}: {told(error)}")
            history.close()
            figures += history.counts
            tally.update(history.tally)
            shutil.rmtree(folder / "history")
    return Outcome(figures, wrong, tally)


def kills(seeds: range) -> Outcome:
    """Killed writers, on the disk itself."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            figures = killing.run(Path(folder), len(seeds), seeds.start)
        except AssertionError as error:
            return Outcome(Counter(), [f"kills from seed {seeds.start}: {told(error)}"], Tally())
    del figures["kills before"]
    return Outcome(figures, [], Tally())


def flips(seeds: range) -> Outcome:
    """Bits turned over."""
    figures, wrong = Counter(), []
    with scratch() as folder:
        closed, opened = kept_in(folder / "closed"), kept_in(folder / "open", with_log=True)
        for seed in seeds:
            turned = flip(seed, closed, opened, folder / "budget.db")
            count(figures, turned.finding)
            if turned.finding.verdict not in SOUND:
                wrong.append(f"{turned.finding.verdict.name} flip: {turned.finding.words[:WORDS_SHOWN]}")
                wrong[-1] += f" (seed {seed})" if turned.finding.verdict is Verdict.HUNG else ""
    return Outcome(figures, wrong, Tally())


def tamperings(seeds: range) -> Outcome:
    """Every way in turn, with the outside digest and, where that must do, without."""
    figures, wrong = Counter(), []
    with scratch() as folder:
        kept = kept_in(folder / "closed")
        for seed in seeds:
            way, detail = WAYS[seed % len(WAYS)], seed // len(WAYS)
            for with_digest in (True,) if way.sight is Sight.OUTSIDE else (True, False):
                copy(kept.path, folder / "budget.db")
                tamper(folder / "budget.db", detail, way)
                finding = examined(folder / "budget.db", kept, with_digest=with_digest)
                if with_digest:
                    count(figures, finding)
                elif finding.verdict is Verdict.NOTICED:
                    figures["seen without the outside digest"] += 1
                if finding.verdict not in SOUND:
                    wrong.append(f"{finding.verdict.name} {way.name}: {finding.words[:WORDS_SHOWN]}")
    return Outcome(figures, wrong, Tally())


def count(figures: Counter, finding: Finding) -> None:
    """A verdict, and the checks that spoke."""
    figures["all"] += 1
    figures[finding.verdict.name.lower()] += 1
    figures.update(f"by {check}" for check in finding.checks)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in memory where there is one: what is proven here does not hang on the disk."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def kept_in(folder: Path, *, with_log: bool = False) -> Kept:
    """A sound small ledger in a folder of its own."""
    folder.mkdir()
    make = small_ledger.make_with_log if with_log else small_ledger.make
    return Kept.of(folder / "budget.db", make(folder / "budget.db"))


def told(error: Exception) -> str:
    """An error and where it arose, in one line."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {error} ({Path(last.filename).name}, {last.name})"
