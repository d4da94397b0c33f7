"""The catalogue of 科目: year-versioned reference data, amended inside a year too.

Rows come from the files in ``subjects/``. ``confidence`` says how sure a row is: A confirmed in a
ministry document, B seen in published budgets, C provisional. Source: 政府收支分类科目 and its
amendments (财预〔2024〕22号, 财预〔2025〕41号).
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from events.errors import Fault, WrongUsage, fault

FOLDER = Path(__file__).parent / "subjects"
FILES = ("function.csv", "economic.csv")


class Subject(NamedTuple):
    """One 科目 as it was named over a time. Open ends are None."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    confidence: str

    def is_valid(self, day: date) -> bool:
        """Whether the row holds on a day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class Catalogue:
    """All rows, by code; read when a code is first asked for, as many commands name none."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._subjects = subjects

    @cached_property
    def _by_code(self) -> dict[str, list[Subject]]:
        by_code: defaultdict[str, list[Subject]] = defaultdict(list)
        for subject in self._subjects:
            by_code[subject.code].append(subject)
        return by_code

    def subject(self, code: str, day: date) -> Subject | None:
        """The row that holds on a day, or None."""
        return next((row for row in self._by_code.get(code, ()) if row.is_valid(day)), None)

    @cache  # noqa: B019 (a catalogue lives as long as the program)
    def of_year(self, code: str, year: int) -> Subject | None:
        """The row that holds at the end of a fiscal year: a 科目 added inside the year counts."""
        return self.subject(code, date(year, 12, 31)) or self.subject(code, date(year, 1, 1))

    def required(self, code: str, year: int) -> Subject:
        """The same, or WrongUsage."""
        subject = self.of_year(code, year)
        if subject is None:
            raise WrongUsage.of(self._missing(code, year))
        return subject

    @cache  # noqa: B019 (likewise)
    def unknown(self, code: str, year: int) -> Fault | None:
        """What is wrong with using a code in a fiscal year, if anything."""
        return None if self.of_year(code, year) else self._missing(code, year)

    def _missing(self, code: str, year: int) -> Fault:
        if code in self._by_code:
            return fault("科目 {code} 在 {year} 年度无效（{when}）。", code=code, year=year, when=self._validity(code))
        return fault(
            "科目目录中没有 {code}；请核对编码，确有此科目时先用 budget subject name {code} 名称 登记。", code=code
        )

    def _validity(self, code: str) -> str:
        return "；".join(f"{row.valid_from or '…'} — {row.valid_to or '…'}" for row in self._by_code[code])


@cache
def builtin() -> Catalogue:
    """The catalogue that comes with the product."""
    return Catalogue(row for name in FILES for row in read_subjects(FOLDER / name))


def read_subjects(path: Path) -> list[Subject]:
    """The rows of one catalogue file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Subject(code, name, _day(valid_from), _day(valid_to), confidence)
            for code, name, valid_from, valid_to, confidence in list(csv.reader(file))[1:]
        ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
