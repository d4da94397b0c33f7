"""A year against the one before: 科目, 三公 and indicators, at a cut."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from events.errors import Fault, fault
from events.money import Money, total
from events.stream import Stream
from events.upcasting import Payload
from events.vocabulary import Basis, FundSource, Measure
from projections.cut import Cut
from projections.figures import comparison as comparing
from projections.figures.comparison import ComparedRow, Comparison, Sums, compared
from projections.figures.table import Scope
from projections.reading.reader import Question, Reader
from projections.reading.scope import figures_of, has_lines, scope_of, stated_indicators, together, year_amounts


def compare_subjects(
    reader: Reader, question: Question, basis: Basis, sources: Collection[FundSource] = tuple(FundSource)
) -> Comparison:
    """Functional 科目 of a year against last year's execution or last year's initial budget, of some fund sources."""
    scope = scope_of(reader, question)
    base_stages = (Measure.EXECUTION if basis is Basis.EXECUTION else Measure.INITIAL).stages
    lines = year_amounts(reader, scope, question.measure.stages)
    base_lines = year_amounts(reader, scope, base_stages, question.year - 1)
    current = comparing.by_function(line for line in lines if line.fund_source in sources)
    base = comparing.by_function(line for line in base_lines if line.fund_source in sources)
    names = {code: scope.names.subject(code) for code in {*current, *base}}
    nearly_level = reader.edition(question.year).nearly_level_percent
    return replace(
        _frame(reader, scope, basis),
        rows=comparing.rows_of(current, base, names, nearly_level),
        total=comparing.total_of(current, base, nearly_level),
        notes=() if base else (_no_base(question.year - 1, basis),),
    )


def compare_three_public(reader: Reader, question: Question) -> Comparison:
    """三公经费 against last year's budget, and 同口径 where that was declared."""
    scope = scope_of(reader, question)
    nearly_level = reader.edition(question.year).nearly_level_percent
    lines = year_amounts(reader, scope, question.measure.stages)
    current = comparing.three_public(lines)
    base = _three_public_base(reader, scope)
    rows = [compared(None, name, current[name], base.get(name), nearly_level) for name in comparing.THREE_PUBLIC]
    comparable, notes = _comparable(reader, scope, current, base, nearly_level)
    frame = _frame(reader, scope, Basis.BUDGET)
    return replace(frame, about=comparing.THREE_PUBLIC_TOTAL, rows=(*rows[1:], *comparable), total=rows[0], notes=notes)


def compare_indicators(reader: Reader, question: Question) -> Comparison:
    """Indicators of a year (机关运行经费, 政府采购 …) against last year's, restated bases first."""
    scope = scope_of(reader, question)
    nearly_level = reader.edition(question.year).nearly_level_percent
    base = _base_indicators(reader, scope)
    rows = tuple(
        compared(None, name, value, base.get(name), nearly_level) for name, value in scope.indicators().items()
    )
    return replace(_frame(reader, scope, Basis.BUDGET), about="指标", rows=rows)


def _restated_indicators(reader: Reader, stream: Stream, cut: Cut) -> list[Payload]:
    """The figures of the year before that a year puts in place of those recorded then."""
    stated = (item.payload for item in reader.statements(stream, ["IndicatorRecorded"], cut))
    return [payload for payload in stated if payload.get("restates") == (stream.year or 0) - 1]


def _base_indicators(reader: Reader, scope: Scope) -> dict[str, Money]:
    """What this year's indicators are compared with: last year's, as restated by each unit."""
    return together(_base_of_unit(reader, unit.code, scope) for unit in scope.units)


def _base_of_unit(reader: Reader, unit: str, scope: Scope) -> dict[str, Money]:
    here, before = Stream(unit, scope.year), Stream(unit, scope.year - 1)
    own = stated_indicators(reader, before, scope.cut)
    return figures_of([*own, *_restated_indicators(reader, here, scope.cut)])


def _three_public_base(reader: Reader, scope: Scope) -> dict[str, Money]:
    """Last year's 三公 budget, from its lines if it has any."""
    stages, year = Measure.INITIAL.stages, scope.year - 1
    if has_lines(reader, scope, stages, year):
        return comparing.three_public(year_amounts(reader, scope, stages, year))
    return _three_public_of_indicators(reader, scope)


def _three_public_of_indicators(reader: Reader, scope: Scope) -> dict[str, Money]:
    """Last year's 三公 budget where that year has no lines of its own: its items, recorded as indicators."""
    known = _base_indicators(reader, scope)
    items = [known[name] for name in comparing.THREE_PUBLIC_ITEMS if name in known]
    return known | {comparing.THREE_PUBLIC_TOTAL: total(items)} if items else {}


def _comparable(
    reader: Reader, scope: Scope, current: Sums, base: Sums, nearly_level: Decimal
) -> tuple[list[ComparedRow], tuple[Fault, ...]]:
    stream = Stream(scope.unit.code, scope.year)
    declared = reader.statements(stream, ["ComparabilityDeclared"], scope.cut)
    if not declared:
        return [], ()
    excluded = declared[-1].payload["excluded"]
    sides = (comparing.without(current, excluded), comparing.without(base, excluded))
    left_out = "、".join(f"{code} {scope.names.subject(code)}" for code in excluded)
    note = fault("同口径两侧均剔除 {left_out}：{reason}", left_out=left_out, reason=declared[-1].payload["reason"])
    return [compared(None, "同口径", *sides, nearly_level)], (note,)


def _no_base(year: int, basis: Basis) -> Fault:
    return fault("账本里没有{basis}（{year} 年），各项无从比较", year=year, basis=fault(basis.label))


def _frame(reader: Reader, scope: Scope, basis: Basis) -> Comparison:
    """A comparison that still lacks its rows."""
    unit = reader.edition(scope.year).amount_unit
    return Comparison(scope.unit, scope.year, scope.measure, basis, scope.cut, unit)
