"""What is measured against what: the words of a benchmark."""

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

BUDGET = str(Path(sys.executable).parent / "budget")


class Side(NamedTuple):
    """One way to do a job, as a child process.

    ``is_task``: the child times a part of itself and says so; otherwise the whole process is timed.
    ``needs`` is what it is left out without: a module of a task, otherwise a program. ``is_slow``: so slow
    that it may be run fewer times. ``is_primed``: run once before it counts (compiled modules, caches of its own).
    """

    name: str
    command: tuple[str, ...]
    files: tuple[Path, ...]
    needs: str = ""
    is_task: bool = False
    is_slow: bool = False
    is_primed: bool = False

    @property
    def absent(self) -> str:
        """Why it cannot run here; empty where it can."""
        if not self.needs or (self._has_module() if self.is_task else self._has_program()):
            return ""
        return f"{self.needs} is not installed"

    def _has_module(self) -> bool:
        return find_spec(self.needs) is not None

    def _has_program(self) -> bool:
        return bool(shutil.which(self.needs) or shutil.which(self.needs, path=Path(sys.executable).parent))


class Rival(NamedTuple):
    """Whom the product is held against; ``to_reach`` is the highest ratio of CPU that will do, if one was set."""

    side: Side
    to_reach: float | None = None


class Job(NamedTuple):
    """One thing to be done, by the product and by others.

    ``is_answered``: all sides must give the same answer. ``is_brief``: so brief that it may be run more times.
    """

    key: str
    title: str
    ours: Side
    rivals: tuple[Rival, ...]
    is_answered: bool = False
    is_brief: bool = False


def task(name: str, function: str, *, needs: str = "", **given: Any) -> Side:
    """A side that is a function ``module:function`` of ``benchmarks.sides``; paths among its values are its files."""
    files = tuple(value for value in given.values() if isinstance(value, Path))
    command = (sys.executable, "-m", "benchmarks.child", function, json.dumps(given, default=str))
    return Side(name, command, files, needs, is_task=True)


def command(name: str, *words: str | Path, needs: str = "") -> Side:
    """A side that is a program with its words; paths among them are its files."""
    files = tuple(word for word in words if isinstance(word, Path))
    return Side(name, tuple(map(str, words)), files, needs, is_primed=True)
