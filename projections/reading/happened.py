"""What was recorded for a unit, as known at a cut."""

from events.stream import Stream
from projections.cut import Cut
from projections.history import Happening, happenings
from projections.reading.reader import Reader
from projections.units import Roll, Unit


def history(reader: Reader, unit: str | None, year: int | None, cut: Cut) -> list[Happening]:
    """What was recorded for a unit, in one year or in all, as known at a cut."""
    found = reader.roll(cut)
    one = found.find(unit)
    streams = [found.stream(one, year)] if year else [Stream(one.code), *_years(found, one)]
    records = [
        record for stream in streams for record in reader.store.read_stream(str(stream), known_at=cut.known_at_text)
    ]
    happened = happenings(sorted(records))
    return [item for item in happened if item.effective_on <= cut.as_of.isoformat()]


def _years(found: Roll, unit: Unit) -> list[Stream]:
    return [Stream(unit.code, year) for year in found.years(unit.code)]
