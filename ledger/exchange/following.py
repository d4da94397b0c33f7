"""Whether a record on its way follows the one before it in its stream."""

from collections.abc import Iterator
from typing import Protocol

from events.chain import link
from events.errors import Fault, fault
from events.record import Record
from events.stream import event_id


class Last(Protocol):
    """What must be known of the last record of a stream; its version is 0 where there is none."""

    @property
    def version(self) -> int:
        """Its place in the stream."""

    @property
    def recorded_at(self) -> str:
        """When it was recorded."""

    @property
    def hash(self) -> str:
        """What the next one is linked to."""


def following_faults(last: Last, record: Record) -> Iterator[Fault]:
    """Why a record is not the next of its stream, or not what its hash says it is."""
    found = event_id(record.stream, record.version)
    if record.event_id != found:
        yield fault("编号 {event} 与流和版本（{found}）不符。", event=record.event_id, found=found)
        return
    if record.version != last.version + 1:
        lost = event_id(record.stream, last.version + 1)
        yield fault("这里应是事件 {lost}，却是 {found}：缺少事件或次序被调换。", lost=lost, found=found)
        return
    if record.recorded_at < last.recorded_at:
        yield fault("{event} 的记录时刻 {at} 早于前一事件。", event=record.event_id, at=record.recorded_at)
    if record.hash != link(last.hash, record):
        yield fault("{event} 的哈希不符：本事件或它之前的内容被改动。", event=record.event_id)
