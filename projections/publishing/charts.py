"""The charts of a document, from the figures of its year."""

from collections.abc import Callable
from operator import attrgetter

from events.errors import WrongUsage
from events.money import Money
from events.vocabulary import Basis, Measure
from projections.charts.chart import Bar, Chart, Pair, PairedBars, Share, Treemap, Waterfall
from projections.figures.comparison import Comparison
from projections.figures.status import StatusRow, YearStatus
from projections.reading.comparisons import compare_subjects
from projections.reading.reader import Question, Reader
from projections.reading.status import status_of

ITEM_LEVEL = 3  # 项
_AMOUNT_OF: dict[Measure, Callable[[StatusRow], Money]] = {
    Measure.INITIAL: attrgetter("initial"),
    Measure.CURRENT: attrgetter("current"),
    Measure.EXECUTION: attrgetter("execution"),
}


class Charts:
    """The charts a template can ask for, made when asked."""

    def __init__(self, reader: Reader, question: Question) -> None:
        self._reader = reader
        self._question = question

    def named(self, name: str) -> Chart:
        """A chart by the name a template gives it, else WrongUsage with the names there are."""
        made = {"预算执行": self._waterfall, "与上年比较": self._paired, "支出结构": self._treemap}.get(name)
        if made is None:
            raise WrongUsage("没有名为“{name}”的图，可选：预算执行、与上年比较、支出结构。", name=name)
        return made()

    def _waterfall(self) -> Chart:
        return waterfall(status_of(self._reader, self._question))

    def _paired(self) -> Chart:
        return paired(compare_subjects(self._reader, self._question, Basis.EXECUTION))

    def _treemap(self) -> Chart:
        return treemap(status_of(self._reader, self._question), self._question.measure)


def waterfall(status: YearStatus) -> Waterfall:
    """年初 → 调整 → 变动后 → 执行; steps in which nothing happened are left out."""
    row = status.rows[-1]
    steps = [Bar("追加追减", row.adjusted), Bar("调剂", row.transferred), Bar("结转", row.carried)]
    bars = [Bar("年初", row.initial, is_total=True), *(step for step in steps if step.amount)]
    bars.append(Bar("变动后", row.current, is_total=True))
    if row.execution:
        bars.append(Bar("执行", row.execution, is_total=True))
    return Waterfall(f"{status.year}年预算变动与执行", status.amount_unit, tuple(bars))


def paired(comparison: Comparison) -> PairedBars:
    """A year beside the one before, 科目 by 科目, discontinued ones too."""
    none = Money(0)
    pairs = tuple(Pair(row.name, row.current or none, row.base or none) for row in comparison.rows)
    names = (f"{comparison.year}年", f"{comparison.year - 1}年执行数")
    return PairedBars(f"{comparison.year}年预算与上年执行数", comparison.amount_unit, names, pairs)


def treemap(status: YearStatus, measure: Measure) -> Treemap:
    """Where the money goes, by functional 项."""
    items = [row for row in status.rows if row.level == ITEM_LEVEL]
    amount_of = _AMOUNT_OF[measure]
    shares = tuple(Share(row.name, amount_of(row)) for row in items if amount_of(row).fen > 0)
    return Treemap(f"{status.year}年支出结构", status.amount_unit, shares)
