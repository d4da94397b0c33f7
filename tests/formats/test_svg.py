"""Charts: exact figures beside their bars, signs beside colours, no text over another or out of the picture."""

import itertools
import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from web_words import CHARTS, PAIRED, TREEMAP, WATERFALL, wan

from events.money import FEN_MAX, Money
from projections.charts import svg
from projections.charts.chart import Bar, Pair, PairedBars, Share, Treemap, Waterfall
from projections.charts.svg_shapes import Box, squarified, text_width, wrapped

SVG = "{http://www.w3.org/2000/svg}"
BASIC = {"svg", "title", "desc", "rect", "line", "text"}
LONG = "机关事业单位基本养老保险缴费支出以及一个非常长的需要换行才写得下的科目名称（含上级专项）"

names = st.text(st.sampled_from("行政运行支出，（）“”ABCWwm1 %-&<"), min_size=1, max_size=60)
amounts = st.one_of(st.just(0), st.integers(-FEN_MAX, FEN_MAX), st.integers(-(10**9), 10**9)).map(Money)
units = st.sampled_from(["万元", "元"])
bars = st.lists(st.builds(Bar, names, amounts, st.booleans()), max_size=8).map(tuple)
pairs = st.lists(st.builds(Pair, names, amounts, amounts), max_size=6).map(tuple)
shares = st.lists(st.builds(Share, names, amounts), max_size=25).map(tuple)
charts = st.one_of(
    st.builds(Waterfall, names, units, bars),
    st.builds(PairedBars, names, units, st.tuples(names, names), pairs),
    st.builds(Treemap, names, units, shares),
)


class Area(NamedTuple):
    """Where a shape is."""

    left: float
    top: float
    right: float
    bottom: float
    what: str = ""

    def overlaps(self, other: "Area") -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.02
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.02
        )

    def holds(self, other: "Area") -> bool:
        return (
            self.left - 0.02 <= other.left
            and self.top - 0.02 <= other.top
            and other.right <= self.right + 0.02
            and other.bottom <= self.bottom + 0.02
        )


def drawn(chart):
    return ET.fromstring(svg.draw(chart))


def canvas(picture):
    return Area(*map(float, picture.get("viewBox").split()))


def width_of(text, size):
    """Wide characters are 1 em, others 0.55 em."""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in text) * size


def text_areas(picture):
    """Where each text is, a line as high as its letters."""
    for element in picture.iter(f"{SVG}text"):
        x, y, size = (float(element.get(name)) for name in ("x", "y", "font-size"))
        width = width_of(element.text, size)
        left = x - {"end": width, "middle": width / 2}.get(element.get("text-anchor"), 0)
        yield Area(left, y - 0.88 * size, left + width, y + 0.2 * size, element.text)


def rect_areas(picture):
    """Where each box is but the paper."""
    for element in list(picture.iter(f"{SVG}rect"))[1:]:
        x, y, width, height = (float(element.get(name)) for name in ("x", "y", "width", "height"))
        tip = element.find(f"{SVG}title")
        yield Area(x, y, x + width, y + height, "" if tip is None else tip.text)


def texts(chart):
    return [element.text for element in drawn(chart).iter(f"{SVG}text")]


def coloured(chart, colour):
    return [element.text for element in drawn(chart).iter(f"{SVG}text") if element.get("fill") == colour]


@given(charts)
@example(WATERFALL)
@example(PAIRED)
@example(TREEMAP)
@example(PairedBars(LONG, "元", (LONG, LONG), (Pair(LONG, Money(FEN_MAX), Money(1)),)))
@example(Treemap(LONG, "元", tuple(Share(LONG, Money(10**n)) for n in range(17))))
@example(Treemap("支出", "元", (Share("甲", Money(5 * 10**11)), Share("乙", Money(10**11)))))
@example(Waterfall(LONG, "元", (Bar(LONG, Money(-FEN_MAX), is_total=True), Bar(LONG, Money(FEN_MAX)))))
def test_no_text_runs_into_another_or_out_of_the_picture(chart):
    picture = drawn(chart)
    areas = list(text_areas(picture))
    for area in areas:
        assert canvas(picture).holds(area), area
    for one, other in itertools.combinations(areas, 2):
        assert not one.overlaps(other), (one, other)


