"""Every figure in the sentences of both documents follows from the events, and so does every sentence."""

import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from narrative_figures import (
    LISTS,
    MadeUp,
    Stated,
    generated_figures,
    generated_items,
    generated_list,
    line,
    narrative,
    printed_figures,
    printed_list,
    project_line,
    sections,
    text_of,
    unread_digits,
)
from published_figures import published

from events.errors import WrongUsage
from events.money import Money
from events.vocabulary import Basis, FundSource, Measure, Nature, Origin
from projections.documents.document import Heading, Paragraph
from projections.figures.table import Row
from projections.narrative.figures import figures
from projections.narrative.shares import shares
from projections.narrative.template import pieces, rendered, trimmed, wan
from projections.places import FOLDER
from projections.reading.reader import Question, Reader
from projections.reading.tables import tables

YEARS = [2023, 2024]
FIGURES = {2023: 92, 2024: 97}


class Deviation(NamedTuple):
    """A statement that the document and we make differently, or that only one of the two makes."""

    section: str
    statement: str
    printed: str | None
    ours: str | None
    why: str


COARSER = "印得较粗：同一份文件其他百分比都到两位小数"
REASON_UNDER_LEVEL = "持平不说原因（勾稽 D-05、D-10）"
LEVEL_OF_NOTHING = "两年都没有的预算，不说持平"
DEVIATIONS = {
    2023: [
        Deviation("(七)2", "公务接待费 比上年预算数%", "26% 下降", "25.93% 下降", COARSER),
        Deviation("(七)3", "公务用车购置及运行维护费 原因", "主要原因", None, REASON_UNDER_LEVEL),
        Deviation("(七)3", "公务用车运行维护费支出 原因", "减少的主要原因", None, REASON_UNDER_LEVEL),
        Deviation("(七)3", "公务用车运行维护费支出 持平", None, "持平", "另两项说了持平，这一项漏了"),
        Deviation("(十)1", "机关运行经费 比上年预算数%", "2.6% 增长", "2.57% 增长", COARSER),
    ],
    2024: [
        Deviation(
            "(三)",
            "停列 其他人力资源和社会保障管理事务支出 上年执行数",
            None,
            "56.00万元",
            "上年执行数含它而本年各项不含：不说出来，各项基数加起来就少 56.00（勾稽 D-07）",
        ),
        Deviation("(八)", "政府性基金预算 持平", "持平", None, LEVEL_OF_NOTHING),
        Deviation("(九)", "国有资本经营预算 持平", "持平", None, LEVEL_OF_NOTHING),
    ],
}
# The same amount written otherwise: without its second decimal, or without the thousands separator.
WRITTEN_OTHERWISE = {
    2023: [("公务接待费 比上年预算数", "2.1", "2.10")],
    2024: [("机关运行经费 预算", "1017.26", "1,017.26"), ("机关运行经费 比上年预算数", "22.5", "22.50")],
}
# Names in lists: what is printed, and what we say.
NAMED_OTHERWISE = {
    (2023, "公用经费"): [("因公出国(境)费用", "因公出国（境）费用"), ("维修(护)费", "维修（护）费")],
    (2024, "收入来源"): [("一般公共预算收入", "一般公共预算拨款收入")],  # （二） of the same document names it so too
}


def by_key(statements: list[Stated]) -> dict[tuple[str, str], Stated]:
    found = {stated.key: stated for stated in statements}
    assert len(found) == len(statements)
    return found


def generated(sample: Reader, year: int) -> list[Stated]:
    return generated_figures(narrative(sample, published(year)))


def test_every_printed_figure_is_transcribed():
    assert {year: sum(bool(stated.figure) for stated in printed_figures(year)) for year in YEARS} == FIGURES


@pytest.mark.parametrize("year", YEARS)
def test_every_printed_figure_is_generated_under_its_statement_but_for_the_listed_slips(sample, year):
    theirs, ours = by_key(printed_figures(year)), by_key(generated(sample, year))
    differing = [
        (*key, str(theirs[key]) if key in theirs else None, str(ours[key]) if key in ours else None)
        for key in theirs | ours
        if key not in theirs or key not in ours or theirs[key].value != ours[key].value
    ]
    assert sorted(differing, key=str) == sorted((listed[:-1] for listed in DEVIATIONS[year]), key=str)


@pytest.mark.parametrize("year", YEARS)
def test_statements_stand_in_the_printed_order(sample, year):
    theirs, ours = by_key(printed_figures(year)), by_key(generated(sample, year))
    assert [key for key in theirs if key in ours] == [key for key in ours if key in theirs]


@pytest.mark.parametrize("year", YEARS)
def test_a_figure_printed_coarser_is_ours_rounded(sample, year):
    theirs, ours = by_key(printed_figures(year)), by_key(generated(sample, year))
    for section, statement, _, _, why in DEVIATIONS[year]:
        if why is COARSER:
            printed, exact = (found[section, statement].value[0] for found in (theirs, ours))
            assert exact.quantize(printed, ROUND_HALF_UP) == printed


