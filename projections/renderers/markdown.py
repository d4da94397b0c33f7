"""A grid as a Markdown table: heading levels joined with "/", as Markdown knows one level only."""

import re

from projections.grid import Grid, GridCell

_MARKS = re.compile(r"[\\`*_\[\]<>|~&#]")


def render(grid: Grid) -> str:
    """The grid as Markdown."""
    return f"## {escaped(grid.title)}\n\n{table(grid)}"


def table(grid: Grid) -> str:
    """The grid without its title: what stands above it, the table, its notes."""
    lines = [
        _line(grid.flat_headings),
        _line(["---:" if right else "---" for right in _leaning_right(grid)], is_text=False),
        *(_line([_text(cell) for cell in row]) for row in grid.body),
    ]
    above = "　".join(part for part in grid.above if part)
    blocks = [escaped(above), "\n".join(lines), *map(escaped, grid.notes)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """A text in which nothing is taken for a mark of Markdown."""
    return _MARKS.sub(r"\\\g<0>", text)


def _leaning_right(grid: Grid) -> list[bool]:
    """The columns with nothing but amounts in them; a column of texts may have blanks."""
    columns = range(grid.width)
    has_text = [any(row[column].text and not row[column].is_amount for row in grid.body) for column in columns]
    return [amounts and not texts for amounts, texts in zip(grid.amount_columns, has_text, strict=True)]


def _text(cell: GridCell) -> str:
    return "　" * cell.indent + cell.printed


def _line(texts: list[str], *, is_text: bool = True) -> str:
    return "| " + " | ".join(escaped(text).replace("\n", "<br>") if is_text else text for text in texts) + " |"
