"""What every store of events does, whatever stands behind it.

A store keeps streams of records in **buckets**. Inside a bucket positions have no gaps and follow
the order of commits: that is the order of arrival. ``recorded_at`` never goes back inside a stream;
what is recorded here is later than everything its bucket holds, what was taken in from the log of
another ledger keeps its own instants. One append touches one bucket.
"""

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from events.record import Arrival, Content, Head, Record

if TYPE_CHECKING:
    from events.chain import Link

NO_STREAM = 0
ANY_VERSION = None


class Draft(NamedTuple):
    """An event about to be stored."""

    type: str
    type_version: int
    payload: str


class Command(NamedTuple):
    """Who asks for what, in a way that a second asking can be recognised."""

    command_id: str
    actor: str
    intent_digest: str


Projector = Callable[[Sequence[Record]], None]


class Store(Protocol):
    """The methods a store has. Every implementation runs the same contract tests."""

    def transaction(self, *, keep: bool = True, writes: bool = True) -> AbstractContextManager[None]:
        """One unit of work that sees no other writer, and keeps others from writing if it writes itself.

        Undone if anything is raised, or at its end if it is not to be kept.
        """

    def append(
        self, stream: str, expected: int | None, drafts: Sequence[Draft], command: Command, now: datetime
    ) -> tuple[Record, ...]:
        """Store events at the end of a stream.

        A command id already used with the same intent gives its first answer again, before the
        expected version is looked at. ``expected`` is the version the caller has seen, NO_STREAM
        or ANY_VERSION.

        Raises Conflict when the stream has moved on or the command id came with another intent.
        """

    def answer(self, command_id: str, intent_digest: str) -> tuple[Record, ...] | None:
        """What a command recorded, None if it is new; Conflict if its intent was another."""

    def read_stream(self, stream: str, *, types: Sequence[str] = (), known_at: str = "") -> Iterator[Record]:
        """A stream's records in order, of some types only, known at an instant only."""

    def contents(self, stream: str) -> Iterator[Content]:
        """What a stream's records say, in order."""

    def read_bucket(self, bucket: int = 0, after: float = 0, limit: int = 10_000) -> list[Record]:
        """The next records of a bucket behind a position."""

    def read_links(self, bucket: int = 0, after: float = 0, limit: int = 10_000) -> "list[Link]":
        """The same records as their chains see them."""

    def streams(self, prefix: str = "", known_at: str = "") -> list[str]:
        """The names of the streams that begin with a prefix and had begun at an instant, in order."""

    def units(self) -> list[str]:
        """The names of the streams that are of a unit itself, not of one of its years, in order."""

    def heads(self, known_at: str = "", unit: str = "") -> list[Head]:
        """The last record of every stream, known at an instant; of one unit's streams alone."""

    def logged(self, unit: str = "") -> Generator[Record, None, None]:
        """All records in order of arrival, or those of one unit's streams."""

    def logged_at(self, stream: str, version: int) -> Record | None:
        """One record, None if the stream does not go that far."""

    def last_position(self) -> int:
        """The position of the last record there is; 0 if there is none."""

    def last_instant(self) -> datetime:
        """The latest instant there is; nothing recorded later can be at or before it."""

    def intents(self, command_ids: Collection[str]) -> dict[str, dict[str, str]]:
        """The intents that came with some command ids, each with the stream it went to; new ids are left out.

        Only logs of several units can bring more than one with an id.
        """

    def take_in(self, records: Sequence[Record], actor: str, now: datetime) -> tuple[Record, ...]:
        """Store records of another ledger behind the last of their streams, with the hashes and instants they have.

        The caller has held them against their chains, and brings every command whole, its events
        together. Who took them in and when stands beside them, outside the chains.
        """

    def arrivals(self) -> list[Arrival]:
        """The runs of records that were taken in, in order."""