@pytest.mark.parametrize("year", YEARS)
def test_the_same_figure_is_written_the_same_but_for_the_listed_slips(sample, year):
    theirs, ours = printed_figures(year), by_key(generated(sample, year))
    pairs = [(stated, ours[stated.key]) for stated in theirs if stated.key in ours]
    otherwise = [
        (printed.statement, printed.figure, our.figure)
        for printed, our in pairs
        if printed.value == our.value and printed.figure != our.figure
    ]
    assert otherwise == WRITTEN_OTHERWISE[year]


FORMS_OF_FIGURES = {
    "万元": r"0|[1-9]\d{0,2}(,\d{3})*\.\d{2}|0\.(0[1-9]|[1-9]\d)",
    "%": r"(0|[1-9]\d*)(\.\d?[1-9])?",
    "辆": r"\d+",
    "台": r"\d+",
    "个": r"\d+",
    "": "0",  # the quoted “0” of 2024's （七）
}


@pytest.mark.parametrize("year", YEARS)
def test_our_amounts_have_two_decimals_and_separators_zero_is_bare_and_percentages_end_in_no_zero(sample, year):
    for stated in generated(sample, year):
        if stated.figure:
            assert re.fullmatch(FORMS_OF_FIGURES[stated.unit], stated.figure), stated


@pytest.mark.parametrize("year", YEARS)
def test_no_digit_of_a_sentence_is_left_unread(sample, year):
    for section, text in sections(narrative(sample, published(year))):
        assert not unread_digits(text), (section, text)


@pytest.mark.parametrize(("year", "base"), [(2023, "9802.73"), (2024, "9398.85")])
def test_the_bases_that_the_sentences_imply_add_up_to_the_base_of_the_total(sample, year, base):
    said = {stated.statement: stated for stated in generated(sample, year)}
    items = [
        key.removesuffix(" 预算") for key, stated in said.items() if key.endswith("预算") and "(五)3" in stated.key
    ]
    discontinued = [stated.value[0] for key, stated in said.items() if key.startswith("停列")]
    assert implied_base(said, "收入预算") == Decimal(base)
    assert sum(implied_base(said, item, "预算") for item in items) + sum(discontinued) == Decimal(base)


def implied_base(said: dict[str, Stated], subject: str, which: str = "") -> Decimal:
    """This year's figure without the change that is stated beside it."""
    current = said[f"{subject} {which}".strip()].value[0]
    change = said.get(f"{subject} 比上年执行数")
    if change is None:
        return current
    return current - change.value[0] * (1 if change.words == "增加" else -1)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("year", YEARS)
def test_a_list_in_a_sentence_is_the_printed_one_but_for_the_listed_names(sample, year, name):
    theirs, ours = printed_list(year, name), generated_list(narrative(sample, published(year)), name)
    otherwise = [pair for pair in zip(theirs, ours, strict=True) if pair[0] != pair[1]]
    assert otherwise == NAMED_OTHERWISE.get((year, name), [])


@pytest.mark.parametrize("year", YEARS)
def test_every_item_is_named_with_the_class_and_group_that_were_printed(sample, year):
    assert generated_items(narrative(sample, published(year))) == printed_list(year, "类款项")


# Sentences follow the tables: 勾稽 N-04, N-06, N-11 and N-12.

SOURCES_IN_SENTENCES = {
    "一般公共预算": "一般公共预算拨款收入",
    "政府性基金预算": "政府性基金预算拨款收入",
    "国有资本经营预算": "国有资本经营预算拨款收入",
    "财政专户管理资金": "财政专户管理资金",
    "事业收入（不含专户资金）": "事业收入",
    "事业单位经营收入": "事业单位经营收入",
    "上级补助收入": "上级补助收入",
    "附属单位上缴收入": "附属单位上缴收入",
    "其他收入": "其他收入",
    "上年结转结余": "上年结转",
}


class Told(NamedTuple):
    """A ledger, and the question that was put to it."""

    reader: Reader
    question: Question

    def narrative(self) -> list:
        return narrative(self.reader, self.question)

    def rows(self, number: int, side: int = 0) -> tuple[Row, ...]:
        (table,) = tables(self.reader, self.question, [number])
        return table.sides[side].rows

    def notes(self, number: int) -> tuple[str, ...]:
        (table,) = tables(self.reader, self.question, [number])
        return table.notes


@pytest.fixture
def made_up(tmp_path: Path) -> Iterator[MadeUp]:
    """A ledger with a unit and nothing else."""
    ledger = MadeUp(tmp_path)
    yield ledger
    ledger.close()


OTHER, FUND, INSTITUTION = FundSource.OTHER, FundSource.GOVERNMENT_FUND, FundSource.INSTITUTION


