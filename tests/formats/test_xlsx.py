"""The workbook holds the document's figures as exact numbers, its texts as texts, and the same bytes everywhere."""

import io
import re
import zipfile
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from office_words import (
    EVERY_TABLE,
    TRICKY,
    UNPRINTABLE,
    YEARS,
    digests_elsewhere,
    headings_in_first_cells,
    midyear,
    published,
    table_of,
    with_blocks,
    with_cells,
    with_label,
)
from python_calamine import CalamineWorkbook

from events.money import FEN_PER_WAN, Money
from projections.charts.chart import PairedBars, Treemap
from projections.documents.document import ChartBlock, Document, Heading, TableBlock
from projections.formats.xlsx import write

ABOVE = 2  # rows over the headings: the title, and the units
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@cache
def content_of(document: Document) -> bytes:
    ((_, content),) = write(document).items()
    return content


def opened(document: Document) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content_of(document)))


def rows(book: CalamineWorkbook, sheet: str) -> list[list[object]]:
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def body(book: CalamineWorkbook, block: TableBlock) -> list[list[object]]:
    first = ABOVE + len(block.grid.headings)
    return rows(book, f"表{block.table.number}")[first : first + len(block.grid.body)]


def printed(value: object) -> str:
    """A cell as people read it: a number as #,##0.00 shows it."""
    return value if isinstance(value, str) else f"{Decimal(str(value)):,.2f}"


def part(document: Document, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content_of(document))) as archive:
        return archive.read(name).decode()


def parts(document: Document, pattern: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content_of(document))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if re.fullmatch(pattern, name)}


def sheet_of(document: Document, block: TableBlock) -> ET.Element:
    place = document.tables.index(block) + 2  # after the contents
    return ET.fromstring(part(document, f"xl/worksheets/sheet{place}.xml"))


@pytest.fixture(scope="module")
def books():
    return {year: opened(published(year)) for year in YEARS}


@pytest.fixture(params=YEARS)
def document(request):
    return published(request.param)


@pytest.mark.parametrize(("year", "number"), EVERY_TABLE)
def test_every_cell_of_every_table_is_there_as_printed(books, year, number):
    grid = table_of(year, number).grid
    cells = [[printed(value) for value in row[: grid.width]] for row in rows(books[year], f"表{number}")]
    blank = [""] * grid.width
    assert cells[0] == [grid.title, *blank[1:]]
    assert cells[1] == [grid.above[0], *blank[2:], grid.above[1]]
    assert cells[ABOVE:] == [
        *headings_in_first_cells(grid),
        *([cell.printed for cell in row] for row in grid.body),
        *([note, *blank[1:]] for note in grid.notes),
    ]


@pytest.mark.parametrize(("year", "number"), EVERY_TABLE)
def test_amounts_are_numbers_and_nothing_else_is(books, year, number):
    block = table_of(year, number)
    for values, cells in zip(body(books[year], block), block.grid.body, strict=True):
        for value, cell in zip(values, cells, strict=True):
            assert isinstance(value, float) == bool(cell.is_amount and cell.text)


@pytest.mark.parametrize("fen", [1, -1, 12_345_678_901, -999_999, 100_000_001, 10**15 - 1, -(10**15) + 1])
def test_an_amount_is_read_back_exactly_to_the_fen(fen):
    block = with_cells(Money(fen))
    assert round(body(opened(with_blocks(block)), block)[0][2] * FEN_PER_WAN) == fen


def test_the_sum_of_the_cells_is_the_total_of_the_table(books):
    total, *projects = body(books[2024], table_of(2024, 10))
    assert sum(round(row[2] * FEN_PER_WAN) for row in projects) == round(total[2] * FEN_PER_WAN)


@pytest.mark.parametrize(("year", "number"), EVERY_TABLE)
def test_headings_are_merged_as_they_span(books, year, number):
    grid = table_of(year, number).grid
    found = {
        (top - ABOVE, left, bottom - ABOVE, right)
        for (top, left), (bottom, right) in books[year].get_sheet_by_name(f"表{number}").merged_cell_ranges
    }
    spans = {
        (level, heading.column, level + heading.rows - 1, heading.column + heading.columns - 1)
        for level, row in enumerate(grid.headings)
        for heading in row
        if heading.columns * heading.rows > 1
    }
    notes = {
        (place, 0, place, grid.width - 1) for place in range(len(grid.headings), len(grid.headings) + len(grid.notes))
    }
    assert found == spans | notes | {(-ABOVE, 0, -ABOVE, grid.width - 1)}


