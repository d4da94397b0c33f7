"""追加, 追减, 调剂, 结转: what is asked for is positive, and a 调剂 moves without making."""

import pytest
from budget_words import (
    approved,
    bonuses,
    carried,
    carried_over,
    carry_over,
    from_fund,
    reduce,
    reduced,
    salaries,
    supplement,
    supplemented,
    training,
    transfer,
    transferred,
    travel,
)
from decider_story import given

from events.vocabulary import FundSource


def test_a_supplement_adds_its_lines():
    given().when(supplement(salaries("5万元"))).then(supplemented(salaries("5万元")))


def test_a_reduction_is_asked_for_in_positive_amounts_and_recorded_in_negative_ones():
    given(approved(salaries("100万元"))).when(reduce(salaries("30万元"))).then(reduced(salaries("-30万元")))


@pytest.mark.parametrize(("wanted", "verb"), [(supplement, "追加"), (reduce, "追减"), (carry_over, "结转")])
@pytest.mark.parametrize("amount", ["0元", "-1元"])
def test_a_change_is_asked_for_in_positive_amounts(wanted, verb: str, amount: str):
    given(approved(salaries("100万元"))).when(wanted(salaries(amount))).refused(f"30101 的{verb}金额", "应大于 0")


@pytest.mark.parametrize("amount", ["0.01元", "0.02元"])
def test_a_change_may_be_as_small_as_a_fen(amount: str):
    given().when(supplement(salaries(amount))).then(supplemented(salaries(amount)))


def test_every_amount_that_is_not_positive_is_told_at_once():
    given().when(supplement(salaries("0元"), bonuses("1元"), training("-1元"))).refused_for(2)


def test_a_transfer_moves_money_between_lines():
    given(approved(salaries("100万元"))).when(transfer(salaries("-20万元"), bonuses("20万元"))).then(
        transferred(salaries("-20万元"), bonuses("20万元"))
    )


def test_a_transfer_may_go_from_several_lines_to_several():
    lines = (salaries("-20万元"), training("-5万元"), bonuses("15万元"), travel("10万元"))
    given(approved(salaries("100万元"), training("5万元"))).when(transfer(*lines)).then(transferred(*lines))


def test_a_transfer_sums_to_zero():
    given(approved(salaries("100万元"))).when(transfer(salaries("-20万元"), bonuses("19万元"))).refused(
        "一般公共预算的调剂合计应为 0，现为 -1.00万元"
    )


def test_a_transfer_sums_to_zero_within_each_fund_source():
    fund = FundSource.GOVERNMENT_FUND
    story = given(approved(salaries("100万元"))).when(transfer(salaries("-20万元"), from_fund(fund, bonuses("20万元"))))
    story.refused("一般公共预算的调剂合计应为 0", "政府性基金预算的调剂合计应为 0")
    story.refused_for(2)


def test_a_transfer_does_not_turn_last_years_money_into_this_years():
    given(carried_over(carried(salaries("100万元")))).when(
        transfer(carried(salaries("-20万元")), bonuses("20万元"))
    ).refused("一般公共预算的调剂合计应为 0")


def test_a_transfer_may_balance_in_two_fund_sources_at_once():
    fund = FundSource.GOVERNMENT_FUND
    lines = (
        salaries("-1万元"),
        bonuses("1万元"),
        from_fund(fund, salaries("-2万元")),
        from_fund(fund, bonuses("2万元")),
    )
    given(approved(salaries("1万元"), from_fund(fund, salaries("2万元")))).when(transfer(*lines)).then(
        transferred(*lines)
    )


def test_a_transfer_of_nothing_is_refused():
    given(approved(salaries("100万元"))).when(
        transfer(salaries("-20万元"), bonuses("20万元"), training("0元"))
    ).refused("2012901/项目支出/培训 的调剂金额为 0")


def test_a_transfer_takes_no_more_than_there_is():
    given(approved(salaries("10万元"))).when(transfer(salaries("-20万元"), bonuses("20万元"))).refused(
        "30101 减少 20.00万元 后为 -10.00万元"
    )


def test_carried_lines_are_marked_carried_over():
    given().when(carry_over(salaries("5万元"), carried(training("1万元")))).then(
        carried_over(carried(salaries("5万元")), carried(training("1万元")))
    )
