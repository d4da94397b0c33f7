"""Whether the events of a stream may follow each other: what no decision lets a stream become.

Of the rules of deciding these are the ones that hang on what came before and on which every figure rests: a
reversal cancels one earlier event of its own stream, once, from its day; one 年初批复 stands at a time; 执行数 are of
the year, and none is recorded twice; a closed year takes nothing in. What holds of an event alone, its model holds.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, cast

from events.budget import ExecutionRecorded, InitialBudgetApproved
from events.closing import YearClosed, YearReopened
from events.errors import Fault, Invalid, fault
from events.line import LineKey
from events.model import Event
from events.payload import from_record, model_of
from events.period import Period
from events.record import Record
from events.reversal import EventReversed
from events.stream import Stream, event_id, stream_of
from events.unit import UnitRegistered

Earlier = Callable[[str, int], Record | None]  # a record that was seen, by its stream and version


class Standing:
    """What stands in one stream, as far as its records were seen; they come in order and fit their models."""

    def __init__(self, earlier: Earlier) -> None:
        self._earlier = earlier
        self._kinds: list[type[Event]] = []
        self._reversed: set[int] = set()
        self._approved: int | None = None  # the version of the 年初批复 that stands
        self._executed: defaultdict[Period, list[int]] = defaultdict(list)  # those of the 执行数 that stand, by period
        self._is_closed = False

    @property
    def version(self) -> int:
        """How many events of the stream were seen."""
        return len(self._kinds)

    def faults(self, record: Record, event: Event | None = None) -> Iterator[Fault]:
        """Why a record may not come next; then it is taken for what came. ``event`` is given where it was read before."""
        kind = model_of(record.type)
        yield from self._place_faults(kind, record)
        if kind in self._RULES:
            yield from self._RULES[kind](self, record, event or from_record(record))
        self._kinds.append(kind)

    def _place_faults(self, kind: type[Event], record: Record) -> Iterator[Fault]:
        is_of_unit = Stream.parse(record.stream).year is None
        if kind is not EventReversed and kind.is_of_unit != is_of_unit:
            yield fault("{event}：{stream} 不能记录 {type}。", **_details(record))
        if self._is_closed and not kind.passes_closing:
            yield fault("{event}：{stream} 已关账，其后不能记录 {type}。", **_details(record))

    def _registration_faults(self, record: Record, _event: UnitRegistered) -> Iterator[Fault]:
        if UnitRegistered in self._kinds:
            yield fault("{event}：单位 {stream} 此前已经登记。", **_details(record))

    def _approval_faults(self, record: Record, _event: InitialBudgetApproved) -> Iterator[Fault]:
        if self._approved is not None:
            first = event_id(record.stream, self._approved)
            yield fault(
                "{event}：{stream} 的年初批复 {first} 没有冲销，不能再有一次。", first=first, **_details(record)
            )
        self._approved = record.version

    def _execution_faults(self, record: Record, event: ExecutionRecorded) -> Iterator[Fault]:
        period = event.period
        if period.year != Stream.parse(record.stream).year:
            yield fault("{event} 的期间 {period} 不在 {stream} 年度内。", period=period, **_details(record))
        for known, versions in self._executed.items():
            if versions and (known.month is None) != (period.month is None):
                yield fault(
                    "{event}：{period} 与 {known} 的执行数不能并存。", period=period, known=known, **_details(record)
                )
        yield from self._repetition_faults(record, event)
        self._executed[period].append(record.version)

    def _repetition_faults(self, record: Record, event: ExecutionRecorded) -> Iterator[Fault]:
        for version in self._executed[event.period]:
            known = self._earlier(record.stream, version)
            for line in _shared(event, cast("ExecutionRecorded", from_record(known))) if known else ():
                yield fault(
                    "{event}：{line} 在 {period} 的执行数已由 {first} 记录。",
                    line=line,
                    period=event.period,
                    first=event_id(record.stream, version),
                    **_details(record),
                )

    def _closing_faults(self, record: Record, event: YearClosed | YearReopened) -> Iterator[Fault]:
        if isinstance(event, YearReopened) and not self._is_closed:
            yield fault("{event}：{stream} 没有关账，不能重新开账。", **_details(record))
        self._is_closed = isinstance(event, YearClosed)

    def _reversal_faults(self, record: Record, event: EventReversed) -> Iterator[Fault]:
        cancelled = event.event_id
        version = _version_of(cancelled, record.stream)
        if not 0 < version <= self.version:
            yield fault("{event} 冲销的 {cancelled} 不是本流在它之前的事件。", cancelled=cancelled, **_details(record))
            return
        if not self._kinds[version - 1].is_reversible:
            yield fault("{event} 冲销的 {cancelled} 属于不能冲销的类型。", cancelled=cancelled, **_details(record))
        if version in self._reversed:
            yield fault("{event} 冲销的 {cancelled} 此前已经冲销过。", cancelled=cancelled, **_details(record))
        original = self._earlier(record.stream, version)
        if original and from_record(original).effective_on != event.effective_on:
            yield fault("{event} 的生效日不是它冲销的 {cancelled} 的生效日。", cancelled=cancelled, **_details(record))
        self._take_back(version)

    def _take_back(self, version: int) -> None:
        self._reversed.add(version)
        if version == self._approved:
            self._approved = None
        for versions in self._executed.values():
            if version in versions:
                versions.remove(version)

    _RULES: ClassVar[Mapping[type[Event], Callable[..., Iterator[Fault]]]] = {
        UnitRegistered: _registration_faults,
        InitialBudgetApproved: _approval_faults,
        ExecutionRecorded: _execution_faults,
        YearClosed: _closing_faults,
        YearReopened: _closing_faults,
        EventReversed: _reversal_faults,
    }


def _version_of(identity: str, stream: str) -> int:
    """The version that an event id names in a stream; 0 if it names none there."""
    try:
        _, version = stream_of(identity)
    except Invalid:
        return 0
    return version if event_id(stream, version) == identity else 0


def _shared(said: ExecutionRecorded, known: ExecutionRecorded) -> list[LineKey]:
    """The lines that two 执行数 have in common, whatever their amounts."""
    seen = {line.text for line in known.lines}
    return [line.key for line in said.lines if line.text in seen]


def _details(record: Record) -> dict[str, str]:
    return {"event": record.event_id, "stream": record.stream, "type": record.type}
