"""年初批复, 追加, 追减, 调剂, 结转: what changes a year's budget."""

from collections import defaultdict
from collections.abc import Iterable

from events.budget import (
    BudgetCarriedOver,
    BudgetLines,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    InitialBudgetApproved,
)
from events.errors import Fault, Refused, fault
from events.line import Line
from events.model import Event
from events.money import Money, total
from events.vocabulary import FundSource, Ground, Origin
from ledger.deciding.balances import shortfalls
from ledger.deciding.decider import require, rule, stated
from ledger.deciding.intent import Decision
from ledger.deciding.state import State


class ApproveInitialBudget(Decision):
    """记录年初批复. Amounts are not negative; an explicit 0 is kept."""

    lines: BudgetLines


@rule.register
def _(intent: ApproveInitialBudget, state: State) -> tuple[Event, ...]:
    for identity, _ in state.standing(InitialBudgetApproved):
        raise Refused(
            "{stream} 的年初批复已记录（事件 {event}）。如需更正，请先冲销它再重新记录；"
            "如是年中变动，请用 supplement、reduce 或 transfer。",
            stream=state.stream,
            event=identity,
        )
    require(
        fault("{line} 的年初批复数 {amount} 为负。", line=line.key, amount=line.amount)
        for line in intent.lines
        if line.amount.fen < 0
    )
    return (stated(InitialBudgetApproved, intent),)


class SupplementBudget(Decision):
    """追加. Amounts are positive."""

    ground: Ground
    lines: BudgetLines


@rule.register
def _(intent: SupplementBudget, _state: State) -> tuple[Event, ...]:
    _require_positive(intent.lines, fault("追加"))
    return (stated(BudgetSupplemented, intent),)


class ReduceBudget(Decision):
    """追减. Amounts are positive: how much is taken away."""

    ground: Ground
    lines: BudgetLines


@rule.register
def _(intent: ReduceBudget, state: State) -> tuple[Event, ...]:
    _require_positive(intent.lines, fault("追减"))
    taken = tuple(-line for line in intent.lines)
    require(shortfalls(state, taken, intent.effective_on))
    return (stated(BudgetReduced, intent, lines=taken),)


class TransferBudget(Decision):
    """调剂. Signed amounts that sum to zero within each fund source."""

    lines: BudgetLines


@rule.register
def _(intent: TransferBudget, state: State) -> tuple[Event, ...]:
    sums: defaultdict[tuple[FundSource, Origin], list[Money]] = defaultdict(list)
    for line in intent.lines:
        sums[line.fund_source, line.origin].append(line.amount)
    require(
        fault("{fund}的调剂合计应为 0，现为 {rest}。", fund=fund.label, rest=total(amounts))
        for (fund, _), amounts in sums.items()
        if total(amounts)
    )
    require(fault("{line} 的调剂金额为 0。", line=line.key) for line in intent.lines if not line.amount)
    require(shortfalls(state, intent.lines, intent.effective_on))
    return (stated(BudgetTransferred, intent),)


class CarryOverBudget(Decision):
    """结转: positive amounts out of the year before, into this year."""

    lines: BudgetLines


@rule.register
def _(intent: CarryOverBudget, _state: State) -> tuple[Event, ...]:
    _require_positive(intent.lines, fault("结转"))
    carried = tuple(line._replace(origin=Origin.CARRIED_OVER) for line in intent.lines)
    return (stated(BudgetCarriedOver, intent, lines=carried),)


def _require_positive(lines: Iterable[Line], verb: Fault) -> None:
    require(
        fault("{line} 的{verb}金额 {amount} 应大于 0。", line=line.key, verb=verb, amount=line.amount)
        for line in lines
        if line.amount.fen <= 0
    )
