"""A recorded event as it is stored, and the hashes that hold it in place.

The only place where anything is hashed. The format is described for strangers in
``docs/format.md``.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple


class Record(NamedTuple):
    """One stored event. ``payload`` is the canonical text; ``hash`` links it to its predecessor."""

    position: int
    stream: str
    version: int
    event_id: str
    recorded_at: str
    actor: str
    command_id: str
    type: str
    type_version: int
    payload: str
    hash: str


class Head(NamedTuple):
    """The last event of a stream."""

    stream: str
    version: int
    hash: str


NO_PREDECESSOR = ""

_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def link(previous: str, record: Record) -> str:
    """The hash of a record behind its predecessor's hash: 64 hexadecimal digits."""
    return _sha256(
        [
            previous,
            record.stream,
            record.version,
            record.event_id,
            record.recorded_at,
            record.actor,
            record.command_id,
            record.type,
            record.type_version,
            record.payload,
        ]
    )


def digest(heads: Iterable[Head]) -> str:
    """The digest of a ledger: one hash over the heads of all its streams, by stream name."""
    return "sha256:" + _sha256([[head.stream, head.version, head.hash] for head in sorted(heads)])


def digest_of_content(*parts: str) -> str:
    """The digest of texts, framed so that no two lists of parts run together."""
    return "sha256:" + _sha256(list(parts))


def digest_of_bytes(content: bytes) -> str:
    """The digest of a file."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _sha256(array: list[object] | list[str] | list[list[object]]) -> str:
    return hashlib.sha256(_canonical(array).encode()).hexdigest()
