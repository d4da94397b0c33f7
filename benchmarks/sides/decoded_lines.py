"""One plain SQLite table of budget lines, filled in batches in one transaction."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.clock import Clock

Decoded = tuple[int | str | None, ...]
COLUMNS = (
    "position, line, stream, stage, effective, fund_source, origin, function_code, nature, economic_code, project, fen"
)
MARKS = ", ".join("?" * 12)


def filled(clock: Clock, path: Path, batches: Iterable[list[Decoded]]) -> int:
    """The number of rows in the table after all batches; making them is part of the work."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    with clock:
        connection.execute("BEGIN")
        connection.execute(f"CREATE TABLE lines ({COLUMNS})")
        for batch in batches:
            connection.executemany(f"INSERT INTO lines VALUES ({MARKS})", batch)
        connection.execute("COMMIT")
    return int(connection.execute("SELECT count(*) FROM lines").fetchone()[0])
