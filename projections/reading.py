"""Questions to a ledger and their answers: a table, a comparison, a standing, a history, at a cut."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from events.money import Money, total
from events.record import digest
from events.stream import Stream
from events.upcasting import Payload
from events.vocabulary import Basis, FundSource, Measure, Stage
from ledger.catalogue import Catalogue
from ledger.sqlite import SqliteStore
from projections import comparison as comparing
from projections.comparison import ComparedRow, Comparison, Sums, compared
from projections.cut import Cut
from projections.edition import DEFAULT, FOLDER, Edition, edition_for
from projections.entries import Amount, ReadModel
from projections.history import Happening, happenings
from projections.naming import names_of
from projections.progress import Progress, progress_rows
from projections.statements import statements
from projections.table import Subject, Table, build
from projections.units import Roll, Unit, roll


@dataclass(frozen=True)
class Reader:
    """What reading needs: the store, its entries, the 科目, and the folder of a place's forms."""

    store: SqliteStore
    entries: ReadModel
    catalogue: Catalogue
    forms: Path = FOLDER / DEFAULT

    def roll(self, cut: Cut) -> Roll:
        """The units there are."""
        return roll(self.store, cut)

    def edition(self, year: int) -> Edition:
        """The forms in force in a year."""
        return edition_for(year, self.forms)

    def digest(self, cut: Cut) -> str:
        """The digest of what was recorded by a cut."""
        return digest(self.store.heads(cut.known_at_text))


class Question(NamedTuple):
    """Which unit's which year, in which measure, at which cut; with or without its subordinates."""

    unit: str | None
    year: int
    measure: Measure
    cut: Cut
    consolidated: bool = False


def tables(reader: Reader, question: Question, numbers: Sequence[int] = ()) -> list[Table]:
    """The published tables with these numbers, or all of the edition."""
    edition = reader.edition(question.year)
    forms = [edition.table(number) for number in numbers] or edition.tables
    subject = subject_of(reader, question)
    amounts = year_amounts(reader, subject, question.measure.stages)
    return [build(form, subject, amounts) for form in forms]


def compare_subjects(
    reader: Reader, question: Question, basis: Basis, sources: Collection[FundSource] = tuple(FundSource)
) -> Comparison:
    """Functional 科目 of a year against last year's execution or last year's initial budget, of some fund sources."""
    subject = subject_of(reader, question)
    base_stages = (Measure.EXECUTION if basis is Basis.EXECUTION else Measure.INITIAL).stages
    lines = year_amounts(reader, subject, question.measure.stages)
    base_lines = year_amounts(reader, subject, base_stages, question.year - 1)
    current = comparing.by_function(line for line in lines if line.fund_source in sources)
    base = comparing.by_function(line for line in base_lines if line.fund_source in sources)
    names = {code: subject.names.subject(code) for code in {*current, *base}}
    nearly_level = reader.edition(question.year).nearly_level_percent
    return replace(
        _frame(reader, subject, basis),
        rows=comparing.rows_of(current, base, names, nearly_level),
        total=comparing.total_of(current, base, nearly_level),
        notes=() if base else (f"账本里没有 {question.year - 1} 年的{basis.label}，各项无从比较",),
    )


def compare_three_public(reader: Reader, question: Question) -> Comparison:
    """三公经费 against last year's budget, and 同口径 where that was declared."""
    subject = subject_of(reader, question)
    nearly_level = reader.edition(question.year).nearly_level_percent
    lines = year_amounts(reader, subject, question.measure.stages)
    base_lines = year_amounts(reader, subject, Measure.INITIAL.stages, question.year - 1)
    current = comparing.three_public(lines)
    base = comparing.three_public(base_lines) if base_lines else _three_public_of_indicators(reader, subject)
    rows = [compared(None, name, current[name], base.get(name), nearly_level) for name in comparing.THREE_PUBLIC]
    comparable, notes = _comparable(reader, subject, current, base, nearly_level)
    frame = _frame(reader, subject, Basis.BUDGET)
    return replace(frame, about=comparing.THREE_PUBLIC_TOTAL, rows=(*rows[1:], *comparable), total=rows[0], notes=notes)


def compare_indicators(reader: Reader, question: Question) -> Comparison:
    """Indicators of a year (机关运行经费, 政府采购 …) against last year's, restated bases first."""
    subject = subject_of(reader, question)
    nearly_level = reader.edition(question.year).nearly_level_percent
    base = _base_indicators(reader, subject)
    rows = tuple(
        compared(None, name, value, base.get(name), nearly_level) for name, value in subject.indicators.items()
    )
    return replace(_frame(reader, subject, Basis.BUDGET), about="指标", rows=rows)


