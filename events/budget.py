"""What happens to a year's money: 年初批复, 追加, 追减, 调剂, 结转, 执行数.

Every line is signed: the lines of all events that count, added up, are the budget.
"""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from events.document import Document
from events.line import Line, complete
from events.model import Event, Text
from events.period import Period
from events.vocabulary import Ground

LINES_MAX = 100_000

Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=LINES_MAX)]
BudgetLines = Annotated[Lines, AfterValidator(complete)]
PeriodText = Annotated[
    Period,
    BeforeValidator(lambda period: Period.parse(period) if isinstance(period, str) else period),
    PlainSerializer(str),
]


class Decided(Event):
    """On what authority and why (every change names its document: 勾稽 L-04)."""

    document: Document
    reason: Text


class InitialBudgetApproved(Decided):
    """年初批复: what the year starts with. Source: 预算法 art. 52."""

    lines: BudgetLines


class BudgetSupplemented(Decided):
    """追加: more money, income and expenditure alike. Lines are not negative."""

    ground: Ground = Field(strict=False)
    lines: BudgetLines


class BudgetReduced(Decided):
    """追减: less money, income and expenditure alike. Lines are not positive."""

    ground: Ground = Field(strict=False)
    lines: BudgetLines


class BudgetTransferred(Decided):
    """调剂: from some lines to others. Lines sum to zero (ministry field DIS_AMT)."""

    lines: BudgetLines


class BudgetCarriedOver(Decided):
    """结转: out of the year before, into this year, as one fact recorded in this year's stream."""

    lines: BudgetLines


class ExecutionRecorded(Event):
    """执行数 of a month or of the whole year. The functional 项 is grain enough."""

    period: PeriodText
    document: Document | None = None
    reason: Text | None = None
    lines: Lines
