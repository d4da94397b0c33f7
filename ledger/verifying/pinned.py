"""What an event pins of its unit: the digest its streams had at an instant. Publications do, and signatures to the ledger."""

from datetime import datetime
from typing import NamedTuple, Self

from events.instant import instant_text
from events.record import Record, digest, unit_of
from events.upcasting import payload_of
from ledger.keeping.store import Store

_DIGESTS = {"DocumentPublished": "ledger_digest", "SignatureRecorded": "digest"}  # in which field each has it
PINNING = tuple(_DIGESTS)


class Pinned(NamedTuple):
    """A unit, an instant, and the digest that the unit's streams had then."""

    unit: str
    known_at: str
    digest: str

    @classmethod
    def of(cls, record: Record) -> Self | None:
        """What a record of one of the types PINNING pins; None if it signs a publication, whose record says it all."""
        payload = payload_of(record)
        if "publication" in payload:
            return None
        known_at = instant_text(datetime.fromisoformat(payload["known_at"]))
        return cls(unit_of(record.stream), known_at, str(payload[_DIGESTS[record.type]]))

    def now(self, store: Store) -> str:
        """The digest that the unit's streams have at that instant today."""
        return digest(store.heads(self.known_at, self.unit))
