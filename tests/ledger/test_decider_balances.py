"""How far a line may be taken down: not below zero and not below what is executed, on any day."""

import pytest
from budget_words import (
    approved,
    as_function,
    as_nature,
    bonuses,
    cancelled,
    carried,
    carried_over,
    executed,
    from_fund,
    reduce,
    reduced,
    salaries,
    supplemented,
    training,
    transfer,
    transferred,
    travel,
)
from decider_story import given

from events.line import Line
from events.model import Event
from events.money import ZERO, Money
from events.vocabulary import FundSource
from ledger.deciding.balances import balances

BELOW_ZERO = "预算不能为负"
BELOW_EXECUTED = "预算不能低于执行数"


def test_a_line_may_be_reduced_to_nothing():
    given(approved(salaries("100万元"))).when(reduce(salaries("100万元"))).then(reduced(salaries("-100万元")))


def test_a_line_may_not_be_reduced_below_zero():
    given(approved(salaries("100万元"))).when(reduce(salaries("100.01万元"))).refused(
        "30101 减少 100.01万元 后为 -0.01万元", BELOW_ZERO
    )


@pytest.mark.parametrize(
    "another",
    [
        bonuses("100万元"),
        travel("100万元"),
        training("100万元"),
        carried(salaries("100万元")),
        from_fund(FundSource.OTHER, salaries("100万元")),
        salaries("100万元").under(function_code="2012902"),
    ],
    ids=["economic", "nature", "project", "origin", "fund", "function"],
)
def test_what_another_line_has_does_not_help(another: Line):
    given(approved(another)).when(reduce(salaries("1万元"))).refused("账本里没有明细 2012901/人员支出/30101，不能减少")


def test_who_names_a_line_that_is_not_there_is_shown_those_of_its_subject_and_nature():
    others = (carried(salaries("100万元")), from_fund(FundSource.OTHER, salaries("100万元")), travel("100万元"))
    given(approved(*others)).when(reduce(salaries("1万元"))).refused(
        "同一科目下有：2012901/人员支出/30101/上年结转、2012901/人员支出/30101/其他收入。"
    )


def test_all_that_happened_to_a_line_counts():
    happened = (
        approved(salaries("10万元")),
        supplemented(salaries("5万元")),
        reduced(salaries("-3万元")),
        transferred(salaries("-2万元"), bonuses("2万元")),
    )
    given(*happened).when(reduce(salaries("10万元"))).then(reduced(salaries("-10万元")))
    given(*happened).when(reduce(salaries("10.01万元"))).refused(BELOW_ZERO)


def test_money_carried_over_can_be_reduced_as_such():
    given(carried_over(carried(salaries("5万元")))).when(reduce(carried(salaries("5万元")))).then(
        reduced(carried(salaries("-5万元")))
    )


def test_what_was_reversed_does_not_count():
    given(approved(salaries("10万元")), supplemented(salaries("5万元")), cancelled("101/2024/2", "2024-06-30")).when(
        reduce(salaries("11万元"))
    ).refused(BELOW_ZERO)


def test_two_reductions_of_one_line_in_one_document_are_held_together():
    story = given(approved(salaries("100万元"))).when(reduce(salaries("60万元"), salaries("60万元")))
    story.refused("后为 -20.00万元", BELOW_ZERO)


def test_every_line_that_falls_short_is_told_at_once():
    given(approved(salaries("1万元"), bonuses("1万元"), training("9万元"))).when(
        reduce(salaries("2万元"), bonuses("2万元"), training("2万元"))
    ).refused_for(2)


def test_a_reduction_before_the_money_came_is_refused():
    given(approved(salaries("100万元"), on="2024-02-06")).when(reduce(salaries("1万元"), on="2024-02-05")).refused(
        BELOW_ZERO
    )


def test_a_reduction_on_the_day_the_money_came_is_taken():
    given(approved(salaries("100万元"), on="2024-02-06")).when(reduce(salaries("1万元"), on="2024-02-06")).then(
        reduced(salaries("-1万元"), on="2024-02-06")
    )


def test_a_backdated_reduction_may_not_leave_a_hole_that_a_later_supplement_hides():
    given(
        approved(salaries("10万元")),
        reduced(salaries("-8万元"), on="2024-05-01"),
        supplemented(salaries("50万元"), on="2024-09-01"),
    ).when(reduce(salaries("3万元"), on="2024-04-01")).refused("后为 -1.00万元", BELOW_ZERO)


def test_the_same_reduction_after_the_supplement_is_taken():
    given(
        approved(salaries("10万元")),
        reduced(salaries("-8万元"), on="2024-05-01"),
        supplemented(salaries("50万元"), on="2024-09-01"),
    ).when(reduce(salaries("3万元"), on="2024-09-01")).then(reduced(salaries("-3万元"), on="2024-09-01"))


def test_a_hole_that_was_there_before_does_not_forbid_a_later_reduction():
    given(
        executed("2024-01", as_function(salaries("5万元"))),
        approved(salaries("10万元"), on="2024-02-06"),
    ).when(reduce(salaries("5万元"), on="2024-03-01")).then(reduced(salaries("-5万元"), on="2024-03-01"))


def test_a_later_reduction_counts_against_an_earlier_one():
    given(approved(salaries("10万元")), reduced(salaries("-6万元"), on="2024-11-01")).when(
        reduce(salaries("5万元"), on="2024-03-01")
    ).refused("后为 -1.00万元")


def test_a_line_may_be_reduced_to_what_is_executed():
    given(approved(salaries("100万元")), executed("2024-05", salaries("40万元"))).when(reduce(salaries("60万元"))).then(
        reduced(salaries("-60万元"))
    )


