"""A grid as a Markdown table: heading levels joined with "/", as Markdown knows one level only."""

from projections.grid import Grid, GridCell


def render(grid: Grid) -> str:
    """The grid as Markdown."""
    lines = [
        _line(grid.flat_headings),
        _line(["---:" if right else "---" for right in grid.amount_columns]),
        *(_line([_text(cell) for cell in row]) for row in grid.body),
    ]
    above = "　".join(part for part in grid.above if part)
    blocks = [f"## {grid.title}", above, "\n".join(lines), *grid.notes]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _text(cell: GridCell) -> str:
    return "　" * cell.indent + cell.printed


def _line(texts: list[str]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|").replace("\n", "<br>") for text in texts) + " |"
