"""Every cell of a document's tables, traced as a person who points at it would have it."""

from collections.abc import Iterator, Sequence

from projections.figures.table import CellPlace, cells_of
from projections.reading.reader import Question, Reader
from projections.reading.tables import tables
from projections.tracing.cells import tracked_cells
from projections.tracing.trace import Traced, Tracer


def trace_cells(reader: Reader, question: Question, numbers: Sequence[int] = ()) -> Iterator[tuple[CellPlace, Traced]]:
    """Every cell of these tables, or of all; blanks that cancel out are among them."""
    printed = tables(reader, question, numbers)
    cells = cells_of(printed)
    tracers = {table.number: Tracer(reader, table.amount_unit) for table in printed}
    for place, cell in tracked_cells(reader, question, numbers).items():
        yield place, tracers[place.table].traced(tuple(map(str, place)), cells.get(place), cell)
