"""What is said beside the lines: what a cause is told of, and what is remarked where it will not be printed."""

from datetime import date

import pytest
from budget_words import approved, declare, salaries
from decider_story import given

from events.disclosure import ExplanationRecorded, IndicatorRecorded, PerformanceTargetSet, ProjectRegistered
from events.money import Money
from events.vocabulary import Aspect, Basis
from ledger.deciding.decider import remarks

DAY = date(2024, 2, 6)


def cause(subject, basis=None):
    return ExplanationRecorded(effective_on=DAY, subject=subject, aspect=Aspect.CAUSE, basis=basis, text="人员增加")


def purpose(subject):
    return ExplanationRecorded(effective_on=DAY, subject=subject, aspect=Aspect.PURPOSE, text="日常运行")


def indicator(name):
    return IndicatorRecorded(effective_on=DAY, indicator=name, amount=Money(1))


def target(project):
    return PerformanceTargetSet(effective_on=DAY, project=project, target="培训 200 人次")


@pytest.mark.parametrize("figure", [{"amount": Money(-1)}, {"count": -3}])
def test_an_indicator_is_not_negative(figure):
    fact = IndicatorRecorded(effective_on=DAY, indicator="机关运行经费", **figure)
    given(approved(salaries("1万元"))).when(declare(fact)).refused("指标“机关运行经费”的数不能为负。")


@pytest.mark.parametrize(
    ("subject", "basis"),
    [
        ("2012901", Basis.EXECUTION),
        ("total", Basis.EXECUTION),
        ("overseas", Basis.BUDGET),
        ("机关运行经费", Basis.BUDGET),
    ],
)
def test_a_cause_is_told_of_the_comparison_that_is_printed_of_its_subject(subject, basis):
    given().when(declare(cause(subject))).then(cause(subject, basis))


def test_a_cause_keeps_the_comparison_it_names():
    given().when(declare(cause("2012901", Basis.BUDGET))).then(cause("2012901", Basis.BUDGET))


def test_a_purpose_is_told_of_no_comparison():
    given().when(declare(purpose("2012901"))).then(purpose("2012901"))


def remarked(fact, *happened):
    return "".join(map(str, remarks(declare(fact), given(*happened).state)))


@pytest.mark.parametrize("subject", ["2012901", "total", "sangong_total", "机关运行经费"])
def test_nothing_is_remarked_of_what_will_be_printed(subject):
    assert remarked(purpose(subject), indicator("机关运行经费")) == ""


def test_an_explanation_of_an_indicator_that_is_not_there_is_remarked():
    said = remarked(cause("机关运行费"), indicator("机关运行经费"))
    assert "没有指标“机关运行费”" in said
    assert "因公出国（境）费用" in said


@pytest.mark.parametrize("code", ["201", "20129", "30101"])
def test_an_explanation_of_what_is_no_item_is_remarked(code):
    assert f"{code} 不是功能科目的项" in remarked(purpose(code))


def test_a_target_of_a_project_that_nobody_knows_is_remarked():
    assert "没有项目“培训”" in remarked(target("培训"), approved(salaries("1万元")))


def test_a_target_of_a_project_that_is_registered_is_not():
    assert remarked(target("培训"), ProjectRegistered(effective_on=DAY, name="培训")) == ""
