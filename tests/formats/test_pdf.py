"""The PDF says what the document says, looks as GB/T 9704 asks, can be heard and kept, and is the same everywhere."""

import hashlib
import io
import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pypdf
import pytest
from office_words import (
    EVERY_TABLE,
    TRICKY,
    YEARS,
    digests_elsewhere,
    midyear,
    published,
    table_of,
    with_blocks,
    with_label,
)

from events.errors import WrongUsage
from projections.charts.svg import figures
from projections.documents.document import ChartBlock, Document, Heading, Paragraph, TableBlock
from projections.documents.fonts import ROLES, faces, families, installed
from projections.documents.table_layout import table_json
from projections.formats import pdf
from projections.formats.typst.columns import PADDING, fit, height, longest_word, row_lines, shared, text_width
from projections.grid import Grid, GridCell, heading_rows

pytestmark = pytest.mark.fonts

MM = 72 / 25.4
PORTRAIT, LANDSCAPE = (595, 842), (842, 595)
TOP, BOTTOM, INSIDE, OUTSIDE = 37 * MM, 35 * MM, 28 * MM, 26 * MM
MARKUP = '#panic("x") $a$ *粗* _斜_ @引用 [块] <标签> \\ // "引" -- `码` = 题 #{1+1}'
PRINTABLE = [*(text for text in TRICKY if "😀" not in text), MARKUP]


class Piece(NamedTuple):
    """A piece of text, and where it begins on its page."""

    text: str
    x: float
    y: float


def opened(document: Document) -> pypdf.PdfReader:
    (content,) = pdf.write(document).values()
    return pypdf.PdfReader(io.BytesIO(content))


@cache
def book(year: int) -> pypdf.PdfReader:
    return opened(published(year))


@cache
def compact(reader: pypdf.PdfReader, page: int) -> str:
    """The text of a page (counted from 1) without spaces and line ends."""
    return "".join(reader.pages[page - 1].extract_text().split())


def everything(reader: pypdf.PdfReader) -> str:
    return "".join(compact(reader, number + 1) for number in range(len(reader.pages)))


def pieces(reader: pypdf.PdfReader, page: int) -> list[Piece]:
    found: list[Piece] = []

    def visit(text, matrix, *_others):
        if text.strip():
            found.append(Piece(text.strip(), matrix[4], matrix[5]))

    reader.pages[page - 1].extract_text(visitor_text=visit)
    return found


def faces_of(reader: pypdf.PdfReader, page: int, text: str) -> set[str]:
    """The names of the faces in which a text is set on a page."""
    found: set[str] = set()

    def visit(piece, _page, _matrix, face, _size):
        if text in piece:
            found.add(str(face["/BaseFont"]))

    reader.pages[page - 1].extract_text(visitor_text=visit)
    return found


def size(reader: pypdf.PdfReader, page: int) -> tuple[int, int]:
    box = reader.pages[page - 1].mediabox
    return round(box.width), round(box.height)


def bookmarks(reader: pypdf.PdfReader) -> list[tuple[int, str, int]]:
    """Level, text and page of every bookmark."""

    def walk(items, level):
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield level, item.title, reader.get_destination_page_number(item) + 1

    return list(walk(reader.outline, 1))


def page_of(reader: pypdf.PdfReader, title: str) -> int:
    (page,) = [page for _, text, page in bookmarks(reader) if text == title]
    return page


def elements(reader: pypdf.PdfReader, *kinds: str) -> list[pypdf.generic.DictionaryObject]:
    """The elements of these kinds in the order in which they are read aloud."""

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                yield from walk(each)
        elif isinstance(node, dict):
            if node.get("/S") in kinds:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]))


def squeezed(text: str) -> str:
    return "".join(text.split())


def row_text(row) -> str:
    return squeezed("".join(cell.printed for cell in row))


def grid_of(columns: int, rows: int, name: str = "科目") -> Grid:
    body = [
        (GridCell(f"{name}{row}"), *[GridCell(f"{row}234.50", is_amount=True)] * (columns - 1)) for row in range(rows)
    ]
    return Grid(
        "表1：试表",
        ("单位名称：甲", "单位：万元"),
        heading_rows([("名称",), *[("金额",)] * (columns - 1)]),
        tuple(body),
    )


