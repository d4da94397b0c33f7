"""The figures of the two published documents, as tests/seeds keeps them."""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

from commands.demo.story import UNIT
from events.instant import end_of_day
from events.vocabulary import Measure
from projections.cut import Cut
from projections.reading.reader import Question

SEEDS = Path(__file__).parent.parent / "seeds"


class Printed(NamedTuple):
    """One printed table: its grid of texts, headings first, and what stands around it."""

    title: str
    unit: str
    note: str
    rows: list[list[str]]


def printed_table(year: int, number: int) -> Printed:
    """A table as the document prints it."""
    lines = (SEEDS / "tables" / str(year) / f"{number:02}.tsv").read_text(encoding="utf-8").splitlines()
    around = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    return Printed(around["title"], around.get("unit", ""), around.get("note", ""), rows)


def printed_rows(name: str, year: int) -> list[dict[str, str]]:
    """The rows of comparisons.tsv or shares.tsv for one document."""
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["year"] == str(year)]


def is_figure(text: str) -> bool:
    """Whether a printed cell is an amount."""
    return text.replace(",", "").replace(".", "", 1).isdigit() and "." in text


def published(year: int, measure: Measure = Measure.INITIAL) -> Question:
    """The question a published document answers: the 年初 tables at the end of February."""
    day = date(year, 2, 28)
    return Question(UNIT.unit, year, measure, Cut(day, end_of_day(day)))