def test_a_sheet_for_each_table_between_contents_and_charts(document):
    numbers = [f"表{block.table.number}" for block in document.tables]
    assert opened(document).sheet_names == ["目录", *numbers, "图"]


def test_the_contents_lead_to_every_sheet_and_say_what_it_is(document):
    sheet = ET.fromstring(part(document, "xl/worksheets/sheet1.xml"))
    links = [link.get("location") for link in sheet.iter(f"{MAIN}hyperlink")]
    assert links == [f"'表{block.table.number}'!A1" for block in document.tables] + ["'图'!A1"]
    assert not list(sheet.iter(LINKED))
    listed = [row[:3] for row in rows(opened(document), "目录")[3 : 3 + len(links)]]
    assert listed[0] == ["表1", f"{document.year}年市级单位收支预算总表", "万元"]
    assert listed[-1][0] == "图"


def test_the_cut_and_the_digests_stand_on_the_first_sheet(document):
    facts = {row[0]: row[1] for row in rows(opened(document), "目录")}
    assert facts["账本摘要"] == document.evidence.ledger_digest
    assert facts["表样"] == document.evidence.edition
    assert facts["表样摘要"] == document.evidence.edition_digest
    assert facts["截至生效日"] == f"{document.year}-02-28"
    assert facts["截至记录时刻（UTC）"] == f"{document.year}-02-28T15:59:59.999999Z"


def test_no_cell_is_a_formula_and_no_text_a_link_outside(document):
    for sheet in parts(document, r"xl/worksheets/sheet\d+\.xml").values():
        assert not list(ET.fromstring(sheet).iter(f"{MAIN}f"))
    assert not [rels for rels in parts(document, r"xl/worksheets/_rels/.*").values() if "External" in rels]


@pytest.mark.parametrize("text", TRICKY)
def test_any_text_stays_as_it_is(text):
    block = with_label(text)
    document = with_blocks(block)
    assert body(opened(document), block)[1][1] == text
    sheet = part(document, "xl/worksheets/sheet2.xml")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_what_xml_cannot_hold_does_not_break_the_file():
    block = with_label(UNPRINTABLE)
    (text,) = [body(opened(with_blocks(block)), block)[1][1]]
    assert text.startswith("响")
    assert "铃" in text


def test_headings_stay_in_sight_and_on_every_printed_page(document):
    names = part(document, "xl/workbook.xml")
    for block in document.tables:
        first, last = ABOVE + 1, ABOVE + len(block.grid.headings)
        pane = next(sheet_of(document, block).iter(f"{MAIN}pane"))
        assert pane.get("ySplit") == str(last)
        assert f"表{block.table.number}!${first}:${last}<" in names


def test_every_sheet_prints_on_a4_one_page_wide_and_wide_tables_on_their_side(document):
    for block in document.tables:
        sheet = sheet_of(document, block)
        page = next(sheet.iter(f"{MAIN}pageSetup"))
        assert (page.get("paperSize"), page.get("fitToHeight")) == ("9", "0")
        assert page.get("orientation") == ("landscape" if block.is_landscape else "portrait")
        assert next(sheet.iter(f"{MAIN}pageSetUpPr")).get("fitToPage") == "1"


def test_columns_are_wide_enough_for_chinese(document):
    for block in document.tables:
        widths = [
            float(columns.get("width"))
            for columns in sheet_of(document, block).iter(f"{MAIN}col")
            for _ in range(int(columns.get("min")), int(columns.get("max")) + 1)
        ]
        for row in block.grid.body:
            for cell, width in zip(row, widths, strict=True):
                if cell.is_amount:
                    assert len(cell.printed) < width
                elif len(cell.text) <= 20:
                    assert 2 * (sum(ord(letter) > 255 for letter in cell.text) + cell.indent) < width


