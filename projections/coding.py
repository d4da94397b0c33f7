"""The small integers in which entries are kept: words of closed lists, 科目, days, instants."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache

from events.instant import TICK
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

_FUND_SOURCE = {str(term): code for code, term in enumerate(FUND_SOURCES)}
_ORIGIN = {str(term): code for code, term in enumerate(ORIGINS)}
_NATURE: dict[str | None, int] = {str(term): code for code, term in enumerate(NATURES)} | {None: NO_NATURE}
_STAGE = {stage: code for code, stage in enumerate(STAGES)}
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
        self.unit_key = cache(unit_key)
        self._project_key = cache(project_key)

    def rows(self, record: Record) -> Iterable[CodedRow]:
        """One row for every line; a line carried over leaves the year before as well."""
        payload = payload_of(record)
        stream = Stream.parse(record.stream)
        year, unit, stage = stream.year or 0, self.unit_key(stream.unit), STAGE_OF[record.type]
        effective = int(payload["effective_on"].replace("-", ""))
        recorded = coded_instant(datetime.fromisoformat(record.recorded_at))
        coded_stage, position, project_key = _STAGE[stage], record.position, self._project_key
        rows = [
            (
                year,
                unit,
                int(function),
                _NATURE[nature],
                coded_stage,
                effective,
                position,
                number,
                _FUND_SOURCE[fund_source],
                _ORIGIN[origin],
                int(economic) if economic else NO_CODE,
                project_key(project) if project else NO_PROJECT,
                recorded,
                1,
                fen,
            )
            for number, (fund_source, origin, function, nature, economic, project, fen) in enumerate(payload["lines"])
        ]
        return [*rows, *map(_carried_out, rows)] if stage is Stage.CARRIED_IN else rows


def _carried_out(row: CodedRow) -> CodedRow:
    """What a line carried into a year takes out of this year's money of the year before."""
    year, unit, function, nature, _, *tail, fund_source, _, economic, project, recorded, weight, fen = row
    dimensions = (fund_source, _ORIGIN[Origin.THIS_YEAR], economic, project)
    return (year - 1, unit, function, nature, _STAGE[Stage.CARRIED_OUT], *tail, *dimensions, recorded, weight, -fen)


def in_runs(rows: Iterable[CodedRow], length: int) -> Iterator[list[CodedRow]]:
    """The rows in the order in which they are kept, in runs of a length; the last run may be shorter."""
    ordered = sorted(rows)
    for start in range(0, len(ordered), length):
        yield ordered[start : start + length]
