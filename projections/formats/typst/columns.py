"""How a grid fits a page: letters as large as its columns allow, and a width for each column.

Widths are counted in em, the width of one Chinese character, from the text alone, so that they are
the same whatever faces are found.
"""

import re
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from projections.grid import Grid, GridCell

SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)  # 小四, 五号, 小五, 六号, and below for the widest
SMALLEST = 5.0
HALF = 0.56  # a digit or a Latin letter; the widest of the faces we take
PADDING = 0.7  # left and right of a cell together
LEADING = 0.35  # between the lines of a cell
LOOSE, DENSE = 0.84, 0.5  # above and below a row together
TITLE = 28.0  # pt: a table's title and the space below
ABOVE, NOTE = 1.5, 1.6  # the unit over a table, a note under it
INDENT = 1.0
NAME_ROOM = 9.0  # a name may wrap, but not into a column narrower than this if it is longer
HEADING_ROOM = 2.0
HEADING_LINES = 4
UNBREAKABLE = re.compile(r"[!-~]+")


class Fit(NamedTuple):
    """The size of the letters and the width of each column, in pt; above and below a row together, in em."""

    size: float
    widths: tuple[float, ...]
    padding: float = LOOSE


class Page(NamedTuple):
    """The room on a page, in pt; letters on it are not made smaller than ``readable`` only to spare a page."""

    width: float
    height: float
    readable: float


class Room(NamedTuple):
    """What a column needs, in em: at least, to be easy to read, for its names, and for its heading."""

    least: float
    easy: float
    names: float
    heading: float


def fit(grid: Grid, page: Page) -> Fit:
    """Letters as large as the columns allow; denser or smaller if that spares the table a second page."""
    rooms = [_room(grid, column) for column in range(grid.width)]
    easy = sum(room.easy for room in rooms)
    fits = [_fitted(rooms, size, page) for size in SIZES if easy * size <= page.width]
    fits = fits or [_fitted(rooms, _small(rooms, page), page)]
    smallest = min(page.readable, fits[0].size)
    tried = [each._replace(padding=padding) for each in fits if each.size >= smallest for padding in (LOOSE, DENSE)]
    return next((each for each in tried if height(grid, each) <= page.height), fits[0])


def _small(rooms: Sequence[Room], page: Page) -> float:
    """Letters below all sizes: so that names are easy to read, but not too small; or as small as must be."""
    ease = max(page.width / sum(room.easy for room in rooms), SMALLEST)
    return int(min(ease, page.width / sum(room.least for room in rooms)) * 20) / 20


def _fitted(rooms: Sequence[Room], size: float, page: Page) -> Fit:
    return Fit(size, tuple(int(width * size * 100) / 100 for width in shared(rooms, page.width / size)))


def shared(rooms: Sequence[Room], width: float) -> list[float]:
    """A width shared among columns: what each needs, ease of reading, names, headings, then in proportion."""
    least, *wishes = zip(*rooms, strict=True)
    widths = list(least)
    for wished in wishes:
        widths = _grown(widths, wished, width - sum(widths))
    left = max(width - sum(widths), 0)
    return [each + left * each / sum(widths) for each in widths]


def _grown(widths: Sequence[float], wished: Sequence[float], left: float) -> list[float]:
    """Every column nearer to its wish by the same part of the way."""
    missing = [max(wish - width, 0) for width, wish in zip(widths, wished, strict=True)]
    part = min(max(left, 0) / sum(missing), 1) if sum(missing) else 0
    return [width + part * lack for width, lack in zip(widths, missing, strict=True)]


def height(grid: Grid, fitted: Fit) -> float:
    """About how high a grid becomes, in pt, with its title and notes."""
    lines = [*(row_lines(row, fitted) for row in grid.body), *_heading_lines(grid, fitted)]
    rows = sum(count + (count - 1) * LEADING + fitted.padding for count in lines)
    return TITLE + (ABOVE + rows + NOTE * len(grid.notes)) * fitted.size


def row_lines(row: Sequence[GridCell], fitted: Fit) -> int:
    """How many lines a row takes."""
    rooms = (width / fitted.size - PADDING for width in fitted.widths)
    return max(_lines(cell.printed, room - _indent(cell)) for cell, room in zip(row, rooms, strict=True))


def _heading_lines(grid: Grid, fitted: Fit) -> list[float]:
    """Lines of the headings: those of the highest column, spread over the rows."""
    deepest = max(
        _lines(heading.text, fitted.widths[heading.column] / fitted.size - PADDING)
        for row in grid.headings
        for heading in row
        if heading.columns == 1
    )
    return [max(deepest / len(grid.headings), 1.0)] * len(grid.headings)


def _lines(text: str, width: float) -> int:
    return sum(max(ceil(text_width(line) / width), 1) for line in text.split("\n"))


def _room(grid: Grid, column: int) -> Room:
    cells = [row[column] for row in grid.body]
    over = [heading for row in grid.headings for heading in row if (heading.column, heading.columns) == (column, 1)]
    amounts = max((text_width(cell.printed) for cell in cells if cell.is_amount), default=0.0)
    words = max((_word(cell) for cell in cells if not cell.is_amount), default=0.0)
    names = max((_indent(cell) + _line(cell.text) for cell in cells if not cell.is_amount), default=0.0)
    heading_words = max((longest_word(heading.text) for heading in over), default=0.0)
    headings = max((text_width(heading.text) for heading in over), default=0.0)
    least = max(amounts, words, heading_words, HEADING_ROOM)
    easy = max(least, min(names, NAME_ROOM), headings / HEADING_LINES)
    widest = max(easy, names)
    return Room(*(width + PADDING for width in (least, easy, widest, max(widest, headings))))


def _word(cell: GridCell) -> float:
    return _indent(cell) + longest_word(cell.text)


def _indent(cell: GridCell) -> float:
    return INDENT * cell.indent


def _line(text: str) -> float:
    """The width of the longest line."""
    return max(map(text_width, text.split("\n")))


def longest_word(text: str) -> float:
    """The width of the longest piece that no line may break: a run of digits and letters, or one character."""
    return max((text_width(word) for word in UNBREAKABLE.findall(text)), default=0.0) or min(text_width(text), 1.0)


def text_width(text: str) -> float:
    """The width of a text on one line."""
    return sum(1.0 if east_asian_width(character) in "WFA" else HALF for character in text)
