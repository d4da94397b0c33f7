"""The hashes that hold recorded events in their place: the chain of each stream, and that of what was taken in.

Written for strangers in ``docs/format.md``. This module is needed where hashes are made or checked, not where
figures are read.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from pydantic_core import to_json  # the very bytes that json writes, in half the time

from events.record import Arrival, Head, Record


class Link(NamedTuple):
    """A stored event as its chain sees it: where it stands, and the bytes that are hashed.

    ``header`` is the canonical JSON array of all its fields before the payload.
    """

    position: int
    stream: str
    version: int
    recorded_at: str
    header: bytes
    payload: bytes
    hash: str

    @property
    def head(self) -> Head:
        """The event as the last of its stream."""
        return Head(self.stream, self.version, self.hash)


def link(previous: str, record: Record) -> str:
    """The hash of a record behind its predecessor's hash: 64 hexadecimal digits."""
    return linked(previous, to_json(record[1:-2]), record.payload.encode())


def linked(previous: str, header: bytes, payload: bytes) -> str:
    """The same of stored bytes. The payload is the last member of the array as it is: no text is written anew."""
    begun = f'["{previous}",'.encode()  # in a damaged file it may be a number
    return sha256(b"".join((begun, header[1:-1], b",", payload, b"]"))).hexdigest()


def link_arrival(previous: str, arrival: Arrival, hashes: Sequence[str]) -> str:
    """The hash of a run taken in behind that of the run before it; ``hashes`` are those of its records, in order."""
    return sha256(to_json((previous, *arrival[:-1], hashes))).hexdigest()
