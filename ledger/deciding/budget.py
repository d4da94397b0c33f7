"""年初批复, 追加, 追减, 调剂, 结转: what changes a year's budget."""

from events.budget import (
    ADDED,
    CARRIED,
    TAKEN,
    BudgetCarriedOver,
    BudgetLines,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    InitialBudgetApproved,
    amount_faults,
    approval_faults,
    transfer_faults,
)
from events.errors import Refused
from events.model import Event
from events.vocabulary import Ground, Origin
from ledger.deciding.balances import shortfalls
from ledger.deciding.decider import require, rule, stated
from ledger.deciding.intent import Decision
from ledger.deciding.state import State


class ApproveInitialBudget(Decision):
    """记录年初批复. Amounts are not negative; an explicit 0 is kept."""

    lines: BudgetLines


@rule.register
def _approve(intent: ApproveInitialBudget, state: State) -> tuple[Event, ...]:
    for identity, _ in state.standing(InitialBudgetApproved):
        raise Refused(
            "{stream} 的年初批复已记录（事件 {event}）。如需更正，请先冲销它再重新记录；"
            "如是年中变动，请用 supplement、reduce 或 transfer。",
            stream=state.stream,
            event=identity,
        )
    require(approval_faults(intent.lines))
    return (stated(InitialBudgetApproved, intent),)


class SupplementBudget(Decision):
    """追加. Amounts are positive."""

    ground: Ground
    lines: BudgetLines


@rule.register
def _supplement(intent: SupplementBudget, _state: State) -> tuple[Event, ...]:
    require(amount_faults(intent.lines, ADDED))
    return (stated(BudgetSupplemented, intent),)


class ReduceBudget(Decision):
    """追减. Amounts are positive: how much is taken away."""

    ground: Ground
    lines: BudgetLines


@rule.register
def _reduce(intent: ReduceBudget, state: State) -> tuple[Event, ...]:
    require(amount_faults(intent.lines, TAKEN))
    taken = tuple(-line for line in intent.lines)
    require(shortfalls(state, taken, intent.effective_on))
    return (stated(BudgetReduced, intent, lines=taken),)


class TransferBudget(Decision):
    """调剂. Signed amounts that sum to zero within each fund source and origin."""

    ground: Ground | None = None
    lines: BudgetLines


@rule.register
def _transfer(intent: TransferBudget, state: State) -> tuple[Event, ...]:
    require(transfer_faults(intent.lines))
    require(shortfalls(state, intent.lines, intent.effective_on))
    return (stated(BudgetTransferred, intent),)


class CarryOverBudget(Decision):
    """结转: positive amounts out of the year before, into this year."""

    lines: BudgetLines


@rule.register
def _carry_over(intent: CarryOverBudget, _state: State) -> tuple[Event, ...]:
    require(amount_faults(intent.lines, CARRIED))
    carried = tuple(line.under(origin=Origin.CARRIED_OVER) for line in intent.lines)
    return (stated(BudgetCarriedOver, intent, lines=carried),)