def block(grid: Grid) -> TableBlock:
    return TableBlock(table_of(2024, 5).table, grid)


# --- what it says ---------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_one_file_has_the_name_of_the_document(year):
    assert list(pdf.write(published(year))) == [f"{year}年度单位预算.pdf"]


def test_a_title_that_is_no_file_name_becomes_one():
    assert pdf.file_name('2024年度 单位/部门\n"预算"') == "2024年度 单位 部门 预算"


@pytest.mark.parametrize("year", YEARS)
def test_every_heading_and_paragraph_is_printed_in_order(year):
    printed, at = everything(book(year)), 0
    numbers = re.compile(r"—\d+—")  # a paragraph may go on overleaf
    printed = numbers.sub("", printed)
    for each in published(year).blocks:
        if isinstance(each, Heading | Paragraph):
            at = printed.index(squeezed(each.text), at)


@pytest.mark.parametrize(("year", "number"), EVERY_TABLE)
def test_every_row_of_every_table_is_printed_on_the_page_of_its_title(year, number):
    reader, grid = book(year), table_of(year, number).grid
    printed = compact(reader, page_of(reader, grid.title))
    assert [row for row in grid.body if row_text(row) not in printed] == []
    assert all(squeezed(text) in printed for text in [*grid.above, *grid.notes])
    assert all(squeezed(cell.text) in printed for row in grid.headings for cell in row)


def test_table_5_is_printed_cell_by_cell():
    reader, grid = book(2024), table_of(2024, 5).grid
    printed = compact(reader, page_of(reader, grid.title))
    assert "".join(map(row_text, grid.body)) in printed
    assert "合计10,026.266,320.875,303.611,017.263,705.39" in printed


@pytest.mark.parametrize("year", YEARS)
def test_bookmarks_are_the_headings_and_the_tables(year):
    document = published(year)
    wanted = [
        each.text if isinstance(each, Heading) else each.grid.title
        for each in document.blocks
        if isinstance(each, Heading | TableBlock)
    ]
    assert [text for _, text, _ in bookmarks(book(year))] == ["目录", *wanted, "核对信息"]
    assert {level for level, text, _ in bookmarks(book(year)) if text.startswith("表")} == {2}


@pytest.mark.parametrize("year", YEARS)
def test_the_contents_give_the_pages_of_parts_and_tables(year):
    reader = book(year)
    contents = compact(reader, 2)
    for level, text, page in bookmarks(reader)[1:-1]:
        entry = re.search(re.escape(squeezed(text)) + r"\.*(\d+?)(?=\D|$)", contents)
        assert bool(entry) == (level <= 2), text
        assert entry is None or int(entry[1]) == page


def test_the_cover_has_unit_and_title_and_no_page_number():
    assert compact(book(2024), 1) == "杭州市总工会2024年度单位预算"


def test_a_title_that_names_the_unit_is_not_preceded_by_it():
    reader = opened(replace(with_blocks(), title="杭州市总工会2024年预算"))
    assert compact(reader, 1) == reader.metadata.title == "杭州市总工会2024年预算"


@pytest.mark.parametrize("year", YEARS)
def test_the_last_page_has_the_evidence(year):
    evidence, reader = published(year).evidence, book(year)
    last = compact(reader, len(reader.pages))
    for known in (
        evidence.ledger_digest,
        evidence.edition,
        evidence.edition_digest,
        f"{year}-02-28",
        evidence.cut.known_at_text,
    ):
        assert known in last


@pytest.mark.parametrize("text", PRINTABLE)
def test_text_is_data_and_never_markup(text):
    reader = opened(with_blocks(Heading(1, f"题{text}"), Paragraph(f"段{text}段"), with_label(text)))
    printed = everything(reader)
    assert squeezed(f"题{text}") in printed
    assert squeezed(f"段{text}段") in printed
    assert squeezed(f"杭州市总工会{text}2,900.00") in printed


