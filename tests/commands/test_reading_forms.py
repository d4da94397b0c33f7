"""What reading answers: the shapes programs rely on, columns that line up, and errors instead of empty tables."""

import json
import re

import pytest
from at_the_desk import CODE, NAME, PAPER, Desk, cells, records
from wcwidth import wcswidth

TABLES = range(1, 12)
TWO_SIDED = (1, 4)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
AMOUNT = re.compile(r"-?\d+\.\d\d")
CHINESE = re.compile("[一-鿿]+")
PRINTED = re.compile(r"-?[\d,]+\.\d\d(?!\d)")
CUT = ("--as-of", "2024-02-01", "--known-at", "2024-02-28")
INITIAL = ("--year", 2024, "--measure", "initial")


@pytest.mark.parametrize("number", TABLES)
def test_a_table_has_the_shape_that_programs_read(sample, number):
    table = sample.json("table", number, *INITIAL, *CUT)
    content = ["sides"] if number in TWO_SIDED else ["columns", "rows"]
    assert list(table) == ["table", "title", "unit", "year", "measure", "amount_unit", "cut", *content, "notes"]
    assert (table["table"], table["year"], table["measure"]) == (number, 2024, "initial")
    assert table["unit"] == {"code": CODE, "name": NAME}
    assert table["amount_unit"] == "万元"
    assert DIGEST.fullmatch(table["cut"].pop("digest"))
    assert table["cut"] == {"as_of": "2024-02-01", "known_at": "2024-02-28T15:59:59.999999Z"}


@pytest.mark.parametrize("number", TABLES)
def test_the_rows_of_a_table_have_a_cell_for_every_column(sample, number):
    table = sample.json("table", number, *INITIAL, *CUT)
    for side in table.get("sides", [table]):
        assert all(isinstance(column, str) for column in side["columns"])
        for row in side["rows"]:
            assert list(row)[:4] == ["code", "name", "level", "cells"]
            assert set(row) <= {"code", "name", "level", "cells", "labels"}
            assert len(row["cells"]) == len(side["columns"])
            amounts = row["cells"] if number != 11 else row["cells"][:1]
            assert all(cell is None or AMOUNT.fullmatch(cell) for cell in amounts)


def test_table_5_reads_as_its_example(sample):
    table = sample.json("table", 5, *INITIAL, *CUT)
    assert table["columns"] == ["合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"]
    assert [row for row in table["rows"] if row["code"] == "2012901"] == [
        {"code": "2012901", "name": "行政运行", "level": 3, "cells": ["5143.23", "5143.23", "4126.87", "1016.36", None]}
    ]


@pytest.mark.parametrize("number", TWO_SIDED)
def test_a_table_with_two_sides_names_them(sample, number):
    sides = sample.json("table", number, *INITIAL, *CUT)["sides"]
    assert [list(side) for side in sides] == [["name", "columns", "rows"]] * 2
    assert [side["name"] for side in sides] == ["收入", "支出"]


def test_an_instant_is_said_back_as_it_was_asked(sample):
    cut = sample.json("table", 5, *INITIAL, "--known-at", "2024-02-28T08:00:00+08:00")["cut"]
    assert (cut["as_of"], cut["known_at"]) == ("2024-03-01", "2024-02-28T00:00:00Z")


# Last year's execution, this year's budget, and what that is called. "-" is a line that is not there.
COMPARED = list(records("""
    code     base     current  change   percent  status
    2012901  100.00   120.00   20.00    20.00    increased
    2012902  100.00   80.00    -20.00   -20.00   decreased
    2012999  100.00   100.00   0.00     0.00     level
    2060404  1000.00  1001.00  1.00     0.10     nearly_level
    2080501  1000.00  1001.01  1.01     0.10     increased
    2080505  1000.00  999.00   -1.00    -0.10    nearly_level
    2080506  -        30.00    30.00    -        new
    2089999  0.00     30.00    30.00    -        new
    2101101  40.00    -        -40.00   -100.00  discontinued
    2210201  40.00    0.00     -40.00   -100.00  decreased
"""))  # fmt: skip


@pytest.fixture
def compared(desk: Desk) -> Desk:
    """A ledger with both years of the table."""
    base = [["功能科目编码", "金额（万元）"], *([r["code"], r["base"]] for r in COMPARED if r["base"])]
    now = [
        ["功能科目编码", "支出用途", "项目", "金额（万元）"],
        *([r["code"], "项目支出", "某项目", r["current"]] for r in COMPARED if r["current"]),
    ]
    texts = ["\n".join(" ".join(row) for row in rows) for rows in (base, now)]
    desk.does("execute", desk.sheet(texts[0], "执行.csv"), "--year", 2023)
    desk.does("approve", desk.sheet(texts[1], "年初.csv"), "--year", 2024, *PAPER, "--effective-on", "2024-01-01")
    return desk


