"""A grid as one self-contained HTML page: caption, scopes, spans; readable by eye and by screen reader."""

from collections.abc import Container
from html import escape

from projections.grid import Grid, GridCell, Heading

STYLE = """
body { font-family: "Noto Serif CJK SC", "Songti SC", SimSun, serif; margin: 2rem; }
table { border-collapse: collapse; }
caption { padding-bottom: .5rem; text-align: left; }
caption strong { display: block; font-size: 1.25rem; }
caption span { margin-right: 1em; }
th, td { border: 1px solid #666; padding: .25rem .6rem; vertical-align: top; }
thead th { background: #f0f0f0; text-align: center; }
tbody th { font-weight: normal; text-align: left; }
tbody th, tbody td { padding-left: calc(.6rem + var(--indent, 0) * 1rem); }
tr.sum > * { font-weight: bold; }
td.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
""".strip()
SUMS = ("合计", "总计")


def render(grid: Grid) -> str:
    """The grid as a page."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(grid.title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n"
        f"{fragment(grid)}{notes(grid)}</body>\n</html>\n"
    )


def fragment(grid: Grid, row_headings: Container[int] = (0,)) -> str:
    """The grid as a table to stand in a page. ``row_headings`` are the columns that name their row."""
    above = "".join(f" <span>{escape(part)}</span>" for part in grid.above if part)
    head = "".join(f"<tr>{''.join(map(_heading, row))}</tr>\n" for row in grid.headings)
    body = "".join(_row(row, row_headings) for row in grid.body)
    return (
        f"<table>\n<caption><div><strong>{escape(grid.title)}</strong>{above}</div></caption>\n"
        f"<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    )


def notes(grid: Grid) -> str:
    """What stands below a table."""
    return "".join(f'<p class="note">{escape(note)}</p>\n' for note in grid.notes)


def _heading(heading: Heading) -> str:
    scope = "colgroup" if heading.columns > 1 else "col"
    spans = f' colspan="{heading.columns}"' if heading.columns > 1 else ""
    spans += f' rowspan="{heading.rows}"' if heading.rows > 1 else ""
    return f'<th scope="{scope}"{spans}>{escape(heading.text)}</th>'


def _row(row: tuple[GridCell, ...], row_headings: Container[int]) -> str:
    is_sum = any(cell.text.endswith(SUMS) for cell in row if not cell.is_amount)
    cells = (_cell(cell, is_heading=column in row_headings) for column, cell in enumerate(row))
    mark = ' class="sum"' if is_sum else ""
    return f"<tr{mark}>{''.join(cells)}</tr>\n"


def _cell(cell: GridCell, *, is_heading: bool) -> str:
    text = escape(cell.printed).replace("\n", "<br>")
    if cell.is_amount:
        return f'<td class="amount">{text}</td>'
    if not text:
        return "<td></td>"
    indent = f' style="--indent: {cell.indent}"' if cell.indent else ""
    kind = ' class="code"' if text.isdecimal() else ""
    return f'<th scope="row"{kind}{indent}>{text}</th>' if is_heading else f"<td{kind}{indent}>{text}</td>"
