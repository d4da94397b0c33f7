"""A year against the one before: 科目, 三公 and indicators, at a cut."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from events.errors import Fault, fault, listed
from events.money import Money, total
from events.stream import Stream
from events.upcasting import Payload
from events.vocabulary import Basis, FundSource, Measure
from projections.cut import Cut
from projections.entries.read_model import Amount
from projections.figures import comparison as comparing
from projections.figures.comparison import ComparedRow, Comparison, Sums, compared
from projections.figures.table import Scope
from projections.reading.reader import Question, Reader
from projections.reading.scope import figures_of, scope_of, stated_indicators, together, year_amounts
from projections.registers.units import Unit


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
    lines = _by_unit(year_amounts(reader, scope, question.measure.stages))
    currents = {unit.code: comparing.three_public(lines[unit.code]) for unit in scope.units}
    bases = _three_public_bases(reader, scope)
    current, base = together(currents.values()), together(bases.values())
    rows = [compared(None, name, current[name], base.get(name), nearly_level) for name in comparing.THREE_PUBLIC]
    comparable, notes = _comparable(reader, scope, currents, bases, nearly_level)
    notes = notes if base else (_no_base(question.year - 1, Basis.BUDGET), *notes)
    frame = _frame(reader, scope, Basis.BUDGET)
    return replace(frame, about=comparing.THREE_PUBLIC_TOTAL, rows=(*rows[1:], *comparable), total=rows[0], notes=notes)


def compare_indicators(reader: Reader, question: Question) -> Comparison:
    """Indicators of a year (机关运行经费, 政府采购 …) against last year's, restated bases first."""
    scope = scope_of(reader, question)
    nearly_level = reader.edition(question.year).nearly_level_percent
    current, base = scope.indicators(), _base_indicators(reader, scope)
    discontinued = [name for name in base if name not in current and name not in comparing.THREE_PUBLIC and base[name]]
    rows = tuple(
        compared(None, name, current.get(name), base.get(name), nearly_level) for name in (*current, *discontinued)
    )
    missing = _no_base(question.year - 1, Basis.BUDGET) if rows else fault("两年都没有记录有金额的指标")
    notes = () if rows and base else (missing,)
    return replace(_frame(reader, scope, Basis.BUDGET), about="指标", rows=rows, notes=notes)


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


def _by_unit(amounts: Iterable[Amount]) -> Mapping[str, list[Amount]]:
    grouped: defaultdict[str, list[Amount]] = defaultdict(list)
    for amount in amounts:
        grouped[amount.unit].append(amount)
    return grouped


def _three_public_bases(reader: Reader, scope: Scope) -> dict[str, Sums]:
    """Every unit's 三公 budget of last year, from its lines if it has any, be they of 0."""
    lines = _by_unit(year_amounts(reader, scope, Measure.INITIAL.stages, scope.year - 1))
    bases: dict[str, Sums] = {unit: comparing.three_public(own) for unit, own in lines.items()}
    without_lines = [unit.code for unit in scope.units if unit.code not in bases]
    return bases | {unit: _three_public_of_indicators(reader, unit, scope) for unit in without_lines}


def _three_public_of_indicators(reader: Reader, unit: str, scope: Scope) -> dict[str, Money]:
    """Last year's 三公 budget where that year has no lines of its own: its items, recorded as indicators."""
    known = _base_of_unit(reader, unit, scope)
    items = [known[name] for name in comparing.THREE_PUBLIC_ITEMS if name in known]
    return known | {comparing.THREE_PUBLIC_TOTAL: total(items)} if items else {}


def _comparable(
    reader: Reader, scope: Scope, currents: Mapping[str, Sums], bases: Mapping[str, Sums], nearly_level: Decimal
) -> tuple[list[ComparedRow], tuple[Fault, ...]]:
    """同口径, if any unit has declared what it leaves out; the last it declared counts."""
    declared: dict[str, Payload] = {}
    notes = []
    for unit in scope.units:
        for item in reader.statements(Stream(unit.code, scope.year), ["ComparabilityDeclared"], scope.cut)[-1:]:
            declared[unit.code] = item.payload
            notes.append(_left_out(scope, unit, item.payload))
    if not declared:
        return [], ()
    current, base = (
        total(
            comparing.without(sums, declared[code]["excluded"] if code in declared else ())
            for code, sums in side.items()
        )
        for side in (currents, bases)
    )
    return [compared(None, "同口径", current, base, nearly_level)], tuple(notes)


def _left_out(scope: Scope, unit: Unit, declared: Payload) -> Fault:
    codes = listed(f"{code} {scope.names.subject(code)}" for code in declared["excluded"])
    note = fault("同口径两侧均剔除 {left_out}：{reason}", left_out=codes, reason=declared["reason"])
    return note if len(scope.units) == 1 else fault("{unit}：{note}", unit=unit.name, note=note)


def _no_base(year: int, basis: Basis) -> Fault:
    return fault("账本里没有{basis}（{year} 年），各项无从比较", year=year, basis=fault(basis.label))


def _frame(reader: Reader, scope: Scope, basis: Basis) -> Comparison:
    """A comparison that still lacks its rows."""
    unit = reader.edition(scope.year).amount_unit
    return Comparison(scope.unit, scope.year, scope.measure, basis, scope.cut, unit)
