"""The Word file says what the document says, in styles Word knows, and is the same wherever it is made."""

# ruff: noqa: SLF001 (much of a Word file can be seen only through its elements)

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from docx.table import Table
from docx.text.paragraph import Paragraph
from office_words import (
    EVERY_TABLE,
    TRICKY,
    UNPRINTABLE,
    YEARS,
    digests_elsewhere,
    headings_in_all_cells,
    midyear,
    published,
    table_of,
    with_blocks,
    with_label,
)

from projections.documents.document import Document, Heading
from projections.documents.document import Paragraph as Prose
from projections.formats.docx import write

RED, GREEN = RGBColor(0xC0, 0x39, 0x2B), RGBColor(0x1E, 0x7B, 0x4C)


def opened(document: Document, letterhead: Path | None = None):
    ((_, content),) = write(replace(document, letterhead=letterhead)).items()
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module", params=YEARS)
def both(request):
    """The document of a year, and its Word file."""
    return published(request.param), opened(published(request.param))


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def titled(word, title: str) -> list:
    """What follows a title up to the next one, with the section it stands in."""
    found, inside = [], False
    for section in word.sections:
        for block in section.iter_inner_content():
            if isinstance(block, Paragraph) and block.style.name in {"表题", "图题", "Heading 1"}:
                inside = block.text == title
            if inside:
                found.append((section, block))
    return found


def table_titled(word, title: str) -> Table:
    return next(block for _, block in titled(word, title) if isinstance(block, Table))


@pytest.fixture(scope="module")
def words():
    return {year: opened(published(year)) for year in YEARS}


@pytest.mark.parametrize(("year", "number"), EVERY_TABLE)
def test_every_cell_of_every_table_is_there_as_printed(words, year, number):
    grid = table_of(year, number).grid
    assert texts(table_titled(words[year], grid.title)) == headings_in_all_cells(grid) + [
        [cell.printed for cell in row] for row in grid.body
    ]


@pytest.mark.parametrize(("year", "number"), EVERY_TABLE)
def test_unit_and_amount_unit_stand_above_a_table_and_its_notes_below(words, year, number):
    grid = table_of(year, number).grid
    around = [block for _, block in titled(words[year], grid.title) if isinstance(block, Paragraph)]
    lines = [(line.style.name, line.text) for line in around if line.text]
    above = [("表上说明", "\t".join(grid.above))]
    assert lines == [("表题", grid.title), *above, *(("表注", note) for note in grid.notes)]


def test_headings_are_real_headings_in_order(both):
    document, word = both
    found = [(line.style.name, line.text) for line in word.paragraphs if line.style.name.startswith("Heading")]
    assert found == [(f"Heading {heading.level}", heading.text) for heading in document.headings]


def test_every_paragraph_of_the_narrative_is_there_in_order(both):
    document, word = both
    prose = [block.text for block in document.blocks if isinstance(block, Prose)]
    assert [line.text for line in word.paragraphs if line.style.name == "Body Text"] == prose


def test_the_contents_are_a_field_to_be_updated_already_filled_in_with_links_that_lead_somewhere(both):
    document, word = both
    begin = word.element.body.xpath("//w:fldChar[@w:dirty='true']/following::w:instrText[1]")
    assert [code.text.strip() for code in begin] == [r'TOC \o "1-3" \h \z \u']
    links = [link for line in word.paragraphs for link in line.hyperlinks]
    titles = {block.grid.title for block in document.tables}
    assert [link.text.strip() for link in links if link.text.strip() not in titles] == [
        heading.text for heading in document.headings
    ]
    assert titles <= {link.text.strip() for link in links}
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in word.element.body.xpath("//w:bookmarkStart")}
    assert [Paragraph(marks[link.fragment], None).text for link in links] == [link.text.strip() for link in links]


