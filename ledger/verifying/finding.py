"""What verification says: what is broken, where it shows, and from where on a chain cannot be trusted."""

from enum import StrEnum
from typing import NamedTuple

from events.errors import Fault


class Check(StrEnum):
    """What was held against what."""

    GUARDS = "guards"
    FILE = "file"
    GAPS = "gaps"
    ORDER = "order"
    CHAIN = "chain"
    DIGEST = "digest"
    PAYLOADS = "payloads"
    READ_MODEL = "read_model"
    PUBLICATIONS = "publications"
    PUBLISHED = "published"
    SIGNATURES = "signatures"


class Break(NamedTuple):
    """The first event of a stream that cannot be trusted. What was known only before ``since`` cannot have seen it."""

    stream: str
    version: int
    position: int
    since: str


class Finding(NamedTuple):
    """What is broken, and the event where it shows (empty when it is the ledger as a whole)."""

    event_id: str
    fault: Fault
    check: Check
    broken: Break | None = None
