"""What every question to a ledger is asked of, and what it is asked about."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from events.record import digest
from events.vocabulary import Measure
from ledger.catalogue import Catalogue
from ledger.sqlite import SqliteStore
from projections.cut import Cut
from projections.edition import DEFAULT, FOLDER, Edition, edition_for
from projections.entries import ReadModel
from projections.units import Roll, roll


@dataclass(frozen=True)
class Reader:
    """What reading needs: the store, its entries, the 科目, and the folder of a place's forms."""

    store: SqliteStore
    entries: ReadModel
    catalogue: Catalogue
    forms: Path = FOLDER / DEFAULT

    def roll(self, cut: Cut) -> Roll:
        """The units there are."""
        return roll(self.store, cut)

    def edition(self, year: int) -> Edition:
        """The forms in force in a year."""
        return edition_for(year, self.forms)

    def digest(self, cut: Cut) -> str:
        """The digest of what was recorded by a cut."""
        return digest(self.store.heads(cut.known_at_text))


class Question(NamedTuple):
    """Which unit's which year, in which measure, at which cut; with or without its subordinates."""

    unit: str | None
    year: int
    measure: Measure
    cut: Cut
    consolidated: bool = False