def test_a_comparison_calls_every_change_by_its_name(compared):
    comparison = compared.json("compare", "--year", 2024)
    assert (comparison["basis"], comparison["year"]) == ("execution", 2024)
    for row, expected in zip(comparison["rows"], COMPARED, strict=True):
        assert list(row) == ["code", "name", "current", "base", "change", "percent", "status"]
        assert {key: row[key] for key in expected} == {key: value or None for key, value in expected.items()}


def test_the_bases_of_a_comparison_add_up_to_its_total(compared):
    total = compared.json("compare", "--year", 2024)["total"]
    assert {key: total[key] for key in ("code", "current", "base", "change", "percent", "status")} == {
        "code": None,
        "current": "3361.01",
        "base": "3380.00",
        "change": "-18.99",
        "percent": "-0.56",
        "status": "decreased",
    }


def test_a_comparison_with_last_years_budget_says_so(sample):
    comparison = sample.json("compare", "--year", 2024, "--basis", "budget", "--measure", "initial")
    assert (comparison["basis"], comparison["measure"]) == ("budget", "initial")
    assert comparison["total"]["base"] == "10325.47"


@pytest.mark.parametrize("by", ["sangong", "indicator"])
def test_other_comparisons_have_the_same_shape(sample, by):
    comparison = sample.json("compare", "--year", 2024, "--by", by)
    assert comparison["basis"] == "budget"
    for row in comparison["rows"]:
        assert list(row) == ["code", "name", "current", "base", "change", "percent", "status"]


def test_where_no_year_has_an_indicator_the_comparison_says_so(sample):
    sample.does("unit", "add", "102", "某单位", "--yes")
    named = ("--unit", "102", "--year", 2024)
    sample.does("project", "add", "培训", *named, "--yes")
    assert sample.json("compare", *named, "--by", "indicator")["notes"] == ["两年都没有记录有金额的指标"]


READINGS = [*(("table", number) for number in TABLES), ("compare",), ("compare", "--by", "sangong"), ("status",)]


WITH_FIGURES = [reading for reading in READINGS if reading not in (("table", 8), ("table", 9))]


@pytest.mark.parametrize("reading", WITH_FIGURES, ids=lambda reading: " ".join(map(str, reading)))
def test_amounts_end_in_one_column_however_wide_the_words_before_them(sample, reading):
    """Counted in columns of the terminal, where a Chinese character takes two."""
    lines = sample.does(*reading, "--year", 2024).out.splitlines()
    rules = [place for place, line in enumerate(lines) if set(line) == {"-"}]
    ends = [
        {wcswidth(line[: found.end()]) for found in PRINTED.finditer(line)}
        for line in lines[rules[-1] + 1 :]
        if not line.startswith("注：")
    ]
    assert set().union(*ends) == max(ends, key=len) != set()
    assert max(wcswidth(line) for line in lines[rules[0] :] if not line.startswith("注：")) == len(lines[rules[0]])


def test_headings_stand_over_their_figures(sample):
    lines = sample.does("table", 3, "--year", 2024).out.splitlines()
    (heading,) = [line for line in lines if "项目支出" in line]
    (total,) = [line for line in lines if line.startswith("支出合计")]
    ends = {wcswidth(total[: found.end()]) for found in PRINTED.finditer(total)}
    assert wcswidth(heading[: heading.index("项目支出") + 4]) in ends


def test_csv_has_a_bom_in_a_file_and_none_on_the_screen(sample, tmp_path):
    file = tmp_path / "表" / "表7.csv"
    said = sample.does("table", 7, *INITIAL, "-O", "csv").out
    answer = sample.does("table", 7, *INITIAL, "-O", "csv", "-o", file)
    assert said.startswith("单位名称,")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [line.rstrip("\r") for line in said.split("\n")] == file.read_text("utf-8-sig").split("\n")
    assert answer.out == ""
    assert "已写入" in answer.err


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_page_carries_title_headings_and_figures(sample, tmp_path, form):
    file = tmp_path / f"表7.{form}"
    sample.does("table", 7, *INITIAL, "-O", form, "-o", file)
    page = file.read_text("utf-8")
    assert page == sample.does("table", 7, *INITIAL, "-O", form).out
    for words in ("2024年市级单位一般公共预算“三公”经费预算表", "单位：万元", "因公出国（境）费用", NAME, "5.90"):
        assert words in page


