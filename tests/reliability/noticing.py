"""Whether what was done to a file is noticed: ``budget verify`` with the digest from outside, then a full read."""

import json
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from whole_content import Answer, Content, budget, content_of

from events.errors import BudgetError

PATIENCE_SECONDS = 60
COMPANIONS = ("", "-wal", "-shm")
NOT_OPENED = "opening"


class Verdict(Enum):
    """What became of a change."""

    NOTICED = "verify says so"
    HARMLESS = "all that is stored and answered is the same"
    UNNOTICED = "verify passes, and something is not the same"
    UNCAUGHT = "noticed, but by an error that the program did not catch"
    HUNG = "no answer came"


class Finding(NamedTuple):
    """A verdict, the checks that spoke, and what differs or was said."""

    verdict: Verdict
    checks: tuple[str, ...]
    words: str


class Kept(NamedTuple):
    """A sound ledger, its digest, and what it holds."""

    path: Path
    digest: str
    content: Content

    @classmethod
    def of(cls, path: Path, digest: str) -> "Kept":
        """What is known of a sound ledger; it is read from a copy."""
        copied = path.with_name("read.db")
        copy(path, copied)
        return cls(path, digest, content_of(copied))


def copy(source: Path, target: Path) -> None:
    """A ledger and the log beside it; what lay there before is gone."""
    for ending in COMPANIONS:
        target.with_name(target.name + ending).unlink(missing_ok=True)
    for ending in COMPANIONS[:2]:
        file = source.with_name(source.name + ending)
        if file.exists():
            shutil.copy(file, target.with_name(target.name + ending))


def examined(changed: Path, kept: Kept, *, with_digest: bool = True) -> Finding:
    """Verify a changed file as an auditor does."""
    outside = ("--digest", kept.digest) if with_digest else ()
    try:
        with patience():
            answer = budget(changed, "verify", *outside, "-O", "json")
            return _judged(answer, changed, kept)
    except TimeoutError:
        return Finding(Verdict.HUNG, (), "")


def _judged(answer: Answer, changed: Path, kept: Kept) -> Finding:
    if isinstance(answer.uncaught, TimeoutError):
        return Finding(Verdict.HUNG, (), answer.trace)
    if answer.uncaught is not None:
        return Finding(Verdict.UNCAUGHT, ("an uncaught error",), answer.trace)
    if answer.code:
        return Finding(Verdict.NOTICED, checks_of(answer), answer.err)
    try:
        differing = content_of(changed).differs_from(kept.content)
    except (BudgetError, sqlite3.Error) as error:
        differing = [f"{type(error).__name__}: {error}"]
    return Finding(Verdict.UNNOTICED if differing else Verdict.HARMLESS, (), ", ".join(differing))


def checks_of(answer: Answer) -> tuple[str, ...]:
    """The checks that spoke; a file that is not even opened is told without a check."""
    if not answer.out:
        return (NOT_OPENED,)
    return tuple(sorted({finding["check"] for finding in json.loads(answer.out)["findings"]}))


@contextmanager
def patience() -> Iterator[None]:
    """An end for what would not end by itself."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
