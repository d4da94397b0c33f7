"""A grid made to fit a terminal: nothing is lost, no figure is cut, and where there is room nothing changes."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from projections.grid import Grid, GridCell, heading_rows
from projections.renderers import text
from projections.renderers.fitting import folded

PATHS = [
    ("编码",),
    ("名称",),
    ("本年收入", "小计"),
    ("本年收入", "一般公共预算"),
    ("上年结转", "政府性基金预算"),
    ("说明",),
]
ROWS = [
    ("2080199", "其他人力资源和社会保障管理事务支出", "12345.67", "-56.00", "", "本年未安排"),
    ("2080501", "行政单位离退休", "340.18", "", "1000000.00", "与上年基本持平，说明见 101/2024/42。"),
    ("", "合计", "12685.85", "-56.00", "1000000.00", ""),
]


def grid_of(rows: list[tuple[str, ...]], notes: tuple[str, ...] = ()) -> Grid:
    """Codes and names, three columns of amounts, and remarks."""
    body = tuple(
        tuple(GridCell(cell, is_amount=column in (2, 3, 4), indent=column == 1) for column, cell in enumerate(row))
        for row in rows
    )
    return Grid("表的名称", ("单位名称：杭州市总工会", "单位：万元"), heading_rows(PATHS), body, notes)


GRID = grid_of(ROWS, ("注：另有 1,234,567.89 元未列。",))
WIDE = max(wcswidth(line) for line in text.render(GRID).splitlines())


def letters(drawn: str) -> Counter[str]:
    """What is written, without the room between and the rules."""
    return Counter(re.sub(r"\s|-", "", drawn))


def test_where_there_is_room_nothing_changes():
    for columns in (None, WIDE, WIDE + 50):
        assert text.render(GRID, columns) == text.render(GRID)


FOLDED = """\
表的名称
单位名称：杭州市总工会  单位：万元
------------------------------------------------------------------------------
                         本年收入                      上年结转
                                                   政府性基金预
编码     名称                 小计  一般公共预算             算  说明
------------------------------------------------------------------------------
2080199    其他人力资源  12,345.67        -56.00                 本年未安排
           和社会保障管
           理事务支出
2080501    行政单位离退     340.18                 1,000,000.00  与上年基本持
           休                                                    平，说明见
                                                                 101/2024/42。
           合计          12,685.85        -56.00   1,000,000.00
注：另有 1,234,567.89 元未列。
"""


def test_names_fold_and_figures_stand_beside_their_first_line():
    assert text.render(GRID, 78) == FOLDED


@pytest.mark.parametrize("columns", range(40, WIDE))
def test_whatever_the_width_nothing_is_wider_and_no_figure_is_cut(columns: int):
    drawn = text.render(GRID, columns)
    assert max(map(wcswidth, drawn.splitlines())) <= columns
    words = drawn.split()
    for row in GRID.body:
        for cell in row:
            if cell.is_amount and cell.text:
                assert cell.printed in words
    assert "1,234,567.89" in words


@pytest.mark.parametrize("columns", [40, 60])
def test_what_does_not_fit_stands_in_parts_that_each_name_their_rows(columns: int):
    drawn = text.render(GRID, columns)
    parts = drawn.split("\n\n")
    assert len(parts) > 1
    for part in parts:
        assert all(part.count(code) == 1 for code in ("编码", "2080199", "2080501", "合计"))


CELL = st.text("2080199 行政运行（支出）、，。“”/-:", max_size=40)


@given(
    st.lists(st.tuples(CELL, CELL, *[st.sampled_from(["", "0.00", "-1234567.89"])] * 3, CELL), max_size=4),
    st.integers(30, 200),
)
def test_every_letter_of_any_row_is_there_after_folding(rows: list[tuple[str, ...]], columns: int):
    drawn = letters(text.render(grid_of(rows), columns))
    assert letters("".join(cell.printed for row in grid_of(rows).body for cell in row)) <= drawn


@given(CELL, st.integers(4, 60))
def test_a_folded_text_is_the_text_again_and_no_line_is_too_wide(words: str, width: int):
    lines = folded(words, width)
    assert max(map(wcswidth, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("一般公共服务支出", ["一般公共服", "务支出"]),
        ("记录于 2024-02-06 01:00:00", ["记录于", "2024-02-06", "01:00:00"]),
        ("预算（含结转）", ["预算（含结", "转）"]),
        ("行政运行等，共五", ["行政运行", "等，共五"]),
        ("  其他教育支出", ["  其他教育", "  支出"]),
    ],
)
def test_a_text_is_parted_between_words_and_no_mark_begins_a_line(words: str, lines: list[str]):
    assert folded(words, 10) == lines