def many_sources(made_up: MadeUp) -> MadeUp:
    """A year with other fund sources, more economic 科目 than the seeds have, and rows that tables leave out."""
    made_up.name(2024, "2296003", "用于体育事业的彩票公益金支出")
    made_up.budget(
        2024,
        line("2050803", "12.00", economic="30216"),
        line("2012901", "3.00", economic="31002"),
        line("2012901", "4.00", economic="30208"),
        line("2012901", "0", economic="30212"),
        line("2012901", "100.00", nature=Nature.PERSONNEL, economic="30101"),
        line("2012901", "9.00", nature=Nature.PERSONNEL, economic="30111"),
        line("2101101", "5.00", nature=Nature.PERSONNEL, economic="30308"),
        line("2012901", "30.00", INSTITUTION, economic="30227"),
        line("2012901", "20.00", origin=Origin.CARRIED_OVER, economic="30214"),
        project_line("2012902", "50.00"),
        project_line("2012902", "6.00", OTHER),
        project_line("2296003", "80.00", FUND),
        project_line("2080199", "0"),
    )
    return made_up


@pytest.fixture(params=[2023, 2024, "made up"])
def told(request: pytest.FixtureRequest, sample: Reader, made_up: MadeUp) -> Told:
    """Both published years, and a year unlike them."""
    if request.param == "made up":
        return Told(many_sources(made_up).reader(), made_up.question())
    return Told(sample, published(request.param))


def test_income_sources_in_the_sentence_are_the_rows_of_table_1_that_are_not_empty(told):
    rows = {row.labels[0].removeprefix("其中："): row.cells[0] for row in told.rows(1)}
    named = {re.sub(r"^[一二三四五六七]、", "", label): amount for label, amount in rows.items()}
    expected = [said for label, said in SOURCES_IN_SENTENCES.items() if named[label]]
    assert generated_list(told.narrative(), "收入来源") == expected


def test_function_classes_in_the_sentence_are_those_of_table_1(told):
    expected = [row.labels[0] for row in told.rows(1, side=1) if row.code]
    assert generated_list(told.narrative(), "功能类") == expected


@pytest.mark.parametrize(("name", "column"), [("人员经费", 1), ("公用经费", 2)])
def test_economic_items_in_the_sentence_are_the_rows_of_table_6_that_are_not_empty(told, name, column):
    expected = [row.labels[0] for row in told.rows(6) if row.level == 2 and row.cells[column]]
    assert [plain(said) for said in generated_list(told.narrative(), name)] == [plain(label) for label in expected]


def plain(name: str) -> str:
    """A name whatever the width of its brackets."""
    return unicodedata.normalize("NFKC", name)


def test_every_item_of_table_5_is_spoken_of_once_in_its_order_and_with_its_amount(told):
    spoken = re.findall(r"（款）(.+)（项）预算为(.+?)万元", text_of(told.narrative(), "(五)3"))
    items = [(row.labels[0], row.cells[0]) for row in told.rows(5) if row.level == 3]
    assert [(name, Money.from_wan(amount)) for name, amount in spoken] == items


def test_sources_and_shares_of_income_add_up_to_the_income(told):
    said = {stated.statement: stated.value[0] for stated in generated_figures(told.narrative()) if stated.figure}
    sources = generated_list(told.narrative(), "收入来源")
    assert sum(said[f"{source} 金额"] for source in sources) == said["收入预算"]
    assert abs(sum(said[f"{source} 占比%"] for source in sources) - 100) <= Decimal("0.01") * len(sources)


@pytest.mark.parametrize(("number", "section"), [(8, "(八)"), (9, "(九)")])
def test_a_budget_is_said_to_be_unused_exactly_where_its_table_is_empty(told, number, section):
    assert ("没有使用" in text_of(told.narrative(), section)) == bool(told.notes(number))


# Every way a comparison is put into words.


def item_sentence(made_up: MadeUp) -> str:
    """What (五)3 says of its first 项, after its amount."""
    return made_up.says("(五)3").splitlines()[0].partition("（项）预算为")[2]


@pytest.mark.parametrize(
    ("current", "base", "sentence"),
    [
        ("100.00", "80.00", "100.00万元，比上年执行数增加20.00万元，增长25%，主要原因是人员变动。"),
        ("100.00", "160.00", "100.00万元，比上年执行数减少60.00万元，下降37.5%，主要原因是人员变动。"),
        (
            "1234567.00",
            "1000000.00",
            "1,234,567.00万元，比上年执行数增加234,567.00万元，增长23.46%，主要原因是人员变动。",
        ),
        ("100.00", "100.00", "100.00万元，与上年持平。"),
        ("1000.99", "1000.00", "1,000.99万元，比上年执行数增加0.99万元，增长0.1%，与上年基本持平。"),
        ("999.00", "1000.00", "999.00万元，比上年执行数减少1.00万元，下降0.1%，与上年基本持平。"),
        ("1001.00", "1000.00", "1,001.00万元，比上年执行数增加1.00万元，增长0.1%，与上年基本持平。"),
        ("1001.0001", "1000.00", "1,001.00万元，比上年执行数增加1.00万元，增长0.1%，主要原因是人员变动。"),
        ("998.99", "1000.00", "998.99万元，比上年执行数减少1.01万元，下降0.1%，主要原因是人员变动。"),
        ("100.00", "0", "100.00万元，上年无此项，主要原因是人员变动。"),
        ("100.00", None, "100.00万元，上年无此项，主要原因是人员变动。"),
    ],
    ids=["更多", "更少", "大数", "持平", "略多", "略少", "正好0.1%", "多一元过0.1%", "过0.1%", "上年为0", "上年没有"],
)
def test_an_item_is_compared_with_last_years_execution(made_up, current, base, sentence):
    made_up.budget(2024, line("2012901", current))
    if base is not None:
        made_up.execution(2023, line("2012901", base))
    made_up.cause(2024, "2012901", "人员变动")
    assert item_sentence(made_up) == sentence


