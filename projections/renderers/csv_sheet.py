"""A grid as CSV for people: UTF-8 with a BOM, plain figures, one heading row."""

import csv
import io

from projections.grid import Grid

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(grid: Grid) -> str:
    """The grid as CSV."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(grid.flat_headings)
    for row in grid.body:
        writer.writerow(cell.text if cell.is_amount else _harmless(cell.text) for cell in row)
    return BOM + file.getvalue()


def _harmless(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
