"""The page in a real browser, as a reader meets it: found by role and caption, quiet, and fit for a phone.

Needs the package ``playwright`` and Debian's ``chromium``; leave out with ``-m "not browser"``.
"""

import re
from pathlib import Path

import pytest
from web_words import PRINTED, YEARS, document, grid

from projections.formats import html
from projections.renderers import csv_sheet

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
NEEDED = "没有 {what}：请运行 {remedy}，或用 -m 'not browser' 跳过浏览器测试。"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
CELLS = "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.innerText))"
TEXT_BOXES = """svg => [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBBox();
    return [box.x, box.y, box.x + box.width, box.y + box.height, text.textContent];
})"""


@pytest.fixture(scope="module")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.fail(NEEDED.format(what="playwright", remedy="pip install playwright"))
    if not CHROMIUM.exists():
        pytest.fail(NEEDED.format(what="chromium", remedy="apt-get install --no-install-recommends chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    for year in YEARS:
        for name, content in html.write(document(year)).items():
            (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def visit(browser, folder):
    """Opens the page of a year; what it asked for and what it complained of is on the page object."""
    contexts = []

    def opened(year=2024, size=DESKTOP):
        context = browser.new_context(viewport=size, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto((folder / f"{year}年度单位预算.html").as_uri(), wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


def table(page, year, number):
    return page.get_by_role("table", name=re.compile(f"^{re.escape(grid(year, number).title)} "))


@pytest.mark.parametrize("year", YEARS)
def test_the_page_asks_for_nothing_but_itself_and_complains_of_nothing(visit, year):
    page = visit(year)
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(100)
    assert [address for address in page.asked if not address.startswith("data:")] == [page.url]
    assert page.complaints == []


@pytest.mark.parametrize("year", YEARS)
def test_the_title_and_every_heading_are_found_by_their_role(visit, year):
    page = visit(year)
    assert page.title() == f"杭州市总工会{year}年度单位预算"
    assert page.get_by_role("heading", level=1).all_inner_texts() == [f"{year}年度单位预算"]
    for heading in document(year).headings:
        assert page.get_by_role("heading", level=heading.level + 1, name=heading.text, exact=True).count() == 1


def test_every_table_is_found_by_its_caption_with_the_figures_of_its_grid(visit):
    for year in YEARS:
        page = visit(year)
        for number in (number for known, number in PRINTED if known == year):
            found = table(page, year, number)
            assert found.count() == 1
            assert found.evaluate(CELLS) == [[cell.printed for cell in row] for row in grid(year, number).body]


def test_rows_and_columns_are_found_by_their_headings(visit):
    found = table(visit(), 2024, 5)
    row = found.get_by_role("row").filter(has=found.page.get_by_role("rowheader", name="行政运行", exact=True))
    assert row.get_by_role("cell").all_inner_texts() == ["5,143.23", "5,143.23", "4,126.87", "1,016.36", ""]
    assert found.get_by_role("columnheader").all_inner_texts() == [
        *("功能分类科目名称", "合计", "基本支出", "项目支出"),
        *("小计", "人员经费", "公用经费"),
    ]


def test_the_contents_lead_to_a_table(visit):
    page = visit()
    page.get_by_role("navigation", name="目录").get_by_role("link", name=grid(2024, 7).title).click()
    page.wait_for_timeout(900)
    assert page.url.endswith("#table-07")
    assert table(page, 2024, 7).evaluate("table => table.getBoundingClientRect().top < innerHeight")


def test_a_table_is_saved_from_the_page_itself(visit):
    page = visit()
    with page.expect_download() as saving:
        page.get_by_role("link", name=f"下载{grid(2024, 5).title}（CSV）").click()
    assert saving.value.suggested_filename == f"{grid(2024, 5).title}.csv"
    assert Path(saving.value.path()).read_bytes().decode() == csv_sheet.render(grid(2024, 5))
    assert page.complaints == []


def test_charts_are_pictures_with_a_name(visit):
    names = [chart.title for chart in document(2024).charts]
    page = visit()
    assert page.get_by_role("img").count() == len(names)
    for name in names:
        assert page.get_by_role("img", name=name, exact=True).count() == 1


def test_in_the_fonts_of_this_machine_no_text_of_a_chart_overlaps_another_or_runs_out(visit):
    for picture in visit().get_by_role("img").all():
        _, _, width, height = map(float, picture.get_attribute("viewBox").split())
        boxes = picture.evaluate(TEXT_BOXES)
        for left, top, right, bottom, text in boxes:
            assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4, text
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across <= 0 or down <= 4, (one[4], other[4])  # lines may share their empty leading


def test_on_a_phone_only_wide_tables_scroll_and_in_a_box_of_their_own(visit):
    page = visit(size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    box = page.locator("#table-02 .scroll")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    title = box.locator("caption strong").bounding_box()
    assert title["x"] >= 0
    assert title["x"] + title["width"] <= PHONE["width"]


def test_on_a_phone_the_name_of_a_row_stays_in_sight(visit):
    box = visit(size=PHONE).locator("#table-02 .scroll")
    box.evaluate("box => { box.scrollLeft = 400 }")
    name = box.get_by_role("rowheader", name="行政运行", exact=True).bounding_box()
    assert 0 <= name["x"] < PHONE["width"]


def test_text_on_a_phone_is_large_enough_to_read(visit):
    page = visit(size=PHONE)
    sizes = page.evaluate(
        "[...document.querySelectorAll('main > p, td, nav a')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 14


def test_on_paper_there_are_no_buttons_and_the_contents_have_a_page_of_their_own(visit):
    page = visit()
    page.emulate_media(media="print")
    assert not page.get_by_text("下载本表（CSV）").first.is_visible()
    assert page.locator("nav").evaluate("nav => getComputedStyle(nav).breakAfter") == "page"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_keyboard_reaches_the_text_the_contents_and_a_wide_table(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    page.locator("#table-02 .scroll").focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == grid(2024, 2).title
