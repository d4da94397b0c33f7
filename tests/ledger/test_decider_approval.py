"""年初批复: one for a year, replaced only by reversing it, and an explicit 0 is a fact."""

from budget_words import (
    approve,
    approved,
    bonuses,
    cancelled,
    reverse,
    salaries,
    supplemented,
    training,
)
from decider_story import given


def test_the_initial_budget_is_approved():
    given().when(approve(salaries("100万元"), training("5万元"))).then(approved(salaries("100万元"), training("5万元")))


def test_a_year_has_one_initial_approval():
    given(approved(salaries("100万元"))).when(approve(salaries("90万元"))).refused(
        "101/2024 的年初批复已记录（事件 101/2024/1）", "请先冲销"
    )


def test_a_supplement_before_it_does_not_stand_in_for_the_approval():
    given(supplemented(salaries("1万元"))).when(approve(salaries("100万元"))).then(approved(salaries("100万元")))


def test_after_reversing_the_approval_a_new_one_may_be_recorded():
    given(approved(salaries("100万元")), reverse("101/2024/1")).when(approve(salaries("90万元"))).then(
        approved(salaries("90万元"))
    )


def test_the_new_approval_is_again_the_only_one():
    given(approved(salaries("100万元")), cancelled("101/2024/1", "2024-02-06"), approved(salaries("90万元"))).when(
        approve(salaries("80万元"))
    ).refused("事件 101/2024/3")


def test_an_explicit_zero_is_kept():
    given().when(approve(salaries("0元"))).then(approved(salaries("0元")))


def test_every_negative_amount_of_an_approval_is_told_at_once():
    story = given().when(approve(salaries("-1元"), bonuses("-0.01元"), training("1元")))
    story.refused("2012901/人员支出/30101 的年初批复数 -0.0001万元 为负", "30103")
    story.refused_for(2)
