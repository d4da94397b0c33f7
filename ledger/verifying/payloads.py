"""Whether every payload says what its type can say, in the very text such an event is stored in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from events.errors import BudgetError, EvidenceBroken, Fault, fault
from events.model import Event
from events.payload import from_record
from events.reasons import reason
from events.record import Record
from events.stream import event_id
from events.upcasting import upcast
from ledger.verifying.finding import Check, Finding
from ledger.verifying.standing import Earlier, Standing


def payload_findings(records: Iterable[Record], earlier: Earlier) -> Iterator[Finding]:
    """What the payloads of these records hold against their models, and against what stood before them."""
    standing: defaultdict[str, Standing] = defaultdict(lambda: Standing(earlier))
    for record in records:
        identity = event_id(record.stream, record.version)  # as a text, whatever a damaged file has in its place
        before = standing[record.stream]
        said = event_or_fault(record)
        if isinstance(said, Fault):
            yield Finding(identity, said, Check.PAYLOADS)
        elif record.version == before.version + 1:
            yield from (Finding(identity, what, Check.PAYLOADS) for what in before.faults(record, said))


def event_or_fault(record: Record) -> Event | Fault:
    """The event a record holds, or what keeps its payload from being one of its type.

    A field that has been added since and was left out then does not count: absent ones are not written.
    """
    try:
        event = from_record(record)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return _misfit(record, reason(first), "/".join(map(str, first["loc"])))
    except EvidenceBroken as error:
        return _misfit(record, error.fault)
    except BudgetError as error:
        return error.fault
    except (ValueError, TypeError, KeyError, IndexError) as error:
        return _misfit(record, fault("{said}。", said=error))
    if not _is_as_written(record, event):
        return fault("内容的写法不是存储 {type} 的规范写法。", type=record.type)
    return event


def _is_as_written(record: Record, event: Event) -> bool:
    written = event.model_dump_json(exclude_none=True, exclude_unset=True)
    if record.type_version == event.version:
        return written == record.payload
    old = from_json(record.payload)
    lifted = upcast(record.type, record.type_version, old)
    return [to_json(old).decode(), to_json(lifted).decode()] == [record.payload, written]


def _misfit(record: Record, why: Fault, where: str = "") -> Fault:
    return fault("内容不合 {type} 的规定：{where}，{why}", type=record.type, where=where or "payload", why=why)
