"""What every question to a ledger is asked of, and what it is asked about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from events.record import digest
from events.stream import Stream
from events.vocabulary import Measure, Stage
from ledger.catalogue import Catalogue
from ledger.keeping.sqlite import SqliteStore
from projections.cut import Cut
from projections.entries.queries import GRAIN
from projections.entries.read_model import Amount, ReadModel
from projections.places import DEFAULT, FOLDER
from projections.registers.statements import Statement, statements
from projections.registers.units import Roll

if TYPE_CHECKING:
    from projections.edition import Edition


@dataclass(frozen=True)
class Reader:
    """What reading needs: the store, its entries, the 科目, and the folder of a place's forms.

    Every figure of every answer comes through ``amounts`` and ``statements``.
    """

    store: SqliteStore
    entries: ReadModel
    catalogue: Catalogue
    forms: Path = FOLDER / DEFAULT

    def roll(self, cut: Cut) -> Roll:
        """The units there are."""
        return Roll(self.store, cut)

    def edition(self, year: int) -> "Edition":
        """The forms in force in a year."""
        from projections.edition import edition_for  # recording reads no forms

        return edition_for(year, self.forms)

    def amounts(
        self, units: Sequence[str], year: int, stages: Sequence[Stage], cut: Cut, grain: Collection[str] = GRAIN
    ) -> list[Amount]:
        """What stands at a cut, by stage and line, and by what ``grain`` tells apart."""
        return self.entries.amounts(units, year, stages, cut, grain)

    def statements(self, stream: Stream, types: Sequence[str], cut: Cut) -> list[Statement]:
        """What a stream states beside its lines, at a cut."""
        return statements(self.store, stream, types, cut)

    def digest(self, cut: Cut, unit: str | None = None) -> str:
        """The digest of what was recorded by a cut: of the whole ledger, or of one unit's streams."""
        return digest(self.store.heads(cut.known_at_text, unit or ""))


class Question(NamedTuple):
    """Which unit's which year, in which measure, at which cut; with or without its subordinates."""

    unit: str | None
    year: int
    measure: Measure
    cut: Cut
    consolidated: bool = False