def test_a_change_whose_reason_was_not_recorded_is_stated_without_one(made_up):
    made_up.execution(2023, line("2012901", "80.00"))
    made_up.budget(2024, line("2012901", "100.00"))
    assert item_sentence(made_up) == "100.00万元，比上年执行数增加20.00万元，增长25%。"


def test_a_reason_for_the_comparison_with_the_budget_is_none_for_that_with_the_execution(made_up):
    made_up.execution(2023, line("2012901", "80.00"))
    made_up.budget(2024, line("2012901", "100.00"))
    made_up.cause(2024, "2012901", "人员变动", Basis.BUDGET)
    assert "原因" not in item_sentence(made_up)


def test_what_an_item_is_for_is_said_where_it_was_recorded(made_up):
    made_up.budget(2024, line("2012901", "100.00"))
    made_up.purpose(2024, "2012901", "日常运行等方面")
    assert item_sentence(made_up) == "100.00万元，主要用于日常运行等方面的支出，上年无此项。"


@pytest.mark.parametrize("explicit_zero", [False, True], ids=["没有批复", "批复为0"])
def test_an_item_that_is_not_budgeted_any_more_is_stated_with_last_years_execution(made_up, explicit_zero):
    made_up.execution(2023, line("2012901", "80.00"), line("2080199", "56.00"))
    made_up.budget(2024, line("2012901", "100.00"), *([project_line("2080199", "0")] if explicit_zero else []))
    named = "其他人力资源和社会保障管理事务支出"
    assert f"上年执行数含本年未安排预算的科目：{named}56.00万元。" in made_up.says("(三)").splitlines()
    assert "比上年执行数减少36.00万元，下降26.47%" in made_up.says("(三)")
    assert named not in made_up.says("(五)3")


def test_without_discontinued_items_nothing_is_said_of_them(made_up):
    made_up.budget(2024, line("2012901", "100.00"))
    made_up.execution(2023, line("2012901", "80.00"), line("2080199", "0"))
    assert "未安排预算的科目" not in made_up.says("(三)")


def test_a_first_year_compares_with_nothing(made_up):
    made_up.budget(2024, line("2012901", "100.00"))
    assert "2024年收入预算100.00万元，上年无此项。" in made_up.says("(二)")
    assert not [stated for stated in generated_figures(made_up.narrative()) if " 比" in stated.statement]


# 三公经费.

TRIPS, RECEPTION, RUNNING, PURCHASE = "30212", "30217", "30231", "31013"


def three_public(made_up: MadeUp, year: int, **wan: str) -> None:
    """A budget with these 三公 amounts, and office supplies."""
    codes = {"trips": TRIPS, "reception": RECEPTION, "running": RUNNING, "purchase": PURCHASE}
    lines = [line("2012901", amount, economic=codes[name]) for name, amount in wan.items()]
    made_up.budget(year, line("2012901", "100.00"), *lines)


def test_three_public_items_are_compared_with_last_years_budget(made_up):
    three_public(made_up, 2023, trips="20.00", reception="6.00", running="4.00")
    three_public(made_up, 2024, reception="9.00", running="4.00", purchase="17.98")
    made_up.cause(2024, "overseas", "年初不编制", Basis.BUDGET)
    made_up.cause(2024, "reception", "接待任务增加", Basis.BUDGET)
    assert "2024年“三公”经费预算数为30.98万元，比上年预算数增加0.98万元，增长3.27%。具体如下：" in made_up.says("(七)")
    trips, reception, vehicles = (made_up.says(f"(七){number}") for number in (1, 2, 3))
    assert "预算0万元，比上年预算数减少20.00万元，下降100%。" in trips
    assert trips.endswith("减少的主要原因是年初不编制。")
    assert "预算9.00万元，比上年预算数增加3.00万元，增长50%。" in reception
    assert reception.endswith("增加的主要原因是接待任务增加。")
    assert "预算21.98万元，比上年预算数增加17.98万元，增长449.5%。" in vehicles
    assert "公务用车购置支出17.98万元（含购置税等附加费用），上年无此项；" in vehicles
    assert "公务用车运行维护费支出4.00万元" in vehicles
    assert vehicles.endswith("，与上年持平。")


def test_an_item_without_money_in_either_year_is_level_and_gives_no_reason(made_up):
    three_public(made_up, 2023)
    three_public(made_up, 2024)
    made_up.cause(2024, "reception", "未安排预算", Basis.BUDGET)
    assert "2024年“三公”经费预算数为0万元，与上年持平。" in made_up.says("(七)")
    assert "公务接待费：安排公务接待费预算0万元，与上年持平。" in made_up.says("(七)2")
    assert "原因" not in made_up.says("(七)2")


