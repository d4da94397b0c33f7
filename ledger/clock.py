"""The one clock of the product. Everything else is told the time."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The instant it is."""
    return datetime.now(UTC)
