"""The program called as one calls it, and everything that a ledger file holds and answers."""

import json
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner
from drawing_intents import UNITS, YEARS

from commands.main import program
from events.vocabulary import Stage
from ledger.keeping.sqlite import SqliteStore
from projections.cut import Cut
from projections.entries.read_model import ReadModel

SURROUNDINGS = {"BUDGET_LANG": "zh", "BUDGET_LEDGER": None, "BUDGET_ACTOR": None}


class Answer(NamedTuple):
    """What the program said, the code it ended with, and the error it did not catch."""

    code: int
    out: str
    err: str
    uncaught: BaseException | None

    @property
    def trace(self) -> str:
        """Where an uncaught error came from, in one line."""
        if self.uncaught is None:
            return ""
        frames = traceback.extract_tb(self.uncaught.__traceback__)
        place = f" in {Path(frames[-1].filename).name}, {frames[-1].name}" if frames else ""
        return f"{type(self.uncaught).__name__}{place}: {self.uncaught}"


def budget(ledger: Path, *arguments: object) -> Answer:
    """One call of the program inside this process."""
    called = ["--ledger", str(ledger), "--actor", "王会计", *map(str, arguments)]
    outcome = CliRunner(env=SURROUNDINGS).invoke(program(), called, prog_name="budget")
    uncaught = None if isinstance(outcome.exception, SystemExit) else outcome.exception
    return Answer(outcome.exit_code, outcome.stdout, outcome.stderr, uncaught)


def answer_of(answer: Answer) -> Any:
    """The JSON of an answer that must have been given."""
    assert answer.code == 0, (answer.err, answer.trace)
    return json.loads(answer.out)


class Content(NamedTuple):
    """What a file holds, table by table, and what the product answers from it."""

    identity: tuple[object, ...]
    definitions: tuple[tuple[object, ...], ...]
    rows: dict[str, list[tuple[object, ...]]]
    answers: tuple[object, ...]

    def differs_from(self, other: "Content") -> list[str]:
        """The names of what is not the same."""
        tables = {*self.rows, *other.rows}
        parts = [name for name in self._fields if name != "rows" and getattr(self, name) != getattr(other, name)]
        return parts + sorted(name for name in tables if self.rows.get(name) != other.rows.get(name))


def content_of(path: Path) -> Content:
    """A full read. Rows are read from the tables themselves; the answers come by way of the indexes."""
    with closing(sqlite3.connect(path)) as plain:
        pragmas = ("application_id", "user_version", "encoding")
        identity = tuple(plain.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas)
        definitions = plain.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        ).fetchall()
        tables = [name for kind, name, *_ in definitions if kind == "table"]
        rows = {name: plain.execute(f"SELECT * FROM [{name}] NOT INDEXED").fetchall() for name in tables}
    return Content(identity, tuple(definitions), rows, tuple(_answers(path)))


def _answers(path: Path) -> Iterator[object]:
    """Streams, heads, what each command is answered, and amounts at several cuts."""
    with closing(SqliteStore.open(path)) as store:
        yield store.heads()
        yield store.read_bucket()
        yield [list(store.read_stream(head.stream)) for head in store.heads()]
        yield [store.answer(record.command_id, record.intent_digest) for record in store.read_bucket()]
        instants = [datetime.fromisoformat(record.recorded_at) for record in store.read_bucket()]
        entries = ReadModel(store)
        for known_at in instants[:: len(instants) // 3 or 1]:
            yield [
                entries.amounts([unit], year, tuple(Stage), Cut(date(2024, 6, 30), known_at))
                for unit in UNITS
                for year in YEARS
            ]
