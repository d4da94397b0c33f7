"""A grid as one self-contained HTML page: caption, scopes, spans; readable by eye and by screen reader."""

from html import escape

from projections.grid import Grid, GridCell, Heading

STYLE = """
body { font-family: "Noto Serif CJK SC", "Songti SC", SimSun, serif; margin: 2rem; }
table { border-collapse: collapse; }
caption { font-size: 1.25rem; font-weight: bold; padding-bottom: .5rem; text-align: left; }
th, td { border: 1px solid #666; padding: .25rem .6rem; vertical-align: top; }
thead th { background: #f0f0f0; text-align: center; }
tbody th { font-weight: normal; text-align: left; }
td.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
""".strip()


def render(grid: Grid) -> str:
    """The grid as a page."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(grid.title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n"
        f"{fragment(grid)}</body>\n</html>\n"
    )


def fragment(grid: Grid) -> str:
    """The grid as a table with its notes, to stand in a page."""
    above = "".join(f"<p>{escape(part)}</p>\n" for part in grid.above if part)
    head = "".join(f"<tr>{''.join(map(_heading, row))}</tr>\n" for row in grid.headings)
    body = "".join(f"<tr>{''.join(_cell(cell, column) for column, cell in enumerate(row))}</tr>\n" for row in grid.body)
    notes = "".join(f"<p>{escape(note)}</p>\n" for note in grid.notes)
    return (
        f"{above}<table>\n<caption>{escape(grid.title)}</caption>\n"
        f"<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>\n{notes}"
    )


def _heading(heading: Heading) -> str:
    scope = "colgroup" if heading.columns > 1 else "col"
    spans = f' colspan="{heading.columns}"' if heading.columns > 1 else ""
    spans += f' rowspan="{heading.rows}"' if heading.rows > 1 else ""
    return f'<th scope="{scope}"{spans}>{escape(heading.text)}</th>'


def _cell(cell: GridCell, column: int) -> str:
    text = escape(cell.printed).replace("\n", "<br>")
    if cell.is_amount:
        return f'<td class="amount">{text}</td>'
    indent = f' style="padding-left: {cell.indent + 0.6:g}rem"' if cell.indent else ""
    return f'<th scope="row"{indent}>{text}</th>' if not column else f"<td{indent}>{text}</td>"
