"""``budget trace`` at the desk: what is asked, what is answered, in every form, and what is not there."""

import io
import zipfile

import pytest
from at_the_desk import PAPER, Desk
from breaking import rewrite
from python_calamine import CalamineWorkbook

TRIP = ("--function-code", 2012901, "--nature", "公用经费", "--economic-code", 30212, "--amount", "15万元",
        "--ground", "因公出国计划审批", "--effective-on", "2024-05-20", "--yes")  # fmt: skip
PAPERS = ("--document", "杭外办〔2024〕18号", "--document-title", "=1+1 关于出访的批复", "--document-issuer",
          "杭州市外办", "--document-date", "2024-05-10")  # fmt: skip
OVERSEAS = ("trace", "--year", 2024, "--table", 7, "--row", "合计", "--column", "因公出国（境）费用")


@pytest.fixture
def june(sample: Desk) -> Desk:
    """The sample ledger on a day in June, with a trip entered twice and one of the entries reversed."""
    desk = sample.at("2024-06-03T09:30:00+08:00")
    for reason in ("赴新加坡工会交流", "重复录入"):
        desk.does("supplement", "--year", 2024, *TRIP, *PAPERS, "--reason", reason)
    desk.does("reverse", entered(desk)[-1], "--reason", "录了两次")
    return desk


def entered(desk: Desk) -> list[str]:
    return [item["event_id"] for item in desk.json("history", "--year", 2024) if item["title"] == "追加"]


@pytest.fixture
def published(sample: Desk, tmp_path) -> tuple[Desk, str]:
    """The sample ledger with its budget published in March, and the publication."""
    answer = sample.json(
        "publish", "--year", 2024, "--measure", "initial", "--format", "json", "--out", tmp_path / "out"
    )
    return sample, answer["event_id"]


def test_a_cell_is_traced_to_its_events_a_reversal_with_its_own_sign(june):
    (figure,) = june.json(*OVERSEAS)["figures"]
    first, second = entered(june)
    assert (figure["printed"], figure["amount"], figure["fen"]) == ("15.00", "150000.00", 15_000_000)
    told = [(item["title"], item["amount"], item["reverses"]) for item in figure["contributions"]]
    assert told == [
        ("年初批复", "0.00", None),
        ("追加", "150000.00", None),
        ("追加", "150000.00", None),
        ("冲销", "-150000.00", second),
    ]
    assert sum(item["fen"] for item in figure["contributions"]) == figure["fen"]
    assert figure["contributions"][1]["event_id"] == first


def test_a_contribution_has_its_line_document_actor_both_times_and_hash(june):
    item = june.json(*OVERSEAS)["figures"][0]["contributions"][1]
    assert item["document"] == {
        "number": "杭外办〔2024〕18号",
        "title": "=1+1 关于出访的批复",
        "issuer": "杭州市外办",
        "dated": "2024-05-10",
    }
    assert item["key"] == {
        "fund_source": "general",
        "origin": "this_year",
        "function_code": "2012901",
        "nature": "operating",
        "economic_code": "30212",
        "project": None,
    }
    assert (item["line"], item["stage"], item["actor"], item["reason"]) == (
        1,
        "supplement",
        "王会计",
        "赴新加坡工会交流",
    )
    assert (item["effective_on"], item["recorded_at"][:16]) == ("2024-05-20", "2024-06-03T01:30")
    assert len(item["hash"]) == 64


def test_the_same_cell_at_another_cut_has_other_lines(june):
    assert len(june.json(*OVERSEAS, "--as-of", "2024-05-19")["figures"][0]["contributions"]) == 1
    known = june.json(*OVERSEAS, "--known-at", "2024-06-03T09:29:59+08:00")["figures"][0]
    assert (known["printed"], len(known["contributions"])) == (None, 1)


def test_a_cell_whose_lines_cancel_out_is_blank_and_shows_them(june):
    june.does("reverse", entered(june)[0], "--reason", "取消出访")
    answer = june.does(*OVERSEAS)
    assert "空白，计入的 5 条之和为 0。" in answer.out
    assert answer.out.count("-150,000.00") == 2


def test_a_blank_says_that_nothing_counts_in_it(sample):
    answer = sample.does(*OVERSEAS[:-1], "公务用车购置费")
    assert "表7 / 合计 / 公务用车运行维护费" not in answer.out
    assert "表7 / 合计 / 公务用车购置及运行维护费/公务用车购置费：空白，没有任何事件计入。" in answer.out


