"""What happens to a year's money: 年初批复, 追加, 追减, 调剂, 结转, 执行数.

Every line is signed: the lines of all events that count, added up, are the budget.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from events.document import Document
from events.errors import Fault, Invalid, fault
from events.line import Line, complete
from events.model import Event, Text
from events.money import Money, total
from events.period import Period
from events.vocabulary import FundSource, Ground, Origin

LINES_MAX = 100_000
WITH_KEYS = 2  # the version in which a line became a key and an amount; it had been an array of seven
ADDED, TAKEN, CARRIED = fault("追加"), fault("追减"), fault("结转")

Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=LINES_MAX)]
BudgetLines = Annotated[Lines, AfterValidator(complete)]
PeriodText = Annotated[
    Period,
    BeforeValidator(lambda period: Period.parse(period) if isinstance(period, str) else period),
    PlainSerializer(str),
]


def approval_faults(lines: Iterable[Line]) -> Iterator[Fault]:
    """What keeps amounts from being a 年初批复: an explicit 0 is one."""
    for line in lines:
        if line.fen < 0:
            yield fault("{line} 的年初批复数 {amount} 为负。", line=line.key, amount=line.amount)


def amount_faults(lines: Iterable[Line], verb: Fault) -> Iterator[Fault]:
    """What keeps amounts from being added, taken away or carried over; ``verb`` says which."""
    for line in lines:
        if line.fen <= 0:
            yield fault("{line} 的{verb}金额 {amount} 应大于 0。", line=line.key, verb=verb, amount=line.amount)


def transfer_faults(lines: Iterable[Line]) -> Iterator[Fault]:
    """What keeps amounts from being a 调剂: they sum to zero within each fund source and origin, and each moves something."""
    sums: defaultdict[tuple[FundSource, Origin], list[Money]] = defaultdict(list)
    for line in lines:
        sums[line.key.fund_source, line.key.origin].append(line.amount)
        if not line.fen:
            yield fault("{line} 的调剂金额为 0。", line=line.key)
    for (fund, origin), amounts in sums.items():
        if rest := total(amounts):
            name = fund.label if origin is Origin.THIS_YEAR else f"{fund.label}/{origin.label}"
            yield fault("{fund}的调剂合计应为 0，现为 {rest}。", fund=name, rest=rest)


def _carry_faults(lines: Iterable[Line]) -> Iterator[Fault]:
    for line in lines:
        if line.key.origin is not Origin.CARRIED_OVER:
            yield fault("{line} 不是{origin}。", line=line.key, origin=Origin.CARRIED_OVER.label)
    yield from amount_faults(lines, CARRIED)


def _without(faults: Callable[[tuple[Line, ...]], Iterable[Fault]]) -> AfterValidator:
    """The lines themselves where nothing is found, else Invalid with the first of it."""

    def held(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        for found in faults(lines):
            raise Invalid.of(found)
        return lines

    return AfterValidator(held)


class Decided(Event):
    """On what authority and why (every change names its document: 勾稽 L-04)."""

    version: ClassVar[int] = WITH_KEYS

    document: Document
    reason: Text


class InitialBudgetApproved(Decided):
    """年初批复: what the year starts with. Lines are not negative. Source: 预算法 art. 52."""

    lines: Annotated[BudgetLines, _without(approval_faults)]


class BudgetSupplemented(Decided):
    """追加: more money, income and expenditure alike. Lines are positive."""

    ground: Ground = Field(strict=False)
    lines: Annotated[BudgetLines, _without(lambda lines: amount_faults(lines, ADDED))]


class BudgetReduced(Decided):
    """追减: less money, income and expenditure alike. Lines are negative."""

    ground: Ground = Field(strict=False)
    lines: Annotated[BudgetLines, _without(lambda lines: amount_faults([-line for line in lines], TAKEN))]


class BudgetTransferred(Decided):
    """调剂: from some lines to others. Lines sum to zero within each fund source and origin (ministry field DIS_AMT)."""

    ground: Ground | None = Field(default=None, strict=False)
    lines: Annotated[BudgetLines, _without(transfer_faults)]


class BudgetCarriedOver(Decided):
    """结转: out of the year before, into this year, as one fact recorded in this year's stream. Lines are positive."""

    lines: Annotated[BudgetLines, _without(_carry_faults)]


class ExecutionRecorded(Event):
    """执行数 of a month or of the whole year. The functional 项 is grain enough."""

    version: ClassVar[int] = WITH_KEYS

    period: PeriodText
    document: Document | None = None
    reason: Text | None = None
    lines: Lines
