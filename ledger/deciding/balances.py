"""How far a line may be taken down: never below zero, never below what is executed (勾稽 L-03).

Both are held on every day from the change on, not only in the end: a backdated reduction must not
leave a hole that a later supplement hides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, repeat

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
from events.money import Money
from ledger.deciding.state import State, Step

Budgeting = InitialBudgetApproved | BudgetSupplemented | BudgetReduced | BudgetTransferred | BudgetCarriedOver
BUDGETING: tuple[type[Budgeting], ...] = (
    InitialBudgetApproved,
    BudgetSupplemented,
    BudgetReduced,
    BudgetTransferred,
    BudgetCarriedOver,
)

Grain = tuple[object, ...]


def balances(state: State) -> dict[LineKey, Money]:
    """变动后预算 of every line over all days."""
    return {key: Money(fen) for key, fen in state.sums(*BUDGETING).items()}


def shortfalls(state: State, moved: Sequence[Line], day: date) -> list[Fault]:
    """What stands against moving these signed lines from a day on."""
    room = _Room(state, [Step(day, line.key, line.amount.fen) for line in moved])
    return [found for line in moved if line.amount.fen < 0 for found in room.faults(line, day)]


class _Room:
    """Budget, and budget less execution, day by day: as it is, and as it would be."""

    def __init__(self, state: State, proposed: list[Step]) -> None:
        budget, execution = list(state.movements(*BUDGETING)), list(state.movements(ExecutionRecorded))
        spent = [movement._replace(fen=-movement.fen) for movement in execution]
        self._lines = _steps(([m.key], m) for m in [*budget, *proposed])
        self._free_now = _steps((_grains(m.key), m) for m in [*budget, *spent])
        self._free_then = _steps((_grains(m.key), m) for m in [*budget, *spent, *proposed])
        self._executed = {grain for movement in execution for grain in _grains(movement.key)}

    def faults(self, taken: Line, day: date) -> Iterator[Fault]:
        lowest = _lowest(self._lines[taken.key], day)
        if lowest < 0:
            yield fault(
                "{line} 减少 {amount} 后为 {rest}，预算不能为负。",
                line=taken.key,
                amount=abs(taken.amount),
                rest=Money(lowest),
            )
            return
        missing = max(map(self._missing, _grains(taken.key), repeat(day)))
        if missing:
            yield fault(
                "{line} 减少 {amount} 后比已执行数少 {missing}，预算不能低于执行数。",
                line=taken.key,
                amount=abs(taken.amount),
                missing=Money(missing),
            )

    def _missing(self, grain: Grain, day: date) -> int:
        """How far the grain would fall below its execution, if it falls further than it has already."""
        now, then = _lowest(self._free_now[grain], day), _lowest(self._free_then[grain], day)
        return -then if grain in self._executed and then < min(now, 0) else 0


def _grains(key: LineKey) -> list[Grain]:
    """Fund and 项; with nature; with economic 款 and project: as far as the line says."""
    grains: list[Grain] = [(key.fund_source, key.function_code)]
    if key.nature is not None:
        grains.append((*grains[0], key.nature))
        if key.economic_code is not None or key.project is not None:
            grains.append((*grains[1], key.economic_code, key.project))
    return grains


def _steps(movements: Iterable[tuple[Sequence[object], Step]]) -> defaultdict[object, list[tuple[date, int]]]:
    steps: defaultdict[object, list[tuple[date, int]]] = defaultdict(list)
    for keys, movement in movements:
        for key in keys:
            steps[key].append((movement.day, movement.fen))
    return steps


def _lowest(steps: list[tuple[date, int]], since: date) -> int:
    """The lowest running sum at the end of any day from ``since`` on."""
    by_day: defaultdict[date, int] = defaultdict(int)
    for day, fen in steps:
        by_day[max(day, since)] += fen
    return min(accumulate(by_day[day] for day in sorted(by_day)), default=0)
