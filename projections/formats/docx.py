"""The document as a Word file: real heading styles, a table of contents, wide tables on their side.

Fonts and measures are those of official documents (GB/T 9704). An office's own .docx may be the
base: what it defines (styles, page, header, footer, a cover) is kept, and what it lacks is added.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document as Word
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.xmlchemy import BaseOxmlElement

from events.errors import WrongUsage
from events.money import Money, percent, total
from projections.amounts import amount_cell
from projections.charts.chart import Bar, Chart, Pair, PairedBars, Share, Waterfall
from projections.documents.archive import rezipped
from projections.documents.document import Block, ChartBlock, Document, Heading, TableBlock
from projections.formats.word.elements import append, field, mark, marked, paragraph, run, w
from projections.formats.word.pages import OFFICIAL, Page, new_section, number_pages
from projections.formats.word.styles import add_styles, make_plain
from projections.formats.word.tables import Cell, Drawing, kept_together, table
from projections.grid import Grid, GridCell, plain_headings

UP, DOWN = "C0392B", "1E7B4C"  # red up, green down, as is usual in China
Elements = list[BaseOxmlElement]


def write(document: Document) -> dict[str, bytes]:
    """The document as one .docx, on an office's own .docx if there is one."""
    word = _begun(document.letterhead)
    if document.letterhead is None:
        make_plain(word)
        OFFICIAL.lay(word.sections[0])
    add_styles(word)
    _describe(word, document)
    has_footer = any(not section.footer.is_linked_to_previous for section in word.sections)
    if not word.element.body.xpath("./w:p[.//w:t or .//w:drawing or .//w:pict] | ./w:tbl | ./w:sdt"):
        word.element.body.clear_content()
        append(word, _cover(document))
    section = new_section(word)
    page = Page.of(section)
    if not has_footer:
        number_pages(word, section)
    append(word, _contents(document.blocks, page.text_width))
    _write_body(word, document, page)
    target = io.BytesIO()
    word.save(target)
    return {f"{document.year}年度单位预算.docx": rezipped(target.getvalue())}


def _begun(letterhead: Path | None) -> Word:
    try:
        return docx.Document(str(letterhead) if letterhead else None)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise WrongUsage("{path} 不是能用的 Word 文件，不能做公文用纸；请另存为 .docx。", path=letterhead) from error


def _write_body(word: Word, document: Document, upright: Page) -> None:
    """A table has its pages to itself: what leads to it, and what follows it, begins a new one."""
    follows_table = True
    for passage in _passages(document.blocks):
        _, last = passage[-1]
        is_table = isinstance(last, TableBlock)
        page = upright.sideways() if isinstance(last, TableBlock) and last.is_landscape else upright
        elements = [element for place, block in passage for element in _block(block, place, page.text_width)]
        _write_passage(word, elements, page, is_new_page=is_table or follows_table)
        follows_table = is_table
    _write_passage(word, _evidence(document, upright.text_width), upright, is_new_page=follows_table)


def _passages(blocks: Iterable[Block]) -> Iterator[list[tuple[int, Block]]]:
    """Every block with the headings that lead to it, and their places in the document."""
    passage: list[tuple[int, Block]] = []
    for numbered in enumerate(blocks):
        passage.append(numbered)
        if not isinstance(numbered[1], Heading):
            yield passage
            passage = []
    if passage:
        yield passage


def _write_passage(word: Word, elements: Elements, page: Page, *, is_new_page: bool) -> None:
    if page.is_sideways != Page.of(word.sections[-1]).is_sideways:
        page.lay(new_section(word))
    elif is_new_page:
        elements[0][0].append(w("pageBreakBefore"))
    append(word, elements)


def _describe(word: Word, document: Document) -> None:
    """Title, author, language; the time of the cut and not of the clock."""
    properties, day = word.core_properties, datetime.combine(document.evidence.cut.as_of, time())
    properties.title = f"{document.unit.name}{document.title}"
    properties.author = properties.last_modified_by = document.unit.name
    properties.comments, properties.language, properties.revision = "", "zh-CN", 1
    properties.created = properties.modified = day


def _cover(document: Document) -> Elements:
    day = document.evidence.cut.as_of
    return [
        paragraph("Subtitle", document.unit.name),
        paragraph("Title", document.title),
        paragraph("封面说明", f"数据截至{day.year}年{day.month}月{day.day}日"),
    ]


