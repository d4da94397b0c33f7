"""Whether the events of a stream may follow each other: what no decision lets a stream become.

Of the rules of deciding these are the ones on which every figure rests: a reversal cancels one earlier event of
its own stream, once; one 年初批复 stands at a time; a closed year takes nothing in.
"""

from collections.abc import Iterator

from events.budget import InitialBudgetApproved
from events.closing import YearClosed, YearReopened
from events.errors import Fault, Invalid, fault
from events.model import Event
from events.payload import model_of
from events.record import Record
from events.reversal import EventReversed
from events.stream import Stream, event_id, stream_of
from events.upcasting import payload_of


class Standing:
    """What stands in one stream, as far as its records were seen; they come in order and fit their models."""

    def __init__(self) -> None:
        self._kinds: list[type[Event]] = []
        self._reversed: set[int] = set()
        self._approved: int | None = None  # the version of the 年初批复 that stands
        self._is_closed = False

    @property
    def version(self) -> int:
        """How many events of the stream were seen."""
        return len(self._kinds)

    def faults(self, record: Record) -> Iterator[Fault]:
        """Why a record may not come next; then it is taken for what came."""
        kind, is_of_unit = model_of(record.type), Stream.parse(record.stream).year is None
        if kind is not EventReversed and kind.is_of_unit != is_of_unit:
            yield fault("{event}：{stream} 不能记录 {type}。", **_told(record))
        if self._is_closed and not kind.passes_closing:
            yield fault("{event}：{stream} 已关账，其后不能记录 {type}。", **_told(record))
        if kind is EventReversed:
            yield from self._reversal_faults(record)
        elif kind is InitialBudgetApproved:
            yield from self._approval_faults(record)
        elif kind in (YearClosed, YearReopened):
            self._is_closed = kind is YearClosed
        self._kinds.append(kind)

    def _approval_faults(self, record: Record) -> Iterator[Fault]:
        if self._approved is not None:
            first = event_id(record.stream, self._approved)
            yield fault("{event}：{stream} 的年初批复 {first} 没有冲销，不能再有一次。", first=first, **_told(record))
        self._approved = record.version

    def _reversal_faults(self, record: Record) -> Iterator[Fault]:
        cancelled = str(payload_of(record)["event_id"])
        version = _version_of(cancelled, record.stream)
        if not 0 < version <= self.version:
            yield fault("{event} 冲销的 {cancelled} 不是本流在它之前的事件。", cancelled=cancelled, **_told(record))
            return
        if not self._kinds[version - 1].is_reversible:
            yield fault("{event} 冲销的 {cancelled} 属于不能冲销的类型。", cancelled=cancelled, **_told(record))
        if version in self._reversed:
            yield fault("{event} 冲销的 {cancelled} 此前已经冲销过。", cancelled=cancelled, **_told(record))
        self._reversed.add(version)
        if version == self._approved:
            self._approved = None


def _version_of(identity: str, stream: str) -> int:
    """The version that an event id names in a stream; 0 if it names none there."""
    try:
        _, version = stream_of(identity)
    except Invalid:
        return 0
    return version if event_id(stream, version) == identity else 0


def _told(record: Record) -> dict[str, str]:
    return {"event": record.event_id, "stream": record.stream, "type": record.type}
