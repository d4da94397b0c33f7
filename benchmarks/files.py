"""The files that jobs read: each made once for a size, and again when what makes it has changed."""

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
FACTS = ("benchmarks/facts.py", "benchmarks/budget_lines.py")
PRODUCT = ("events", "ledger", "projections/entries", "projections/cut.py", "benchmarks/sides/product_*.py")


class Kind(NamedTuple):
    """A kind of file: the task that makes it, and the sources on which it depends."""

    name: str
    made_by: str
    sources: tuple[str, ...]


LEDGER = Kind("ledger.db", "product_writing:make", (*FACTS, *PRODUCT))
EVENT_STORE = Kind("eventsourcing.db", "eventsourced:make", (*FACTS, "benchmarks/sides/eventsourced.py"))
JOURNAL = Kind("budget.journal", "plain_text:make_journal", (*FACTS, "benchmarks/sides/plain_text.py"))
BEANCOUNT = Kind("budget.beancount", "plain_text:make_beancount", (*FACTS, "benchmarks/sides/plain_text.py"))
DUCKDB = Kind("lines.duckdb", "duck:make", (*FACTS, "benchmarks/sides/duck.py"))
SAMPLE = Kind("sample.db", "publishing:make", ("events", "ledger", "projections", "commands"))


class Files:
    """A folder of such files, one folder in it for each size and state of the sources."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._kinds: dict[Path, tuple[Kind, int]] = {}

    def path(self, kind: Kind, lines: int) -> Path:
        """Where the file of a size is, or will be."""
        path = self._folder / f"{lines}-{_digest(kind.sources)}" / kind.name
        self._kinds[path] = (kind, lines)
        return path

    def ensure(self, path: Path) -> None:
        """Make a file if it is not there."""
        if path.exists():
            return
        kind, lines = self._kinds[path]
        for outdated in self._folder.glob(f"{lines}-*/{kind.name}"):
            outdated.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        (self._folder / ".gitignore").write_text("*\n", encoding="ascii")
        beside = path.with_name(f"part-{os.getpid()}-{path.name}")
        given = json.dumps({"target": str(beside), "lines": lines})
        run = [sys.executable, "-m", "benchmarks.child", kind.made_by, given]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
        beside.replace(path)


@cache
def _digest(sources: tuple[str, ...]) -> str:
    running = hashlib.sha256()
    for path in sorted(found for source in sources for found in _found(source)):
        running.update(path.read_bytes())
    return running.hexdigest()[:12]


def _found(source: str) -> list[Path]:
    return [path for start in ROOT.glob(source) for path in (_sources(start) if start.is_dir() else [start])]


def _sources(folder: Path) -> list[Path]:
    """What a program there is made of: its code, and its sheets, forms and templates."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