@given(charts)
def test_no_bar_runs_out_of_the_picture_or_under_a_figure(chart):
    picture = drawn(chart)
    for box in rect_areas(picture):
        assert canvas(picture).holds(box), box
    if not isinstance(chart, Treemap):
        for box, text in itertools.product(rect_areas(picture), text_areas(picture)):
            assert not box.overlaps(text), (box, text)


@given(charts)
def test_only_basic_shapes_are_used_and_each_chart_has_a_name_and_a_description(chart):
    picture = drawn(chart)
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= BASIC
    assert not [element for element in picture.iter() if {"class", "style"} & set(element.keys())]
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title.text == chart.title
    assert description.text == "；".join([f"单位：{chart.amount_unit}", *svg.figures(chart)])
    assert (picture.get("aria-labelledby"), picture.get("aria-describedby")) == (title.get("id"), description.get("id"))


def test_every_step_of_a_waterfall_carries_its_figure_and_changes_their_sign():
    assert texts(WATERFALL)[1:] == [
        *("单位：万元", "年初", "10,026.26", "追加追减", "+1,204.50", "调剂", "-310.27"),
        *("变动后", "10,920.49", "执行", "9,876.54"),
    ]


def test_a_step_hangs_on_the_one_before_and_a_total_stands_on_the_ground():
    initial, supplement, transfer, current, execution = rect_areas(drawn(WATERFALL))
    assert supplement.left == pytest.approx(initial.right, abs=0.02)
    assert transfer.right == pytest.approx(supplement.right, abs=0.02)
    assert current.right == pytest.approx(transfer.left, abs=0.02)
    assert initial.left == current.left == execution.left
    assert execution.right < current.right


def test_bars_are_as_long_as_their_amounts():
    initial, *_, execution = rect_areas(drawn(WATERFALL))
    proportion = (execution.right - execution.left) / (initial.right - initial.left)
    assert proportion == pytest.approx(9876.54 / 10026.26, abs=1e-4)


def test_up_is_red_with_a_plus_and_down_is_green_with_a_minus():
    assert coloured(WATERFALL, svg.UP) == ["+1,204.50"]
    assert coloured(WATERFALL, svg.DOWN) == ["-310.27"]
    assert coloured(PAIRED, svg.UP) == ["+371.09", "+7.78%", "+21.60", "上年无此项"]
    assert coloured(PAIRED, svg.DOWN) == ["-0.20", "-0.05%", "-56.00", "-100.00%"]


def test_a_pair_without_change_is_level():
    assert svg.figures(PAIRED)[2] == "其他群众团体事务支出：2024年预算 161.15，2023年执行数 161.15，持平"


@pytest.mark.parametrize(
    ("pair", "change"),
    [
        (Pair("微降", wan("100"), Money(100 * 10**6 + 1)), "增减 -0.00（-0.00%）"),
        (Pair("负基数", wan("-2"), wan("-4")), "增减 +2.00（+50.00%）"),
        (Pair("转负", wan("-3"), wan("12")), "增减 -15.00（-125.00%）"),
    ],
)
def test_the_sign_is_that_of_the_change_even_where_its_figure_is_zero(pair, change):
    (said,) = svg.figures(replace(PAIRED, pairs=(pair,)))
    assert said.endswith(change)


def test_pointing_at_a_bar_shows_the_amount_to_the_cent():
    tips = [area.what for area in rect_areas(drawn(PAIRED)) if area.what]
    assert tips[:2] == ["行政运行，2024年预算：51,432,300.00元", "行政运行，2023年执行数：47,721,400.00元"]


def test_tiles_share_the_map_in_proportion_and_what_has_no_room_is_listed_with_its_figures():
    tiles = [area for area in rect_areas(drawn(TREEMAP)) if area.what]
    sizes = [(tile.right - tile.left) * (tile.bottom - tile.top) for tile in tiles]
    assert sizes[1] / sizes[0] == pytest.approx(2900 / 5143.23, rel=0.02)
    for one, other in itertools.combinations(tiles, 2):
        assert not one.overlaps(other)
    assert texts(TREEMAP)[-3:] == ["科技成果转化与扩散", "21.60", "0.26%"]


