"""How far a line may be taken down: never below zero, never below what is executed (勾稽 L-03).

Both are held on every day from the change on, not only in the end: a backdated reduction must not
leave a hole that a later supplement hides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from events.budget import (
    BudgetCarriedOver,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    ExecutionRecorded,
    InitialBudgetApproved,
)
from events.errors import Fault, fault
from events.line import Line, LineKey
from events.money import Money, total
from ledger.state import State

Budgeting = InitialBudgetApproved | BudgetSupplemented | BudgetReduced | BudgetTransferred | BudgetCarriedOver
BUDGETING: tuple[type[Budgeting], ...] = (
    InitialBudgetApproved,
    BudgetSupplemented,
    BudgetReduced,
    BudgetTransferred,
    BudgetCarriedOver,
)

Grain = tuple[object, ...]


class Movement(NamedTuple):
    """A line and the day it counts from."""

    day: date
    line: Line


def budget_movements(state: State) -> Iterator[Movement]:
    """Every standing line of the year's budget."""
    for kind in BUDGETING:
        for _, event in state.standing(kind):
            yield from (Movement(event.effective_on, line) for line in event.lines)


def execution_movements(state: State) -> Iterator[Movement]:
    """Every standing line of the year's execution."""
    for _, event in state.standing(ExecutionRecorded):
        yield from (Movement(event.effective_on, line) for line in event.lines)


def balance(state: State, key: LineKey) -> Money:
    """变动后预算 of one line over all days, in 分."""
    return total(movement.line.amount for movement in budget_movements(state) if movement.line.key == key)


def shortfalls(state: State, taken: Iterable[Line], day: date) -> list[Fault]:
    """What stands against taking these negative lines away from a day on."""
    proposed = [Movement(day, line) for line in taken]
    budget = [*budget_movements(state), *proposed]
    room = _Room(budget, list(execution_movements(state)))
    return [found for movement in proposed if movement.line.amount.fen < 0 for found in room.faults(movement)]


class _Room:
    """Budget less execution, day by day, at every grain execution is known at."""

    def __init__(self, budget: list[Movement], execution: list[Movement]) -> None:
        self._by_key = _steps((m.line.key, m) for m in budget)
        self._free = _steps((grain, m) for m in budget for grain in _grains(m.line.key))
        self._executed = {_grains(m.line.key)[-1] for m in execution}
        for movement in execution:
            for grain in _grains(movement.line.key):
                self._free[grain].append((movement.day, -movement.line.amount.fen))

    def faults(self, taken: Movement) -> Iterator[Fault]:
        lowest = _lowest(self._by_key[taken.line.key], taken.day)
        if lowest < 0:
            yield fault(
                "{line} 减少 {amount} 后为 {rest}，预算不能为负。",
                line=taken.line.key,
                amount=abs(taken.line.amount),
                rest=Money(lowest),
            )
            return
        for grain in _grains(taken.line.key):
            lowest = _lowest(self._free[grain], taken.day)
            if lowest < 0 and self._knows(grain):
                yield fault(
                    "{line} 减少 {amount} 后比已执行数少 {missing}，预算不能低于执行数。",
                    line=taken.line.key,
                    amount=abs(taken.line.amount),
                    missing=Money(-lowest),
                )
                return

    def _knows(self, grain: Grain) -> bool:
        return any(executed[: len(grain)] == grain for executed in self._executed)


def _grains(key: LineKey) -> list[Grain]:
    """Fund and 项; with nature; with economic 款 and project: as far as the line says."""
    grains: list[Grain] = [(key.fund_source, key.function_code)]
    if key.nature is not None:
        grains.append((*grains[0], key.nature))
        if key.economic_code is not None or key.project is not None:
            grains.append((*grains[1], key.economic_code, key.project))
    return grains


def _steps(movements: Iterable[tuple[object, Movement]]) -> defaultdict[object, list[tuple[date, int]]]:
    steps: defaultdict[object, list[tuple[date, int]]] = defaultdict(list)
    for key, movement in movements:
        steps[key].append((movement.day, movement.line.amount.fen))
    return steps


def _lowest(steps: list[tuple[date, int]], since: date) -> int:
    """The lowest running sum at the end of any day from ``since`` on."""
    by_day: defaultdict[date, int] = defaultdict(int)
    for day, fen in steps:
        by_day[max(day, since)] += fen
    return min(accumulate(by_day[day] for day in sorted(by_day)))
