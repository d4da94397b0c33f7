"""Whatever a file holds, it is read or refused; a refusal records nothing and shows no traceback."""

from dataclasses import replace

import pytest
from at_the_desk import MORNING, PAPER, Desk, as_csv, as_workbook, opened
from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

HEADINGS = ["资金来源", "功能科目编码", "功能科目名称", "支出用途", "经济科目编码", "项目", "金额（万元）", "预算年度"]
WORDS = ["", "一般公共预算", "2012901", "行政运行", "公用经费", "项目支出", "30211", "劳模管理服务", "0", "1,234.50",
         "-3", "1e5", "nan", "=1+1", "合计", "2024", "２０１２９０１", '"', "\n", "\0", "𠮷", "\u202e"]  # fmt: skip
CELL = st.sampled_from(WORDS) | st.text(max_size=8)
NUMBER = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**20), 10**20)
ROW = st.lists(CELL, max_size=9)
HEADING_ROW = st.permutations(HEADINGS) | st.lists(st.sampled_from(HEADINGS) | CELL, max_size=9)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]
BEGINNINGS = [b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]
BOOK = as_workbook([HEADINGS, ["", 2012901, "", "公用经费", 30211, "", 1.5, 2024]])


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One ledger for all examples; each test freezes the clock once for all of its own."""
    return replace(opened(tmp_path_factory.mktemp("fuzz")), now=None)


def is_taken_or_refused(desk: Desk, content: bytes) -> None:
    """A traceback would be raised by the desk itself."""
    before = desk.payloads
    sheet = desk.file(content)
    answer = desk("supplement", "--file", sheet, "--year", 2024, *PAPER, "--reason", "试", "--yes", "-O", "json")
    assert answer.code in (0, 1, 2)
    if answer.code:
        assert (answer.out, desk.payloads) == ("", before)
        assert answer.err.strip()


@freeze_time(MORNING)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_random_bytes(open_desk, beginning, rest):
    is_taken_or_refused(open_desk, beginning + rest)


@freeze_time(MORNING)
@given(HEADING_ROW, st.lists(ROW, max_size=5), st.sampled_from(",\t;"), st.sampled_from(ENCODINGS))
@settings(max_examples=200)
def test_random_cells_of_a_csv(open_desk, headings, rows, delimiter, encoding):
    is_taken_or_refused(open_desk, as_csv([headings, *rows], delimiter).encode(encoding, errors="replace"))


@freeze_time(MORNING)
@given(st.lists(st.lists(CELL | NUMBER, max_size=9), max_size=5))
@settings(max_examples=60)
def test_random_cells_of_a_workbook(open_desk, rows):
    is_taken_or_refused(open_desk, as_workbook([HEADINGS, *rows]))


@freeze_time(MORNING)
@given(st.integers(0, len(BOOK)), st.binary(max_size=40))
def test_a_workbook_overwritten_at_random(open_desk, place, scrap):
    is_taken_or_refused(open_desk, BOOK[:place] + scrap + BOOK[place + len(scrap) :])


@freeze_time(MORNING)
@given(st.lists(st.lists(CELL, min_size=8, max_size=8), min_size=1, max_size=4))
def test_a_refused_sheet_says_for_every_fault_where_it_is(open_desk, rows):
    sheet = open_desk.file(as_csv([HEADINGS, *rows]))
    answer = open_desk("supplement", "--file", sheet, "--year", 2024, *PAPER, "--reason", "试", "--dry-run")
    if f"{sheet.name} 有 " in answer.err:
        faults = [line for line in answer.err.splitlines() if line.startswith("  ")]
        assert faults
        assert all(line.startswith("  第 ") for line in faults)
