"""Files that a task may write on: copies and new ones, gone when it ends. On the disk of the ledgers, not in memory."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def copy_of(file: str) -> Iterator[Path]:
    """A copy of a file, beside it."""
    with room_beside(file) as folder:
        yield Path(shutil.copy(file, folder))


@contextmanager
def room_beside(file: str) -> Iterator[Path]:
    """An empty folder beside a file."""
    with tempfile.TemporaryDirectory(dir=Path(file).parent, prefix="scratch-") as folder:
        yield Path(folder)
