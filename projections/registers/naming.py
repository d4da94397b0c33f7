"""What a 科目 is called in print. Matched by code, never by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from events.stream import Stream
from ledger.catalogue import Catalogue
from ledger.keeping.store import Store
from projections.cut import Cut
from projections.registers.statements import statements


@dataclass(frozen=True)
class Names:
    """The names of one unit's year. ``printed`` is keyed by code and place; place None is everywhere.

    ``of_others`` are the names, by code, that the units added up with it gave; they are looked up for a code
    that has no name otherwise.
    """

    year: int
    catalogue: Catalogue
    printed: Mapping[tuple[str, str | None], str]
    of_others: Callable[[], Mapping[str, str]] = dict

    def subject(self, code: str, place: str | None = None) -> str:
        """The name of a 科目 in a place: the unit's own for the place, its own, the catalogue's, another unit's."""
        for key in ((code, place), (code, None)):
            if key in self.printed:
                return self.printed[key]
        known = self.catalogue.of_year(code, self.year)
        return known.name if known else self.of_others().get(code, code)

    def is_named(self, code: str) -> bool:
        """Whether the unit itself has named a code."""
        return any(named == code for named, _ in self.printed)

    def every(self, code: str) -> set[str]:
        """All names a code goes by: the catalogue's and the unit's own."""
        known = self.catalogue.of_year(code, self.year)
        own = {name for (named, _), name in self.printed.items() if named == code}
        return own | ({known.name} if known else set())


def names_of(store: Store, catalogue: Catalogue, streams: Sequence[Stream], cut: Cut) -> Names:
    """The names that hold for a year at a cut, of the first unit and those added up with it."""
    own, *others = streams
    return Names(
        year=own.year or 0,
        catalogue=catalogue,
        printed=_printed(store, own, cut),
        of_others=cache(partial(_of_others, store, others, cut)),
    )


def _of_others(store: Store, streams: Sequence[Stream], cut: Cut) -> dict[str, str]:
    """What the first of these to name a code has called it."""
    return {code: name for stream in reversed(streams) for (code, _), name in _printed(store, stream, cut).items()}


def _printed(store: Store, stream: Stream, cut: Cut) -> dict[tuple[str, str | None], str]:
    named = [item.payload for item in statements(store, stream, ["SubjectNamed"], cut)]
    return {(said["code"], said.get("place")): said["name"] for said in named}
