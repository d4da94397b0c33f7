"""Budget lines: stored as arrays by position, complete before a budget is made of them."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from events.budget import ExecutionRecorded, InitialBudgetApproved
from events.document import Document
from events.errors import Invalid
from events.line import PROJECT_NAME_MAX, Line, LineKey, complete, line_faults
from events.money import FEN_MAX, Money
from events.payload import to_payload
from events.period import Period
from events.vocabulary import FundSource, Nature, Origin

LINES = TypeAdapter(Line)
SALARIES = Line(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.PERSONNEL, "30101", None, Money.from_wan("5"))
TRAINING = SALARIES._replace(nature=Nature.PROJECT, economic_code=None, project="培训")
ROW = ["general", "this_year", "2012901", "personnel", "30101", None, 5_000_000]

lines = st.builds(
    Line,
    st.sampled_from(FundSource),
    st.sampled_from(Origin),
    st.from_regex(r"2[0-9]{6}", fullmatch=True),
    st.none() | st.sampled_from(Nature),
    st.none() | st.from_regex(r"3[0-9]{4}", fullmatch=True),
    st.none() | st.text("项目“”甲 ", min_size=1, max_size=20).map(str.strip).filter(bool),
    st.integers(1 - FEN_MAX, FEN_MAX - 1).map(Money.from_fen),
)


def test_a_line_is_stored_as_an_array_in_the_order_of_its_fields():
    assert json.loads(LINES.dump_json(SALARIES)) == ROW
    assert LINES.validate_json(json.dumps(ROW)) == SALARIES


@given(lines)
def test_a_line_reads_back_from_its_array(line: Line):
    assert LINES.validate_json(LINES.dump_json(line)) == line


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, "cash"),
        (1, "next_year"),
        (2, "20129"),
        (2, 2012901),
        (3, "人员支出"),
        (4, "301"),
        (5, ""),
        (5, "长" * 201),
        (6, 1.5),
        (6, "5"),
        (6, None),
        (6, FEN_MAX),
    ],
)
def test_an_array_with_a_wrong_place_is_refused(place: int, value: object):
    with pytest.raises(ValidationError):
        LINES.validate_json(json.dumps([*ROW[:place], value, *ROW[place + 1 :]]))


def test_a_project_may_have_a_name_of_two_hundred_characters():
    assert LINES.validate_json(json.dumps([*ROW[:5], "长" * 200, ROW[6]])).project == "长" * 200


@pytest.mark.parametrize("row", [ROW[:-1], [*ROW, 1], {}, []])
def test_an_array_of_another_length_is_refused(row: object):
    with pytest.raises(ValidationError):
        LINES.validate_json(json.dumps(row))


def test_two_lines_about_the_same_money_share_their_key():
    assert SALARIES.key == SALARIES._replace(amount=Money.from_fen(1)).key == LineKey(*SALARIES[:-1])


def test_a_line_turns_into_its_opposite():
    assert (-SALARIES).amount == Money.from_wan("-5")
    assert (-SALARIES).key == SALARIES.key


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (SALARIES, "2012901/人员支出/30101"),
        (TRAINING, "2012901/项目支出/培训"),
        (SALARIES._replace(nature=None, economic_code=None), "2012901"),
    ],
)
def test_a_key_is_shown_by_what_tells_it_apart(line: Line, shown: str):
    assert str(line.key) == shown


@pytest.mark.parametrize(
    "line",
    [
        SALARIES,
        SALARIES._replace(nature=Nature.OPERATING),
        TRAINING,
        TRAINING._replace(economic_code="30216"),
        SALARIES._replace(nature=Nature.BUSINESS, economic_code=None),
        SALARIES._replace(amount=Money.from_fen(0)),
    ],
)
def test_a_complete_line_has_no_fault(line: Line):
    assert line_faults(line.key) == []
    assert complete((line,)) == (line,)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (SALARIES._replace(nature=None), "没有写支出用途"),
        (SALARIES._replace(economic_code=None), "必须写经济科目编码"),
        (SALARIES._replace(nature=Nature.OPERATING, economic_code=None), "必须写经济科目编码"),
        (TRAINING._replace(project=None), "必须写项目名称"),
        (SALARIES._replace(project="培训"), "不应写项目“培训”"),
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
        approved(TRAINING._replace(project=None))


def test_a_budget_has_at_least_one_line():
    with pytest.raises(ValidationError):
        approved()


def test_an_execution_figure_may_stop_at_the_function_code():
    coarse = SALARIES._replace(nature=None, economic_code=None)
    recorded = ExecutionRecorded(effective_on=date(2024, 5, 31), period=Period(2024, 5), lines=(coarse,))
    assert recorded.lines == (coarse,)


@pytest.mark.parametrize("project", [" ", "　", "培\u200b训", "培训\x07"])
def test_the_project_of_a_line_is_text_one_can_see(project: str):
    with pytest.raises(ValidationError):
        approved(TRAINING._replace(project=project))


@pytest.mark.parametrize(
    "line",
    [
        TRAINING._replace(project=""),
        TRAINING._replace(project="长" * (PROJECT_NAME_MAX + 1)),
        SALARIES._replace(economic_code=""),
        SALARIES._replace(function_code="20129"),
        SALARIES._replace(amount=Money(FEN_MAX)),
    ],
    ids=["empty project", "long project", "empty 款", "no 项", "huge amount"],
)
def test_a_line_that_could_not_be_read_back_is_never_stored(line: Line):
    with pytest.raises(ValueError, match="lines"):
        to_payload(approved(line))


def test_a_line_is_called_by_all_that_sets_it_apart():
    plain = LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.OPERATING, "30201", None)
    assert str(plain) == "2012901/公用经费/30201"
    other = plain._replace(fund_source=FundSource.GOVERNMENT_FUND, origin=Origin.CARRIED_OVER)
    assert str(other) == "2012901/公用经费/30201/政府性基金预算/上年结转"
