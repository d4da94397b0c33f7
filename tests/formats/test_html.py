"""The page: the same cells as the grid, headings that reach, anchors that lead, nothing from elsewhere."""

import base64
import re
from functools import cache

import pytest
from web_words import PRINTED, TRICKY, YEARS, Page, assert_the_same_everywhere, document, grid

from projections.formats import html
from projections.renderers import csv_sheet, html_page


@cache
def source(year):
    (content,) = html.write(document(year)).values()
    return content.decode()


@cache
def page(year):
    return Page(source(year))


def table(year, number):
    return page(year).tables[number - 1]


def test_there_is_one_file_named_after_the_year():
    assert list(html.write(document(2024))) == ["2024年度单位预算.html"]


@pytest.mark.parametrize("year", YEARS)
def test_the_page_says_its_language_and_its_title(year):
    assert ("html", {"lang": "zh-CN"}) in page(year).tags
    assert page(year).title == f"杭州市总工会{year}年度单位预算"
    assert page(year).headings[0] == (1, f"{year}年度单位预算")


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_a_table_has_the_cells_of_its_grid(year, number):
    read = [[cell.text for cell in row] for row in table(year, number).body]
    assert read == [[cell.printed for cell in row] for row in grid(year, number).body]


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_its_headings_reach_as_far_as_those_of_the_grid(year, number):
    read = [[(cell.text, cell.columns, cell.rows) for cell in row] for row in table(year, number).head]
    assert read == [[(head.text, head.columns, head.rows) for head in row] for row in grid(year, number).headings]


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_its_caption_says_what_it_is_whose_and_in_which_unit(year, number):
    words = [grid(year, number).title, *(part for part in grid(year, number).above if part)]
    assert table(year, number).caption.split(" ") == words


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_headings_say_whether_they_head_a_column_several_or_a_row(year, number):
    for row in table(year, number).head:
        assert [cell.scope for cell in row] == ["colgroup" if cell.columns > 1 else "col" for cell in row]
    for row in table(year, number).body:
        assert {(cell.tag, cell.scope) for cell in row} <= {("th", "row"), ("td", None)}
        assert any(cell.tag == "th" for cell in row)


def test_both_sides_of_a_table_name_their_rows():
    tags = [cell.tag for cell in table(2024, 1).body[0]]
    assert tags == ["th", "td", "th", "td"]


def test_a_project_names_its_row_beside_its_unit_and_its_target_does_not():
    (project,) = [row for row in table(2024, 11).body if row[1].text == "劳模管理服务"]
    assert [cell.tag for cell in project] == ["th", "th", "td", "td"]


def test_the_contents_lead_to_every_heading_table_and_chart():
    targets = [link["href"].removeprefix("#") for link in page(2024).links if link["href"].startswith("#")]
    blocks = document(2024)
    assert len(targets) == 1 + len(blocks.headings) + len(blocks.tables) + len(blocks.charts)
    assert set(targets) <= set(page(2024).ids)
    assert len(page(2024).ids) == len(set(page(2024).ids))


def test_the_contents_are_nested_as_the_headings_are():
    entries = html.contents(html.pieces_of(document(2024)))
    assert [entry.title[:2] for entry in entries] == ["一、", "二、", "三、", "四、"]
    ((only,), tables, charts) = (entry.below for entry in entries[1:])
    assert [entry.title for entry in only.below] == ["1. 机关运行经费"]
    assert [entry.anchor for entry in tables] == [f"table-{number:02}" for number in range(1, 12)]
    assert len(charts) == 3


def test_headings_stand_one_level_below_the_title():
    headings = [(level - 1, text) for level, text in page(2024).headings[1:] if text not in {"目录", "核对信息"}]
    assert headings == [(heading.level, heading.text) for heading in document(2024).headings]


def test_marks_in_a_text_stay_text():
    assert TRICKY in page(2024).paragraphs
    assert "script" not in {tag for tag, _ in page(2024).tags}


def test_marks_in_a_table_stay_text():
    nasty = grid(2024, 5)._replace(title="<b>表</b>", notes=("<i>注</i>",))
    read = Page(html_page.render(nasty))
    assert read.tables[0].caption.startswith("<b>表</b>")
    assert read.paragraphs == ["<i>注</i>"]


def test_every_table_can_be_saved_as_csv_from_the_page_itself():
    saved = [link for link in page(2024).links if "download" in link]
    assert len(saved) == 11
    for link, block in zip(saved, document(2024).tables, strict=True):
        kind, _, content = link["href"].partition(",")
        assert kind == "data:text/csv;charset=utf-8;base64"
        assert base64.b64decode(content).decode() == csv_sheet.render(block.grid)
        assert link["download"] == f"{block.grid.title}.csv"
        assert block.grid.title in link["aria-label"]


def test_nothing_is_fetched_and_nothing_runs():
    addresses = re.findall(r"https?://[^\"'\s<]+", source(2024))
    assert set(addresses) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in source(2024)
    assert "url(" not in source(2024)
    assert not [name for _, attributes in page(2024).tags for name in attributes if name.startswith("on")]


def test_charts_stand_in_the_page_as_pictures_with_a_name():
    pictures = [attributes for tag, attributes in page(2024).tags if tag == "svg"]
    assert len(pictures) == 3
    for picture in pictures:
        assert picture["role"] == "img"
        assert {picture["aria-labelledby"], picture["aria-describedby"]} <= set(page(2024).ids)


def test_the_evidence_is_printed():
    for name, value in document(2024).facts_in_china_time.items():
        assert f"<dt>{name}</dt><dd>{value}</dd>" in source(2024)
    assert document(2024).evidence.ledger_digest in source(2024)
    assert "2024-02-28 23:59:59（北京时间）" in source(2024)


def test_a_table_that_scrolls_has_a_name_and_is_reached_by_keyboard():
    boxes = [attributes for _, attributes in page(2024).tags if attributes.get("class") == "scroll"]
    assert [box["aria-label"] for box in boxes] == [block.grid.title for block in document(2024).tables]
    assert {(box["role"], box["tabindex"]) for box in boxes} == {("group", "0")}


def test_an_empty_table_says_why():
    assert "注：本单位没有政府性基金拨款安排的支出，故本表无数据" in page(2024).paragraphs


def test_the_same_document_is_the_same_bytes_everywhere():
    assert_the_same_everywhere("html")
