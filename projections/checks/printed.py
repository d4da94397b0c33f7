"""Every text in print, and where it is printed."""

from collections.abc import Iterator
from typing import NamedTuple

from events.errors import Fault, fault
from projections.checks.material import Material, Narrative
from projections.documents.document import Heading


class Printed(NamedTuple):
    """A text and where it is printed."""

    place: Fault
    text: str


def printed(material: Material) -> Iterator[Printed]:
    """Every text in print: headings and paragraphs, titles, notes and worded cells of tables."""
    if isinstance(material.narrative, Narrative):
        for block in material.narrative.blocks:
            yield Printed(fault("标题") if isinstance(block, Heading) else fault("正文"), block.text)
    for table in material.tables:
        place = fault("表{table}", table=table.number)
        yield from (Printed(place, text) for text in (table.title, *table.notes))
        for row in (row for side in table.sides for row in side.rows):
            yield from (Printed(place, cell) for cell in row.cells if isinstance(cell, str))


def titles(material: Material) -> list[Printed]:
    """The cover, the headings and the titles of tables."""
    cover = Printed(fault("封面"), material.edition.document_title.format(year=material.year))
    tables = [Printed(fault("表{table}", table=table.number), table.title) for table in material.tables]
    blocks = material.narrative.blocks if isinstance(material.narrative, Narrative) else ()
    return [cover, *(Printed(fault("标题"), block.text) for block in blocks if isinstance(block, Heading)), *tables]