@pytest.mark.parametrize(
    ("pointer", "printed"),
    [
        ("--table 5 --row 2012901 --column 合计", "5,143.23"),
        ("--table 5 --row 行政运行 --column 基本支出/小计", "5,143.23"),
        ("--table 5 --row 2012901/行政运行 --column 公用经费", "1,016.36"),
        ("--table 1 --side 支出 --row 支出总计", "10,026.26"),
        ("--table 1 --row 收入总计 --column 预算数", "10,026.26"),
        ("--table 1 --row 一般公共预算", "10,026.26"),
        ("--table 2 --row 合计 --column 合计", "10,026.26"),
        ("--table 6 --row 30217 --column 公用经费", "5.90"),
        ("--compare function --row 2012901 --column 本年", "5,143.23"),
        ("--compare function --row 2012901 --column 上年执行数", "4,772.14"),
        ("--compare function --row 合计", "627.41"),
        ("--compare function --basis budget --row 合计 --column base", "10,325.47"),
        ("--compare sangong --row 同口径 --column change", "-0.10"),
        ("--compare indicator --row 机关运行经费 --column current", "1,017.26"),
        ("--status --row 2012901 --column 年初", "5,143.23"),
        ("--status --row 合计 --column 结余", "10,026.26"),
    ],
)
def test_figures_are_pointed_at_as_they_are_printed(sample, pointer, printed):
    answer = sample.does("trace", "--year", 2024, "--measure", "initial", *pointer.split())
    assert f"：{printed}万元，精确为 " in answer.out


@pytest.mark.parametrize(
    ("pointer", "percentage", "parts"),
    [
        ("--compare function --row 2080199 --column 增减%", "-100.00", ["增减额", "上年执行数"]),
        ("--compare sangong --row 同口径 --column percent", "-1.67", ["增减额", "上年预算数"]),
        ("--status --row 合计 --column 执行率%", "0.00", ["执行", "变动后"]),
    ],
)
def test_a_percentage_is_taken_apart_into_the_two_amounts_it_was_divided_from(sample, pointer, percentage, parts):
    asked = ("trace", "--year", 2024, "--measure", "initial", *pointer.split())
    rate, *amounts = sample.json(*asked)["figures"]
    assert (rate["printed"], rate["amount_unit"], rate["contributions"]) == (percentage, "%", [])
    assert rate["made_of"] == [amount["name"] for amount in amounts]
    assert [amount["name"][-1] for amount in amounts] == parts
    for amount, part in zip(amounts, parts, strict=True):
        pointed = [part if word == asked[-1] else word for word in asked]
        assert sample.json(*pointed)["figures"] == [amount]


def test_a_percentage_of_nothing_is_a_blank_that_says_why(sample):
    answer = sample.does(
        "trace", "--year", 2024, "--compare", "sangong", "--row", "公务用车购置费", "--column", "增减%"
    )
    assert "公务用车购置费 / 上年预算数 没有数或为 0，得不出百分比。" in answer.out
    assert "None" not in answer.out


def test_a_sentence_of_a_publication_is_traced_at_the_cut_and_measure_it_was_published_with(published):
    desk, event = published
    desk.at("2024-06-03T09:30:00+08:00").does("supplement", "--year", 2024, *TRIP, *PAPERS, "--reason", "出访")
    answer = desk.json("trace", "--publication", event, "--sentence", "因公出国（境）费用：")
    assert (answer["publication"], answer["measure"], answer["year"]) == (event, "initial", 2024)
    amount, change, percent, last_year = answer["figures"]
    assert amount["sentence"]["text"].endswith("下降100%。")
    assert [figure["printed"] for figure in (amount, change, percent, last_year)] == [
        "0.00",
        "20.00",
        "100.00",
        "20.00",
    ]
    assert percent["made_of"] == [change["name"], last_year["name"]]
    assert [item["amount"] for item in amount["contributions"]] == ["0.00"]


def test_a_publication_alone_lists_its_sentences_and_each_is_found_by_its_number(published):
    desk, event = published
    listed = desk.json("trace", "--publication", event)
    (total,) = [one for one in listed if "年收支总预算" in one["text"]]
    assert total["figures"] == [{"name": ["收入总计"], "words": "10,026.26万元"}]
    traced = desk.json("trace", "--publication", event, "--sentence", total["number"])
    assert [figure["amount"] for figure in traced["figures"]] == ["100262600.00"]
    assert "10,026.26万元" in desk.does("trace", "--publication", event).out


