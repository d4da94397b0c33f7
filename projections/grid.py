"""A neutral grid: what every text, page and sheet is drawn from.

Headings form rows of cells that may span columns and rows; body cells are text with a side to lean
on. A renderer turns a grid into its own form and decides nothing about its content.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Heading(NamedTuple):
    """A heading cell and how far it reaches. ``column`` is where it begins."""

    text: str
    column: int
    columns: int
    rows: int


Headings = tuple[tuple[Heading, ...], ...]


class GridCell(NamedTuple):
    """A body cell."""

    text: str
    is_amount: bool = False
    indent: int = 0

    @property
    def printed(self) -> str:
        """The text as people read it: amounts with thousands separators."""
        if not self.is_amount or not self.text:
            return self.text
        whole, point, part = self.text.partition(".")
        return f"{int(whole):,}{point}{part}" if not whole.startswith("-0") else self.text


class Grid(NamedTuple):
    """A titled grid. ``above`` stands left and right over it, ``notes`` below."""

    title: str
    above: tuple[str, str]
    headings: Headings
    body: tuple[tuple[GridCell, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return sum(heading.columns for heading in self.headings[0])

    @property
    def paths(self) -> list[tuple[str, ...]]:
        """The heading texts over each column, from the top down."""
        paths: list[tuple[str, ...]] = [()] * self.width
        for row in self.headings:
            for heading in row:
                for column in range(heading.column, heading.column + heading.columns):
                    paths[column] += (heading.text,)
        return paths

    @property
    def flat_headings(self) -> list[str]:
        """One text per column, heading levels joined with "/"."""
        return ["/".join(path) for path in self.paths]

    @property
    def amount_columns(self) -> list[bool]:
        """Which columns hold amounts."""
        return [any(row[column].is_amount for row in self.body) for column in range(self.width)]


def heading_rows(paths: Sequence[tuple[str, ...]]) -> Headings:
    """Heading cells from one path per column: equal neighbours join, short paths reach down."""
    depth = max(len(path) for path in paths)
    return tuple(tuple(_level(paths, level, depth)) for level in range(depth))


def _level(paths: Sequence[tuple[str, ...]], level: int, depth: int) -> list[Heading]:
    headings: list[Heading] = []
    for column, path in enumerate(paths):
        if len(path) <= level:
            continue
        is_leaf = len(path) == level + 1
        last = headings[-1] if headings else None
        if last and not is_leaf and last.column + last.columns == column and _joins(paths[column - 1], path, level):
            headings[-1] = last._replace(columns=last.columns + 1)
        else:
            headings.append(Heading(path[level], column, 1, depth - level if is_leaf else 1))
    return headings


def _joins(left: tuple[str, ...], right: tuple[str, ...], level: int) -> bool:
    return len(left) > level + 1 and left[: level + 1] == right[: level + 1]


def plain_headings(*texts: str) -> Headings:
    """A single row of headings."""
    return heading_rows([(text,) for text in texts])
