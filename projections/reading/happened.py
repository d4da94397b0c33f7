"""What was recorded for a unit, as known at a cut."""

from events.stream import Stream
from projections.cut import Cut
from projections.figures.history import Happening, happenings
from projections.reading.reader import Reader
from projections.registers.units import Roll, Unit


def history(
    reader: Reader, unit: str | None, year: int | None, cut: Cut, *, consolidated: bool = False
) -> list[Happening]:
    """What was recorded for a unit, in one year or in all, as known at a cut; with its subordinates if consolidated."""
    found = reader.roll(cut)
    units = found.asked(unit, consolidated=consolidated)
    streams = found.streams(units, year) if year else [s for each in units for s in _all_streams(found, each)]
    records = [
        record for stream in streams for record in reader.store.read_stream(str(stream), known_at=cut.known_at_text)
    ]
    happened = happenings(sorted(records))
    return [item for item in happened if item.effective_on <= cut.as_of.isoformat()]


def _all_streams(found: Roll, unit: Unit) -> list[Stream]:
    return [Stream(unit.code), *(Stream(unit.code, year) for year in found.years(unit.code))]
