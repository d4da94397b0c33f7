"""The small integers in which entries are kept: words of closed lists, 科目, days, instants."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from events.instant import TICK
from events.line import KEYS_KEPT, kept_key
from events.record import Record
from events.stream import Stream
from events.upcasting import payload_of
from events.vocabulary import FundSource, Nature, Origin, Stage

FUND_SOURCES, ORIGINS, NATURES, STAGES = tuple(FundSource), tuple(Origin), tuple(Nature), tuple(Stage)
NO_NATURE, NO_CODE, NO_PROJECT = -1, 0, 0

STAGE_OF = {
    "InitialBudgetApproved": Stage.INITIAL,
    "BudgetSupplemented": Stage.SUPPLEMENT,
    "BudgetReduced": Stage.REDUCTION,
    "BudgetTransferred": Stage.TRANSFER,
    "BudgetCarriedOver": Stage.CARRIED_IN,
    "ExecutionRecorded": Stage.EXECUTION,
}

CodedRow = tuple[int, ...]
Key = Callable[[str], int]

_FUND_SOURCE, _ORIGIN, _NATURE, _STAGE = (
    {term: code for code, term in enumerate(terms)} for terms in (FUND_SOURCES, ORIGINS, NATURES, STAGES)
)


class _Known(dict[str | None, int]):
    """Small integers by the text they stand for; one not met before is asked for."""

    def __init__(self, ask: Key, known: Mapping[str | None, int] = {}) -> None:
        super().__init__(known)
        self._ask = ask

    def __missing__(self, text: str) -> int:
        return self.setdefault(text, self._ask(text))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def coded_day(day: date) -> int:
    """2024-05-20 as 20240520."""
    return day.year * 10_000 + day.month * 100 + day.day


def coded_instant(moment: datetime) -> int:
    """Microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // TICK


class Coder:
    """Turns records of lines into rows of entries; the keys of units and projects are asked for once."""

    def __init__(self, unit_key: Key, project_key: Key) -> None:
        self._loads = _json_reader()
        self.units = _Known(unit_key)
        self._projects = _Known(project_key, {None: NO_PROJECT})

    def rows(self, record: Record) -> Iterable[CodedRow]:
        """One row for every line; a line carried over leaves the year before as well."""
        payload = payload_of(record, self._loads)
        stream, stage = Stream.parse(record.stream), STAGE_OF[record.type]
        year, unit, coded_stage = stream.year or 0, self.units[stream.unit], _STAGE[stage]
        effective = int(payload["effective_on"].replace("-", ""))
        recorded = coded_instant(datetime.fromisoformat(record.recorded_at))
        position, project_of = record.position, self._projects
        rows: list[CodedRow] = []
        for number, (text, fen) in enumerate(payload["lines"]):
            function, nature, source, origin, economic, name = _coded(text)
            project = project_of[name]
            rows.append(
                (
                    year,
                    unit,
                    coded_stage,
                    function,
                    nature,
                    source,
                    origin,
                    economic,
                    project,
                    position,
                    number,
                    effective,
                    recorded,
                    fen,
                )
            )
        return [*rows, *map(_carried_out, rows)] if stage is Stage.CARRIED_IN else rows


@lru_cache(KEYS_KEPT)
def _coded(text: str) -> tuple[int, int, int, int, int, str | None]:
    """The places of a key but for its project, whose number is another in every ledger."""
    key = kept_key(text)
    return (
        int(key.function_code),
        NO_NATURE if key.nature is None else _NATURE[key.nature],
        _FUND_SOURCE[key.fund_source],
        _ORIGIN[key.origin],
        NO_CODE if key.economic_code is None else int(key.economic_code),
        key.project,
    )


def _json_reader() -> Callable[[str], Any]:
    """The compiled half of pydantic where it is there already: it reads quicker, but takes long to import."""
    compiled = sys.modules.get("pydantic_core")
    return compiled.from_json if compiled else json.loads


def _carried_out(row: CodedRow) -> CodedRow:
    """What a line carried into a year takes out of this year's money of the year before."""
    year, unit, _, function, nature, source, _, *rest, fen = row
    return (
        year - 1,
        unit,
        _STAGE[Stage.CARRIED_OUT],
        function,
        nature,
        source,
        _ORIGIN[Origin.THIS_YEAR],
        *rest,
        -fen,
    )


def in_runs(rows: Iterable[CodedRow], length: int) -> Iterator[list[CodedRow]]:
    """The rows in the order in which they are kept, in runs of a length; the last run may be shorter."""
    ordered = sorted(rows)
    for start in range(0, len(ordered), length):
        yield ordered[start : start + length]
