"""A grid for a terminal: columns aligned by the width of Chinese characters, headings on top of each other."""

from collections.abc import Iterator
from itertools import zip_longest

from projections.grid import Grid, Heading
from projections.renderers.fitting import GAP, Part, fitted, folded, span, text_of, total_width
from projections.width import width_of


def render(grid: Grid, columns: int | None = None) -> str:
    """The grid as lines of text; made to fit into so many columns, if they are given."""
    above = GAP.join(part for part in grid.above if part)
    lines = [*_prose(grid.title, columns), *_prose(above, columns)]
    for number, part in enumerate(fitted(grid, columns)):
        lines += [*([""] if number else []), *_drawn(part)]
    notes = (line for note in grid.notes for line in _prose(note, columns))
    return "\n".join([*lines, *notes]) + "\n"


def _prose(text: str, columns: int | None) -> list[str]:
    return [text] if columns is None else folded(text, columns)


def _drawn(part: Part) -> Iterator[str]:
    grid, widths = part
    amounts, rule = grid.amount_columns, "-" * total_width(widths)
    yield rule
    for level in range(len(grid.headings)):
        yield from _heading_lines(grid, level, widths)
    yield rule
    for row in grid.body:
        cells = [folded(text_of(cell), width) for cell, width in zip(row, widths, strict=True)]
        for texts in zip_longest(*cells, fillvalue=""):
            yield _line(texts, widths, amounts)


def _heading_lines(grid: Grid, level: int, widths: list[int]) -> Iterator[str]:
    """The headings whose last lines these are: one that reaches down stands next to the figures."""
    standing = [
        heading for above, row in enumerate(grid.headings) for heading in row if above + heading.rows - 1 == level
    ]
    texts = {heading: folded(heading.text, span(widths, heading)) for heading in standing}
    height = max(map(len, texts.values()), default=1)
    for number in range(height):
        lowered = {heading: ["" for _ in range(height - len(lines))] + lines for heading, lines in texts.items()}
        yield _heading_line(grid, {heading: lines[number] for heading, lines in lowered.items()}, widths)


def _heading_line(grid: Grid, texts: dict[Heading, str], widths: list[int]) -> str:
    line = ""
    for heading, text in sorted(texts.items(), key=lambda standing: standing[0].column):
        start = sum(widths[: heading.column]) + len(GAP) * heading.column
        is_amount = heading.columns == 1 and grid.amount_columns[heading.column]
        line += " " * (start - width_of(line)) + _padded(text, span(widths, heading), leans_right=is_amount)
    return line.rstrip()


def _line(texts: tuple[str, ...], widths: list[int], amounts: list[bool]) -> str:
    cells = zip(texts, widths, amounts, strict=True)
    return GAP.join(_padded(text, width, leans_right=right) for text, width, right in cells).rstrip()


def _padded(text: str, width: int, *, leans_right: bool) -> str:
    blank = " " * (width - width_of(text))
    return blank + text if leans_right else text + blank
