"""How a grid fits a page: letters as large as its columns allow, and a width for each column.

Widths are counted in em, the width of one Chinese character, from the text alone, so that they are
the same whatever faces are found.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from projections.grid import Grid, GridCell

SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)  # 小四, 五号, 小五, 六号, and below for the widest
HALF = 0.56  # a digit or a Latin letter; the widest of the faces we take
PADDING = 0.7  # left and right of a cell together
INDENT = 1.0
NAME_ROOM = 9.0  # a name may wrap, but not into a column narrower than this if it is longer
HEADING_ROOM = 2.0
UNBREAKABLE = re.compile(r"[!-~]+")


class Fit(NamedTuple):
    """The size of the letters and the width of each column, in pt."""

    size: float
    widths: tuple[float, ...]


class Room(NamedTuple):
    """What a column needs, in em: at least, to be easy to read, and without any wrapping."""

    least: float
    easy: float
    whole: float


def fit(grid: Grid, page_width: float) -> Fit:
    """The largest letters at which every column has the room it needs."""
    rooms = [_room(grid, column) for column in range(grid.width)]
    easy = sum(room.easy for room in rooms)
    size = next((size for size in SIZES if easy * size <= page_width), None)
    if size is None:
        least = sum(room.least for room in rooms)
        size = min(SIZES[-1], int(page_width / least * 20) / 20)
    return Fit(size, tuple(int(width * size * 100) / 100 for width in shared(rooms, page_width / size)))


def shared(rooms: Sequence[Room], width: float) -> list[float]:
    """A width shared among columns: first what each needs, then the ease of reading, then in proportion."""
    widths = [room.least for room in rooms]
    for wished in ([room.easy for room in rooms], [room.whole for room in rooms]):
        widths = _grown(widths, wished, width - sum(widths))
    left = max(width - sum(widths), 0)
    return [each + left * each / sum(widths) for each in widths]


def _grown(widths: Sequence[float], wished: Sequence[float], left: float) -> list[float]:
    """Every column nearer to its wish by the same part of the way."""
    missing = [max(wish - width, 0) for width, wish in zip(widths, wished, strict=True)]
    part = min(max(left, 0) / sum(missing), 1) if sum(missing) else 0
    return [width + part * lack for width, lack in zip(widths, missing, strict=True)]


def _room(grid: Grid, column: int) -> Room:
    cells = [row[column] for row in grid.body]
    over = [heading for row in grid.headings for heading in row if (heading.column, heading.columns) == (column, 1)]
    amounts = max((text_width(cell.printed) for cell in cells if cell.is_amount), default=0.0)
    words = max((_word(cell) for cell in cells if not cell.is_amount), default=0.0)
    names = max((_indent(cell) + _line(cell.text) for cell in cells if not cell.is_amount), default=0.0)
    heading_words = max((longest_word(heading.text) for heading in over), default=0.0)
    headings = max((text_width(heading.text) for heading in over), default=0.0)
    least = max(amounts, words, heading_words, HEADING_ROOM)
    easy = max(least, min(names, NAME_ROOM))
    return Room(least + PADDING, easy + PADDING, max(easy, names, headings) + PADDING)


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
