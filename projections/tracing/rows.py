"""Figures that stand in no published table, traced: comparisons with last year, and how a year stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from events.errors import WrongUsage, fault, listed
from events.vocabulary import Basis
from projections.figures.comparison import ComparedRow, Comparison
from projections.figures.status import StatusRow
from projections.reading.comparisons import compare_indicators, compare_subjects, compare_three_public
from projections.reading.reader import Question, Reader
from projections.reading.status import status_of
from projections.tracing.reader import tracing
from projections.tracing.trace import Name, Traced, Tracer

CURRENT, CHANGE, PERCENT = "本年", "增减额", "增减%"
COMPARISONS: Mapping[str, Callable[[Reader, Question, Basis], Comparison]] = {
    "function": compare_subjects,
    "sangong": lambda reader, question, _: compare_three_public(reader, question),
    "indicator": lambda reader, question, _: compare_indicators(reader, question),
}
STATUS = {
    "年初": "initial",
    "追加/追减": "adjusted",
    "调剂": "transferred",
    "结转": "carried",
    "变动后": "current",
    "执行": "execution",
    "执行率%": "rate",
    "结余": "balance",
}


# Percentages, and which two amounts of their row each is divided from.
RATES = {"percent": ("change", "base"), "rate": ("execution", "current")}
Row = ComparedRow | StatusRow


class Compared(NamedTuple):
    """Which comparison: by ``function``, ``sangong`` or ``indicator``, and of 科目 against what."""

    by: str
    basis: Basis


def trace_comparison(
    reader: Reader, question: Question, compared: Compared, row: str | None, column: str | None
) -> tuple[Traced, ...]:
    """本年, the base, 增减额 or 增减% of a row; 增减额, which takes in both, where no column is named."""
    compare = COMPARISONS[compared.by]
    printed, tracked = (compare(one, question, compared.basis) for one in (reader, tracing(reader)))
    fields = {CURRENT: "current", printed.basis.label: "base", CHANGE: "change", PERCENT: "percent"}
    field = _field(fields, column or CHANGE)
    found = _row(_rows(printed), row)
    partner = next(other for other in _rows(tracked) if (other.code, other.name) == (found.code, found.name))
    names = {field: (printed.name, _named(found), fault(heading)) for heading, field in fields.items()}
    return tuple(_traced(Tracer(reader, printed.amount_unit), names, field, found, partner))


def trace_status(reader: Reader, question: Question, row: str | None, column: str | None) -> tuple[Traced, ...]:
    """A figure of how a year stands."""
    printed, tracked = (status_of(one, question) for one in (reader, tracing(reader)))
    field = _field(STATUS, column)
    found = _row(printed.rows, row)
    partner = next(other for other in tracked.rows if other.code == found.code)
    names = {field: (fault("预算执行情况"), _named(found), fault(heading)) for heading, field in STATUS.items()}
    return tuple(_traced(Tracer(reader, printed.amount_unit), names, field, found, partner))


def _traced(tracer: Tracer, names: Mapping[str, Name], field: str, printed: Row, tracked: Row) -> Iterator[Traced]:
    """A figure of a row; behind a percentage the two amounts it was divided from."""
    if field in RATES:
        rate = getattr(printed, field)
        if rate != getattr(tracked, field):
            raise AssertionError(names[field], printed, tracked)
        yield Traced(names[field], rate, "%", made_of=tuple(names[part] for part in RATES[field]))
    for part in RATES.get(field, (field,)):
        yield tracer.traced(names[part], getattr(printed, part), getattr(tracked, part))


def _rows(comparison: Comparison) -> list[ComparedRow]:
    return [*comparison.rows, *([comparison.total] if comparison.total else [])]


def _row(rows: Sequence[Row], wanted: str | None) -> Row:
    for row in rows:
        if wanted is not None and wanted in (row.code, row.name, _named(row)):
            return row
    known = listed(map(_named, rows))
    if wanted is None:
        raise WrongUsage("请用 --row 指定行：{known}。", known=known)
    raise WrongUsage("没有行“{row}”，可选：{known}。", row=wanted, known=known)


def _field(fields: Mapping[str, str], wanted: str | None) -> str:
    """The field of a column, named as it is printed or as programs know it."""
    for heading, field in fields.items():
        if wanted in (heading, field):
            return field
    known = listed(fields)
    if wanted is None:
        raise WrongUsage("请用 --column 指定列：{known}。", known=known)
    raise WrongUsage("没有列“{column}”，可选：{known}。", column=wanted, known=known)


def _named(row: Row) -> str:
    return " ".join(filter(None, (row.code, row.name)))