def test_a_nearly_level_item_says_so_instead_of_giving_a_reason(made_up):
    three_public(made_up, 2023, reception="1000.00")
    three_public(made_up, 2024, reception="999.50")
    made_up.cause(2024, "reception", "接待任务减少", Basis.BUDGET)
    sentence = "比上年预算数减少0.50万元，下降0.05%，与上年基本持平。"
    assert sentence in made_up.says("(七)2")
    assert "原因" not in made_up.says("(七)2")
    assert sentence in made_up.says("(七)")


def test_trips_left_out_on_both_sides_are_stated_only_where_that_was_declared(made_up):
    three_public(made_up, 2023, trips="20.00", reception="6.00")
    three_public(made_up, 2024, trips="0", reception="5.90")
    assert "同口径" not in made_up.says("(七)")
    made_up.leave_out(2024, TRIPS)
    assert "，同口径减少0.10万元，下降1.67%。具体如下：" in made_up.says("(七)")


@pytest.mark.parametrize(
    ("base", "sentence"),
    [
        ("6.00", "同口径与上年持平。"),
        ("5.00", "同口径增加1.00万元，增长20%。"),
        ("0", "同口径上年无此项。"),
        ("6.001", "同口径减少0.00万元，下降0.02%，与上年基本持平。"),
    ],
)
def test_the_comparable_change_is_worded_as_any_other(made_up, base, sentence):
    three_public(made_up, 2023, trips="20.00", reception=base)
    three_public(made_up, 2024, reception="6.00")
    made_up.leave_out(2024, TRIPS)
    assert sentence in made_up.says("(七)")


def test_the_comparable_change_counts_a_base_that_was_recorded_as_indicators(made_up):
    for name, amount in {"因公出国（境）费用": "21.09", "公务接待费": "8.10", "公务用车购置及运行维护费": "0"}.items():
        made_up.indicator(2023, name, amount)
    three_public(made_up, 2024, reception="6.00")
    made_up.leave_out(2024, TRIPS)
    assert "比上年预算数减少23.19万元，下降79.45%" in made_up.says("(七)")
    assert "同口径减少2.10万元，下降25.93%。" in made_up.says("(七)")


def test_trips_are_said_to_begin_at_zero_since_2024_and_only_where_they_do(made_up):
    three_public(made_up, 2024, trips="20.00")
    three_public(made_up, 2025, trips="0")
    assert "年初预算数均为“0”" not in made_up.says("(七)")
    assert made_up.says("(七)", 2025).startswith("自2024年起，市本级因公出国（境）费用改为年度中管理")


# Fund sources, carry-over.


def test_a_government_fund_is_stated_as_income_as_expenditure_and_by_its_amount(made_up):
    made_up.budget(2024, line("2012901", "150.00"), project_line("2012902", "50.00", FUND))
    assert "收入包括：一般公共预算拨款收入、政府性基金预算拨款收入；" in made_up.says("(一)")
    assert "其中：一般公共预算拨款收入150.00万元，占75%；政府性基金预算拨款收入50.00万元，占25%。" in made_up.says(
        "(二)"
    )
    assert "收入包括：一般公共预算150.00万元、政府性基金预算50.00万元。" in made_up.says("(四)")
    assert "一般公共预算当年拨款150.00万元" in made_up.says("(五)1")
    assert made_up.says("(八)") == "本单位2024年度政府性基金预算支出50.00万元。"
    assert made_up.says("(九)") == "本单位2024年度没有使用国有资本经营预算拨款安排的支出。"


def test_state_capital_is_stated_by_its_amount(made_up):
    made_up.budget(2024, line("2012901", "10.00"), project_line("2012902", "5.00", FundSource.STATE_CAPITAL))
    assert made_up.says("(九)") == "本单位2024年度国有资本经营预算支出5.00万元。"


def test_money_that_is_not_fiscal_counts_as_income_but_not_as_appropriation(made_up):
    made_up.budget(2024, line("2012901", "90.00"), line("2012901", "6.00", INSTITUTION), line("2012901", "4.00", OTHER))
    assert "收入包括：一般公共预算拨款收入、事业收入、其他收入；" in made_up.says("(一)")
    assert "事业收入6.00万元，占6%；其他收入4.00万元，占4%。" in made_up.says("(二)")
    assert "2024年财政拨款收支总预算90.00万元。收入包括：一般公共预算90.00万元。" in made_up.says("(四)")
    assert "行政运行（项）预算为90.00万元" in made_up.says("(五)3")


def test_the_general_budget_is_compared_with_the_general_execution_alone(made_up):
    made_up.execution(2023, line("2012901", "80.00"), line("2012901", "500.00", OTHER))
    made_up.budget(2024, line("2012901", "100.00"), line("2012901", "300.00", OTHER))
    assert "2024年收入预算400.00万元，比上年执行数减少180.00万元，下降31.03%" in made_up.says("(二)")
    assert "当年拨款100.00万元，比上年执行数增加20.00万元，增长25%" in made_up.says("(五)1")
    assert item_sentence(made_up) == "100.00万元，比上年执行数增加20.00万元，增长25%。"


