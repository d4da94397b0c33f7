"""Whose year a question is about: units, names, targets and indicators, as they were at the cut."""

from collections.abc import Collection, Iterable, Sequence

from events.money import Money
from events.stream import Stream
from events.upcasting import Payload
from events.vocabulary import Stage
from projections.cut import Cut
from projections.entries.read_model import GRAIN, Amount
from projections.figures.table import Scope
from projections.reading.reader import Question, Reader
from projections.registers.naming import names_of


def scope_of(reader: Reader, question: Question) -> Scope:
    """Whose year a question is about, with its names and targets at the cut."""
    found = reader.roll(question.cut)
    units = tuple(found.asked(question.unit, consolidated=question.consolidated))
    found.require_begun(units, question.year)
    stream = Stream(units[0].code, question.year)
    return Scope(
        unit=units[0],
        units=units,
        year=question.year,
        measure=question.measure,
        cut=question.cut,
        names=names_of(reader.store, reader.catalogue, stream, question.cut),
        targets=_targets(reader, stream, question.cut),
        indicators=figures_of(stated_indicators(reader, stream, question.cut)),
    )


def year_amounts(
    reader: Reader,
    scope: Scope,
    stages: Sequence[Stage],
    year: int | None = None,
    grain: Collection[str] = GRAIN,
) -> list[Amount]:
    """What stands at the cut for the scope's year, or for another one; ``grain`` as for ReadModel.amounts."""
    return reader.amounts([unit.code for unit in scope.units], year or scope.year, stages, scope.cut, grain)


def has_lines(reader: Reader, scope: Scope, stages: Sequence[Stage], year: int) -> bool:
    """Whether any line stands at the cut, be it of 0."""
    return bool(reader.entries.amounts([unit.code for unit in scope.units], year, stages, scope.cut, grain=()))


def _targets(reader: Reader, stream: Stream, cut: Cut) -> dict[str, str]:
    stated = reader.statements(stream, ["PerformanceTargetSet"], cut)
    return {item.payload["project"]: item.payload["target"] for item in stated}


def stated_indicators(reader: Reader, stream: Stream, cut: Cut) -> list[Payload]:
    """A year's own indicators, not those by which it restates an earlier year's."""
    stated = (item.payload for item in reader.statements(stream, ["IndicatorRecorded"], cut))
    return [payload for payload in stated if "restates" not in payload]


def figures_of(payloads: Iterable[Payload]) -> dict[str, Money]:
    """The amount of every indicator that has one; a later statement takes the place of an earlier."""
    return {payload["indicator"]: Money(payload["amount"]) for payload in payloads if "amount" in payload}