def _contents(blocks: Sequence[Block], width: int) -> Elements:
    """The table of contents: a field that Word brings up to date, filled in for those who do not."""
    entries = [_entry(block, place, width) for place, block in enumerate(blocks) if _level(block)]
    if entries:
        *begin, end = field(r'TOC \o "1-3" \h \z \u', dirty="true")
        entries[0][1:1] = begin
        entries[-1].append(end)
    return [paragraph("TOC Heading", "目录"), *entries]


def _level(block: Block) -> int:
    """The level at which a block stands in the contents; 0 if it does not."""
    return block.level if isinstance(block, Heading) else 2 * isinstance(block, TableBlock)


def _entry(block: Block, place: int, width: int) -> BaseOxmlElement:
    text = block.text if isinstance(block, Heading) else block.grid.title if isinstance(block, TableBlock) else ""
    tabs = w("tabs", w("tab", val="right", leader="dot", pos=width))
    number = field(rf"PAGEREF {mark(place)} \h")
    link = w("hyperlink", run(f"{text}\t"), *number, anchor=mark(place), history=1)
    return w("p", w("pPr", w("pStyle", val=f"toc {_level(block)}"), tabs), link)


def _block(block: Block, place: int, width: int) -> Elements:
    """A block on paper so wide, in twips."""
    if isinstance(block, Heading):
        return [marked(paragraph(f"Heading {block.level}", block.text), place)]
    if isinstance(block, TableBlock):
        return [marked(paragraph("表题", block.grid.title), place), *_published(block.grid, width)]
    if isinstance(block, ChartBlock):
        return _chart(block.chart, width)
    return [paragraph("Body Text", block.text)]


def _published(grid: Grid, width: int) -> Elements:
    """What stands under a table's title."""
    tabs = w("tabs", w("tab", val="right", pos=width))
    rows = [tuple(_drawn(cell) for cell in row) for row in grid.body]
    above = [paragraph("表上说明", "\t".join(grid.above), tabs)] if any(grid.above) else []
    notes = [paragraph("表注", note) for note in grid.notes]
    return [*above, table(Drawing(grid.title, grid.headings, rows), width), *notes]


def _drawn(cell: GridCell) -> Cell:
    return Cell(cell.printed, "right" if cell.is_amount else "left", cell.indent)


def _chart(chart: Chart, width: int) -> Elements:
    """A chart as the figures it is drawn from."""
    headings, rows = _figures(chart)
    title = paragraph("图题", f"{chart.title}（单位：{chart.amount_unit}）")
    return [title, kept_together(table(Drawing(chart.title, plain_headings(*headings), rows), width))]


def _figures(chart: Chart) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    unit = chart.amount_unit
    if isinstance(chart, Waterfall):
        return ("步骤", "金额"), [_step(bar, unit) for bar in chart.bars]
    if isinstance(chart, PairedBars):
        return ("科目", *chart.names, "增减"), [_compared(pair, unit) for pair in chart.pairs]
    whole = total(share.amount for share in chart.shares)
    shares = sorted(chart.shares, key=lambda share: -share.amount.fen)
    return ("科目", "金额", "占比%"), [_shared(share, whole, unit) for share in shares]


def _step(bar: Bar, unit: str) -> tuple[Cell, ...]:
    return (Cell(bar.label), _amount(bar.amount, unit, is_signed=not bar.is_total))


def _compared(pair: Pair, unit: str) -> tuple[Cell, ...]:
    change = _amount(pair.current - pair.base, unit, is_signed=True)
    return (Cell(pair.label), _amount(pair.current, unit), _amount(pair.base, unit), change)


def _shared(share: Share, whole: Money, unit: str) -> tuple[Cell, ...]:
    return (Cell(share.label), _amount(share.amount, unit), Cell(percent(share.amount, whole) or "", "right"))


def _amount(amount: Money, unit: str, *, is_signed: bool = False) -> Cell:
    """An amount; a signed one shows its sign and its colour."""
    printed = amount_cell(amount, unit).printed
    if not is_signed or not amount:
        return Cell(printed, "right")
    return Cell(f"+{printed}", "right", color=UP) if amount.fen > 0 else Cell(printed, "right", color=DOWN)


def _evidence(document: Document, width: int) -> Elements:
    """What holds the document against the ledger."""
    rows = [(Cell(label), Cell(fact)) for label, fact in document.facts.items()]
    return [
        paragraph("图题", "核对信息"),
        kept_together(table(Drawing("核对信息", plain_headings("项目", "内容"), rows), width)),
    ]