def test_amounts_and_names_look_as_they_should(document):
    styles = ET.fromstring(part(document, "xl/styles.xml"))
    codes = {code.get("numFmtId"): code.get("formatCode") for code in styles.iter(f"{MAIN}numFmt")}
    looks = list(next(styles.iter(f"{MAIN}cellXfs")))
    block = table_of(document.year, 5)
    first = ABOVE + len(block.grid.headings)
    cells = {cell.get("r"): looks[int(cell.get("s"))] for cell in sheet_of(document, block).iter(f"{MAIN}c")}
    for place, row in enumerate(block.grid.body, start=first + 1):
        name, amount = cells[f"A{place}"], cells[f"B{place}"]
        assert codes[amount.get("numFmtId")] == "#,##0.00"
        assert next(amount.iter(f"{MAIN}alignment")).get("horizontal") == "right"
        assert int(next(name.iter(f"{MAIN}alignment")).get("indent", "0")) == row[0].indent


def test_charts_are_native_one_for_each_of_the_document(document):
    charts = [part(document, name) for name in sorted(parts(document, r"xl/charts/chart\d+\.xml"))]
    titles = [re.search("<a:t>(.*?)</a:t>", chart)[1] for chart in charts]
    assert titles == [chart.title for chart in document.charts]
    assert ['<c:grouping val="stacked"/>' in chart for chart in charts] == [True, False, False]
    assert ['<c:barDir val="bar"/>' in chart for chart in charts] == [False, True, True]


def test_a_waterfall_stands_on_an_unseen_base_red_up_and_green_down_with_signs():
    document = with_blocks(midyear())
    steps = [row[:6] for row in rows(opened(document), "图")[2:7]]
    assert steps == [
        ["年初", 10026.26, "", 10026.26, "", ""],
        ["追加追减", 1250.5, 10026.26, "", 1250.5, ""],
        ["调剂", -320.0, 10956.76, "", "", 320.0],
        ["变动后", 10956.76, "", 10956.76, "", ""],
        ["执行", 9800.0, "", 9800.0, "", ""],
    ]
    chart = part(document, "xl/charts/chart1.xml")
    base, totals, up, down = chart.split("<c:ser>")[1:]
    assert "<a:noFill/>" in base
    assert re.findall(r"<a:t>([+-].*?)</a:t>", base) == ["+1,250.50", "-320.00"]
    assert [color in series for color, series in (("2B5C8A", totals), ("C0392B", up), ("1E7B4C", down))] == [True] * 3


def test_a_year_against_the_last_shows_every_change_with_its_sign(document):
    (block,) = [
        block for block in document.blocks if isinstance(block, ChartBlock) and isinstance(block.chart, PairedBars)
    ]
    compared = with_blocks(block)
    found = {row[0]: row[1:4] for row in rows(opened(compared), "图")}
    for pair in block.chart.pairs:
        amounts = (pair.current, pair.base, pair.current - pair.base)
        assert found[pair.label] == [amount.fen / FEN_PER_WAN for amount in amounts]
    assert 'formatCode="+#,##0.00;-#,##0.00;0.00"' in part(compared, "xl/styles.xml")


def test_the_parts_of_the_whole_stand_the_largest_first_and_add_up(document):
    (block,) = [
        block for block in document.blocks if isinstance(block, ChartBlock) and isinstance(block.chart, Treemap)
    ]
    parts_of_whole = [row for row in rows(opened(with_blocks(block)), "图")[2:] if isinstance(row[1], float)]
    amounts = [row[1] for row in parts_of_whole]
    assert amounts == sorted(amounts, reverse=True)
    assert len(amounts) == len(block.chart.shares)
    assert sum(row[2] for row in parts_of_whole) == pytest.approx(100, abs=0.06)


def test_a_document_without_tables_or_charts_is_a_workbook_of_contents():
    assert opened(with_blocks(Heading(1, "只有标题"))).sheet_names == ["目录"]


def test_title_author_and_time_are_those_of_the_document(document):
    core = part(document, "docProps/core.xml")
    assert f"<dc:title>杭州市总工会{document.title}</dc:title>" in core
    assert "<dc:creator>杭州市总工会</dc:creator>" in core
    assert set(re.findall(r"W3CDTF\">(.*?)<", core)) == {f"{document.year}-02-28T00:00:00Z"}


def test_the_bytes_are_the_same_wherever_and_whenever_they_are_made(tmp_path):
    here, there = digests_elsewhere("xlsx", published(2024), tmp_path)
    assert here == there
    assert here.startswith("2024年度单位预算.xlsx ")


def test_the_file_keeps_no_time_and_no_order_of_its_own(document):
    with zipfile.ZipFile(io.BytesIO(content_of(document))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
