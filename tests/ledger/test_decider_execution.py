"""执行数: by month or as one full-year figure, never both, and each line once in a period."""

from budget_words import approved, as_function, bonuses, cancelled, execute, executed, salaries, supplemented, training
from decider_story import given


def test_the_execution_of_a_month_is_recorded():
    given().when(execute("2024-05", salaries("5万元"))).then(executed("2024-05", salaries("5万元")))


def test_the_execution_of_the_year_is_recorded():
    given().when(execute("2024", salaries("60万元"))).then(executed("2024", salaries("60万元")))


def test_execution_need_not_be_in_the_budget():
    given().when(execute("2024-05", as_function(salaries("5万元")))).then(
        executed("2024-05", as_function(salaries("5万元")))
    )


def test_a_refund_makes_a_month_negative():
    given(executed("2024-05", salaries("5万元"))).when(execute("2024-06", salaries("-1万元"))).then(
        executed("2024-06", salaries("-1万元"))
    )


def test_a_period_of_another_year_is_refused():
    given().when(execute("2023-12", salaries("5万元"))).refused("期间 2023-12 不在 101/2024 年度内")


def test_month_after_month_is_recorded():
    given(executed("2024-05", salaries("5万元"))).when(execute("2024-06", salaries("5万元"))).then(
        executed("2024-06", salaries("5万元"))
    )


def test_the_same_line_is_not_recorded_twice_in_one_period():
    given(executed("2024-05", salaries("5万元"))).when(execute("2024-05", salaries("6万元"))).refused(
        "2012901/人员支出/30101 在 2024-05 的执行数已记录（事件 101/2024/1）"
    )


def test_every_line_that_was_recorded_before_is_told_at_once():
    given(executed("2024-05", salaries("5万元")), executed("2024-05", bonuses("1万元"))).when(
        execute("2024-05", salaries("6万元"), bonuses("2万元"), as_function(salaries("1万元")))
    ).refused_for(2)


def test_another_line_of_the_same_period_is_recorded():
    given(executed("2024-05", salaries("5万元"))).when(execute("2024-05", bonuses("1万元"))).then(
        executed("2024-05", bonuses("1万元"))
    )


def test_a_full_year_figure_does_not_stand_beside_months():
    given(executed("2024-05", salaries("5万元"))).when(execute("2024", bonuses("60万元"))).refused(
        "101/2024 已按月记录执行数（事件 101/2024/1）", "不能并存"
    )


def test_a_month_does_not_stand_beside_a_full_year_figure():
    given(executed("2024", salaries("60万元"))).when(execute("2024-05", bonuses("5万元"))).refused(
        "101/2024 已按全年记录执行数（事件 101/2024/1）", "不能并存"
    )


def test_after_reversing_a_month_the_line_may_be_recorded_again():
    given(executed("2024-05", salaries("5万元")), cancelled("101/2024/1", "2024-05-31")).when(
        execute("2024-05", salaries("6万元"))
    ).then(executed("2024-05", salaries("6万元")))


def test_after_reversing_the_months_a_full_year_figure_may_be_recorded():
    given(executed("2024-05", salaries("5万元")), cancelled("101/2024/1", "2024-05-31")).when(
        execute("2024", salaries("60万元"))
    ).then(executed("2024", salaries("60万元")))


def test_more_than_there_is_of_a_budget_is_remarked():
    budget = approved(salaries("60万元"), training("10万元"))
    given(budget, executed("2024-05", salaries("50万元"))).when(
        execute("2024-06", as_function(salaries("21万元")))
    ).remarked("2012901 的执行数超出变动后预算 1.00万元。")
    given(budget, executed("2024-05", salaries("50万元"))).when(
        execute("2024-06", as_function(salaries("20万元")))
    ).remarked()


def test_what_is_not_budgeted_at_all_is_remarked_beside_a_budget_and_not_without_one():
    other = as_function(salaries("1万元")).under(function_code="2080505")
    given(approved(salaries("60万元"))).when(execute("2024", other)).remarked(
        "2080505 的执行数超出变动后预算 1.00万元。"
    )
    given().when(execute("2024", other)).remarked()


def test_money_supplemented_later_was_not_there_yet():
    given(approved(salaries("10万元")), supplemented(salaries("5万元"), on="2024-06-30")).when(
        execute("2024-05", salaries("12万元"))
    ).remarked("2012901 的执行数超出变动后预算 2.00万元。")
