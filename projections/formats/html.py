"""The document as one self-contained page for a website: nothing is fetched, nothing runs.

Contents, charts and tables stand in the file, and every table can be saved as CSV from it.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from projections.charts import svg
from projections.documents.document import Block, ChartBlock, Document, Heading, TableBlock
from projections.figures.table import Table
from projections.renderers import csv_sheet, html_page

TEMPLATE = "page.html"
DEEPEST = 3


class Piece(NamedTuple):
    """A block of the page. ``anchor`` is where the contents point; ``content`` is text or markup."""

    kind: str
    content: str
    anchor: str = ""
    title: str = ""
    level: int = 0
    is_wide: bool = False
    notes: str = ""
    download: str = ""


class Entry(NamedTuple):
    """A line of the contents, and those below it."""

    title: str
    anchor: str
    below: tuple["Entry", ...]


def write(document: Document) -> dict[str, bytes]:
    """The page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    pieces = pieces_of(document)
    page = environment.get_template(TEMPLATE).render(
        document=document, pieces=pieces, contents=contents(pieces), checks=document.facts_in_china_time.items()
    )
    return {f"{document.year}年度单位预算.html": page.encode()}


def pieces_of(document: Document) -> list[Piece]:
    """The blocks of a document as they stand in the page."""
    return [_piece(block, f"part-{number}") for number, block in enumerate(document.blocks, start=1)]


def contents(pieces: Sequence[Piece]) -> tuple[Entry, ...]:
    """The contents as a tree: headings, and below them the tables and charts that follow."""
    return _entries(list(_levelled(pieces)))


def _levelled(pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    level = 0
    for piece in pieces:
        if piece.kind == "heading":
            level = piece.level
        if piece.anchor:
            yield (level if piece.kind == "heading" else level + 1), piece


def _entries(levelled: list[tuple[int, Piece]]) -> tuple[Entry, ...]:
    """A tree from levels; a piece is below the nearest one before it with a smaller level."""
    entries = []
    while levelled:
        level, piece = levelled.pop(0)
        below = []
        while levelled and levelled[0][0] > level:
            below.append(levelled.pop(0))
        entries.append(Entry(piece.title, piece.anchor, _entries(below)))
    return tuple(entries)


def _piece(block: Block, anchor: str) -> Piece:
    if isinstance(block, Heading):
        return Piece("heading", block.text, anchor, block.text, min(block.level, DEEPEST))
    if isinstance(block, TableBlock):
        return _table(block)
    if isinstance(block, ChartBlock):
        return Piece("chart", svg.draw(block.chart), anchor, block.chart.title)
    return Piece("paragraph", block.text)


def _table(block: TableBlock) -> Piece:
    sheet = b64encode(csv_sheet.render(block.grid).encode()).decode()
    return Piece(
        kind="table",
        content=html_page.fragment(block.grid, label_columns(block.table)),
        anchor=block.file_stem,
        title=block.grid.title,
        is_wide=block.is_landscape,
        notes=html_page.notes(block.grid),
        download=f"data:text/csv;charset=utf-8;base64,{sheet}",
    )


def label_columns(table: Table) -> set[int]:
    """The columns of a table's grid that name their rows; each side has its own."""
    columns: set[int] = set()
    start = 0
    for side in table.sides:
        columns |= set(range(start, start + len(side.headings)))
        start += len(side.headings) + len(side.columns)
    return columns
