"""Tables in Word: merged headings that repeat on every page, rows that do not break, widths that fit."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement

from projections.formats.word.elements import TWIPS, paragraph, run, w
from projections.formats.word.styles import TABLE_STYLE
from projections.grid import Heading
from projections.width import width_of

PADDING = 2  # half-width characters
FIGURE = 1.12  # half-width characters: a digit in the widest of usual faces
ROW_HEIGHT = 1.6  # times the size of the text
SHADE = "F2F2F2"


class Cell(NamedTuple):
    """A cell of the body. ``align`` is left or right; ``color`` six hex digits or nothing."""

    text: str
    align: str = "left"
    indent: int = 0
    color: str = ""


class Drawing(NamedTuple):
    """A table to draw. ``title`` is for those who hear it."""

    title: str
    headings: tuple[tuple[Heading, ...], ...]
    rows: Sequence[tuple[Cell, ...]]


class Fit(NamedTuple):
    """A way to make a table fit: the size of its text, where a text is broken, the lines of a heading."""

    size: float
    text_max: int
    heading_lines: int


FITS = (  # 小四, 五号, 小五, 六号, 小六: first without breaking texts, then with
    Fit(12, 40, 2),
    Fit(10.5, 40, 2),
    Fit(10.5, 28, 2),
    Fit(9, 40, 2),
    Fit(9, 28, 3),
    Fit(7.5, 40, 3),
    Fit(7.5, 28, 3),
    Fit(6.5, 20, 4),
)


def table(drawing: Drawing, width: int) -> BaseOxmlElement:
    """The table as wide as the text (in twips), in the largest size of text in which its figures fit."""
    fit = next((fit for fit in FITS if sum(natural_widths(drawing, fit)) * fit.size / 2 * TWIPS <= width), FITS[-1])
    widths, size = shared_out(width, natural_widths(drawing, fit)), fit.size
    headings = [_heading_row(drawing, level, widths, size) for level in range(len(drawing.headings))]
    rows = [_row([_body_cell(*pair, size) for pair in zip(row, widths, strict=True)], size) for row in drawing.rows]
    grid = w("tblGrid", *(w("gridCol", w=column) for column in widths))
    return w("tbl", _properties(drawing.title, width, size), grid, *headings, *rows)


def kept_together(table: BaseOxmlElement) -> BaseOxmlElement:
    """The same table, all on one page if it fits."""
    *rows, _ = table.xpath("./w:tr")
    for properties in (found for row in rows for found in row.xpath(".//w:pPr")):
        properties.insert(1, w("keepNext"))
    return table


def natural_widths(drawing: Drawing, fit: Fit) -> list[int]:
    """How wide each column wants to be, in half-width characters: figures whole, texts and headings in lines."""
    widths = [
        max((_cell_width(cell, fit.text_max) for cell in column), default=0)
        for column in zip(*drawing.rows, strict=True)
    ]
    widths = widths or [0] * sum(heading.columns for heading in drawing.headings[0])
    widths = [width + PADDING for width in widths]
    headings = [heading for row in drawing.headings for heading in row]
    for heading in sorted(headings, key=lambda heading: heading.columns):
        missing = _heading_width(heading, fit) - sum(widths[heading.column : heading.column + heading.columns])
        for column in range(heading.column, heading.column + heading.columns):
            widths[column] += max(-(-missing // heading.columns), 0)
    return widths


def shared_out(whole: int, parts: list[int]) -> list[int]:
    """A whole number shared out in proportion, without a rest."""
    edges = [0, *(whole * part // sum(parts) for part in accumulate(parts))]
    return [right - left for left, right in pairwise(edges)]


def _heading_width(heading: Heading, fit: Fit) -> int:
    line = -(-width_of(heading.text) // fit.heading_lines)
    return line + line % 2 + PADDING


def _cell_width(cell: Cell, text_max: int) -> int:
    widest = max(width_of(line) for line in cell.text.split("\n")) + 2 * cell.indent
    return ceil(widest * FIGURE) if cell.align == "right" else min(widest, text_max)


def _properties(title: str, width: int, size: float) -> BaseOxmlElement:
    side = round(size * TWIPS * PADDING / 5)
    return w(
        "tblPr",
        w("tblStyle", val=TABLE_STYLE),
        w("tblW", w=width, type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=side, type="dxa"), w("right", w=side, type="dxa")),
        w("tblCaption", val=title),
    )


def _row(cells: list[BaseOxmlElement], size: float, *more: BaseOxmlElement) -> BaseOxmlElement:
    height = w("trHeight", val=round(ROW_HEIGHT * size * TWIPS), hRule="atLeast")
    return w("tr", w("trPr", w("cantSplit"), height, *more), *cells)


def _heading_row(drawing: Drawing, level: int, widths: list[int], size: float) -> BaseOxmlElement:
    """The headings that stand in a row, those included that reach down into it."""
    standing = [
        (heading, above)
        for above, row in enumerate(drawing.headings)
        for heading in row
        if above <= level < above + heading.rows
    ]
    cells = [_heading_cell(heading, level - above, widths, size) for heading, above in sorted(standing, key=_column)]
    return _row(cells, size, w("tblHeader"))


def _column(standing: tuple[Heading, int]) -> int:
    return standing[0].column


def _heading_cell(heading: Heading, down: int, widths: list[int], size: float) -> BaseOxmlElement:
    width = sum(widths[heading.column : heading.column + heading.columns])
    merged = [
        *([w("gridSpan", val=heading.columns)] if heading.columns > 1 else []),
        *([w("vMerge", val="continue" if down else "restart")] if heading.rows > 1 else []),
        w("shd", val="clear", color="auto", fill=SHADE),
        w("vAlign", val="center"),
    ]
    text = "" if down else heading.text
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *merged), _line("表头文字", text, size))


def _body_cell(cell: Cell, width: int, size: float) -> BaseOxmlElement:
    properties = []
    if cell.indent:
        left = round(cell.indent * size * TWIPS)
        properties.append(w("ind", leftChars=100 * cell.indent, left=left))
    if cell.align != "left":
        properties.append(w("jc", val=cell.align))
    around = w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center"))
    return w("tc", around, _line("表内文字", cell.text, size, *properties, color=cell.color))


def _line(style: str, text: str, size: float, *properties: BaseOxmlElement, color: str = "") -> BaseOxmlElement:
    line = paragraph(style, "", *properties)
    if text:
        sizes = (w("sz", val=round(2 * size)), w("szCs", val=round(2 * size)))
        line[-1] = run(text, *([w("color", val=color)] if color else []), *sizes)
    return line