def test_nothing_and_less_than_nothing_have_no_tile_but_are_listed():
    chart = Treemap("支出", "万元", (Share("甲", wan("100")), Share("乙", wan("-3")), Share("丙", wan("0"))))
    assert [area.what for area in rect_areas(drawn(chart))] == ["甲：1,000,000.00元"]
    assert svg.figures(chart) == ["甲：100.00", "丙：0.00", "乙：-3.00"]
    assert {"乙", "-3.00", "丙", "0.00"} <= set(texts(chart))


@pytest.mark.parametrize("chart", [replace(WATERFALL, bars=()), replace(PAIRED, pairs=()), replace(TREEMAP, shares=())])
def test_a_chart_of_nothing_says_so(chart):
    assert texts(chart)[-1] == svg.EMPTY


def test_a_single_zero_is_drawn_as_its_name_and_its_figure():
    chart = Waterfall("预算", "万元", (Bar("年初", Money(0), is_total=True),))
    assert texts(chart)[-2:] == ["年初", "0.00"]


def test_amounts_are_printed_in_the_unit_of_the_chart():
    assert "102,000.01" in texts(Waterfall("预算", "元", (Bar("年初", Money(10200001), is_total=True),)))


def test_charts_with_long_figures_are_broader():
    assert drawn(WATERFALL).get("width") == str(svg.NARROW)
    assert drawn(Waterfall("预算", "元", (Bar("年初", Money(FEN_MAX), is_total=True),))).get("width") == str(svg.BROAD)


@given(names, st.integers(40, 400))
def test_wrapping_loses_nothing_but_blanks_and_fits_the_room(text, room):
    lines = wrapped(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) <= room for line in lines)


def test_no_line_begins_with_a_closing_mark():
    assert wrapped("事业收入（专户），其他", text_width("事业收入（专户")) == ["事业收入（专", "户），其他"]


@given(st.lists(st.integers(1, FEN_MAX), min_size=1, max_size=40))
def test_tiles_fill_their_box(amounts):
    box = Box(0, 0, 400, 300)
    tiles = squarified(sorted(amounts, reverse=True), box)
    assert len(tiles) == len(amounts)
    assert sum(tile.width * tile.height for tile in tiles) == pytest.approx(120_000)
    for tile in tiles:
        assert tile.x >= -1e-6
        assert tile.y >= -1e-6
        assert tile.x + tile.width <= 400 + 1e-6
        assert tile.y + tile.height <= 300 + 1e-6


def test_tiles_are_as_square_as_may_be():
    tiles = squarified([6, 6, 4, 3, 2, 2, 1], Box(0, 0, 600, 400))
    longest = max(max(tile.width / tile.height, tile.height / tile.width) for tile in tiles)
    assert longest == pytest.approx(25 / 9)  # as in the paper of Bruls, Huizing and van Wijk


@pytest.mark.parametrize("chart", CHARTS)
def test_resvg_draws_it_for_the_pdf(chart, tmp_path):
    typst = pytest.importorskip("typst")
    (tmp_path / "chart.svg").write_text(svg.draw(chart), encoding="utf-8")
    (tmp_path / "page.typ").write_text('#image("chart.svg", width: 100%)', encoding="utf-8")
    assert typst.compile(str(tmp_path / "page.typ")).startswith(b"%PDF")


def test_the_same_chart_is_the_same_text_in_another_process():
    program = "import json, web_words; from projections.charts import svg; print(json.dumps([*map(svg.draw, web_words.CHARTS)]))"
    made = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent,
        env={**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "America/New_York"},
        capture_output=True,
        check=True,
    )
    assert json.loads(made.stdout) == [*map(svg.draw, CHARTS)]


def test_coordinates_have_two_decimals_at_most():
    for chart in CHARTS:
        assert not re.search(r'="-?\d+\.\d{3,}"', svg.draw(chart))
