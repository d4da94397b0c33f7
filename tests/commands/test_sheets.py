"""Sheets as people keep them: encodings, headings, units, and every fault said at once."""

import json
import random
import re
from collections.abc import Callable

import pytest
from approved_sheet import APPROVED, approve, elsewhere
from at_the_desk import PAPER, Desk, Rows, as_csv, as_workbook

TITLE = [["杭州市总工会2024年部门预算，批复数"], [], ["编制单位：杭州市总工会", *[""] * 6, "单位：万元"]]
ENGLISH = ["fund_source", "function_code", "function_name", "nature", "economic_code", "economic_name", "project",
           "amount_wan"]  # fmt: skip
AMOUNT = APPROVED[0].index("金额（万元）")
TABLES = range(1, 12)


def tables(desk: Desk) -> list[object]:
    """All tables, without the digest of the ledger they were made from."""
    made = [desk.json("table", number, "--year", 2024) for number in TABLES]
    return [{key: value for key, value in table.items() if key != "cut"} for table in made]


def changed(row: int, column: str, cell: object) -> Rows:
    """The sheet with one cell rewritten; rows count as in Excel."""
    rows = [list(line) for line in APPROVED]
    rows[row - 1][APPROVED[0].index(column)] = cell
    return rows


def without(*columns: str) -> Rows:
    kept = [index for index, heading in enumerate(APPROVED[0]) if heading not in columns]
    return [[row[index] for index in kept] for row in APPROVED]


def turned(rows: Rows) -> Rows:
    return [row[::-1] for row in rows]


def in_yuan() -> Rows:
    amounts = ["金额（元）", "12345600", "499000.00", "0.0", "2,416,543.21"]
    return [[*row[:AMOUNT], amount] for row, amount in zip(APPROVED, amounts, strict=True)]


def numeric() -> list[list[object]]:
    """Codes and amounts as the numbers Excel makes of them."""
    return [
        [float(cell.replace(",", "")) if re.fullmatch(r"[\d.,]+", cell) else cell for cell in row] for row in APPROVED
    ]


