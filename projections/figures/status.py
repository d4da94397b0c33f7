"""How a year stands: 年初 · 追加/追减 · 调剂 · 结转 · 变动后 · 执行 · 执行率 · 结余, by 科目."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from events.codes import level, lineage
from events.money import Money, percent
from events.vocabulary import Stage
from projections.cut import Cut
from projections.entries.read_model import Amount
from projections.registers.naming import Names
from projections.registers.units import Unit

COLUMNS = {
    "initial": (Stage.INITIAL,),
    "adjusted": (Stage.SUPPLEMENT, Stage.REDUCTION),
    "transferred": (Stage.TRANSFER,),
    "carried": (Stage.CARRIED_IN, Stage.CARRIED_OUT),
    "execution": (Stage.EXECUTION,),
}


class StatusRow(NamedTuple):
    """One 科目. REPLY_AMT + ADJ_AMT + DIS_AMT = CUR_AMT in the ministry's field set (勾稽 L-01)."""

    code: str | None
    name: str
    level: int
    initial: Money
    adjusted: Money
    transferred: Money
    carried: Money
    execution: Money

    @property
    def current(self) -> Money:
        """变动后预算数."""
        return self.initial + self.adjusted + self.transferred + self.carried

    @property
    def balance(self) -> Money:
        """结余: what is left to spend."""
        return self.current - self.execution

    @property
    def rate(self) -> str | None:
        """执行率 in percent; None where there is no budget."""
        return percent(self.execution, self.current)


@dataclass(frozen=True)
class YearStatus:
    """A unit's year at a cut, 科目 by 科目, the total last."""

    unit: Unit
    year: int
    cut: Cut
    amount_unit: str
    rows: tuple[StatusRow, ...]


def status_rows(amounts: Iterable[Amount], names: Names) -> tuple[StatusRow, ...]:
    """A row for every 类, 款 and 项 with a line, and the total."""
    columns = {stage: column for column, stages in COLUMNS.items() for stage in stages}
    sums: dict[str | None, dict[str, int]] = {}
    for amount in amounts:
        for code in (None, *lineage(amount.function_code)):
            row = sums.setdefault(code, dict.fromkeys(COLUMNS, 0))
            row[columns[amount.stage]] += amount.fen
    codes = sorted(code for code in sums if code)
    rows = [_row(code, names.subject(code), level(code), sums[code]) for code in codes]
    return (*rows, _row(None, "合计", 0, sums.get(None, dict.fromkeys(COLUMNS, 0))))


def _row(code: str | None, name: str, depth: int, sums: dict[str, int]) -> StatusRow:
    return StatusRow(code, name, depth, **{column: Money(fen) for column, fen in sums.items()})
