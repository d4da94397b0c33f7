"""A clear word: what a person must be told, and what must still be true then."""

from contextlib import closing
from pathlib import Path

from noticing import Kept
from whole_content import Answer, budget

from ledger.keeping.sqlite import SqliteStore
from ledger.verifying.integrity import verify

RECORDING = ("unit", "add", "777", "新单位", "--effective-on", "2024-01-01")
READING = ("digest",), ("verify",), ("status", "--unit", "101", "--year", 2024), ("history", "--unit", "101")
REFUSED, WRONG_USAGE, CONFLICT = 1, 2, 3


def is_told(answer: Answer, code: int) -> None:
    """A Chinese sentence, the right code, and no traceback."""
    assert answer.uncaught is None, answer.trace
    assert (answer.code, answer.out) == (code, "")
    assert any("一" <= letter <= "鿿" for letter in answer.err)


def is_whole(path: Path, kept: Kept) -> None:
    """The ledger is what it was, and takes what was refused before."""
    with closing(SqliteStore.open(path)) as store:
        assert verify(store, kept.digest).findings == ()
        assert verify(store).digest == kept.digest
    answer = budget(path, *RECORDING)
    assert answer.code == 0, answer