def test_every_field_that_begins_ends(both):
    _, word = both
    kinds = [char.get(qn("w:fldCharType")) for char in word.element.body.xpath("//w:fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 0


def test_wide_tables_and_only_they_lie_on_their_side(both):
    document, word = both
    for block in document.tables:
        (section,) = {section for section, _ in titled(word, block.grid.title)}
        assert (section.orientation == WD_ORIENTATION.LANDSCAPE) == block.is_landscape
        assert (section.page_width > section.page_height) == block.is_landscape
    assert word.sections[-1].orientation == WD_ORIENTATION.PORTRAIT


def test_heading_rows_repeat_on_every_page_and_no_row_breaks_across_pages(both):
    document, word = both
    for block in document.tables:
        rows = table_titled(word, block.grid.title)._tbl.tr_lst
        repeated = [bool(row.xpath("./w:trPr/w:tblHeader")) for row in rows]
        assert repeated == [True] * len(block.grid.headings) + [False] * len(block.grid.body)
        assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)


def test_amounts_lean_right_and_names_are_indented_by_level(both):
    document, word = both
    for block in document.tables:
        grid = block.grid
        for row, cells in zip(table_titled(word, grid.title).rows[len(grid.headings) :], grid.body, strict=True):
            for drawn, cell in zip(row.cells, cells, strict=True):
                line = drawn.paragraphs[0]
                assert (line.alignment == WD_ALIGN_PARAGRAPH.RIGHT) == cell.is_amount
                chars = line._p.xpath("./w:pPr/w:ind/@w:leftChars")
                assert [int(value) for value in chars] == ([100 * cell.indent] if cell.indent else [])


def test_a_table_is_as_wide_as_its_columns_and_as_the_text(both):
    document, word = both
    for block in document.tables:
        ((section, table),) = [each for each in titled(word, block.grid.title) if isinstance(each[1], Table)]
        width = int(table._tbl.xpath("./w:tblPr/w:tblW/@w:w")[0])
        assert sum(int(column) for column in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")) == width
        room = section.page_width - section.left_margin - section.right_margin
        assert abs(width - room / Twips(1)) <= 1


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 36),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
    ],
)
def test_faces_and_sizes_are_those_of_official_documents(words, name, font, size):
    style = words[2024].styles[name]
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert style.font.size == Pt(size)


def test_the_narrative_begins_two_characters_in(words):
    assert words[2024].styles["Body Text"].element.xpath("./w:pPr/w:ind/@w:firstLineChars") == ["200"]


def test_the_language_is_chinese(words):
    assert words[2024].styles.element.xpath("./w:docDefaults//w:lang/@w:eastAsia") == ["zh-CN"]
    assert words[2024].core_properties.language == "zh-CN"


def test_title_author_and_time_are_those_of_the_document(both):
    document, word = both
    properties = word.core_properties
    assert properties.title == f"杭州市总工会{document.title}"
    assert properties.author == properties.last_modified_by == "杭州市总工会"
    assert properties.created == properties.modified
    assert properties.created.replace(tzinfo=None) == datetime(document.year, 2, 28)  # noqa: DTZ001


def test_pages_are_numbered_from_one_after_the_cover(words):
    cover, *others = words[2024].sections
    assert cover.footer.is_linked_to_previous
    assert not others[0].footer.is_linked_to_previous
    assert all(section.footer.is_linked_to_previous for section in others[1:])
    assert others[0].footer._element.xpath(".//w:instrText/text()") == [" PAGE "]
    starts = [section._sectPr.xpath("./w:pgNumType/@w:start") for section in words[2024].sections]
    assert starts == [[], ["1"], *[[]] * (len(others) - 1)]


def test_the_cut_and_the_digests_stand_at_the_end(both):
    document, word = both
    facts = dict(texts(word.tables[-1])[1:])
    assert facts["账本摘要"] == document.evidence.ledger_digest
    assert facts["表样"] == document.evidence.edition
    assert facts["表样摘要"] == document.evidence.edition_digest
    assert facts["截至生效日"] == f"{document.year}-02-28"
    assert facts["截至记录时刻（UTC）"] == f"{document.year}-02-28T15:59:59.999999Z"


