"""The Markdown file: read back by a Markdown reader it says what the document says, and nothing else."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from web_words import CHARTS, PRINTED, TRICKY, YEARS, assert_the_same_everywhere, document, grid

from projections.charts import svg
from projections.documents.document import Heading, Paragraph
from projections.formats import md
from projections.renderers import markdown

READER = MarkdownIt("commonmark").enable("table")
MARKS = st.sampled_from([*"\\`*_{}[]<>()#+-.!|~&=:\"'1aé甲，　 \t\n", "&amp;", "---", "1. ", "http://a.b"])


@cache
def source(year):
    (content,) = md.write(document(year)).values()
    return content.decode()


def said(token):
    """The text of an inline token, as a reader sees it."""
    parts = {"text": lambda child: child.content, "text_special": lambda child: child.content}
    breaks = {"hardbreak": lambda _: "\n", "strong_open": lambda _: "", "strong_close": lambda _: ""}
    return "".join((parts | breaks)[child.type](child) for child in token.children)


def read(text):
    """Blocks as (kind, text): the tag and the text of every heading, paragraph and list item."""
    tokens = READER.parse(text)
    return [
        (before.tag, said(token))
        for before, token in pairwise(tokens)
        if token.type == "inline" and before.type in {"heading_open", "paragraph_open"}
    ]


def read_back(block):
    """What a reader sees of a block that stands alone in a document."""
    alone = replace(document(2024), blocks=(block,))
    (content,) = md.write(alone).values()
    _, *seen, evidence = read(content.decode())[: -len(alone.facts_in_china_time)]
    assert evidence == ("h2", "核对信息")
    return seen


def cells(line):
    return [re.sub(r"\\(.)", r"\1", cell).strip(" ") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def rows(year, number):
    """The rows of a table of the file: headings, alignment, body."""
    after = source(year).partition(f"**{grid(year, number).title}**\n")[2]
    lines = [line for line in after.partition("\n\n**")[0].splitlines() if line.startswith("|")]
    return [cells(line) for line in lines]


def test_there_is_one_file_named_after_the_year():
    assert list(md.write(document(2024))) == ["2024年度单位预算.md"]


@pytest.mark.parametrize("year", YEARS)
def test_headings_come_in_order_one_level_below_the_title(year):
    headings = [(int(kind[1]) - 1, text) for kind, text in read(source(year)) if kind.startswith("h")]
    assert headings[0] == (0, f"杭州市总工会{year}年度单位预算")
    assert headings[1:-1] == [(heading.level, heading.text) for heading in document(year).headings]
    assert headings[-1] == (1, "核对信息")


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_a_table_has_the_cells_of_its_grid(year, number):
    headings, _, *body = rows(year, number)
    assert headings == grid(year, number).flat_headings
    assert body == [["　" * cell.indent + cell.printed for cell in row] for row in grid(year, number).body]


@pytest.mark.parametrize("year", YEARS)
def test_a_markdown_reader_finds_all_eleven_tables(year):
    assert sum(token.type == "table_open" for token in READER.parse(source(year))) == 11


def test_amounts_lean_right_and_targets_left():
    assert rows(2024, 11)[1] == ["---", "---", "---:", "---"]


def test_marks_in_a_paragraph_stay_text():
    assert ("p", TRICKY) in read(source(2024))


def test_lines_of_a_paragraph_stay_lines():
    assert ("p", "2024年收支总预算……\n另起一行。") in read(source(2024))


@given(st.lists(MARKS, min_size=1, max_size=12).map("".join))
@example("甲\n===")
@example("甲\n---")
@example("甲\n:-:")
@example("1) 甲\n12. 乙")
@example("- 甲\n+ 乙\n* 丙\n> 丁")
@example("# 甲 #")
@example("    甲\n\t乙\\")
def test_whatever_a_paragraph_says_it_is_one_paragraph_and_says_the_same(text):
    lines = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    assert read_back(Paragraph(text)) == ([("p", lines)] if lines else [])


@given(st.lists(MARKS, min_size=1, max_size=12).map("".join))
def test_whatever_a_heading_says_it_is_one_heading_and_says_the_same(text):
    line = " ".join(line.strip() for line in text.splitlines() if line.strip())
    assert read_back(Heading(2, text)) in ([("h3", line)], [])


def test_charts_are_told_as_lists_of_their_figures():
    items = [text for _, text in read(source(2024))]
    for chart in CHARTS:
        assert f"{chart.title}（单位：万元）" in items
        assert set(svg.figures(chart)) <= set(items)
    assert "行政运行：2024年预算 5,143.23，2023年执行数 4,772.14，增减 +371.09（+7.78%）" in items


def test_the_evidence_is_printed():
    items = [text for _, text in read(source(2024))]
    assert {f"{name}：{value}" for name, value in document(2024).facts_in_china_time.items()} <= set(items)


def test_a_grid_by_itself_has_its_title_as_heading():
    assert markdown.render(grid(2024, 8)).startswith("## 表8：2024年市级单位政府性基金预算支出预算表\n\n单位名称：")


def test_a_document_without_blocks_is_its_title_and_its_evidence():
    (content,) = md.write(replace(document(2024), blocks=())).values()
    assert [kind for kind, _ in read(content.decode())] == ["h1", "h2", *["p"] * 7]


def test_the_same_document_is_the_same_bytes_everywhere():
    assert_the_same_everywhere("md")
