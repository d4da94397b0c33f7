"""A recorded event as it is stored, and the digests of ledgers, units, texts and files.

The format is described for strangers in ``docs/format.md``; chains are in ``events/chain.py``.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple


class Head(NamedTuple):
    """The last event of a stream."""

    stream: str
    version: int
    hash: str


class Record(NamedTuple):
    """One stored event. ``payload`` is the canonical text; ``hash`` links it to its predecessor."""

    position: int
    stream: str
    version: int
    event_id: str
    recorded_at: str
    actor: str
    command_id: str
    intent_digest: str
    type: str
    type_version: int
    payload: str
    hash: str

    @property
    def head(self) -> Head:
        """The record as the last of its stream."""
        return Head(self.stream, self.version, self.hash)


# Record._make without its check of the number of fields: it is called by the million
record_of = partial(tuple.__new__, Record)


class Content(NamedTuple):
    """What a record says, without where and when: all that a decision asks of it."""

    event_id: str
    type: str
    type_version: int
    payload: str


class Arrival(NamedTuple):
    """A run of records that were taken in from the log of another ledger, by whom and when.

    ``last_instant`` is the latest instant the file held then; ``hash`` links the run to the one before it.
    """

    first_position: int
    last_position: int
    imported_at: str
    actor: str
    last_instant: str
    hash: str


NO_PREDECESSOR = ""

_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest(heads: Iterable[Head]) -> str:
    """The digest of a ledger: one hash over the heads of all its streams, by stream name."""
    return digest_of_bytes(_canonical(sorted(heads)).encode())


class RunningDigest:
    """The digest of heads that come one after another, each in the place of the one before it in its stream."""

    def __init__(self) -> None:
        self._streams: list[str] = []
        self._parts: list[bytes] = []

    def take(self, head: Head) -> None:
        """One more event."""
        place, part = bisect_left(self._streams, head.stream), _canonical(head).encode()
        if place < len(self._streams) and self._streams[place] == head.stream:
            self._parts[place] = part
        else:
            self._streams.insert(place, head.stream)
            self._parts.insert(place, part)

    @property
    def digest(self) -> str:
        """The same as ``digest`` of the last heads."""
        return digest_of_bytes(b"[" + b",".join(self._parts) + b"]")


def of_unit(heads: Iterable[Head], unit: str) -> list[Head]:
    """The heads of one unit's streams: its own, and those of its years."""
    return [head for head in heads if unit_of(head.stream) == unit]


def unit_of(stream: str) -> str:
    """The unit whose stream it is, by its name alone."""
    return stream.partition("/")[0]


def framed(*parts: str) -> bytes:
    """Texts as one JSON array, so that no two lists of parts run together."""
    return _canonical(parts).encode()


def digest_of_content(*parts: str) -> str:
    """The digest of texts, framed."""
    return digest_of_bytes(framed(*parts))


def digest_of_bytes(content: bytes) -> str:
    """The digest of a file."""
    import hashlib  # loads OpenSSL, which no figure needs

    return "sha256:" + hashlib.sha256(content).hexdigest()