# --- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_a4_pages_and_wide_tables_on_their_side(year):
    reader = book(year)
    wide = {page_of(reader, each.grid.title) for each in published(year).tables if each.is_landscape}
    assert len(wide) == 3
    assert page_of(reader, table_of(year, 2).grid.title) in wide
    assert len(reader.pages) == 20
    for page in range(1, len(reader.pages) + 1):
        assert size(reader, page) == (LANDSCAPE if page in wide else PORTRAIT)


@pytest.mark.parametrize("year", YEARS)
def test_nothing_begins_outside_the_area_of_type(year):
    reader = book(year)
    for page in range(1, len(reader.pages) + 1):
        is_wide = size(reader, page) == LANDSCAPE
        left, top, bottom = (BOTTOM, INSIDE, OUTSIDE) if is_wide else (OUTSIDE, TOP, BOTTOM)
        width, full = size(reader, page)
        right = TOP if is_wide else OUTSIDE
        for piece in pieces(reader, page):
            if not re.fullmatch(r"— \d+ —", piece.text):
                assert left - 1 <= piece.x <= width - right, piece
                assert bottom - 1 <= piece.y <= full - top + 1, piece


def test_a_full_page_has_22_lines_of_28_characters():
    reader = opened(with_blocks(Paragraph("预" * (28 * 40))))
    lines = [piece for piece in pieces(reader, 3) if piece.text.strip("预") == ""]
    assert len(lines) == 22
    assert [len(line.text) for line in lines] == [26] + [28] * 21
    assert {round(above.y - below.y, 1) for above, below in pairwise(lines)} == {28.9}


def test_every_role_is_set_in_its_own_face():
    reader = book(2024)
    examples = {
        "title": (2, "目录"),
        "body": (3, "本单位性质为行政单位。"),
        "heading": (3, "一、单位基本情况"),
        "subheading": (3, "收支预算情况的总体说明"),
        "table": (page_of(reader, table_of(2024, 5).grid.title), "杭州市总工会"),
    }
    taken = [faces_of(reader, *examples[role.name]) for role in ROLES]
    assert [len(names) for names in taken] == [1] * len(ROLES)
    files = [faces(role, families(installed()))[0].path for role in ROLES]
    assert len(set.union(*taken)) == len(set(files))


@pytest.mark.parametrize("page", [2, 3, 4, 5])
def test_page_numbers_stand_between_dashes_at_the_outer_side(page):
    (number,) = [piece for piece in pieces(book(2024), page) if piece.text == f"— {page} —"]
    assert number.y < BOTTOM
    if page % 2:
        assert number.x > 595 / 2
    else:
        assert number.x == pytest.approx(OUTSIDE + 14, abs=1)


def test_on_a_page_on_its_side_the_number_stands_where_the_upright_page_has_it():
    reader = book(2024)
    odd, even = (page_of(reader, table_of(2024, number).grid.title) for number in (2, 3))
    assert (odd % 2, even % 2) == (1, 0)
    for page in (odd, even):
        (number,) = [piece for piece in pieces(reader, page) if piece.text == f"— {page} —"]
        assert number.x < BOTTOM
        assert (number.y < 595 / 2) == (page == odd)


def test_headings_go_with_what_follows_them():
    filler = [Paragraph("满" * 28 * 10)] * 2
    for following in (Paragraph("后" * 28 * 4), block(grid_of(4, 3)), block(grid_of(9, 3)), midyear()):
        for more in range(3):
            reader = opened(
                with_blocks(*filler, *[Paragraph("行")] * more, Heading(1, "一、题"), Heading(2, "（一）题"), following)
            )
            page = page_of(reader, "（一）题")
            assert page == page_of(reader, "一、题")
            assert squeezed(following.text[:20] if isinstance(following, Paragraph) else "单位：万元") in compact(
                reader, page
            )


def test_a_table_that_a_page_can_hold_is_not_torn():
    reader = opened(with_blocks(*[Paragraph("行")] * 12, block(grid_of(4, 20))))
    page = page_of(reader, "表1：试表")
    assert page == 4
    assert "科目0" in compact(reader, page)
    assert "科目19" in compact(reader, page)


