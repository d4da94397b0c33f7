"""The document as one Markdown file: to read as it is, to search, to compare two years line by line."""

import re
from collections.abc import Iterable

from projections.charts import svg
from projections.charts.chart import Chart
from projections.documents.document import Block, ChartBlock, Document, Heading, TableBlock
from projections.renderers import markdown

# At the beginning of a line these would make a list, an underlined heading or a table of it.
_BEGINNING = re.compile(r"[-+=:]|\d{1,9}(?=[.)])")


def write(document: Document) -> dict[str, bytes]:
    """The file."""
    blocks = [
        f"# {markdown.escaped(document.unit.name)}{markdown.escaped(document.title)}",
        *(_block(block) for block in document.blocks),
        "## 核对信息",
        _listed(f"{name}：{value}" for name, value in document.facts_in_china_time.items()),
    ]
    return {f"{document.year}年度单位预算.md": ("\n\n".join(blocks) + "\n").encode()}


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {_one_line(block.text)}"
    if isinstance(block, TableBlock):
        return f"**{_one_line(block.grid.title)}**\n\n{markdown.table(block.grid).rstrip()}"
    if isinstance(block, ChartBlock):
        return _chart(block.chart)
    return _paragraph(block.text)


def _chart(chart: Chart) -> str:
    return f"**{_one_line(chart.title)}**（单位：{chart.amount_unit}）\n\n{_listed(svg.figures(chart) or [svg.EMPTY])}"


def _paragraph(text: str) -> str:
    """Lines stay lines, and none turns into something else."""
    return "\\\n".join(map(_plain, _lines(text)))


def _plain(line: str) -> str:
    """A line that begins as text."""
    begun = _BEGINNING.match(line)
    if not begun:
        return markdown.escaped(line)
    mark, rest = begun[0], markdown.escaped(line[begun.end() :])
    return f"{mark}\\{rest}" if mark.isdigit() else f"\\{mark}{rest}"


def _one_line(text: str) -> str:
    return markdown.escaped(" ".join(_lines(text)))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"- {_plain(' '.join(_lines(text)))}" for text in texts)
