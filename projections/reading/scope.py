"""Whose year a question is about: units, names, targets and indicators, as they were at the cut."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import chain

from events.money import Money
from events.stream import Stream
from events.upcasting import Payload
from events.vocabulary import Stage
from projections.cut import Cut
from projections.entries.queries import GRAIN
from projections.entries.read_model import Amount
from projections.figures.table import Scope
from projections.reading.reader import Question, Reader
from projections.registers.naming import names_of
from projections.registers.projects import TYPES, Projects, projects_of
from projections.registers.units import Unit


def scope_of(reader: Reader, question: Question) -> Scope:
    """Whose year a question is about, with its names, projects and indicators at the cut."""
    found = reader.roll(question.cut)
    units = tuple(found.asked(question.unit, consolidated=question.consolidated))
    found.require_begun(units, question.year)
    streams = [Stream(unit.code, question.year) for unit in units]
    return Scope(
        unit=units[0],
        units=units,
        year=question.year,
        measure=question.measure,
        cut=question.cut,
        names=names_of(reader.store, reader.catalogue, streams, question.cut),
        begun=lambda: [stream.unit for stream in found.streams(units, question.year)],
        projects=cache(partial(_projects, reader, question)),
        indicators=cache(partial(_indicators, reader, question, units)),
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


def _projects(reader: Reader, question: Question, unit: str) -> Projects:
    return projects_of(reader.statements(Stream(unit, question.year), TYPES, question.cut))


def _indicators(reader: Reader, question: Question, units: Sequence[Unit]) -> dict[str, Money]:
    streams = (Stream(unit.code, question.year) for unit in units)
    return together(figures_of(stated_indicators(reader, stream, question.cut)) for stream in streams)


def stated_indicators(reader: Reader, stream: Stream, cut: Cut) -> list[Payload]:
    """A year's own indicators, not those by which it restates an earlier year's."""
    stated = (item.payload for item in reader.statements(stream, ["IndicatorRecorded"], cut))
    return [payload for payload in stated if "restates" not in payload]


def figures_of(payloads: Iterable[Payload]) -> dict[str, Money]:
    """The amount of every indicator that has one; a later statement takes the place of an earlier."""
    return {payload["indicator"]: Money(payload["amount"]) for payload in payloads if "amount" in payload}


def together(figures: Iterable[Mapping[str, Money]]) -> dict[str, Money]:
    """The figures of several units, added up by name."""
    sums: dict[str, Money] = {}
    for name, amount in chain.from_iterable(each.items() for each in figures):
        sums[name] = sums[name] + amount if name in sums else amount
    return sums