def test_a_longer_table_has_its_headings_on_every_page():
    grid = grid_of(9, 80)
    reader = opened(with_blocks(block(grid)))
    pages = [compact(reader, page) for page in range(3, len(reader.pages))]
    assert len(pages) > 1
    assert all("名称金额" in page for page in pages)
    assert all(row_text(row) in "".join(pages) for row in grid.body)


def test_a_row_taller_than_a_page_goes_on_overleaf():
    grid = Grid(
        "表1：试表",
        ("", ""),
        heading_rows([("名称",), ("金额",)]),
        ((GridCell("很长，" * 900), GridCell("1.00", is_amount=True)),),
    )
    reader = opened(with_blocks(block(grid)))
    assert everything(reader).count("很长") == 900
    assert all(
        piece.y > BOTTOM - 1
        for page in range(3, len(reader.pages))
        for piece in pieces(reader, page)
        if "很长" in piece.text
    )


def test_levels_left_out_are_closed():
    reader = opened(
        with_blocks(Heading(2, "甲"), Heading(3, "乙"), Heading(1, "丙"), Heading(3, "丁"), Heading(3, "戊"))
    )
    assert [mark[:2] for mark in bookmarks(reader)[1:-1]] == [(1, "甲"), (2, "乙"), (1, "丙"), (2, "丁"), (3, "戊")]


# --- how it is heard, kept and reused ---------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_it_says_whose_it_is_in_which_language_and_of_which_day(year):
    reader, root = book(year), book(year).trailer["/Root"]
    assert reader.metadata.title == f"杭州市总工会{year}年度单位预算"
    assert reader.metadata.author == "杭州市总工会"
    assert (
        reader.metadata.creation_date.date()
        == reader.metadata.modification_date.date()
        == published(year).evidence.cut.as_of
    )
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_claims_pdf_ua_1_and_pdf_a_3a():
    metadata = book(2024).trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.findall(r"<(pdf\w*id:(?:part|conformance))>(\w+)<", metadata) == [
        ("pdfaid:part", "3"),
        ("pdfaid:conformance", "A"),
        ("pdfuaid:part", "1"),
    ]


