"""What a 科目 is called in print. Matched by code, never by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from events.stream import Stream
from ledger.catalogue import Catalogue
from ledger.keeping.store import Store
from projections.cut import Cut
from projections.registers.statements import statements


@dataclass(frozen=True)
class Names:
    """The names of one unit's year. ``printed`` is keyed by code and place; place None is everywhere."""

    year: int
    catalogue: Catalogue
    printed: Mapping[tuple[str, str | None], str]

    def subject(self, code: str, place: str | None = None) -> str:
        """The name of a 科目 in a place: the unit's own for the place, its own, the catalogue's."""
        for key in ((code, place), (code, None)):
            if key in self.printed:
                return self.printed[key]
        known = self.catalogue.of_year(code, self.year)
        return known.name if known else code

    def is_named(self, code: str) -> bool:
        """Whether the unit itself has named a code."""
        return any(named == code for named, _ in self.printed)

    def every(self, code: str) -> set[str]:
        """All names a code goes by: the catalogue's and the unit's own."""
        known = self.catalogue.of_year(code, self.year)
        own = {name for (named, _), name in self.printed.items() if named == code}
        return own | ({known.name} if known else set())


def names_of(store: Store, catalogue: Catalogue, stream: Stream, cut: Cut) -> Names:
    """The names that hold for a unit's year at a cut."""
    named = [item.payload for item in statements(store, stream, ["SubjectNamed"], cut)]
    return Names(
        year=stream.year or 0,
        catalogue=catalogue,
        printed={(said["code"], said.get("place")): said["name"] for said in named},
    )