@pytest.mark.parametrize(
    "grain", [as_function, as_nature, lambda line: line], ids=["function", "nature", "economic item"]
)
def test_a_line_may_not_be_reduced_below_what_is_executed_at_the_grain_it_is_known(grain):
    given(approved(salaries("100万元")), executed("2024-05", grain(salaries("40万元")))).when(
        reduce(salaries("60.01万元"))
    ).refused("30101 减少 60.01万元 后比已执行数少 0.01万元", BELOW_EXECUTED)


def test_execution_known_by_function_alone_leaves_the_choice_among_its_lines():
    given(approved(salaries("50万元"), training("50万元")), executed("2024-05", as_function(salaries("40万元")))).when(
        reduce(salaries("50万元"))
    ).then(reduced(salaries("-50万元")))


def test_execution_known_by_nature_holds_that_nature():
    given(approved(salaries("50万元"), training("50万元")), executed("2024-05", as_nature(salaries("40万元")))).when(
        reduce(salaries("11万元"))
    ).refused("少 1.00万元", BELOW_EXECUTED)


def test_execution_known_by_nature_leaves_the_other_natures_free():
    given(approved(salaries("50万元"), training("50万元")), executed("2024-05", as_nature(salaries("40万元")))).when(
        reduce(training("50万元"))
    ).then(reduced(training("-50万元")))


def test_execution_of_a_project_holds_that_project():
    another = training("50万元").under(project="会议")
    given(approved(training("50万元"), another), executed("2024-05", training("40万元"))).when(
        reduce(training("11万元"))
    ).refused(BELOW_EXECUTED)


def test_execution_of_one_line_still_holds_its_function_as_a_whole():
    given(
        approved(salaries("50万元"), bonuses("10万元")),
        executed("2024-04", salaries("30万元")),
        executed("2024-05", as_function(salaries("20万元"))),
    ).when(reduce(bonuses("10万元"), salaries("1万元"))).refused("少 1.00万元", BELOW_EXECUTED)


def test_execution_of_this_years_and_of_carried_money_is_held_together():
    given(
        approved(salaries("50万元")),
        carried_over(carried(salaries("10万元"))),
        executed("2024-05", as_function(salaries("55万元"))),
    ).when(reduce(carried(salaries("6万元")))).refused("少 1.00万元", BELOW_EXECUTED)


@pytest.mark.parametrize(
    "elsewhere",
    [
        from_fund(FundSource.OTHER, as_function(salaries("100万元"))),
        as_function(salaries("100万元")).under(function_code="2012902"),
    ],
    ids=["fund", "function"],
)
def test_execution_of_other_money_does_not_hold(elsewhere: Line):
    given(approved(salaries("100万元")), executed("2024-05", elsewhere)).when(reduce(salaries("100万元"))).then(
        reduced(salaries("-100万元"))
    )


def test_reversed_execution_no_longer_holds():
    given(
        approved(salaries("100万元")),
        executed("2024-05", salaries("100万元")),
        cancelled("101/2024/2", "2024-05-31"),
    ).when(reduce(salaries("100万元"))).then(reduced(salaries("-100万元")))


def test_a_backdated_reduction_is_held_against_execution_of_later_months():
    given(approved(salaries("100万元")), executed("2024-05", salaries("100万元"))).when(
        reduce(salaries("1万元"), on="2024-03-01")
    ).refused(BELOW_EXECUTED)


def test_execution_that_a_later_supplement_covers_still_holds_on_the_days_before_it():
    given(
        approved(salaries("10万元")),
        executed("2024-05", salaries("10万元")),
        supplemented(salaries("10万元"), on="2024-09-01"),
    ).when(reduce(salaries("1万元"), on="2024-06-30")).refused(BELOW_EXECUTED)


def test_a_transfer_may_not_take_what_is_executed():
    given(approved(salaries("100万元")), executed("2024-05", salaries("90万元"))).when(
        transfer(salaries("-20万元"), bonuses("20万元"))
    ).refused("少 10.00万元", BELOW_EXECUTED)


def test_a_transfer_inside_a_function_leaves_what_is_executed_there_covered():
    given(approved(salaries("100万元")), executed("2024-05", as_function(salaries("90万元")))).when(
        transfer(salaries("-20万元"), bonuses("20万元"))
    ).then(transferred(salaries("-20万元"), bonuses("20万元")))


def test_a_line_below_zero_is_told_once_and_not_for_its_execution_too():
    given(approved(salaries("10万元")), executed("2024-05", salaries("10万元"))).when(
        reduce(salaries("20万元"))
    ).refused_for(1)


@pytest.mark.parametrize(
    ("happened", "rest"),
    [
        ((), "0元"),
        ((approved(salaries("10万元"), bonuses("3万元")),), "10万元"),
        ((approved(salaries("10万元")), reduced(salaries("-4万元"))), "6万元"),
        ((approved(salaries("10万元")), executed("2024-05", salaries("4万元"))), "10万元"),
        ((supplemented(salaries("10万元")), cancelled("101/2024/1", "2024-06-30")), "0元"),
    ],
    ids=["nothing", "approved", "reduced", "executed", "reversed"],
)
def test_the_balance_of_a_line_is_the_sum_of_what_stands(happened: tuple[Event, ...], rest: str):
    assert balances(given(*happened).state).get(salaries("0元").key, ZERO) == Money.parse(rest)


def test_money_may_move_inside_an_item_that_is_executed_beyond_its_budget():
    """The 项 as a whole loses nothing by it."""
    given(approved(salaries("5万元"), bonuses("5万元")), executed("2024-05", as_function(salaries("12万元")))).when(
        transfer(salaries("-1万元"), bonuses("1万元"))
    ).then(transferred(salaries("-1万元"), bonuses("1万元")))