def test_all_faces_are_inside():
    fonts = {font for page in book(2024).pages for font in page["/Resources"].get("/Font", {}).values()}
    for font in fonts:
        (descendant,) = font.get_object()["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_every_table_is_a_table_with_headings_and_cells():
    reader, document = book(2024), published(2024)
    assert len(elements(reader, "/Table")) == len(document.tables)
    headings = sum(len(row) for each in document.tables for row in each.grid.headings)
    assert len(elements(reader, "/TH")) == headings
    assert len(elements(reader, "/TD")) == sum(len(row) for each in document.tables for row in each.grid.body)
    for cell in elements(reader, "/TH"):
        assert "/Column" in str(cell["/A"])


def test_charts_have_words_for_those_who_do_not_see_them():
    reader = book(2024)
    told = [element["/Alt"] for element in elements(reader, "/Figure")]
    assert len(told) == len(published(2024).charts)
    for words, chart in zip(told, published(2024).charts, strict=True):
        assert words.startswith(f"{chart.title}；单位：万元")
        assert all(figure in words for figure in figures(chart))


def test_the_data_of_the_tables_are_attached():
    reader, document = book(2024), published(2024)
    (file,) = reader.trailer["/Root"]["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Data"
    assert file.get_object()["/UF"] == "data.json"
    ((name, (content,)),) = reader.attachments.items()
    assert name == "data.json"
    digest = document.evidence.ledger_digest
    assert json.loads(content) == [table_json(each.table, digest) for each in document.tables]


@pytest.mark.parametrize("year", YEARS)
def test_the_same_bytes_on_another_day_in_another_place(year, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    document = published(year)
    here = "".join(f"{name} {hashlib.sha256(content).hexdigest()}\n" for name, content in pdf.write(document).items())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "999999999")
    assert digests_elsewhere("pdf", document, tmp_path) == [here, here]


def test_another_cut_is_another_file():
    document = published(2024)
    evidence = document.evidence
    later = replace(evidence, cut=evidence.cut._replace(as_of=evidence.cut.as_of.replace(day=29)))
    assert pdf.write(document) != pdf.write(replace(document, evidence=later))


# --- what cannot be printed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("character", "code"), [("😀", "U+1F600"), ("\u0378", "U+0378"), ("\ue000", "U+E000"), ("\ue78d", "U+E78D")]
)
def test_a_character_that_no_face_has_is_named(character, code):
    for each in (Heading(1, f"题{character}"), Paragraph(f"段{character}"), with_label(character)):
        with pytest.raises(WrongUsage) as caught:
            pdf.write(with_blocks(each))
        assert f"{character}（{code}）" in str(caught.value)


def test_a_character_that_no_face_has_is_named_in_a_chart_too():
    with pytest.raises(WrongUsage, match="U\\+0378"):
        pdf.write(with_blocks(ChartBlock(replace(midyear().chart, title="图\u0378"))))


def test_characters_are_named_once_each():
    found = pdf.missing_characters('the text `"\\u{378}\\"😀"` could not … the codepoint `"\\u{378}"`')
    assert found == ["\u0378（U+0378）", '"（U+0022）', "😀（U+1F600）"]


def test_a_missing_face_is_named_with_what_to_install(monkeypatch):
    without = {key: path for key, path in families(installed()).items() if "hei" not in key[0] and "sans" not in key[0]}
    monkeypatch.setattr(pdf, "families", lambda _fonts: without)
    with pytest.raises(WrongUsage, match=r"一级标题缺少字体“黑体”：请安装 黑体，或免费的 FandolHei（.*fonts-noto-cjk"):
        pdf.write(with_blocks(Paragraph("甲")))


# --- columns ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "number"), EVERY_TABLE)
def test_columns_fill_the_page_and_amounts_do_not_wrap(year, number):
    wanted = table_of(year, number)
    page = pdf.SIDEWAYS if wanted.is_landscape else pdf.UPRIGHT
    fitted = fit(wanted.grid, page)
    assert page.width - 1 < sum(fitted.widths) <= page.width
    assert height(wanted.grid, fitted) <= page.height
    for row in wanted.grid.body:
        for cell, width in zip(row, fitted.widths, strict=True):
            assert not cell.is_amount or text_width(cell.printed) <= width / fitted.size - PADDING + 0.01


def test_letters_are_large_where_there_is_room_and_small_where_there_is_not():
    sizes = [fit(grid_of(columns, 5), pdf.UPRIGHT).size for columns in (3, 7, 12, 20, 60)]
    assert sizes[0] == 12
    assert sizes == sorted(sizes, reverse=True)
    assert 0 < sizes[-1] < 5


def test_a_table_somewhat_too_long_is_set_denser_before_it_goes_overleaf():
    roomy, dense, long = (fit(grid_of(4, rows), pdf.UPRIGHT) for rows in (20, 36, 90))
    assert roomy.padding > dense.padding
    assert roomy.size >= dense.size >= pdf.UPRIGHT.readable
    assert long.size == roomy.size


def test_a_long_name_takes_lines_and_not_the_room_of_amounts():
    grid = grid_of(7, 3, "机关事业单位基本养老保险缴费支出和职业年金缴费支出")
    fitted = fit(grid, pdf.UPRIGHT)
    assert row_lines(grid.body[0], fitted) > 1
    assert fitted.widths[0] > fitted.widths[1]


def test_words_are_runs_of_letters_and_digits():
    assert longest_word("收入ABC支出10") == pytest.approx(text_width("ABC"))
    assert longest_word("收入") == 1
    assert longest_word("") == 0
    assert text_width("“三公”") == 4


def test_a_shared_width_gives_everyone_the_least_first():
    assert shared([(2, 2, 2, 2), (4, 8, 8, 8)], 12) == pytest.approx([2.4, 9.6])
    assert shared([(2, 2, 2, 2), (4, 8, 8, 8)], 8) == pytest.approx([2, 6])
