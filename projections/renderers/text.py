"""A grid for a terminal: columns aligned by the width of Chinese characters, headings on top of each other."""

from projections.grid import Grid, GridCell, Heading
from projections.width import width_of

GAP = "  "
INDENT = "  "


def render(grid: Grid) -> str:
    """The grid as lines of text."""
    body = [[_text(cell) for cell in row] for row in grid.body]
    widths = _widths(grid, body)
    lines = [_heading_line(grid, level, widths) for level in range(len(grid.headings))]
    rule = "-" * (sum(widths) + len(GAP) * (grid.width - 1))
    rows = [_line(row, widths, grid.amount_columns) for row in body]
    above = GAP.join(part for part in grid.above if part)
    return "\n".join([grid.title, above, rule, *lines, rule, *rows, *grid.notes]) + "\n"


def _widths(grid: Grid, body: list[list[str]]) -> list[int]:
    """As wide as the widest cell; a heading over several columns widens the last of them."""
    headings = [heading for row in grid.headings for heading in row]
    widths = [max((width_of(row[column]) for row in body), default=0) for column in range(grid.width)]
    for heading in sorted(headings, key=lambda heading: heading.columns):
        last = heading.column + heading.columns - 1
        missing = width_of(heading.text) - _span(widths, heading)
        widths[last] += max(missing, 0)
    return widths


def _span(widths: list[int], heading: Heading) -> int:
    return sum(widths[heading.column : heading.column + heading.columns]) + len(GAP) * (heading.columns - 1)


def _heading_line(grid: Grid, level: int, widths: list[int]) -> str:
    """The headings whose last line this is: one that reaches down stands next to the figures."""
    standing = [
        heading for above, row in enumerate(grid.headings) for heading in row if above + heading.rows - 1 == level
    ]
    line = ""
    for heading in sorted(standing, key=lambda heading: heading.column):
        start = sum(widths[: heading.column]) + len(GAP) * heading.column
        is_amount = heading.columns == 1 and grid.amount_columns[heading.column]
        line += " " * (start - width_of(line)) + _padded(heading.text, _span(widths, heading), leans_right=is_amount)
    return line.rstrip()


def _text(cell: GridCell) -> str:
    return INDENT * cell.indent + cell.printed.replace("\n", " ")


def _line(texts: list[str], widths: list[int], amounts: list[bool]) -> str:
    cells = zip(texts, widths, amounts, strict=True)
    return GAP.join(_padded(text, width, leans_right=right) for text, width, right in cells).rstrip()


def _padded(text: str, width: int, *, leans_right: bool) -> str:
    blank = " " * (width - width_of(text))
    return blank + text if leans_right else text + blank