def test_money_carried_over_is_an_income_of_its_own(made_up):
    made_up.budget(2024, line("2012901", "80.00"), line("2012902", "20.00", origin=Origin.CARRIED_OVER))
    assert "收入包括：一般公共预算拨款收入、上年结转；" in made_up.says("(一)")
    assert "其中：一般公共预算拨款收入80.00万元，占80%；上年结转20.00万元，占20%。" in made_up.says("(二)")
    assert "总预算100.00万元。收入包括：一般公共预算80.00万元、上年结转20.00万元。" in made_up.says("(四)")


def test_money_carried_on_into_next_year_is_income_that_is_not_spent(made_up):
    made_up.execution(2022, line("2012901", "100.00"))
    made_up.budget(2023, line("2012901", "100.00"))
    made_up.budget(2024, line("2012901", "100.00"))
    made_up.carry_over(2024, line("2012901", "20.00"))
    day_after = made_up.question(2024).cut
    question = made_up.question(2023, Measure.CURRENT)._replace(cut=day_after)
    text = {section: text_of(narrative(made_up.reader(), question), section) for section in ("(二)", "(三)")}
    assert "2023年收入预算100.00万元，与上年持平。" in text["(二)"]
    assert "其中：一般公共预算拨款收入100.00万元，占100%。" in text["(二)"]
    assert "2023年支出预算80.00万元，比上年执行数减少20.00万元，下降20%。" in text["(三)"]
    assert "结转下年20.00万元。" in text["(三)"]


def test_an_item_moved_away_altogether_is_left_out_of_sentences_as_it_is_of_tables(made_up):
    made_up.budget(2024, line("2012901", "10.00"), line("2012902", "5.00", economic="30202"))
    made_up.transfer(2024, line("2012901", "5.00"), line("2012902", "-5.00", economic="30202"))
    told = Told(made_up.reader(), made_up.question(measure=Measure.CURRENT))
    assert [row.labels[0] for row in told.rows(6) if row.level == 2] == ["办公费"]
    assert generated_list(told.narrative(), "公用经费") == ["办公费"]
    assert "一般行政管理事务" not in text_of(told.narrative(), "(五)3")


def test_two_classes_printed_under_one_name_stay_two(made_up):
    made_up.budget(2024, line("2012901", "30.00"), line("2080199", "70.00"))
    made_up.name(2024, "208", "一般公共服务支出")
    assert "一般公共服务支出30.00万元，一般公共服务支出70.00万元。" in made_up.says("(三)1")