def progress(reader: Reader, question: Question) -> Progress:
    """How a unit's year stands."""
    subject = subject_of(reader, question)
    rows = progress_rows(year_amounts(reader, subject, tuple(Stage)), subject.names)
    unit = reader.edition(question.year).amount_unit
    return Progress(subject.unit, question.year, question.cut, unit, rows)


def history(reader: Reader, unit: str | None, year: int | None, cut: Cut) -> list[Happening]:
    """What was recorded for a unit, in one year or in all, as known at a cut."""
    found = reader.roll(cut)
    one = found.find(unit)
    streams = [found.stream(one, year)] if year else [Stream(one.code), *_years(found, one)]
    records = [
        record for stream in streams for record in reader.store.read_stream(str(stream), known_at=cut.known_at_text)
    ]
    happened = happenings(sorted(records))
    return [item for item in happened if item.effective_on <= cut.as_of.isoformat()]


def _years(found: Roll, unit: Unit) -> list[Stream]:
    return [Stream(unit.code, year) for year in found.years.get(unit.code, [])]


def subject_of(reader: Reader, question: Question) -> Subject:
    """Whose year a question is about, with its names and targets at the cut."""
    found = reader.roll(question.cut)
    unit = found.find(question.unit)
    stream = found.stream(unit, question.year)
    return Subject(
        unit=unit,
        units=tuple(found.with_subordinates(unit)) if question.consolidated else (unit,),
        year=question.year,
        measure=question.measure,
        cut=question.cut,
        names=names_of(reader.store, reader.catalogue, stream, question.cut),
        targets=_targets(reader, stream, question.cut),
        indicators=_figures(_stated_indicators(reader, stream, question.cut)),
    )


def year_amounts(reader: Reader, subject: Subject, stages: Sequence[Stage], year: int | None = None) -> list[Amount]:
    """What stands at the cut for the subject's year, or for another one."""
    return reader.entries.amounts([unit.code for unit in subject.units], year or subject.year, stages, subject.cut)


def _targets(reader: Reader, stream: Stream, cut: Cut) -> dict[str, str]:
    stated = statements(reader.store, stream, ["PerformanceTargetSet"], cut)
    return {item.payload["project"]: item.payload["target"] for item in stated}


def _stated_indicators(reader: Reader, stream: Stream, cut: Cut) -> list[Payload]:
    """A year's own indicators, not those by which it restates an earlier year's."""
    stated = (item.payload for item in statements(reader.store, stream, ["IndicatorRecorded"], cut))
    return [payload for payload in stated if "restates" not in payload]


def _restated_indicators(reader: Reader, stream: Stream, cut: Cut) -> list[Payload]:
    """The figures of the year before that a year puts in place of those recorded then."""
    stated = (item.payload for item in statements(reader.store, stream, ["IndicatorRecorded"], cut))
    return [payload for payload in stated if payload.get("restates") == (stream.year or 0) - 1]


def _base_indicators(reader: Reader, subject: Subject) -> dict[str, Money]:
    """What this year's indicators are compared with: last year's, as restated."""
    here, before = Stream(subject.unit.code, subject.year), Stream(subject.unit.code, subject.year - 1)
    own = _stated_indicators(reader, before, subject.cut)
    return _figures([*own, *_restated_indicators(reader, here, subject.cut)])


def _figures(payloads: Iterable[Payload]) -> dict[str, Money]:
    return {payload["indicator"]: Money(payload["amount"]) for payload in payloads if "amount" in payload}


def _three_public_of_indicators(reader: Reader, subject: Subject) -> dict[str, Money]:
    """Last year's 三公 budget where that year has no lines of its own: its items, recorded as indicators."""
    known = _base_indicators(reader, subject)
    items = [known[name] for name in comparing.THREE_PUBLIC_ITEMS if name in known]
    return known | {comparing.THREE_PUBLIC_TOTAL: total(items)} if items else {}


def _comparable(
    reader: Reader, subject: Subject, current: Sums, base: Sums, nearly_level: Decimal
) -> tuple[list[ComparedRow], tuple[str, ...]]:
    stream = Stream(subject.unit.code, subject.year)
    declared = statements(reader.store, stream, ["ComparabilityDeclared"], subject.cut)
    if not declared:
        return [], ()
    excluded = declared[-1].payload["excluded"]
    sides = (comparing.without(current, excluded), comparing.without(base, excluded))
    left_out = "、".join(f"{code} {subject.names.subject(code)}" for code in excluded)
    note = f"同口径两侧均剔除 {left_out}：{declared[-1].payload['reason']}"
    return [compared(None, "同口径", *sides, nearly_level)], (note,)


def _frame(reader: Reader, subject: Subject, basis: Basis) -> Comparison:
    """A comparison that still lacks its rows."""
    unit = reader.edition(subject.year).amount_unit
    return Comparison(subject.unit, subject.year, subject.measure, basis, subject.cut, unit)