def test_a_cell_of_a_publication_is_traced_at_its_cut(published):
    desk, event = published
    traced = desk.json("trace", "--publication", event, "--table", 1, "--side", "支出", "--row", "支出总计")
    assert traced["figures"][0]["printed"] == "10026.26"


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_audit_sheet_adds_up_by_formula_and_lists_the_documents(june, tmp_path):
    file = tmp_path / "追溯.xlsx"
    answer = june.does(*OVERSEAS, "-O", "xlsx", "-o", file)
    assert (answer.out, "已写入" in answer.err) == ("", True)
    found = sheets(file.read_bytes())
    assert list(found) == ["追溯", "文件"]
    page = found["追溯"]
    (head,) = [place for place, row in enumerate(page) if row[0] == "编号"]
    amount = page[head].index("金额（元）")
    *lines, total, figure, rest = page[head + 1 :]
    assert [row[amount] for row in lines] == [0, 150_000, 150_000, -150_000]
    assert [row[amount] for row in (total, figure, rest)] == [150_000, 150_000, 0]
    assert any("=1+1 关于出访的批复" in row for row in found["文件"])
    assert any("sha256:" in str(cell) for row in page[:head] for cell in row)


def test_a_file_named_as_a_workbook_is_one(june, tmp_path):
    asked, named = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    cut = ("--as-of", "2024-06-30", "--known-at", "2024-06-03T09:31:00+08:00")
    june.does(*OVERSEAS, *cut, "-O", "xlsx", "-o", asked)
    june.does(*OVERSEAS, *cut, "-o", named)
    assert named.read_bytes() == asked.read_bytes()


def test_the_only_formulas_of_the_audit_sheet_are_its_own_sums(june, tmp_path):
    file = tmp_path / "追溯.xlsx"
    june.does(*OVERSEAS, "-O", "xlsx", "-o", file)
    with zipfile.ZipFile(file) as book:
        pages = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert [page.count("<f>") for page in pages] == [2, 0]
    assert "SUM(F" in pages[0]


def test_the_audit_sheet_of_a_cut_is_the_same_to_the_byte(june, tmp_path):
    asked = (*OVERSEAS, "--as-of", "2024-06-30", "--known-at", "2024-06-03T09:31:00+08:00", "-O", "xlsx", "-o")
    for name in ("一.xlsx", "二.xlsx"):
        june.does(*asked, tmp_path / name)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_a_workbook_needs_a_file(sample):
    answer = sample(*OVERSEAS, "-O", "xlsx")
    assert (answer.code, answer.out) == (2, "")
    assert "请加 -o 文件名" in answer.err


@pytest.mark.parametrize("form", ["text", "json", "csv", "md", "html"])
def test_every_form_names_event_document_and_amount(june, form):
    said = june.does(*OVERSEAS, "-O", form).out
    for word in (entered(june)[0], "杭外办〔2024〕18号", "150000.00" if form in ("json", "csv") else "150,000.00"):
        assert word in said


def test_the_sheet_for_programs_has_a_line_for_every_contribution(june):
    head, *rows = june.does(*OVERSEAS, "-O", "csv").out.splitlines()
    assert head.split(",")[:4] == ["数", "句", "编号", "类型"]
    assert len(rows) == 4
    assert all("杭外办" in row or "年初批复" in row or "冲销" in row for row in rows)


WRONG = [
    ("--table 7 --row 没有 --column 公务接待费", "表 7 没有行“没有”，可选：合计、101/杭州市总工会。"),
    ("--table 7 --row 合计 --column 没有", "表 7 没有列“没有”，可选：“三公”经费合计、因公出国（境）费用、"),
    ("--table 7 --column 公务接待费", "请用 --row 指定表 7 的行：合计、"),
    ("--table 7 --row 合计", "请用 --column 指定表 7 的列："),
    ("--table 2 --row 合计 --column 小计", "表 2 有几列“小计”：本年收入/小计、上年结转/小计。"),
    ("--table 4 --side 左 --row 收入总计", "表 4 没有“左”一侧，可选：收入、支出。"),
    ("--table 12 --row 合计", "没有表 12，可选：1、2、"),
    ("--compare function --row 2019999", "没有行“2019999”，可选：2012901 行政运行、"),
    ("--compare function --row 合计 --column 没有", "没有列“没有”，可选：本年、上年执行数、增减额、增减%。"),
    ("--status --row 合计", "请用 --column 指定列：年初、"),
    ("--sentence 没有这句话", "没有句子“没有这句话”；共 "),
    ("--sentence 999", "没有句子“999”"),
    ("--table 1 --status", "只能写一个"),
    ("--row 合计", "请用 --table、--compare、--status 或 --sentence 指定是哪个数。"),
    ("-O xlsx -o 句子.xlsx", "指定是哪个数。"),
]


