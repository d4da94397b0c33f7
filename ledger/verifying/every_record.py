"""All records of a ledger in order of position, a batch at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, Protocol, TypeVar

from events.record import Record
from ledger.keeping.store import Store

if TYPE_CHECKING:
    from events.chain import Link

BATCH = 500  # what is read is still in the processor's cache when it is hashed
BEFORE_ALL = -inf

T = TypeVar("T")


class Watch(Protocol):
    """Sees records go by, and lets them all through."""

    def __call__(self, passing: Iterable[T], /) -> Iterable[T]:
        """The same, one by one."""


def every_record(store: Store) -> Iterator[Record]:
    """All records of the one bucket of a file, in order of position."""
    return _all(lambda after: store.read_bucket(after=after, limit=BATCH), lambda record: record.position)


def every_link(store: Store) -> "Iterator[Link]":
    """The same as the chain sees them."""
    return _all(lambda after: store.read_links(after=after, limit=BATCH), lambda link: link.position)


def unwatched(passing: Iterable[T], /) -> Iterable[T]:
    """Nobody looks on."""
    return passing


def _all(read: Callable[[float], Sequence[T]], position: Callable[[T], int]) -> Iterator[T]:
    after = BEFORE_ALL
    while batch := read(after):
        yield from batch
        after = position(batch[-1])
