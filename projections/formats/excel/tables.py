"""A published table as a sheet: merged headings, real numbers, ready to print."""

from typing import Any

from events.money import FEN_PER_WAN, FEN_PER_YUAN, Money
from projections.documents.document import TableBlock
from projections.formats.excel.looks import Looks
from projections.grid import Grid, GridCell, Heading
from projections.width import width_of

A4 = 9
FIRST_HEADING = 2  # below the title, and unit and 金额单位
PADDING, TEXT_MAX, FIGURE_LEAST = 2, 44, 6  # half-width characters
UPRIGHT_WIDTH, SIDEWAYS_WIDTH = 84, 124  # half-width characters on A4
LINE, ROW = 15, 18  # points


def add_table(book: Any, looks: Looks, block: TableBlock) -> None:
    """A sheet with the table, named 表1."""
    sheet, grid = book.add_worksheet(sheet_name(block)), block.grid
    widths = column_widths(grid, is_landscape=block.is_landscape)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    _write_around(sheet, looks, grid, widths)
    _write_headings(sheet, looks, grid, widths)
    _write_body(sheet, looks, block, widths)
    _set_up(sheet, block)


def sheet_name(block: TableBlock) -> str:
    """The name of a table's sheet."""
    return f"表{block.table.number}"


def number(amount: Money, amount_unit: str) -> float:
    """An amount in 万元 or 元; multiplied by the unit and rounded it gives the 分 again (below 10**15)."""
    return amount.fen / (FEN_PER_WAN if amount_unit == "万元" else FEN_PER_YUAN)


def amounts_of(block: TableBlock) -> dict[tuple[int, int], Money]:
    """The exact amount at each row and column of the grid's body; sides are stretched above their last rows."""
    amounts: dict[tuple[int, int], Money] = {}
    left, height = 0, len(block.grid.body)
    for side in block.table.sides:
        left += len(side.headings)
        split, missing = len(side.rows) - block.table.foot, height - len(side.rows)
        for place, row in enumerate(side.rows):
            where = place if place < split else place + missing
            amounts |= {(where, left + at): cell for at, cell in enumerate(row.cells) if isinstance(cell, Money)}
        left += len(side.columns)
    return amounts


def column_widths(grid: Grid, *, is_landscape: bool) -> list[int]:
    """Widths in half-width characters: figures whole, long texts and headings in lines, the page full."""
    widths = [max((_width(row[column]) for row in grid.body), default=0) for column in range(grid.width)]
    widths = [max(width, FIGURE_LEAST) + PADDING for width in widths]
    headings = [heading for row in grid.headings for heading in row]
    for heading in sorted(headings, key=lambda heading: heading.columns):
        line = -(-width_of(heading.text) // (3 if is_landscape else 2))
        missing = line + line % 2 + PADDING - sum(widths[heading.column : heading.column + heading.columns])
        for column in range(heading.column, heading.column + heading.columns):
            widths[column] += max(-(-missing // heading.columns), 0)
    return widened(widths, SIDEWAYS_WIDTH if is_landscape else UPRIGHT_WIDTH)


def widened(widths: list[int], least: int) -> list[int]:
    """Widths that fill a page, in proportion."""
    missing, whole = max(least - sum(widths), 0), sum(widths)
    return [width + missing * width // whole for width in widths]


def lines(text: str, width: int) -> int:
    """How many lines a text takes in so many half-width characters."""
    return sum(max(-(-width_of(line) // max(width - PADDING, 1)), 1) for line in text.split("\n"))


def _width(cell: GridCell) -> int:
    widest = max(width_of(line) for line in cell.printed.split("\n")) + 2 * cell.indent
    return widest if cell.is_amount else min(widest, TEXT_MAX)


def _write_around(sheet: Any, looks: Looks, grid: Grid, widths: list[int]) -> None:
    """Title and units above, notes below."""
    last = grid.width - 1
    _write_over(sheet, (0, 0, 0, last), grid.title, looks.of("title"))
    sheet.set_row(0, 2 * ROW)
    sheet.write_string(1, 0, grid.above[0], looks.of("left"))
    sheet.write_string(1, last, grid.above[1], looks.of("right"))
    below = FIRST_HEADING + len(grid.headings) + len(grid.body)
    for row, note in enumerate(grid.notes, start=below):
        _write_over(sheet, (row, 0, row, last), note, looks.of("note"))
        sheet.set_row(row, max(LINE * lines(note, sum(widths)), ROW))


def _write_headings(sheet: Any, looks: Looks, grid: Grid, widths: list[int]) -> None:
    heights = [ROW] * len(grid.headings)
    standing = [(level, heading) for level, row in enumerate(grid.headings) for heading in row]
    for level, heading in sorted(standing, key=lambda each: each[1].rows):
        bottom, right = level + heading.rows - 1, heading.column + heading.columns - 1
        place = (FIRST_HEADING + level, heading.column, FIRST_HEADING + bottom, right)
        _write_over(sheet, place, heading.text, looks.of("heading"))
        missing = _height(heading, widths) - sum(heights[level : bottom + 1])
        heights[bottom] += max(missing, 0)
    for level, height in enumerate(heights):
        sheet.set_row(FIRST_HEADING + level, height)


def _height(heading: Heading, widths: list[int]) -> int:
    return ROW - LINE + LINE * lines(heading.text, sum(widths[heading.column : heading.column + heading.columns]))


def _write_over(sheet: Any, place: tuple[int, int, int, int], text: str, look: Any) -> None:
    """A text over all cells of a place: row, column, last row, last column."""
    if place[:2] != place[2:]:
        sheet.merge_range(*place, "", look)
    sheet.write_string(*place[:2], text, look)


def _write_body(sheet: Any, looks: Looks, block: TableBlock, widths: list[int]) -> None:
    amounts, first = amounts_of(block), FIRST_HEADING + len(block.grid.headings)
    for place, row in enumerate(block.grid.body):
        for column, cell in enumerate(row):
            amount = amounts.get((place, column))
            if amount is not None:
                sheet.write_number(first + place, column, number(amount, block.table.amount_unit), looks.of("amount"))
            elif cell.is_amount or not cell.text:
                sheet.write_blank(first + place, column, None, looks.of("amount" if cell.is_amount else "text"))
            else:
                sheet.write_string(first + place, column, cell.text, looks.of("text", cell.indent))
        tallest = max(lines(cell.text, width - 2 * cell.indent) for cell, width in zip(row, widths, strict=True))
        sheet.set_row(first + place, ROW - LINE + LINE * tallest)


def _set_up(sheet: Any, block: TableBlock) -> None:
    """Headings stay in sight, and on every printed page; codes are text and not mistaken numbers."""
    grid, sides = block.grid, block.table.sides
    body = FIRST_HEADING + len(grid.headings)
    last = body + len(grid.body) + len(grid.notes) - 1
    sheet.freeze_panes(body, len(sides[0].headings) if len(sides) == 1 and block.is_landscape else 0)
    sheet.repeat_rows(FIRST_HEADING, body - 1)
    sheet.print_area(0, 0, last, grid.width - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    set_up_page(sheet, is_landscape=block.is_landscape)


def set_up_page(sheet: Any, *, is_landscape: bool) -> None:
    """A4, one page wide, numbered."""
    sheet.set_paper(A4)
    if is_landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer("&C— &P —")
