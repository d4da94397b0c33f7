"""How far a line may be taken down: never below zero, never below what is executed (勾稽 L-03).

Both are held on every day from the change on, not only in the end: a backdated reduction must not
leave a hole that a later supplement hides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from typing import Self

from events.budget import (
    BudgetCarriedOver,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    ExecutionRecorded,
    InitialBudgetApproved,
)
from events.errors import Fault, fault, listed
from events.line import Line, LineKey
from events.money import Money
from events.vocabulary import Origin
from ledger.deciding.state import State, Step

Budgeting = InitialBudgetApproved | BudgetSupplemented | BudgetReduced | BudgetTransferred | BudgetCarriedOver
BUDGETING: tuple[type[Budgeting], ...] = (
    InitialBudgetApproved,
    BudgetSupplemented,
    BudgetReduced,
    BudgetTransferred,
    BudgetCarriedOver,
)

NEAR_SHOWN = 5

Grain = tuple[object, ...]
Steps = dict[object, list[tuple[date, int]]]


def balances(state: State) -> dict[LineKey, Money]:
    """变动后预算 of every line over all days."""
    return {key: Money(fen) for key, fen in state.sums(*BUDGETING).items()}


@dataclass(frozen=True)
class Room:
    """Budget by line, and budget less execution by grain, day by day; ``moved`` by the same keys, beside it."""

    lines: Steps
    free: Steps
    executed: frozenset[Grain]
    moved_lines: Steps = field(default_factory=dict)
    moved_free: Steps = field(default_factory=dict)

    @classmethod
    def of(cls, state: State) -> Self:
        """The room that the events of a stream leave."""
        budget, execution = list(state.movements(*BUDGETING)), list(state.movements(ExecutionRecorded))
        spent = [step._replace(fen=-step.fen) for step in execution]
        executed = frozenset(grain for step in execution for grain in _grains(step.key))
        return cls(_by_line(budget), _by_grain([*budget, *spent]), executed)

    def moved(self, lines: Sequence[Line], day: date) -> Self:
        """The room there is once these signed lines are moved from a day on."""
        steps = [Step(day, line.key, line.fen) for line in lines]
        return replace(self, moved_lines=_by_line(steps), moved_free=_by_grain(steps))

    def of_line(self, key: LineKey, day: date) -> int:
        """The lowest budget of a line on any day from this one on, in 分."""
        return _lowest([*self.lines.get(key, ()), *self.moved_lines.get(key, ())], day)

    def of_grain(self, grain: Grain, day: date) -> int:
        """The least of a grain that is not executed on any day from this one on, in 分."""
        return _lowest([*self.free.get(grain, ()), *self.moved_free.get(grain, ())], day)


def shortfalls(state: State, moved: Sequence[Line], day: date) -> list[Fault]:
    """What stands against moving these signed lines from a day on."""
    room = Room.of(state)
    return shortfalls_between(room, room.moved(moved, day), moved, day)


def shortfalls_between(now: Room, then: Room, moved: Sequence[Line], day: date) -> list[Fault]:
    """What stands against these signed lines, by the room there is before they are moved and after."""
    return [found for line in moved if line.fen < 0 for found in _faults(line, day, now, then)]


def overspent(state: State, executed: Sequence[Line], day: date) -> Iterator[Fault]:
    """The 项 of a budget of which more is executed than there is, once these lines are from a day on."""
    room = Room.of(state).moved([-line for line in executed], day)
    for fund_source, code in dict.fromkeys((line.key.fund_source, line.key.function_code) for line in executed):
        rest = room.of_grain((fund_source, code), day)
        if room.lines and rest < 0:
            item = LineKey(fund_source, Origin.THIS_YEAR, code, None, None, None)
            yield fault("{item} 的执行数超出变动后预算 {over}。", item=item, over=Money(-rest))


def _faults(taken: Line, day: date, now: Room, then: Room) -> Iterator[Fault]:
    lowest = then.of_line(taken.key, day)
    if lowest < 0 and taken.key not in now.lines:
        near = listed(_near(taken.key, now.lines)) or fault("（无）")
        yield fault("账本里没有明细 {line}，不能减少；同一科目下有：{near}。", line=taken.key, near=near)
        return
    if lowest < 0:
        yield fault(
            "{line} 减少 {amount} 后为 {rest}，预算不能为负。",
            line=taken.key,
            amount=abs(taken.amount),
            rest=Money(lowest),
        )
        return
    missing = max(_missing(grain, day, now, then) for grain in _grains(taken.key))
    if missing:
        yield fault(
            "{line} 减少 {amount} 后比已执行数少 {missing}，预算不能低于执行数。",
            line=taken.key,
            amount=abs(taken.amount),
            missing=Money(missing),
        )


def _near(key: LineKey, known: Iterable[object]) -> list[str]:
    """The lines of the same 科目 and nature, as one may have meant them."""
    same = (other for other in known if isinstance(other, LineKey) and other[2:4] == key[2:4])
    return sorted(map(str, same))[:NEAR_SHOWN]


def _missing(grain: Grain, day: date, now: Room, then: Room) -> int:
    """How far a grain falls below its execution, if it falls further than it has already."""
    before, after = now.of_grain(grain, day), then.of_grain(grain, day)
    return -after if grain in now.executed and after < min(before, 0) else 0


def _grains(key: LineKey) -> list[Grain]:
    """Fund and 项; with nature; with economic 款 and project: as far as the line says."""
    grains: list[Grain] = [(key.fund_source, key.function_code)]
    if key.nature is not None:
        grains.append((*grains[0], key.nature))
        if key.economic_code is not None or key.project is not None:
            grains.append((*grains[1], key.economic_code, key.project))
    return grains


def _by_line(steps: Iterable[Step]) -> Steps:
    return _keyed(((step.key,), step) for step in steps)


def _by_grain(steps: Iterable[Step]) -> Steps:
    return _keyed((_grains(step.key), step) for step in steps)


def _keyed(steps: Iterable[tuple[Sequence[object], Step]]) -> Steps:
    keyed: Steps = {}
    for keys, step in steps:
        for key in keys:
            keyed.setdefault(key, []).append((step.day, step.fen))
    return keyed


def _lowest(steps: list[tuple[date, int]], since: date) -> int:
    """The lowest running sum at the end of any day from ``since`` on."""
    by_day: defaultdict[date, int] = defaultdict(int)
    for day, fen in steps:
        by_day[max(day, since)] += fen
    return min(accumulate(by_day[day] for day in sorted(by_day)), default=0)