FORMS: dict[str, Callable[[], bytes | str]] = {
    "UTF-8 with BOM": lambda: as_csv(APPROVED).encode("utf-8-sig"),
    "UTF-16": lambda: as_csv(APPROVED).encode("utf-16"),
    "UTF-16 big-endian": lambda: ("\ufeff" + as_csv(APPROVED)).encode("utf-16-be"),
    "GB18030": lambda: as_csv(APPROVED).encode("gb18030"),
    "tabs": lambda: as_csv(APPROVED, "\t"),
    "semicolons": lambda: as_csv(APPROVED, ";"),
    "XLSX of texts": lambda: as_workbook(APPROVED),
    "XLSX of numbers": lambda: as_workbook(numeric()),
    "English headings": lambda: as_csv([ENGLISH, *APPROVED[1:]]),
    "columns turned round": lambda: as_csv(turned(APPROVED)),
    "English, turned round, XLSX": lambda: as_workbook(turned([ENGLISH, *APPROVED[1:]])),
    "half-width brackets": lambda: as_csv(changed(1, "金额（万元）", "金额(万元)")),
    "no names": lambda: as_csv(without("功能科目名称", "经济科目名称")),
    "元": lambda: as_csv(in_yuan()),
    "full-width digits": lambda: as_csv(changed(3, "功能科目编码", "２０１２９０１")),
    "blank rows": lambda: as_csv([[], APPROVED[0], [""] * 8, *APPROVED[1:], [], [""]]),
    "a title above": lambda: as_csv([*TITLE, *APPROVED]),
    "a title above, tabs": lambda: as_csv([*TITLE, *APPROVED], "\t"),
    "a title above, XLSX": lambda: as_workbook([*TITLE, *APPROVED]),
    "a total": lambda: as_csv([*APPROVED, ["合计", *[""] * 6, "1,526.114321"]]),
    "a total in words apart": lambda: as_csv([*APPROVED, ["合 计", *[""] * 6, ""]]),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_records_the_same_event_in_whatever_form_it_is_kept(desk, said_plainly, form):
    assert approve(desk, FORMS[form]()).code == 0
    assert desk.payloads[-1] == said_plainly


def test_the_figures_of_a_sheet_stand_in_the_tables(desk):
    approve(desk, as_csv(APPROVED))
    (total, *_) = desk.json("table", 3, "--year", 2024)["rows"]
    assert total["cells"] == ["1526.11", "1234.56", "49.90", "241.65", None, None, None]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_no_table(desk, tmp_path, seed):
    approve(desk, as_csv(APPROVED))
    shuffled = random.Random(seed).sample(APPROVED[1:], len(APPROVED) - 1)
    other = elsewhere(tmp_path / "shuffled")
    assert approve(other, as_csv([APPROVED[0], *shuffled])).code == 0
    assert tables(other) == tables(desk)


def test_what_stands_above_the_headings_is_remarked_on(desk):
    assert "表头之上的第 1、3 行没有使用。" in approve(desk, as_csv([*TITLE, *APPROVED])).err


def test_below_a_title_a_fault_is_named_by_its_row_in_the_file(desk):
    answer = approve(desk, as_csv([*TITLE, *changed(2, "支出用途", "吃饭")]))
    assert "第 5 行“支出用途”列" in answer.err


def test_a_column_nobody_reads_is_remarked_on(desk):
    rows = [[*row, text] for row, text in zip(APPROVED, ["备注", *"甲乙丙丁"], strict=True)]
    answer = approve(desk, as_csv(rows))
    assert answer.code == 0
    assert answer.err == "提示：第 9 列“备注”没有使用。\n"


def test_a_row_with_a_code_is_a_line_whatever_is_written_beside_it(desk):
    rows = [[*row, text] for row, text in zip(APPROVED, ["备注", "甲", "合计", "总计", "丁"], strict=True)]
    approve(desk, as_csv(rows))
    (total, *_) = desk.json("table", 3, "--year", 2024)["rows"]
    assert total["cells"][0] == "1526.11"


@pytest.mark.parametrize("heading", ["资金年度", "资金结转", "origin"])
def test_money_of_the_year_before_is_told_by_any_of_its_headings(desk, heading):
    rows = [[*row, text] for row, text in zip(APPROVED, [heading, "本年", "", "上年结转", "本年"], strict=True)]
    answer = approve(desk, as_csv(rows))
    assert (answer.code, answer.err) == (0, "")
    assert desk.payloads[-1].count("/carried_over/") == 1


def test_the_same_line_twice_is_added_up_and_remarked_on(desk):
    answer = approve(desk, as_csv([*APPROVED, APPROVED[2]]))
    assert "第 6 行与第 3 行是同一条明细（2012901/公用经费/30211），已相加。" in answer.err
    assert desk.json("table", 6, "--year", 2024)["rows"][0]["cells"] == ["1334.36", "1234.56", "99.80"]


def test_text_that_looks_like_a_formula_stays_text(desk):
    approve(desk, as_workbook(changed(5, "项目", '=HYPERLINK("http://x","劳模")')))
    assert desk.json("table", 10, "--year", 2024)["rows"][1]["name"] == '=HYPERLINK("http://x","劳模")'
    assert "\"'=HYPERLINK(" in desk.does("table", 10, "--year", 2024, "-O", "csv").out


# One wrong cell, and what is said of it.
FAULTS = [
    (3, "资金来源", "预算外", "不认识“预算外”，可以写：一般公共预算、"),
    (3, "功能科目编码", "20129", "功能科目编码“20129”应为 2 开头的 7 位数字（到项）。"),
    (3, "功能科目编码", "2999999", "科目目录中没有 2999999"),
    (3, "功能科目编码", "", "没有填写；合并的单元格只算第一行，请每行都写。"),
    (3, "功能科目名称", "行政管理", "2012901 的名称是“行政运行”，而写的是“行政管理”。"),
    (3, "支出用途", "公用费", "不认识“公用费”，可以写：人员支出、公用经费、"),
    (3, "经济科目编码", "302", "经济科目编码“302”应为 3 开头的 5 位数字（到款）。"),
    (3, "经济科目编码", "39998", "科目目录中没有 39998"),
    (3, "经济科目名称", "会议费", "30211 的名称是“差旅费”，而写的是“会议费”。"),
    (3, "金额（万元）", "", "没有填写；确为零时请写 0，合并的单元格只算第一行。"),
    (3, "金额（万元）", "四十九", "“四十九”不是数字。"),
    (3, "金额（万元）", "49.90万元", "“49.90万元”不是数字。"),
    (3, "金额（万元）", "0.0000001", "金额“0.0000001”精确到了分以下，最多写到分。"),
    (3, "金额（万元）", "99999999999999", "超出可记录的范围。"),
]


@pytest.mark.parametrize(("row", "column", "cell", "said"), FAULTS)
@pytest.mark.parametrize("kept_as", [as_csv, as_workbook])
def test_a_wrong_cell_is_named_by_row_and_column_and_nothing_is_recorded(desk, row, column, cell, said, kept_as):
    before = desk.digest
    answer = approve(desk, kept_as(changed(row, column, cell)))
    assert answer.code == 1
    assert "明细.csv 有 1 处错误，没有记录。" in answer.err
    (fault,) = [line for line in answer.err.splitlines() if f"第 {row} 行“{column[:2]}" in line]
    assert said in fault
    assert desk.digest == before


# One line that cannot be a budget line, and what is said of it.
INCOMPLETE = [
    (3, "支出用途", "", "功能科目 2012901 的预算没有写支出用途。"),
    (3, "经济科目编码", "", "公用经费 属于基本支出，必须写经济科目编码（5 位，到款）。"),
    (5, "项目", "", "项目支出必须写项目名称。"),
    (3, "项目", "修缮", "公用经费 不应写项目“修缮”。"),
]


@pytest.mark.parametrize(("row", "column", "cell", "said"), INCOMPLETE)
def test_a_line_that_lacks_something_is_named_by_its_row(desk, row, column, cell, said):
    answer = approve(desk, as_csv(changed(row, column, cell)))
    assert answer.code == 1
    assert f"第 {row} 行：{said}" in answer.err


def test_all_faults_of_a_sheet_are_said_at_once(desk):
    before = desk.digest
    answer = approve(
        desk, as_csv([APPROVED[0], *(changed(row, column, cell)[row - 1] for row, column, cell, _ in FAULTS)])
    )
    assert answer.code == 1
    assert f"有 {len(FAULTS)} 处错误" in answer.err
    rows = [int(row) for row in re.findall(r"^  第 (\d+) 行", answer.err, re.MULTILINE)]
    assert rows == [*range(2, len(FAULTS) + 2)]
    assert desk.digest == before


@pytest.mark.parametrize(("amount", "said"), [("-3", "-3.00万元 应大于 0。"), ("0", "0.00万元 应大于 0。")])
def test_an_amount_that_cannot_be_is_named_by_its_row_beside_other_faults(desk, amount, said):
    rows = changed(3, "金额（万元）", amount)
    rows[3][APPROVED[0].index("功能科目编码")] = "20129"
    why = ("--year", 2024, *PAPER, "--reason", "补", "--effective-on", "2024-05-20", "--yes")
    answer = desk("supplement", "--file", desk.file(as_csv(rows)), *why)
    assert answer.code == 1
    assert f"第 3 行“金额(万元)”列：{said}" in answer.err
    assert "第 4 行“功能科目编码”列" in answer.err


def test_a_sheet_behind_the_first_is_said_not_to_be_read(desk):
    answer = approve(desk, as_workbook(APPROVED, ["封底"]), "明细.xlsx")
    assert answer.code == 0
    assert "提示：只读第一张工作表“Sheet1”，没有读：Sheet2。" in answer.err


def test_what_is_not_read_is_said_beside_the_faults_of_what_is(desk):
    answer = approve(desk, as_workbook([["封面"], ["2024"]], APPROVED), "明细.xlsx")
    assert answer.code == 1
    assert "没有读：Sheet2。" in answer.err


def test_where_the_first_sheet_has_no_lines_one_is_told_which_was_read(desk):
    answer = approve(desk, as_workbook([], APPROVED), "明细.xlsx")
    assert answer.code == 2
    assert "没有明细" in answer.err
    assert "只读第一张工作表“Sheet1”，没有读：Sheet2。" in answer.err


def test_a_sheet_of_another_year_is_refused(desk):
    rows = [[*row, year] for row, year in zip(APPROVED, ["预算年度", "2024", "2024", "2023", ""], strict=True)]
    answer = approve(desk, as_csv(rows))
    assert answer.code == 1
    assert "第 4 行“预算年度”列：写的是 2023，而记录的是 2024 年度。" in answer.err


TOTAL = ["合计", "", "", "", "", "", "", "1526.12"]


def test_a_total_that_is_not_the_sum_of_its_lines_is_a_fault(desk):
    answer = approve(desk, as_csv([*APPROVED, TOTAL]))
    assert answer.code == 1
    assert "第 6 行“金额" in answer.err
    assert "合计 1526.12万元 与以上明细之和" in answer.err


@pytest.mark.parametrize("word", ["合计", "合 计", "合　计", "总计"])
@pytest.mark.parametrize("first_column", ["资金来源", "功能科目编码"])
def test_a_total_is_known_by_its_word_in_whichever_column_comes_first(desk, word, first_column):
    lines = APPROVED if first_column == "资金来源" else without("资金来源")
    blanks = [""] * (len(lines[0]) - 2)
    answer = approve(desk, as_csv([*lines, [word, *blanks, "1526.114321"]]))
    assert answer.code == 0, answer.err
    assert len(json.loads(desk.payloads[-1])["lines"]) == 4


HEADINGS = {
    "no code": (without("功能科目编码"), "缺少“功能科目编码”列"),
    "no amount": (without("金额（万元）"), "应有且只有一列金额，表头写明单位：金额（万元）或 金额（元）"),
    "an amount without its unit": (changed(1, "金额（万元）", "金额"), "应有且只有一列金额"),
    "two amounts": ([[*row, cell[-1]] for row, cell in zip(APPROVED, in_yuan(), strict=True)], "应有且只有一列金额"),
    "a column twice": (changed(1, "资金来源", "功能科目编码"), "“功能科目编码”列重复"),
    "no headings": (APPROVED[1:], "缺少“功能科目编码”列"),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_a_heading_row_that_will_not_do_is_said_so(desk, case):
    rows, said = HEADINGS[case]
    before = desk.digest
    answer = approve(desk, as_csv(rows))
    assert answer.code == 1
    assert f"第 1 行：{said}" in answer.err
    assert desk.digest == before


def test_a_fault_of_the_headings_names_the_row_they_stand_in(desk):
    answer = approve(desk, as_csv([[], [], *without("功能科目编码")]))
    assert "第 3 行：缺少“功能科目编码”列" in answer.err


NO_SHEETS = {
    "nothing": b"",
    "blank lines": b"\n \n,,,\n",
    "a BOM alone": b"\xff\xfe",
    "headings alone": as_csv(APPROVED[:1]).encode(),
    "bytes of no encoding": b"\x80\x81\xff\n\x00",
    "half a character of UTF-16": b"\xff\xfea",
    "an open quote": '功能科目编码,金额（元）\n"2012901,1\n'.encode(),
    "a broken workbook": as_workbook(APPROVED)[:-200],
    "the beginning of a zip": b"PK\x03\x04",
    "the beginning of an old workbook": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "an empty workbook": as_workbook([]),
}


@pytest.mark.parametrize("case", NO_SHEETS)
def test_a_file_that_is_no_sheet_is_said_to_be_none(desk, case):
    before = desk.digest
    answer = approve(desk, NO_SHEETS[case])
    assert answer.code == 2
    assert "明细.csv" in answer.err
    assert desk.digest == before


def test_a_file_that_is_not_there_is_said_so(desk):
    answer = desk("approve", desk.ledger.with_name("没有.csv"), "--year", 2024, *PAPER)
    assert answer.code == 2
    assert "没有.csv" in answer.err
    assert "不存在" in answer.err


@pytest.mark.parametrize("amount", ["0.00001", "0.00012", "0.000001"])
def test_a_small_number_in_a_workbook_keeps_every_fen(desk, tmp_path, amount):
    """Excel keeps 0.00001 万元 (10 分) as 1e-05, which is not nothing."""
    written = changed(2, "金额（万元）", amount)
    other = elsewhere(tmp_path / "plain")
    assert approve(other, as_csv(written)).code == 0
    written[1][AMOUNT] = float(amount)
    assert approve(desk, as_workbook(written)).code == 0
    assert desk.payloads[-1] == other.payloads[-1]


def test_a_number_below_the_fen_in_a_workbook_is_a_fault(desk):
    written = changed(2, "金额（万元）", 1e-8)
    answer = approve(desk, as_workbook(written))
    assert answer.code == 1
    assert "精确到了分以下" in answer.err
