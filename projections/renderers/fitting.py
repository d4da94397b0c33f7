"""Making a grid fit a terminal: cells fold into several lines, and what still does not fit stands in parts.

No figure is cut. A part repeats the columns that say which row it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from projections.grid import Grid, GridCell, Heading, heading_rows
from projections.width import width_of

GAP = "  "
INDENT = "  "
WORD_MAX = 24  # as far as a column keeps a word whole
TEXT_LEAST, HEADING_LEAST = 12, 10

# A word, or one Chinese character; no closing mark begins a line and no opening one ends it.
# Compiled when something is folded: most answers are not.
_PIECE = r"\s+|[（《“「]*(?:[!-~]+|\S)[，。、；：！？）》”」]*"


class Part(NamedTuple):
    """Some columns of a grid, and how wide each of them is drawn."""

    grid: Grid
    widths: list[int]


def fitted(grid: Grid, columns: int | None) -> list[Part]:
    """The whole grid as wide as it is, where it may be; else folded, else in parts."""
    widths = natural_widths(grid)
    if columns is None or total_width(widths) <= columns:
        return [Part(grid, widths)]
    least = least_widths(grid)
    if total_width(least) <= columns:
        return [Part(grid, _shrunk(widths, least, columns))]
    parts = [_with_columns(grid, chosen) for chosen in _chosen(grid, least, columns)]
    return [Part(part, _shrunk(natural_widths(part), least_widths(part), columns)) for part in parts]


def natural_widths(grid: Grid) -> list[int]:
    """As wide as the widest cell; a heading over several columns widens the last of them."""
    body = [[width_of(text_of(cell)) for cell in row] for row in grid.body]
    widths = [max((row[column] for row in body), default=0) for column in range(grid.width)]
    return _under_headings(grid, widths, width_of)


def least_widths(grid: Grid) -> list[int]:
    """As narrow as it can be read: figures and words stay whole."""
    widths = [
        max((_least(row[column], is_amount=is_amount) for row in grid.body), default=0)
        for column, is_amount in enumerate(grid.amount_columns)
    ]
    return _under_headings(grid, widths, lambda text: min(width_of(text), max(HEADING_LEAST, _longest(text))))


def total_width(widths: list[int]) -> int:
    """How wide some columns are beside each other."""
    return sum(widths) + len(GAP) * (len(widths) - 1)


def span(widths: list[int], heading: Heading) -> int:
    """How wide the columns under a heading are."""
    return total_width(widths[heading.column : heading.column + heading.columns])


def text_of(cell: GridCell) -> str:
    """A cell in one line."""
    return INDENT * cell.indent + cell.printed.replace("\n", " ")


def folded(text: str, width: int) -> list[str]:
    """A text in lines no wider than this, parted between words; what is indented stays so."""
    if width_of(text) <= width:
        return [text]
    indent = text[: min(len(text) - len(text.lstrip(" ")), width // 2)]
    lines: list[str] = []
    line = indent
    for piece in _pieces(text.strip(), width - len(indent)):
        if width_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> Iterator[str]:
    """What is kept together; of a word that is wider than a line, as much as goes on one."""
    for piece in re.findall(_PIECE, text):
        rest = piece
        while width_of(rest) > max(width, 2):
            kept = next(end for end in range(len(rest), 0, -1) if width_of(rest[:end]) <= max(width, 2))
            yield rest[:kept]
            rest = rest[kept:]
        yield rest


def _under_headings(grid: Grid, widths: list[int], wanted: Callable[[str], int]) -> list[int]:
    """Columns made wide enough for the headings over them, the narrow headings first."""
    widths = list(widths)
    headings = [heading for row in grid.headings for heading in row]
    for heading in sorted(headings, key=lambda heading: heading.columns):
        missing = wanted(heading.text) - span(widths, heading)
        widths[heading.column + heading.columns - 1] += max(missing, 0)
    return widths


def _least(cell: GridCell, *, is_amount: bool) -> int:
    text = text_of(cell)
    least = len(INDENT) * cell.indent + max(TEXT_LEAST, _longest(text))
    return width_of(text) if is_amount else min(width_of(text), least)


def _longest(text: str) -> int:
    """The longest word that is to stay whole."""
    return min(max(map(width_of, re.findall(_PIECE, text)), default=0), WORD_MAX)


def _shrunk(widths: list[int], least: list[int], columns: int) -> list[int]:
    """Columns that fit, taken from the widest first; none narrower than it can be."""
    widths = list(widths)
    while total_width(widths) > columns:
        loose = [column for column, width in enumerate(widths) if width > least[column]]
        if not loose:
            break
        widths[max(loose, key=widths.__getitem__)] -= 1
    return widths


def _chosen(grid: Grid, least: list[int], columns: int) -> list[list[int]]:
    """Which columns stand in which part: the naming ones in each, of the others as many as fit."""
    naming = _naming(grid)
    while total_width([least[one] for one in naming]) > columns * 2 // 3:
        naming.pop()
    rest = range(len(naming), grid.width)
    parts = _filled(naming, rest, least, columns)
    while len(evenly := _filled(naming, rest, least, columns, -(-len(rest) // len(parts)))) > len(parts):
        parts = evenly
    return evenly


def _filled(
    naming: list[int], rest: Sequence[int], least: list[int], columns: int, count: int | None = None
) -> list[list[int]]:
    """Part after part, each with as many columns as fit, or as many as ``count``."""
    parts = [list(naming)]
    for column in rest:
        is_full = total_width([least[one] for one in (*parts[-1], column)]) > columns
        is_full = is_full or len(parts[-1]) - len(naming) == count
        if is_full and len(parts[-1]) > len(naming):
            parts.append(list(naming))
        parts[-1].append(column)
    return parts


def _naming(grid: Grid) -> list[int]:
    """The columns that say which row it is: the first ones, as far as one that has a text in every row."""
    naming: list[int] = []
    for column, is_amount in enumerate(grid.amount_columns):
        if is_amount:
            break
        naming.append(column)
        if all(row[column].text for row in grid.body):
            break
    return naming[: grid.width - 1]


def _with_columns(grid: Grid, columns: list[int]) -> Grid:
    headings = heading_rows([grid.paths[column] for column in columns])
    return grid._replace(headings=headings, body=tuple(tuple(row[column] for column in columns) for row in grid.body))