def test_a_chart_stands_as_its_figures_a_change_with_its_sign_and_colour():
    word = opened(with_blocks(midyear()))
    table = table_titled(word, "2024年预算变动与执行（单位：万元）")
    assert texts(table)[1:] == [
        ["年初", "10,026.26"],
        ["追加追减", "+1,250.50"],
        ["调剂", "-320.00"],
        ["变动后", "10,956.76"],
        ["执行", "9,800.00"],
    ]
    colors = [row.cells[1].paragraphs[0].runs[0].font.color.rgb for row in table.rows[1:]]
    assert colors == [None, RED, GREEN, None, None]


@pytest.mark.parametrize("text", TRICKY)
def test_any_text_stays_as_it_is(text):
    block = with_label(text)
    word = opened(with_blocks(Heading(1, "前"), Prose(text), block))
    assert [line.text for line in word.paragraphs if line.style.name == "Body Text"] == [text]
    assert texts(table_titled(word, block.grid.title))[4][1] == text


def test_what_xml_cannot_hold_is_shown_as_a_replacement():
    word = opened(with_blocks(Prose(UNPRINTABLE)))
    assert [line.text for line in word.paragraphs if line.style.name == "Body Text"] == [
        "响\ufffd铃\ufffd终\ufffd\ufffd"
    ]


def test_a_document_of_nothing_is_still_a_document():
    assert [line.text for line in opened(with_blocks()).paragraphs if line.text][-1] == "核对信息"


@pytest.fixture
def office(tmp_path):
    """An office's own file: a cover, a purple heading, a header, a footer, wide margins."""
    word = docx.Document()
    word.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0, 0x80)
    section = word.sections[0]
    section.left_margin = section.right_margin = Pt(100)
    section.header.paragraphs[0].text = "某某局文件"
    section.footer.paragraphs[0].text = "某某局"
    word.add_paragraph("某某局的封面", "Title")
    word.save(tmp_path / "office.docx")
    return tmp_path / "office.docx"


def test_an_offices_own_styles_margins_header_footer_and_cover_are_kept(office):
    word = opened(published(2024), office)
    assert word.paragraphs[0].text == "某某局的封面"
    assert [line.text for line in word.paragraphs].count("2024年度单位预算") == 0
    assert word.styles["Heading 1"].font.color.rgb == RGBColor(0x80, 0, 0x80)
    assert {section.header.paragraphs[0].text for section in word.sections} == {"某某局文件"}
    assert {section.footer.paragraphs[0].text for section in word.sections} == {"某某局"}
    assert {section.left_margin for section in word.sections if section.orientation == WD_ORIENTATION.PORTRAIT} == {
        Pt(100)
    }


def test_what_an_offices_file_lacks_is_added(office):
    word = opened(published(2024), office)
    assert word.styles["表题"].element.xpath("./w:pPr/w:outlineLvl/@w:val") == ["1"]
    assert texts(table_titled(word, table_of(2024, 2).grid.title))[2:] == [
        [cell.printed for cell in row] for row in table_of(2024, 2).grid.body
    ]


def test_an_offices_empty_file_gets_our_cover_and_page_numbers(tmp_path):
    docx.Document().save(tmp_path / "empty.docx")
    word = opened(published(2024), tmp_path / "empty.docx")
    assert [line.text for line in word.paragraphs[:2]] == ["杭州市总工会", "2024年度单位预算"]
    assert word.sections[1].footer._element.xpath(".//w:instrText/text()") == [" PAGE "]


def test_the_bytes_are_the_same_wherever_and_whenever_they_are_made(tmp_path):
    here, there = digests_elsewhere("docx", published(2024), tmp_path)
    assert here == there
    assert here.startswith("2024年度单位预算.docx ")


def test_the_file_keeps_no_time_no_order_of_its_own_and_nothing_a_library_left():
    ((_, content),) = write(published(2024)).items()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
        assert b"python-docx" not in archive.read("docProps/core.xml")
        assert not [name for name in archive.namelist() if "thumbnail" in name or "stylesWithEffects" in name]