OPENINGS = {
    "txt": "表7：",
    "json": "{",
    "csv": "\ufeff单位名称,",
    "md": "## ",
    "html": "<!doctype html>",
    "HTM": "<!doctype html>",
}


@pytest.mark.parametrize("ending", OPENINGS)
def test_a_file_is_written_in_the_form_its_ending_says(sample, tmp_path, ending):
    file = tmp_path / f"表7.{ending}"
    sample.does("table", 7, *INITIAL, "-o", file)
    assert file.read_text("utf-8").startswith(OPENINGS[ending])


@pytest.mark.parametrize(
    ("name", "form"), [("表7", "csv"), ("表7.out", "md"), ("表7.txt", "json"), ("表7.HTML", "html")]
)
def test_an_ending_that_says_nothing_of_the_form_leaves_it_to_the_option(sample, tmp_path, name, form):
    asked = ("table", 7, *INITIAL, "--known-at", "2024-02-28", "-O", form)
    sample.does(*asked, "-o", tmp_path / name)
    said = sample.does(*asked).out
    assert (tmp_path / name).read_text("utf-8-sig").splitlines() == said.splitlines()


CONTRADICTIONS = [
    ("-o 表7.xlsx", "表7.xlsx 的后缀是 .xlsx，这里写不出这种文件；可用 -O text、json、csv、md、html。"),
    ("-o 表7.pdf", "表7.pdf 的后缀是 .pdf，这里写不出这种文件"),
    ("-O json -o 表7.csv", "-O json 与文件 表7.csv 的后缀不符：请改其中之一，或不写 -O。"),
    ("-O text -o 表7.xlsx", "-O text 与文件 表7.xlsx 的后缀不符"),
]


@pytest.mark.parametrize(("asked", "said"), CONTRADICTIONS)
def test_a_form_and_an_ending_that_contradict_each_other_are_refused(sample, tmp_path, monkeypatch, asked, said):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    answer = sample("table", 7, *INITIAL, *asked.split())
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("reading", [*READINGS, ("history",)], ids=lambda reading: " ".join(map(str, reading)))
@pytest.mark.parametrize("form", ["text", "json", "csv", "md", "html"])
def test_every_reading_has_every_form_and_says_nothing_beside_it(sample, reading, form):
    answer = sample.does(*reading, "--year", 2024, "-O", form)
    assert answer.err == ""
    assert answer.out.endswith("\n")
    if form == "json":
        json.loads(answer.out)


# A question nobody can answer, and what there is instead.
UNANSWERABLE = [
    ("table 12 --year 2024", "没有表 12，可选：1、2、3、4、5、6、7、8、9、10、11。"),
    ("table 0 --year 2024", "没有表 0，可选："),
    ("table 1 --year 2019", "杭州市总工会 没有 2019 年度的记录，账本里有：2022、2023、2024。"),
    ("compare --year 2019", "没有 2019 年度的记录，账本里有：2022、2023、2024。"),
    ("status --year 2019", "没有 2019 年度的记录，账本里有：2022、2023、2024。"),
    ("history --year 2019", "没有 2019 年度的记录，账本里有：2022、2023、2024。"),
    ("table 1 --year 2024 --unit 102", "没有单位“102”，账本里有：101 杭州市总工会。"),
    ("table 1 --year 2024 --unit 总工会", "没有单位“总工会”，账本里有：101 杭州市总工会。"),
    ("table 1 --year 2024 --known-at 2023-12-31", "没有 2024 年度的记录，账本里有：2022、2023。"),
    ("table 1 --year 2024 --known-at 2020-01-01", "时账本里还没有登记单位"),
]


@pytest.mark.parametrize(("question", "said"), UNANSWERABLE)
def test_what_is_not_there_is_an_error_that_names_what_there_is(sample, question, said):
    answer = sample(*question.split())
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_one_unit_need_not_be_named_and_may_be_by_code_or_name(sample):
    tables = [sample.does("table", 5, *INITIAL, *CUT, *unit).out for unit in ([], ["--unit", CODE], ["--unit", NAME])]
    assert len(set(tables)) == 1


def test_of_two_units_one_must_be_named(sample):
    sample.does("unit", "add", "102", "杭州市妇女联合会")
    answer = sample("table", 5, *INITIAL)
    assert (answer.code, answer.out) == (2, "")
    assert "账本里有多个单位，请用 --unit 指定：101 杭州市总工会、102 杭州市妇女联合会。" in answer.err
    assert sample.json("table", 5, *INITIAL, "--unit", "101")["unit"]["name"] == NAME