@pytest.mark.parametrize(("pointer", "said"), WRONG)
def test_a_wrong_choice_is_answered_with_what_there_is(sample, pointer, said):
    answer = sample("trace", "--year", 2024, *pointer.split())
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\t\n"])
def test_a_sentence_of_no_words_is_refused_instead_of_being_every_sentence(sample, blank):
    answer = sample("trace", "--year", 2024, "--sentence", blank)
    assert (answer.code, answer.out) == (2, "")
    assert "--sentence 是空的" in answer.err


def test_a_sentence_is_found_whatever_blank_stands_around_its_words(published):
    desk, event = published
    asked = ("trace", "--publication", event, "--sentence")
    assert desk.json(*asked, " 因公出国（境）费用：\n") == desk.json(*asked, "因公出国（境）费用：")


def test_a_figure_needs_a_year_or_a_publication_and_not_both(published):
    desk, event = published
    for asked in (("--table", 7), ("--publication", event, "--as-of", "2024-03-01"), ("--publication", "101/2024/1")):
        assert desk("trace", *asked).code == 2


@pytest.mark.parametrize(
    "asked", [("trace", "--publication", "{}"), ("diff", "{}", "{}"), ("reproduce", "{}", "--out", "again")]
)
def test_a_publication_whose_ledger_was_rewritten_since_is_not_gone_by(published, tmp_path, asked):
    desk, event = published
    rewrite(desk, "actor = '别人'", "101/2023/2")
    answer = desk(*(str(tmp_path / word) if word == "again" else word.format(event) for word in asked))
    assert (answer.code, answer.out) == (4, "")
    assert f"公开 {event} 的账本摘要与公开时不同" in answer.err
    assert not (tmp_path / "again").exists()


def test_carried_over_money_is_traced_on_both_sides_of_the_new_year(desk):
    desk.does("unit", "add", "102", "某单位", "--effective-on", "2023-01-01")
    sheet = desk.sheet("功能科目编码 支出用途 项目 金额（万元）\n2012902 项目支出 培训 50")
    for year in (2023, 2024):
        desk.does("approve", sheet, "--unit", 102, "--year", year, *PAPER, "--effective-on", f"{year}-01-01")
    carried = desk.sheet("功能科目编码 支出用途 项目 金额（万元）\n2012902 项目支出 培训 8", "结转.csv")
    desk.does("carry-over", "--file", carried, "--unit", 102, "--year", 2024, *PAPER, "--reason", "结转", "--effective-on",
              "2023-12-31", "--yes")  # fmt: skip
    where = ("--unit", 102, "--table", 1, "--column", "预算数")
    here = desk.json("trace", "--year", 2024, *where, "--row", "上年结转结余")["figures"][0]
    left = desk.json("trace", "--year", 2023, *where, "--row", "年终结转结余")["figures"][0]
    (came,), (went,) = here["contributions"], left["contributions"]
    assert (came["event_id"], came["stage"], came["amount"]) == (went["event_id"], "carried_in", "80000.00")
    assert (went["stage"], went["amount"], left["printed"]) == ("carried_out", "80000.00", "8.00")


def test_in_english_the_words_are_english_and_the_names_of_the_document_stay(june, monkeypatch):
    monkeypatch.setenv("BUDGET_LANG", "en")
    said = june.does(*OVERSEAS).out
    assert said.startswith("Trace: 表7 / 合计 / 因公出国（境）费用")
    assert "15.00 万元, exactly 150,000.00 yuan (15,000,000 fen), a sum (events: 4, lines: 4)." in said


def test_in_english_the_sheet_for_the_auditor_is_english_too(june, monkeypatch, tmp_path):
    monkeypatch.setenv("BUDGET_LANG", "en")
    june.does(*OVERSEAS, "-o", tmp_path / "trace.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "trace.xlsx").get_sheet_by_index(0).to_python()
    texts = {cell for row in rows for cell in row if isinstance(cell, str)}
    assert {"Initial budget approval", "Supplement"} <= texts
    assert texts & {"年初批复", "追加", "年初预算数", "变动后预算数"} <= {"年初批复"}  # a reason may be called so