@pytest.mark.parametrize(
    "forms", sorted(path for path in FOLDER.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_a_year_unlike_the_published_ones_can_be_put_into_the_words_of_every_place(made_up, forms):
    many_sources(made_up).leave_out(2024, TRIPS)
    template = pieces(forms, "2024.md", figures(replace(made_up.reader(), forms=forms), made_up.question()))
    text = "\n".join(piece.text for piece in template if isinstance(piece, Heading | Paragraph))
    assert "None" not in text
    assert "收入收入" not in text


@pytest.mark.parametrize(
    ("lines", "section", "sentence"),
    [
        ([line("2012901", "9.00", nature=Nature.PERSONNEL, economic="30101")], "(六)", "公用经费0万元。"),
        ([line("2012901", "9.00")], "(六)", "人员经费0万元。"),
        ([line("2012901", "9.00", OTHER)], "(四)", "2024年财政拨款收支总预算0万元。"),
    ],
    ids=["没有公用经费", "没有人员经费", "没有财政拨款"],
)
def test_where_there_is_nothing_to_list_no_list_is_begun(made_up, lines, section, sentence):
    made_up.budget(2024, *lines)
    assert sentence in made_up.says(section).splitlines()
    assert not re.search("：[；。]", "".join(text for _, text in sections(made_up.narrative())))


# Indicators.


def test_without_indicators_their_sentences_say_so(made_up):
    made_up.budget(2024, line("2012901", "100.00"))
    assert made_up.says("(十)1") == "本单位2024年度没有机关运行经费预算。"
    assert made_up.says("(十)2") == "本单位2024年度没有政府采购预算。"
    assert "共有车辆" not in made_up.says("(十)3")
    assert made_up.says("(十)4").endswith("涉及当年财政拨款0万元，一级项目0个。")


def test_running_costs_are_compared_with_last_years_budget(made_up):
    made_up.budget(2024, line("2012901", "100.00"))
    made_up.indicator(2023, "机关运行经费", "1000.00")
    made_up.indicator(2024, "机关运行经费", "999.50")
    made_up.cause(2024, "机关运行经费", "人员减少", Basis.BUDGET)
    assert made_up.says("(十)1").endswith("999.50万元，比上年预算减少0.50万元，下降0.05%，与上年基本持平。")


@pytest.mark.parametrize("named", ["货物", "工程", "服务"])
def test_procurement_of_one_kind_alone_is_stated_with_zero_for_the_others(made_up, named):
    made_up.budget(2024, line("2012901", "100.00"))
    made_up.indicator(2024, f"政府采购{named}", "304.30")
    amounts = {kind: "304.30" if kind == named else "0" for kind in ("货物", "工程", "服务")}
    kinds = "、".join(f"政府采购{kind}预算{amount}万元" for kind, amount in amounts.items())
    assert made_up.says("(十)2") == f"2024年本单位政府采购预算总额304.30万元，其中：{kinds}。"


VEHICLES = ["一般公务用车", "执法执勤用车", "特种专业技术用车", "其他用车"]


@pytest.mark.parametrize("named", VEHICLES)
def test_vehicles_of_one_kind_alone_are_stated_with_none_of_the_others(made_up, named):
    made_up.budget(2024, line("2012901", "100.00"))
    made_up.count(2024, named, 3)
    said = {stated.statement: stated.figure for stated in generated_figures(made_up.narrative())}
    day = "截至2023年12月31日"
    assert said[f"{day} 车辆"] == "3"
    assert {kind: said[f"{day} {kind}"] for kind in VEHICLES} == {
        kind: "3" if kind == named else "0" for kind in VEHICLES
    }


def test_a_year_that_buys_vehicles_does_not_say_that_it_buys_none(made_up):
    three_public(made_up, 2024, purchase="17.98")
    made_up.count(2024, "购置公务用车", 1)
    assert "未安排购置车辆" not in made_up.says("(十)3")
    assert "主要用于经批准购置的1辆公务用车" in made_up.says("(七)3")


# Shares.


def test_shares_are_rounded_each_by_itself_or_the_last_takes_what_is_left():
    thirds = [Money.from_wan("1.00")] * 3
    assert shares(thirds, "raw") == ["33.33", "33.33", "33.33"]
    assert shares(thirds, "plugged") == ["33.33", "33.33", "33.34"]


@pytest.mark.parametrize("policy", ["raw", "plugged"])
def test_shares_of_nothing_are_zero(policy):
    assert shares([], policy) == []
    assert shares([Money(0), Money(0)], policy) == ["0.00", "0.00"]


def with_shares(sample: Reader, folder: Path, kind: str, policy: str) -> Reader:
    """The sample under forms that differ in one policy."""
    forms = folder / "forms"
    shutil.copytree(sample.forms, forms)
    for path in forms.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf'^{kind} = "\w+"', f'{kind} = "{policy}"', text, flags=re.MULTILINE), encoding="utf-8")
    return replace(sample, forms=forms)


@pytest.mark.parametrize(("policy", "last"), [("plugged", "36.95"), ("raw", "36.96")])
def test_shares_of_natures_follow_the_policy_of_the_edition(sample, tmp_path, policy, last):
    text = text_of(narrative(with_shares(sample, tmp_path, "nature", policy), published(2024)), "(三)2")
    assert text.endswith(f"项目支出3,705.39万元，占{last}%。")


@pytest.mark.parametrize(("policy", "last"), [("plugged", "2.35"), ("raw", "2.36")])
def test_shares_of_functions_follow_the_policy_of_the_edition(sample, tmp_path, policy, last):
    text = text_of(narrative(with_shares(sample, tmp_path, "function", policy), published(2023)), "(五)2")
    assert text.endswith(f"卫生健康支出（类）支出243.41万元，占{last}%。")


# How a template prints, and what it may not do.


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0万元"),
        ("0.01", "0.01万元"),
        ("999.99", "999.99万元"),
        ("1000", "1,000.00万元"),
        ("1234567.895", "1,234,567.90万元"),
        ("-3.19", "-3.19万元"),
    ],
)
def test_an_amount_in_a_sentence_has_separators_two_decimals_and_its_unit(amount, text):
    assert wan(Money.from_wan(amount)) == text


@pytest.mark.parametrize(
    ("percent", "text"),
    [("25.00", "25"), ("38.30", "38.3"), ("52.19", "52.19"), ("100.00", "100"), ("0.00", "0"), ("10.00", "10")],
)
def test_a_percentage_in_a_sentence_ends_in_no_zero(percent, text):
    assert trimmed(percent) == text


class Office(NamedTuple):
    """An office's own templates, and the names they may use."""

    folder: Path
    names: dict

    def writes(self, text: str, file: str = "own.md") -> "Office":
        (self.folder / file).write_text(text, encoding="utf-8")
        return self

    def prints(self) -> str:
        return rendered(self.folder, "own.md", self.names)

    def fails(self) -> WrongUsage:
        with pytest.raises(WrongUsage) as error:
            self.prints()
        return error.value


