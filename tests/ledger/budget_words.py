"""The words the ledger's tests are told in: a few lines, what happened to them, what is wanted.

Past tense is an event (``approved``), the imperative an intent (``approve``). Everything counts from
the same few days unless a test says another.
"""

from datetime import UTC, date, datetime
from typing import Any

from events.budget import (
    BudgetCarriedOver,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    ExecutionRecorded,
    InitialBudgetApproved,
)
from events.closing import YearClosed, YearReopened
from events.disclosure import DocumentPublished, IndicatorRecorded, SubjectNamed
from events.document import Document
from events.line import Line, LineKey
from events.money import Money
from events.period import Period
from events.record import digest
from events.reversal import EventReversed
from events.unit import UnitDescribed, UnitRegistered
from events.vocabulary import FundSource, Ground, Measure, Nature, Origin
from ledger.deciding.budget import ApproveInitialBudget, CarryOverBudget, ReduceBudget, SupplementBudget, TransferBudget
from ledger.deciding.closing import CloseYear, ReopenYear
from ledger.deciding.execution import RecordExecution
from ledger.deciding.reversal import ReverseEvent
from ledger.deciding.statement import Declare
from ledger.deciding.unit import RegisterUnit

PAPER = Document(number="杭财行〔2024〕5号", title="关于批复2024年部门预算的通知")
APPROVAL_DAY = "2024-02-06"
CHANGE_DAY = "2024-06-30"
CLOSING_DAY = "2024-12-31"


def salaries(amount: str) -> Line:
    key = LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.PERSONNEL, "30101", None)
    return Line.of(key, Money.parse(amount))


def bonuses(amount: str) -> Line:
    return salaries(amount).under(economic_code="30103")


def travel(amount: str) -> Line:
    return salaries(amount).under(nature=Nature.OPERATING, economic_code="30211")


def training(amount: str) -> Line:
    return salaries(amount).under(nature=Nature.PROJECT, economic_code=None, project="培训")


def as_nature(line: Line) -> Line:
    """The line as far as an execution figure by 支出用途 says it."""
    return line.under(economic_code=None, project=None)


def as_function(line: Line) -> Line:
    """The line as far as an execution figure by functional 项 says it."""
    return as_nature(line).under(nature=None)


def carried(line: Line) -> Line:
    return line.under(origin=Origin.CARRIED_OVER)


def from_fund(fund_source: FundSource, line: Line) -> Line:
    return line.under(fund_source=fund_source)


# What happened


def registered(name: str = "杭州市妇女联合会") -> UnitRegistered:
    return UnitRegistered(effective_on=_day("2024-01-01"), name=name)


def described() -> UnitDescribed:
    return UnitDescribed(effective_on=_day("2024-01-01"), nature="群众团体")


def approved(*lines: Line, on: str = APPROVAL_DAY) -> InitialBudgetApproved:
    return InitialBudgetApproved(**_decided(lines, on))


def supplemented(*lines: Line, on: str = CHANGE_DAY) -> BudgetSupplemented:
    return BudgetSupplemented(**_decided(lines, on), ground=Ground.RESERVE)


def reduced(*lines: Line, on: str = CHANGE_DAY) -> BudgetReduced:
    return BudgetReduced(**_decided(lines, on), ground=Ground.SAVING)


def transferred(*lines: Line, on: str = CHANGE_DAY) -> BudgetTransferred:
    return BudgetTransferred(**_decided(lines, on))


def carried_over(*lines: Line, on: str = APPROVAL_DAY) -> BudgetCarriedOver:
    return BudgetCarriedOver(**_decided(lines, on))


def executed(period: str, *lines: Line, on: str | None = None) -> ExecutionRecorded:
    return ExecutionRecorded(**_executed(period, lines, on))


def cancelled(event_id: str, on: str) -> EventReversed:
    return EventReversed(effective_on=_day(on), event_id=event_id, reason="录错")


def named(code: str, name: str) -> SubjectNamed:
    return SubjectNamed(effective_on=_day("2024-01-01"), code=code, name=name)


def restating(year: int) -> IndicatorRecorded:
    return IndicatorRecorded(
        effective_on=_day(CHANGE_DAY),
        indicator="机关运行经费",
        amount=Money.from_wan(1),
        restates=year,
        reason="口径调整",
    )


def published() -> DocumentPublished:
    """A publication from before anything was recorded, so that its digest fits any ledger."""
    sha256 = f"sha256:{'0' * 64}"
    return DocumentPublished(
        effective_on=_day(CLOSING_DAY),
        as_of=_day(CLOSING_DAY),
        known_at=datetime(2000, 1, 1, tzinfo=UTC),
        ledger_digest=digest(()),
        edition="hangzhou-2024",
        edition_digest=sha256,
        measure=Measure.INITIAL,
        forms=(),
        files=(),
    )


def closed() -> YearClosed:
    return YearClosed(effective_on=_day(CLOSING_DAY), reason="决算已批复")


def reopened() -> YearReopened:
    return YearReopened(effective_on=_day(CLOSING_DAY), reason="审计调整")


# What is wanted


def register(name: str = "杭州市妇女联合会") -> RegisterUnit:
    return RegisterUnit(effective_on=_day("2024-01-01"), name=name)


def approve(*lines: Line, on: str = APPROVAL_DAY) -> ApproveInitialBudget:
    return ApproveInitialBudget(**_decided(lines, on))


def supplement(*lines: Line, on: str = CHANGE_DAY) -> SupplementBudget:
    return SupplementBudget(**_decided(lines, on), ground=Ground.RESERVE)


def reduce(*lines: Line, on: str = CHANGE_DAY) -> ReduceBudget:
    return ReduceBudget(**_decided(lines, on), ground=Ground.SAVING)


def transfer(*lines: Line, on: str = CHANGE_DAY) -> TransferBudget:
    return TransferBudget(**_decided(lines, on))


def carry_over(*lines: Line, on: str = APPROVAL_DAY) -> CarryOverBudget:
    return CarryOverBudget(**_decided(lines, on))


def execute(period: str, *lines: Line, on: str | None = None) -> RecordExecution:
    return RecordExecution(**_executed(period, lines, on))


def reverse(event_id: str) -> ReverseEvent:
    return ReverseEvent(event_id=event_id, reason="录错")


def declare(fact: Any) -> Declare:
    return Declare(fact=fact)


def close() -> CloseYear:
    return CloseYear(effective_on=_day(CLOSING_DAY), reason="决算已批复")


def reopen() -> ReopenYear:
    return ReopenYear(effective_on=_day(CLOSING_DAY), reason="审计调整")


def _decided(lines: tuple[Line, ...], on: str) -> dict[str, Any]:
    return {"effective_on": _day(on), "document": PAPER, "reason": "按文件办理", "lines": lines}


def _executed(text: str, lines: tuple[Line, ...], on: str | None) -> dict[str, Any]:
    period = Period.parse(text)
    return {"effective_on": _day(on) if on else period.last_day, "period": period, "lines": lines}


def _day(text: str) -> date:
    return date.fromisoformat(text)
