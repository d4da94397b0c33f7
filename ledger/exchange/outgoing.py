"""What leaves a ledger as a log: only what hangs together, so that nobody takes in what is broken here."""

from collections.abc import Iterable, Iterator

from events.chain import link
from events.errors import EvidenceBroken
from events.record import NO_PREDECESSOR, Record
from events.stream import event_id


def whole(records: Iterable[Record], *, of_all: bool) -> Iterator[Record]:
    """Records in order of arrival, each let through when it follows the one before it in its stream.

    ``of_all`` says that these are all records of a ledger, which have no gap between them. Raises EvidenceBroken.
    """
    last: dict[str, tuple[int, str, str]] = {}
    arrived = 0
    for record in records:
        if of_all and record.position != arrived + 1:
            raise EvidenceBroken("位置 {lost} 处缺少事件，没有导出；请运行 budget verify。", lost=arrived + 1)
        version, recorded_at, previous = last.get(record.stream, (0, "", NO_PREDECESSOR))
        is_next = (record.version, record.event_id) == (version + 1, event_id(record.stream, version + 1))
        if not is_next or record.recorded_at < recorded_at or record.hash != link(previous, record):
            raise EvidenceBroken(
                "{event} 与本流前一事件接不上，没有导出：它或它之前的内容被改动、缺失或调换；请运行 budget verify。",
                event=record.event_id,
            )
        last[record.stream] = (record.version, record.recorded_at, record.hash)
        arrived = record.position
        yield record
