"""What leaves a ledger as a log: only what hangs together, so that nobody takes in what is broken here."""

from collections.abc import Iterable, Iterator

from events.errors import EvidenceBroken
from events.record import NO_PREDECESSOR, Record
from ledger.exchange.following import following_faults

_NOTHING = Record(0, "", 0, "", "", "", "", "", "", 0, "", NO_PREDECESSOR)  # stands before the first of a stream


def whole(records: Iterable[Record], *, of_all: bool) -> Iterator[Record]:
    """Records in order of arrival, each let through when it follows the one before it in its stream.

    ``of_all`` says that these are all records of a ledger, which have no gap between them. Raises EvidenceBroken.
    """
    ends: dict[str, Record] = {}
    arrived = 0
    for record in records:
        if of_all and record.position != arrived + 1:
            raise EvidenceBroken("位置 {lost} 处缺少事件，没有导出；请运行 budget verify。", lost=arrived + 1)
        if any(following_faults(ends.get(record.stream, _NOTHING), record)):
            raise EvidenceBroken(
                "{event} 与本流前一事件接不上，没有导出：它或它之前的内容被改动、缺失或调换；请运行 budget verify。",
                event=record.event_id,
            )
        ends[record.stream] = record
        arrived = record.position
        yield record
