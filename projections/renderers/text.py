"""A grid for a terminal: columns aligned by the width of Chinese characters, headings on top of each other."""

from wcwidth import wcswidth

from projections.grid import Grid, GridCell

GAP = "  "
INDENT = "  "


def render(grid: Grid) -> str:
    """The grid as lines of text."""
    body = [[_text(cell) for cell in row] for row in grid.body]
    paths = [heading.split("/") for heading in grid.flat_headings]
    depth = len(grid.headings)
    headings = [[path[level] if level < len(path) else "" for path in _sunk(paths, depth)] for level in range(depth)]
    widths = [max(_width(row[column]) for row in [*headings, *body]) for column in range(grid.width)]
    amounts = [any(row[column].is_amount for row in grid.body) for column in range(grid.width)]
    lines = [_line(row, widths, [False] * grid.width) for row in _without_repeats(headings)]
    rule = "-" * max(map(_width, lines))
    table = [*lines, rule, *(_line(row, widths, amounts) for row in body)]
    left, right = grid.above
    return "\n".join([grid.title, f"{left}{GAP}{right}".strip(), rule, *table, *grid.notes]) + "\n"


def _text(cell: GridCell) -> str:
    return INDENT * cell.indent + cell.printed


def _sunk(paths: list[list[str]], depth: int) -> list[list[str]]:
    """Short heading paths stand on the last line, next to the figures."""
    return [[""] * (depth - len(path)) + path for path in paths]


def _without_repeats(rows: list[list[str]]) -> list[list[str]]:
    """A heading over several columns is printed over the first of them."""
    *upper, last = rows
    return [
        [text if not column or row[column - 1] != text else "" for column, text in enumerate(row)] for row in upper
    ] + [last]


def _line(texts: list[str], widths: list[int], leans_right: list[bool]) -> str:
    cells = (
        " " * (width - _width(text)) + text if right else text + " " * (width - _width(text))
        for text, width, right in zip(texts, widths, leans_right, strict=True)
    )
    return GAP.join(cells).rstrip()


def _width(text: str) -> int:
    return max(wcswidth(text), 0)
