"""What is executed and carried over, held against what was budgeted, 项 by 项 and day by day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from events.budget import BudgetCarriedOver, ExecutionRecorded
from events.errors import Fault, fault
from events.money import Money
from events.vocabulary import FundSource, Measure, Stage
from ledger.deciding.balances import BUDGETING
from projections.checks.material import Material, lines_of, standing, unit_of
from projections.checks.outcome import NotApplicable, Outcome
from projections.entries.read_model import Amount


class Item(NamedTuple):
    """A 项 of a fund of a unit: the grain at which execution is known."""

    unit: str
    fund_source: FundSource
    function_code: str


class Step(NamedTuple):
    """A day on which the room to spend of a 项 changes, and by how much, in 分."""

    item: Item
    day: date
    room: int


def execution_stays_within(material: Material) -> Outcome:
    """On no day is more executed than budgeted for a 项; what is carried over was left, and arrives whole."""
    is_budgeted = any(recorded.stands and isinstance(recorded.event, BUDGETING) for recorded in material.events)
    carried = [*material.standing(BudgetCarriedOver), *standing(material.later, BudgetCarriedOver)]
    if not is_budgeted or not (material.standing(ExecutionRecorded) or carried):
        return NotApplicable(fault("本年没有预算，或没有执行数和结转。"))
    return [*_overspent(material), *_carried_faults(material)]


def _overspent(material: Material) -> Iterator[Fault]:
    """The first day on which a 项 was overspent, for each that was."""
    by_item: defaultdict[Item, Counter[date]] = defaultdict(Counter)
    for movement in _movements(material):
        by_item[movement.item][movement.day] += movement.room
    for item, days in sorted(by_item.items()):
        room = 0
        for day in sorted(days):
            room += days[day]
            if room < 0:
                yield fault(
                    "{function} 到 {day} 执行数和结转超出预算 {over}。",
                    function=item.function_code,
                    day=day,
                    over=Money(-room),
                )
                break


def _movements(material: Material) -> Iterator[Step]:
    kinds = (*BUDGETING, ExecutionRecorded)
    taken = [
        (r, -1 if isinstance(r.event, ExecutionRecorded) else 1) for r in material.events if isinstance(r.event, kinds)
    ]
    taken += [(r, -1) for r in material.later if isinstance(r.event, BudgetCarriedOver)]
    for recorded, sign in taken:
        if recorded.stands:
            for line in lines_of(recorded.event):
                item = Item(unit_of(recorded), line.key.fund_source, line.key.function_code)
                yield Step(item, recorded.event.effective_on, sign * line.fen)


def _carried_faults(material: Material) -> Iterator[Fault]:
    """Faults where what came in from last year is not what went out of it, or is more than was left."""
    came = _by_item(material.amounts, Stage.CARRIED_IN)
    went = _by_item(material.base_amounts, Stage.CARRIED_OUT)
    for item in sorted({*came, *went}):
        if came[item] != -went[item]:
            yield fault(
                "{function} 由上年结转 {came}，上年结出 {went}。",
                function=item.function_code,
                came=Money(came[item]),
                went=Money(-went[item]),
            )
    budgeted = _by_item(material.base_amounts, *Measure.CURRENT.stages)
    if not any(amount.stage is Stage.INITIAL for amount in material.base_amounts):
        return
    over = _by_item(material.base_amounts, Stage.EXECUTION) - budgeted
    for item in sorted(set(over) & set(came)):
        yield fault("{function} 结转超出上年结余 {over}。", function=item.function_code, over=Money(over[item]))


def _by_item(amounts: Iterable[Amount], *stages: Stage) -> Counter[Item]:
    sums: Counter[Item] = Counter()
    for amount in amounts:
        if amount.stage in stages:
            sums[Item(amount.unit, amount.fund_source, amount.function_code)] += amount.fen
    return sums