SEEN = cells("""
    known_at                   seen
    2024-06-02                 no
    2024-06-03                 yes
    2024-06-03T09:29:59+08:00  no
    2024-06-03T09:30:30+08:00  yes
    2024-06-03T09:29:59        no
    2024-06-03T09:30:30        yes
    2024-06-03T01:29:59Z       no
    2024-06-03T01:30:30Z       yes
""")


@pytest.mark.parametrize(("known_at", "seen"), SEEN[1:])
def test_a_bare_day_is_known_to_its_end_and_a_time_without_zone_is_chinas(desk, known_at, seen):
    sheet = desk.sheet("功能科目编码 支出用途 项目 金额（万元）\n2012902 项目支出 培训 5")
    desk.does("subject", "name", "2012902", "一般事务", "--year", 2024)
    june = desk.at("2024-06-03T09:30:00+08:00")
    june.does("supplement", "--file", sheet, "--year", 2024, *PAPER, "--reason", "增列", "--yes")
    later = desk.at("2024-12-31T09:30:00+08:00")
    (total, *_) = later.json("table", 5, "--year", 2024, "--known-at", known_at)["rows"]
    assert total["cells"][0] == {"yes": "5.00", "no": None}[seen]


ENGLISH = {
    "status --year 2024": "Budget execution of 2024",
    "compare --year 2024": "Functional subjects: Budget after changes vs. Last year's execution (2024)",
    "compare --year 2024 --by sangong": "Three public expenses: Budget after changes vs. Last year's budget (2024)",
    "compare --year 2024 --by indicator": "Indicators: Budget after changes vs. Last year's budget (2024)",
    "history --year 2024": "What happened, event by event",
    "late --year 2024": f"Events of {NAME} recorded late",
    "diff 2024-01-01@ 2024-02-01@ --year 2024": "Differences between two cuts of 2024",
    "check --year 2024": "Checks for 2024, Budget after changes",
    "trace --year 2024 --status --row 合计 --column 结余": "Trace: Budget execution / 合计 / Balance",
    "trace --year 2024 --compare function --row 2012901": (
        "Trace: Functional subjects: Budget after changes vs. Last year's execution / 2012901 行政运行 / Change"
    ),
}


@pytest.mark.parametrize("reading", ENGLISH)
def test_in_english_an_answer_has_an_english_title_above_english_headings(sample, monkeypatch, reading):
    monkeypatch.setenv("BUDGET_LANG", "en")
    title, above, _rule, headings, *_ = sample(*reading.split()).out.splitlines()
    assert title == ENGLISH[reading]
    assert CHINESE.findall(above.replace(NAME, "").replace("万元", "").replace("元", "")) == []
    assert CHINESE.findall(headings.replace("元", "")) == []


def test_a_published_table_keeps_its_words_in_english(sample, monkeypatch):
    said = sample.does("table", 7, *INITIAL).out
    monkeypatch.setenv("BUDGET_LANG", "en")
    assert sample.does("table", 7, *INITIAL).out == said


@pytest.mark.parametrize(
    ("reading", "said"),
    {
        "history --year 2024": "2012901/30101、2012901/30102 and others, 40 in all",
        "compare --year 2024 --by sangong": "For a like-for-like comparison both sides leave out 30212",
        "compare --year 2022 --by sangong": "Last year's budget (2021) is not in the ledger; there is nothing to compare with",
        "compare --year 2022": "Last year's execution (2021) is not in the ledger; there is nothing to compare with",
    }.items(),
)
def test_in_english_what_we_say_of_an_answer_is_english_too(sample, monkeypatch, reading, said):
    monkeypatch.setenv("BUDGET_LANG", "en")
    assert said in sample(*reading.split()).out


def test_what_was_recorded_is_not_translated_even_where_it_is_a_word_of_ours(desk, monkeypatch):
    desk.does(
        "supplement", "--year", 2024, "--document", "文件", "--function-code", "2012901", "--nature", "项目支出",
        "--project", "合计", "--amount", "5万元", "--reason", "年初批复", "--ground", "预备费", "--yes",
    )  # fmt: skip
    monkeypatch.setenv("BUDGET_LANG", "en")
    *_, told = desk.does("history", "--year", 2024, "-O", "csv").out.splitlines()
    assert "Supplement" in told
    assert told.endswith("5.00,文件,王会计,年初批复")
