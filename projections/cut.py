"""A cut through both time axes: what counted by a day, as it was known at an instant."""

from datetime import date, datetime
from typing import NamedTuple

from events.instant import instant_text


class Cut(NamedTuple):
    """``effective_on <= as_of AND recorded_at <= known_at``."""

    as_of: date
    known_at: datetime

    @property
    def known_at_text(self) -> str:
        """The instant in the form events are stored with."""
        return instant_text(self.known_at)

    def as_json(self, digest: str) -> dict[str, str]:
        """The cut as a reader needs it to come back to it, with the digest of what it saw."""
        known_at = self.known_at_text.replace(".000000Z", "Z")
        return {"as_of": self.as_of.isoformat(), "known_at": known_at, "digest": digest}
