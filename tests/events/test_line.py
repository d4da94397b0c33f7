"""Budget lines: stored as a key and an amount, complete before a budget is made of them."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from events.budget import ExecutionRecorded, InitialBudgetApproved
from events.document import Document
from events.errors import EvidenceBroken, Invalid
from events.line import PROJECT_NAME_MAX, Line, LineKey, complete, kept_key, line_faults, stored_key, stored_text
from events.money import FEN_MAX, Money
from events.period import Period
from events.vocabulary import FundSource, Nature, Origin

LINES = TypeAdapter(Line)
OFFICE = LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.PERSONNEL, "30101", None)
SALARIES = Line.of(OFFICE, Money.from_wan("5"))
TRAINING = SALARIES.under(nature=Nature.PROJECT, economic_code=None, project="培训")
KEY = "general/this_year/2012901/personnel/30101"
ROW = [KEY, 5_000_000]

keys = st.builds(
    LineKey,
    st.sampled_from(FundSource),
    st.sampled_from(Origin),
    st.from_regex(r"2[0-9]{6}", fullmatch=True),
    st.none() | st.sampled_from(Nature),
    st.none() | st.from_regex(r"3[0-9]{4}", fullmatch=True),
    st.none() | st.text("项目“”甲/ ", min_size=1, max_size=20).map(str.strip).filter(bool),
)
lines = st.builds(Line.of, keys, st.integers(1 - FEN_MAX, FEN_MAX - 1).map(Money.from_fen))


def test_a_line_is_stored_as_its_key_and_its_amount():
    assert json.loads(LINES.dump_json(SALARIES)) == ROW
    assert LINES.validate_json(json.dumps(ROW)) == SALARIES


@given(lines)
def test_a_line_reads_back_from_what_is_stored(line: Line):
    assert LINES.validate_json(LINES.dump_json(line)) == line


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (SALARIES, "general/this_year/2012901/personnel/30101"),
        (TRAINING, "general/this_year/2012901/project//培训"),
        (TRAINING.under(project="培训/第一期/"), "general/this_year/2012901/project//培训/第一期/"),
        (SALARIES.under(nature=Nature.BUSINESS, economic_code=None), "general/this_year/2012901/business"),
        (SALARIES.under(nature=None, economic_code=None), "general/this_year/2012901"),
        (SALARIES.under(nature=None), "general/this_year/2012901//30101"),
    ],
)
def test_a_key_is_stored_as_its_places_up_to_the_last_that_says_something(line: Line, text: str):
    assert stored_text(line.key) == text
    assert stored_key(text) == line.key


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cash/this_year/2012901", "不认识存储的词“cash”，可以是：general、"),
        ("general/next_year/2012901", "不认识存储的词“next_year”"),
        ("general/this_year/20129", "应为 2 开头的 7 位数字"),
        ("general/this_year", "应为 2 开头的 7 位数字"),
        ("general", "不认识存储的词“”"),
        ("", "末尾多写了“/”"),
        ("general/this_year/2012901/人员支出", "不认识存储的词“人员支出”"),
        ("general/this_year/2012901/personnel/301", "应为 3 开头的 5 位数字"),
        ("general/this_year/2012901/", "末尾多写了“/”"),
        ("general/this_year/2012901/personnel/30101/", "末尾多写了“/”"),
        ("general/this_year/2012901/project// 培训", "前后不应有空格"),
        ("general/this_year/2012901/project//培\u200b训", "不可见"),
        ("general/this_year/2012901/project//" + "长" * 201, "有 201 个字，最多 200 个"),
    ],
)
def test_a_text_that_is_no_key_is_refused_with_what_is_wrong(text: str, told: str):
    with pytest.raises(Invalid, match=told):
        stored_key(text)


def test_a_text_that_is_no_key_breaks_the_evidence_where_it_is_kept():
    with pytest.raises(EvidenceBroken, match="末尾多写了“/”。请运行 budget verify"):
        kept_key("general/this_year/2012901/")


def test_no_place_but_the_project_can_hold_what_parts_them():
    with pytest.raises(Invalid, match="有一处不应含“/”"):
        stored_text(OFFICE._replace(function_code="2012901/personnel"))


@pytest.mark.parametrize("amount", [1.5, "5", None, FEN_MAX, -FEN_MAX])
def test_an_amount_that_is_no_number_of_fen_is_refused(amount: object):
    with pytest.raises(ValidationError):
        LINES.validate_json(json.dumps([KEY, amount]))


def test_a_project_may_have_a_name_of_two_hundred_characters():
    assert stored_key(f"general/this_year/2012901/project//{'长' * 200}").project == "长" * 200


@pytest.mark.parametrize("row", [[KEY], [*ROW, 1], [5_000_000, KEY], {}, [], KEY])
def test_what_is_no_pair_of_key_and_amount_is_refused(row: object):
    with pytest.raises(ValidationError):
        LINES.validate_json(json.dumps(row))


def test_a_line_turns_into_its_opposite():
    assert (-SALARIES).amount == Money.from_wan("-5")
    assert (-SALARIES).key == SALARIES.key


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (SALARIES, "2012901/人员支出/30101"),
        (TRAINING, "2012901/项目支出/培训"),
        (SALARIES.under(nature=None, economic_code=None), "2012901"),
    ],
)
def test_a_key_is_shown_by_what_tells_it_apart(line: Line, shown: str):
    assert str(line.key) == shown


@pytest.mark.parametrize(
    "line",
    [
        SALARIES,
        SALARIES.under(nature=Nature.OPERATING),
        TRAINING,
        TRAINING.under(economic_code="30216"),
        SALARIES.under(nature=Nature.BUSINESS, economic_code=None),
        SALARIES._replace(fen=0),
    ],
)
def test_a_complete_line_has_no_fault(line: Line):
    assert list(line_faults(line.key)) == []
    assert complete((line,)) == (line,)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (SALARIES.under(nature=None), "没有写支出用途"),
        (SALARIES.under(economic_code=None), "必须写经济科目编码"),
        (SALARIES.under(nature=Nature.OPERATING, economic_code=None), "必须写经济科目编码"),
        (TRAINING.under(project=None), "必须写项目名称"),
        (SALARIES.under(project="培训"), "不应写项目“培训”"),
    ],
)
def test_an_incomplete_line_is_told_what_it_lacks(line: Line, told: str):
    assert [told in str(found) for found in line_faults(line.key)] == [True]
    with pytest.raises(Invalid, match=told):
        complete((SALARIES, line))


def approved(*chosen: Line) -> InitialBudgetApproved:
    return InitialBudgetApproved(
        effective_on=date(2024, 2, 6), document=Document(number="杭财行〔2024〕5号"), reason="年初批复", lines=chosen
    )


def test_a_budget_is_made_of_complete_lines():
    with pytest.raises(ValidationError, match="必须写项目名称"):
        approved(TRAINING.under(project=None))


def test_a_budget_has_at_least_one_line():
    with pytest.raises(ValidationError):
        approved()


def test_an_execution_figure_may_stop_at_the_function_code():
    coarse = SALARIES.under(nature=None, economic_code=None)
    recorded = ExecutionRecorded(effective_on=date(2024, 5, 31), period=Period(2024, 5), lines=(coarse,))
    assert recorded.lines == (coarse,)


@pytest.mark.parametrize("project", [" ", "　", "培\u200b训", "培训\x07"])
def test_the_project_of_a_line_is_text_one_can_see(project: str):
    with pytest.raises(ValidationError):
        approved(TRAINING.under(project=project))


@pytest.mark.parametrize(
    "line",
    [
        TRAINING.under(project=""),
        TRAINING.under(project="长" * (PROJECT_NAME_MAX + 1)),
        SALARIES.under(economic_code=""),
        SALARIES.under(function_code="20129"),
        SALARIES._replace(fen=FEN_MAX),
    ],
    ids=["empty project", "long project", "empty 款", "no 项", "huge amount"],
)
def test_a_line_that_could_not_be_read_back_is_never_stored(line: Line):
    with pytest.raises(ValueError, match="lines"):
        approved(line)


def test_a_line_is_called_by_all_that_sets_it_apart():
    plain = LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.OPERATING, "30201", None)
    assert str(plain) == "2012901/公用经费/30201"
    other = plain._replace(fund_source=FundSource.GOVERNMENT_FUND, origin=Origin.CARRIED_OVER)
    assert str(other) == "2012901/公用经费/30201/政府性基金预算/上年结转"
