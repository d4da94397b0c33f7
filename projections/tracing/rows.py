"""Figures that stand in no published table, traced: comparisons with last year, and how a year stands."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from events.errors import WrongUsage
from events.vocabulary import Basis
from projections.comparison import ComparedRow, Comparison
from projections.progress import ProgressRow
from projections.reading.comparisons import compare_indicators, compare_subjects, compare_three_public
from projections.reading.reader import Question, Reader
from projections.reading.standing import progress
from projections.tracing.reader import tracing
from projections.tracing.trace import Traced, Tracer

CURRENT, CHANGE = "本年", "增减额"
COMPARISONS: Mapping[str, Callable[[Reader, Question, Basis], Comparison]] = {
    "function": compare_subjects,
    "sangong": lambda reader, question, _: compare_three_public(reader, question),
    "indicator": lambda reader, question, _: compare_indicators(reader, question),
}
STANDING = {
    "年初": "initial",
    "追加/追减": "adjusted",
    "调剂": "transferred",
    "结转": "carried",
    "变动后": "current",
    "执行": "execution",
    "结余": "balance",
}
Row = ComparedRow | ProgressRow


class Compared(NamedTuple):
    """Which comparison: by ``function``, ``sangong`` or ``indicator``, and of 科目 against what."""

    by: str
    basis: Basis


def trace_comparison(
    reader: Reader, question: Question, compared: Compared, row: str | None, column: str | None
) -> Traced:
    """本年, the base or 增减额 of a row; 增减额, which takes in both, where no column is named."""
    compare = COMPARISONS[compared.by]
    printed, tracked = (compare(one, question, compared.basis) for one in (reader, tracing(reader)))
    fields = {CURRENT: "current", printed.basis.label: "base", CHANGE: "change"}
    heading, field = _column(fields, column or CHANGE)
    amount = attrgetter(field)
    found = _row(_rows(printed), row)
    partner = next(other for other in _rows(tracked) if (other.code, other.name) == (found.code, found.name))
    name = (f"{printed.about}{printed.measure.label}与{printed.basis.label}比较", _named(found), heading)
    return Tracer(reader, printed.amount_unit).traced(name, amount(found), amount(partner))


def trace_standing(reader: Reader, question: Question, row: str | None, column: str | None) -> Traced:
    """A figure of how a year stands."""
    printed, tracked = (progress(one, question) for one in (reader, tracing(reader)))
    heading, field = _column(STANDING, column)
    amount = attrgetter(field)
    found = _row(printed.rows, row)
    partner = next(other for other in tracked.rows if other.code == found.code)
    name = ("预算执行情况", _named(found), heading)
    return Tracer(reader, printed.amount_unit).traced(name, amount(found), amount(partner))


def _rows(comparison: Comparison) -> list[ComparedRow]:
    return [*comparison.rows, *([comparison.total] if comparison.total else [])]


def _row(rows: Sequence[Row], wanted: str | None) -> Row:
    for row in rows:
        if wanted is not None and wanted in (row.code, row.name, _named(row)):
            return row
    known = "、".join(map(_named, rows))
    if wanted is None:
        raise WrongUsage("请用 --row 指定行：{known}。", known=known)
    raise WrongUsage("没有行“{row}”，可选：{known}。", row=wanted, known=known)


def _column(fields: Mapping[str, str], wanted: str | None) -> tuple[str, str]:
    """The heading and the field of a column, named as it is printed or as programs know it."""
    for heading, field in fields.items():
        if wanted in (heading, field):
            return heading, field
    known = "、".join(fields)
    if wanted is None:
        raise WrongUsage("请用 --column 指定列：{known}。", known=known)
    raise WrongUsage("没有列“{column}”，可选：{known}。", column=wanted, known=known)


def _named(row: Row) -> str:
    return " ".join(filter(None, (row.code, row.name)))
