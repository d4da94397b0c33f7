"""Every publication of a ledger, held against what it pinned: the ledger's digest at its cut, and its forms."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from events.disclosure import DocumentPublished
from events.errors import WrongUsage, fault
from events.instant import instant_text
from events.record import Record, digest
from events.stream import Stream, event_id
from ledger.keeping.store import Store
from ledger.verifying.finding import Check, Finding
from projections.evidence.facts import facts
from projections.places import FOLDER

TYPES = [DocumentPublished.__name__]


class Publication(NamedTuple):
    """A publication as it was recorded."""

    record: Record
    stream: Stream
    fact: DocumentPublished

    @property
    def event_id(self) -> str:
        """Its name."""
        return event_id(self.record.stream, self.record.version)  # a damaged file may have anything in its place

    @property
    def known_at(self) -> str:
        """The instant of its cut, as events have theirs."""
        return instant_text(self.fact.known_at)


class Forms(StrEnum):
    """Whether the forms a publication was made with are the ones at hand."""

    SAME = "same"
    DIFFERING = "differing"
    ABSENT = "absent"


class Held(NamedTuple):
    """A publication beside what is there today: the digest its cut has now, and its forms."""

    publication: Publication
    digest: str
    forms: Forms

    @property
    def fits(self) -> bool:
        """Whether the ledger still is at its cut what it was when it was published."""
        return self.digest == self.publication.fact.ledger_digest


def publications(store: Store) -> list[Publication]:
    """All publications that can be read, by stream."""
    return [made for stream in store.streams() for made in _of_stream(store, stream)]


def held(store: Store, published: Sequence[Publication], folder: Path) -> list[Held]:
    """Every publication held against the ledger, and against the forms in ``folder`` or that come with the product."""
    return [
        Held(one, digest(store.heads(one.known_at, one.stream.unit)), _forms(one.fact, folder)) for one in published
    ]


def publication_findings(compared: Sequence[Held]) -> Iterator[Finding]:
    """The publications that saw another ledger."""
    for one in compared:
        if not one.fits:
            differs = fault(
                "公开时所记的账本摘要与账本不符：公开时 {then}，现为 {now}。",
                then=one.publication.fact.ledger_digest,
                now=one.digest,
            )
            yield Finding(one.publication.event_id, differs, Check.PUBLICATIONS)


def _of_stream(store: Store, stream: str) -> Iterator[Publication]:
    for record, fact in facts(store, stream, TYPES):
        if isinstance(fact, DocumentPublished):
            yield Publication(record, Stream.parse(stream), fact)


def _forms(fact: DocumentPublished, folder: Path) -> Forms:
    try:
        from projections.publishing.publication import edition_digest
    except ImportError:  # the template engine is not installed
        return Forms.ABSENT
    place, _, first_year = fact.edition.partition("/")
    at_hand = folder if folder.name == place else FOLDER / place
    try:
        current = edition_digest(at_hand, int(first_year))
    except (WrongUsage, OSError, ValueError):
        return Forms.ABSENT
    return Forms.SAME if current == fact.edition_digest else Forms.DIFFERING
