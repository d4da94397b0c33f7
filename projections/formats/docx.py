"""The document as a Word file: real heading styles, a table of contents, wide tables on their side.

Fonts and measures are those of official documents (GB/T 9704). An office's own .docx may be the
base: what it defines (styles, margins, header, footer, a cover) is kept, what it lacks is added.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple

from docx import Document as opened
from docx.document import Document as Word
from docx.enum.section import WD_ORIENTATION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm
from wcwidth import wcswidth

from events.money import Money, percent, total
from projections.archive import rezipped
from projections.chart import Chart, PairedBars, Treemap, Waterfall
from projections.document import Block, ChartBlock, Document, Evidence, Heading, TableBlock
from projections.grid import Grid, GridCell, plain_headings
from projections.grid import Heading as GridHeading
from projections.grids import in_unit

TWIPS = 20  # in a point
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # mm, GB/T 9704
SIDEWAYS_MARGIN = Mm(20)
SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)  # points: 小四, 五号, 小五, 六号, 小六
LABEL_WIDTH_MAX = 40  # half-width characters
HEADING_LINES = 3
UP, DOWN = "C0392B", "1E7B4C"  # red up, green down, as is usual in China
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
UNNEEDED_PARTS = ("stylesWithEffects", "thumbnail", "customXml")


class _Style(NamedTuple):
    """A style: font and size in points; first-line indent in characters; spaces and line in points."""

    name: str
    font: str = "仿宋_GB2312"
    size: float = 16
    align: str = "both"
    indent: int = 0
    before: float = 0
    after: float = 0
    line: float = 0
    is_bold: bool = False
    is_kept: bool = False
    outline: int = 0


STYLES = (
    _Style("Normal"),
    _Style("Title", "方正小标宋简体", 36, "center", before=24, after=24),
    _Style("Subtitle", "方正小标宋简体", 26, "center", before=150, after=24),
    _Style("Heading 1", "黑体", indent=2, before=12, after=6, is_kept=True, outline=1),
    _Style("Heading 2", "楷体_GB2312", indent=2, before=6, is_kept=True, outline=2),
    _Style("Heading 3", indent=2, is_bold=True, is_kept=True, outline=3),
    _Style("Body Text", indent=2, line=28),
    _Style("TOC Heading", "黑体", 22, "center", after=18),
    _Style("toc 1", "黑体", 14, "left", before=6),
    _Style("toc 2", size=14, align="left"),
    _Style("toc 3", size=14, align="left"),
    _Style("Footer", "宋体", 14, "center"),
    _Style("封面说明", "楷体_GB2312", 16, "center", before=240),
    _Style("表题", "黑体", 16, "center", after=6, is_kept=True, outline=2),
    _Style("图题", "黑体", 14, "center", before=18, after=6, is_kept=True),
    _Style("表上说明", size=12, align="left", after=3, is_kept=True),
    _Style("表头文字", "黑体", 10.5, "center"),
    _Style("表内文字", "宋体", 10.5, "left"),
    _Style("表注", size=12, align="left", before=6),
    _Style("分节", size=1, line=1),
)
TOC_INDENT = 2  # characters a level


class _Cell(NamedTuple):
    """A cell as it is drawn."""

    text: str
    align: str = "left"
    indent: int = 0
    color: str = ""


class _Drawn(NamedTuple):
    """A table as it is drawn."""

    title: str
    headings: tuple[tuple[GridHeading, ...], ...]
    rows: list[tuple[_Cell, ...]]


def write(document: Document, template: Path | None = None) -> dict[str, bytes]:
    """The document as one .docx, on an office's own .docx if there is one."""
    word = opened(str(template) if template else None)
    if template is None:
        _make_ours(word)
    _add_styles(word)
    _describe(word, document)
    has_footer = any(not section.footer.is_linked_to_previous for section in word.sections)
    if not word.element.body.xpath("./w:p[.//w:t or .//w:drawing or .//w:pict] | ./w:tbl | ./w:sdt"):
        word.element.body.clear_content()
        _place(word, _cover(document))
    section = _new_section(word)
    if not has_footer:
        _number_pages(section)
    _place(word, _contents(document.blocks, _text_width(section)))
    _write_blocks(word, document.blocks)
    _place(word, _evidence(document, _text_width(word.sections[-1])))
    target = io.BytesIO()
    word.save(target)
    return {f"{document.year}年度单位预算.docx": rezipped(target.getvalue())}


def _write_blocks(word: Word, blocks: Sequence[Block]) -> None:
    """A table has its page, or pages, to itself; so what leads to it or follows it begins a new one."""
    follows_table = True
    for run in _runs(blocks):
        _, last = run[-1]
        is_table = isinstance(last, TableBlock)
        is_wide = isinstance(last, TableBlock) and last.is_landscape
        turns = is_wide != (word.sections[-1].orientation == WD_ORIENTATION.LANDSCAPE)
        section = _turned(_new_section(word)) if turns else word.sections[-1]
        elements = [element for place, block in run for element in _block(block, place, _text_width(section))]
        if (is_table or follows_table) and not turns:
            elements[0].get_or_add_pPr().insert_element_before(_w("pageBreakBefore"), "w:spacing", "w:ind", "w:jc")
        _place(word, elements)
        follows_table = is_table


def _runs(blocks: Iterable[Block]) -> Iterator[list[tuple[int, Block]]]:
    """Every block with the headings that lead to it, and their places in the document."""
    run: list[tuple[int, Block]] = []
    for numbered in enumerate(blocks):
        run.append(numbered)
        if not isinstance(numbered[1], Heading):
            yield run
            run = []
    if run:
        yield run


def _block(block: Block, place: int, width: int) -> list[BaseOxmlElement]:
    """A block on paper so wide (in twentieths of a point)."""
    if isinstance(block, Heading):
        return [_marked(_paragraph(f"Heading {block.level}", block.text), place)]
    if isinstance(block, TableBlock):
        return [_marked(_paragraph("表题", block.grid.title), place), *_published(block.grid, width)]
    if isinstance(block, ChartBlock):
        return _chart(block.chart, width)
    return [_paragraph("Body Text", block.text)]


def _published(grid: Grid, width: int) -> list[BaseOxmlElement]:
    left, right = grid.above
    rows = [
        tuple(_Cell(cell.printed, "right" if cell.is_amount else "left", cell.indent) for cell in row)
        for row in grid.body
    ]
    above = [_with_tab(_paragraph("表上说明", f"{left}\t{right}"), width)] if left or right else []
    return [
        *above,
        _table(_Drawn(grid.title, grid.headings, rows), width),
        *(_paragraph("表注", note) for note in grid.notes),
    ]


def _chart(chart: Chart, width: int) -> list[BaseOxmlElement]:
    """A chart as the figures it is drawn from."""
    headings, rows = _figures(chart)
    title = _paragraph("图题", f"{chart.title}（单位：{chart.amount_unit}）")
    return [title, _table(_Drawn(chart.title, plain_headings(*headings), rows), width)]
