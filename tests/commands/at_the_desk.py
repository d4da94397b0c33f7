"""The words the desk's tests are told in: a ledger file, a hand, a clock that is set, sheets as one writes them."""

import csv
import io
import itertools
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import python_calamine  # noqa: F401 (imported before any clock is frozen)
import xlsxwriter
from click.testing import CliRunner
from freezegun import freeze_time

from commands.main import COMMANDS, program

for name in COMMANDS:  # what is imported under a frozen clock would keep it
    program().get_command(None, name)

CODE, NAME = "101", "杭州市总工会"
MORNING = "2024-02-06T09:00:00+08:00"
PAPER = ("--document", "杭财行〔2024〕5号")
SURROUNDINGS = {"BUDGET_LANG": "zh", "BUDGET_LEDGER": None, "BUDGET_ACTOR": None}

Rows = list[list[str]]


class Answer(NamedTuple):
    """What the program said, and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """A ledger and the time it is there; every call comes a second after the one before.

    Without ``now`` a reading has to name its whole cut.
    """

    ledger: Path
    now: str | None = MORNING
    seconds: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self, *arguments: object, typed: str | BinaryIO | None = None) -> Answer:
        called = ["--ledger", str(self.ledger), "--actor", "王会计", *map(str, arguments)]
        with self._clock():
            outcome = CliRunner(env=SURROUNDINGS).invoke(program(), called, input=typed, prog_name="budget")
        if outcome.exception and not isinstance(outcome.exception, SystemExit):
            raise outcome.exception
        return Answer(outcome.exit_code, outcome.stdout, outcome.stderr)

    def at(self, now: str) -> "Desk":
        return replace(self, now=now)

    def does(self, *arguments: object) -> Answer:
        """What is said for certain to be done."""
        answer = self(*arguments)
        assert answer.code == 0, answer
        return answer

    def json(self, *arguments: object) -> Any:
        return self.does(*arguments, "-O", "json").json

    @property
    def digest(self) -> str:
        return self.does("digest").out.strip()

    @property
    def payloads(self) -> list[str]:
        """What is stored of every event, in order of recording."""
        with closing(sqlite3.connect(self.ledger)) as connection:
            return [payload for (payload,) in connection.execute("SELECT payload FROM events ORDER BY position")]

    def file(self, content: bytes | str, name: str = "明细.csv") -> Path:
        """A file in the folder of the ledger."""
        path = self.ledger.with_name(name)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def sheet(self, text: str, name: str = "明细.csv") -> Path:
        """A CSV of the aligned text."""
        return self.file(as_csv(cells(text)), name)

    def _clock(self) -> AbstractContextManager[object]:
        if self.now is None:
            return nullcontext()
        return freeze_time(datetime.fromisoformat(self.now) + timedelta(seconds=next(self.seconds)))


def opened(folder: Path) -> Desk:
    """A desk with an empty ledger and one unit."""
    desk = Desk(folder / "budget.db")
    desk.does("init")
    desk.does("unit", "add", CODE, NAME, "--effective-on", "2022-01-01")
    return desk


def cells(text: str) -> Rows:
    """Rows of aligned text; ``-`` is an empty cell."""
    lines = (line.split() for line in text.strip().splitlines())
    return [["" if cell == "-" else cell for cell in line] for line in lines]


def records(text: str) -> Iterator[dict[str, str]]:
    """Aligned text as one mapping a row, by its headings."""
    headings, *rows = cells(text)
    return (dict(zip(headings, row, strict=True)) for row in rows)


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def as_workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An XLSX of these sheets: numbers as numbers, text as text."""
    file = io.BytesIO()
    with closing(xlsxwriter.Workbook(file, {"in_memory": True})) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(at, column, cell)
                    else:
                        page.write_number(at, column, cell)
    return file.getvalue()