@pytest.fixture
def office(sample: Reader, tmp_path: Path) -> Office:
    """An office that writes templates over the sample."""
    return Office(tmp_path, figures(sample, published(2024)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# 标题\n\n{{ 收入综计 | 万元 }}", "收入综计"),
        ("# 标题\n\n{{ 一般公共预算.合记 | 万元 }}", "合记"),
        ("# 标题\n\n{% for 源 in 收入来园 %}{{ 源.名称 }}{% endfor %}", "收入来园"),
        ("# 标题\n\n{% if 三公.同口经 %}有{% endif %}", "同口经"),
        ("# 标题\n\n{{ 收入总计 | 亿元 }}", "亿元"),
    ],
)
def test_a_name_that_does_not_exist_is_an_error_naming_file_line_and_name(office, text, name):
    error = office.writes(text).fails()
    assert (error.fault.details["file"], error.fault.details["line"]) == ("own.md", 3)
    assert "own.md 第 3 行" in str(error)
    assert name in str(error)


@pytest.mark.parametrize("text", ["\n{% if 年度 %}\n开头", "\n{{ 年度 }\n", "\n{% endfor %}\n", "\n{{ 年度 | }}\n"])
def test_a_mistake_in_writing_is_an_error_naming_file_and_line(office, text):
    error = office.writes(text).fails()
    assert error.fault.details["file"] == "own.md"
    assert error.fault.details["line"] in (2, 3)
    assert "own.md" in str(error)


def test_a_mistake_in_an_imported_file_is_looked_for_there(office):
    office.writes('{% import "sayings.md" as 词 %}\n{{ 词.说法(年度) }}')
    office.writes("{% macro 说法(数) %}\n\n\n{{ 数 }}{{ 没有的名称 }}{% endmacro %}", "sayings.md")
    error = office.fails()
    assert (error.fault.details["file"], error.fault.details["line"]) == ("sayings.md", 4)
    assert "没有的名称" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 年度 | 万元 }}",
        "{{ 单位 | 万元 }}",
        "{{ 收入总计 | 百分比 }}",
        "{{ 三公.合计.比较.百分比 + 1 }}",
        "{{ 收入来源 | 列('没有') }}",
        "{{ 年度 / 0 }}",
        "{{ 年度 | 列 }}",
        "{% for 数 in range(10 ** 9) %}{% endfor %}",
        "{{ 年度() }}",
        '{% import "没有.md" as 词 %}',
    ],
)
def test_a_value_put_to_the_wrong_use_is_an_error_naming_file_and_line(office, text):
    error = office.writes(f"第一行\n{text}").fails()
    assert (error.fault.details["file"], error.fault.details["line"]) == ("own.md", 2)


INTRUSIONS = [
    "{{ 年度.__class__ }}",
    "{{ 单位.__class__.__mro__ }}",
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ 收入总计.__init__.__globals__ }}",
    "{{ 收入总计.from_wan.__func__.__globals__ }}",
    "{{ 收入总计['__class__'] }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ 年度 | attr('__class__') }}",
    "{{ '{0.__class__}'.format(年度) }}",
    "{{ '{0.__class__}'.format_map({'0': 年度}) }}",
    "{% macro 宏() %}{% endmacro %}{{ 宏.__globals__ }}",
    "{% for 类 in ().__class__.__base__.__subclasses__() %}{{ 类 }}{% endfor %}",
    "{% set _ = 收入来源.append(1) %}",
    "{% set _ = 一般公共预算.update(合计=1) %}",
    "{% include '../../../../../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as 系统 %}",
]


@pytest.mark.parametrize("text", INTRUSIONS)
def test_a_template_reaches_neither_the_program_nor_other_files_nor_changes_a_figure(office, text):
    before = repr(office.names)
    office.writes(text).fails()
    assert repr(office.names) == before


def test_an_attribute_asked_for_by_its_name_in_a_filter_gives_nothing_away(office):
    office.writes("{{ [年度, 单位] | map(attribute='__class__') | list }}")
    assert "class" not in office.prints()


def test_what_was_recorded_is_text_and_never_template(made_up):
    made_up.execution(2023, line("2012901", "80.00"))
    made_up.budget(2024, line("2012901", "100.00"))
    made_up.cause(2024, "2012901", "{{ 年度.__class__ }}{% if %}")
    assert item_sentence(made_up).endswith("主要原因是{{ 年度.__class__ }}{% if %}。")


@pytest.mark.parametrize("text", ["人员增加\n\n# 三、伪造的标题\n\n其他", "人员增加\n[表 5]\n其他", "第一行\n第二行"])
def test_what_was_recorded_is_one_sentence_whatever_lines_it_has(made_up, text):
    made_up.execution(2023, line("2012901", "80.00"))
    made_up.budget(2024, line("2012901", "100.00"))
    before = [type(piece) for piece in made_up.narrative()]
    made_up.cause(2024, "2012901", text)
    assert [type(piece) for piece in made_up.narrative()] == before


def test_lines_of_a_template_join_blank_lines_part_and_headings_and_references_stand_alone(office):
    office.writes("## 标题\n一行，\n又一行。\n\n[表 5]\n\n{{ 年度 }}年\n[图 支出结构]\n")
    found = pieces(office.folder, "own.md", office.names)
    assert [tuple(piece) for piece in found] == [
        (2, "标题"),
        ("一行，又一行。",),
        ("表", "5"),
        ("2024年",),
        ("图", "支出结构"),
    ]
