"""The sample ledger: 2022-2024 of 杭州市总工会, as its two published documents tell it.

The figures are those of 《杭州市总工会2023年度单位预算》 and 《杭州市总工会（本级）2024年度单位预算》;
the documents do not print approval numbers or the days of recording, so each fact names the
published document it was taken from, and the instants of recording are set by the story.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from commands.sheets.reading import Purpose, read_lines
from events.codes import OVERSEAS_TRIPS
from events.disclosure import (
    ComparabilityDeclared,
    ExplanationRecorded,
    IndicatorRecorded,
    PerformanceTargetSet,
    ProjectRegistered,
    SubjectNamed,
)
from events.document import Document
from events.instant import CHINA
from events.line import Line
from events.money import Money
from events.period import Period
from events.stream import Stream
from events.unit import UnitDescribed
from events.vocabulary import Aspect, Basis, ProjectKind
from ledger.catalogue import builtin
from ledger.deciding.budget import ApproveInitialBudget
from ledger.deciding.execution import RecordExecution
from ledger.deciding.intent import Intent
from ledger.deciding.statement import Declare, Fact
from ledger.deciding.unit import RegisterUnit
from projections.registers.naming import Names

SHEETS = Path(__file__).parent / "sheets"
UNIT = Stream("101")
NAME = "杭州市总工会"
FIRST_YEAR, YEARS = 2022, (2023, 2024)
DEPARTMENTS = (
    "办公室",
    "政策研究室",
    "基层工作部",
    "经济工作部",
    "劳动关系部",
    "保障工作部",
    "宣传教育部",
    "财务资产部",
    "干部人事处",
    "经审办",
    "机关党委",
)
SOURCES = {
    2023: Document(number="杭州市总工会2023年度单位预算", issuer=NAME),
    2024: Document(number="杭州市总工会（本级）2024年度单位预算", issuer=NAME),
}


class Step(NamedTuple):
    """An intent, the stream it is for, and the instant it is recorded at."""

    at: datetime
    stream: Stream
    intent: Intent


def steps() -> Iterator[Step]:
    """The story in order of recording."""
    first = _morning(date(2023, 2, 6))
    yield Step(first, UNIT, RegisterUnit(effective_on=date(FIRST_YEAR, 1, 1), name=NAME))
    yield Step(first, UNIT, Declare(fact=UnitDescribed(effective_on=date(FIRST_YEAR, 1, 1), nature="行政单位")))
    for year in YEARS:
        yield from _year(year, _morning(date(year, 2, 6)))
        if year == YEARS[-1]:
            yield Step(_morning(date(year, 2, 6)), UNIT, Declare(fact=_description(date(year, 1, 1))))


def _description(day: date) -> Fact:
    """概况 as the later document prints it: it names the departments, the earlier one does not."""
    return UnitDescribed(effective_on=day, nature="行政单位", departments=DEPARTMENTS)


def _year(year: int, at: datetime) -> Iterator[Step]:
    """What was recorded for a published year: last year's execution first, then the budget."""
    before, here, day = Stream(UNIT.unit, year - 1), Stream(UNIT.unit, year), date(year, 1, 1)
    yield Step(at, before, _execution(year - 1, SOURCES[year]))
    if year - 1 == FIRST_YEAR:
        yield from (Step(at, before, Declare(fact=fact)) for fact in _indicators(FIRST_YEAR, SOURCES[year]))
    facts: list[Fact] = [
        *_names(year, day),
        *_projects(year, day),
        *_indicators(year, SOURCES[year]),
        *_explanations(year, day),
    ]
    if year == YEARS[-1]:
        facts.append(_trips_left_out(day))
    yield from (Step(at, here, Declare(fact=fact)) for fact in facts)
    yield Step(at, here, _initial(year, day))


def _initial(year: int, day: date) -> ApproveInitialBudget:
    lines = _lines(f"{year}-initial.csv", Purpose(year, is_budget=True))
    return ApproveInitialBudget(effective_on=day, document=SOURCES[year], reason="年初批复", lines=lines)


def _execution(year: int, source: Document) -> RecordExecution:
    period = Period(year, None)
    lines = _lines(f"{year}-execution.csv", Purpose(year, is_budget=False))
    return RecordExecution(effective_on=period.last_day, period=period, document=source, lines=lines)


def _lines(file: str, purpose: Purpose) -> tuple[Line, ...]:
    names = Names(purpose.year, builtin(), printed={})
    return tuple(read_lines(SHEETS / file, purpose, names)[0])


def _indicators(year: int, source: Document) -> Iterator[Fact]:
    for row in _rows("indicators.csv", year):
        yield IndicatorRecorded(
            effective_on=date(year, 1, 1),
            indicator=row["indicator"],
            amount=Money.from_wan(row["amount_wan"]) if row["amount_wan"] else None,
            count=int(row["count"]) if row["count"] else None,
            definition=row["definition"],
            restates=int(row["restates"]) if row["restates"] else None,
            document=source,
            reason=row["reason"] or None,
        )


def _names(year: int, day: date) -> Iterator[Fact]:
    for row in _rows("names.csv", year):
        yield SubjectNamed(effective_on=day, code=row["code"], name=row["name"], place=row["place"] or None)


def _projects(year: int, day: date) -> Iterator[Fact]:
    for row in _rows("projects.csv", year):
        yield ProjectRegistered(effective_on=day, name=row["project"], kind=ProjectKind.named(row["kind"]))
        yield PerformanceTargetSet(effective_on=day, project=row["project"], target=row["target"])


def _explanations(year: int, day: date) -> Iterator[Fact]:
    for row in _rows("explanations.csv", year):
        basis = Basis.named(row["basis"]) if row["basis"] else None
        aspect = Aspect.named(row["aspect"])
        yield ExplanationRecorded(
            effective_on=day, subject=row["subject"], aspect=aspect, basis=basis, text=row["text"]
        )


def _trips_left_out(day: date) -> Fact:
    reason = "因公出国（境）费用自2024年起年初不编制，年度中按计划审批调增"
    return ComparabilityDeclared(effective_on=day, excluded=(OVERSEAS_TRIPS,), reason=reason)


def _rows(file: str, year: int) -> list[dict[str, str]]:
    with (SHEETS / file).open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["year"] == str(year)]


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
