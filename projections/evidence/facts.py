"""The events of a stream as facts, for those who look at what they say and not at whether they can be read."""

from collections.abc import Iterator, Sequence

from events.errors import BudgetError
from events.model import Event
from events.payload import from_record
from events.record import Record
from ledger.keeping.store import Store


def facts(store: Store, stream: str, types: Sequence[str]) -> Iterator[tuple[Record, Event]]:
    """The records of some types with what they say. Unreadable ones are left out: the check of payloads reports them."""
    for record in store.read_stream(stream, types=types):
        try:
            yield record, from_record(record)
        except (BudgetError, ValueError):
            continue
