"""Which intents belong where and when: the unit's stream or a year's, near its year, in the open."""

import pytest
from budget_words import (
    approve,
    approved,
    close,
    closed,
    declare,
    described,
    execute,
    named,
    published,
    register,
    registered,
    reopen,
    reopened,
    restating,
    reverse,
    salaries,
    supplement,
    supplemented,
)
from decider_story import given

from events.unit import UnitRegistered
from ledger.deciding.decider import decide
from ledger.deciding.intent import Intent

UNIT = "101"
OF_A_YEAR = [
    approve(salaries("1元")),
    execute("2024-05", salaries("1元")),
    declare(named("2012901", "行政运行")),
    close(),
    reopen(),
]
OF_A_UNIT = [register(), declare(described())]


def test_a_unit_is_registered():
    given(stream=UNIT).when(register("妇联")).then(registered("妇联"))


def test_a_unit_is_registered_under_its_parent():
    told = register().model_copy(update={"parent": "杭州市人民政府"})
    [event] = decide(given(stream=UNIT).state, told)
    assert isinstance(event, UnitRegistered)
    assert event.parent == "杭州市人民政府"


def test_a_unit_is_registered_once():
    given(registered("妇联"), stream=UNIT).when(register("市妇联")).refused("单位 101 已登记为“妇联”")


def test_a_unit_is_described_and_described_again():
    given(registered(), described(), stream=UNIT).when(declare(described())).then(described())


def test_the_base_of_the_year_before_may_be_restated():
    given().when(declare(restating(2023))).then(restating(2023))


@pytest.mark.parametrize("year", [2022, 2024, 2030])
def test_no_other_base_may_be_restated(year):
    given().when(declare(restating(year))).refused("2024 年的指标只能重述上年（2023）的基数", f"不能重述 {year} 年的")


@pytest.mark.parametrize("intent", OF_A_YEAR, ids=lambda intent: type(intent).__name__)
def test_a_unit_without_a_year_takes_no_budget(intent: Intent):
    given(registered(), stream=UNIT).when(intent).refused("101 不能记录", type(intent).__name__)


@pytest.mark.parametrize("intent", OF_A_UNIT, ids=lambda intent: type(intent).__name__)
def test_a_year_takes_nothing_that_is_said_of_the_unit(intent: Intent):
    given().when(intent).refused("101/2024 不能记录", type(intent).__name__)


def test_a_plain_statement_is_recorded_as_it_was_made():
    given().when(declare(named("2012901", "行政运行（群团）"))).then(named("2012901", "行政运行（群团）"))


@pytest.mark.parametrize("day", ["2022-12-31", "2026-01-01"])
def test_an_effective_day_far_from_the_year_is_refused(day: str):
    given().when(approve(salaries("1元"), on=day)).refused(day, "2024 年度", "相差一年以上")


@pytest.mark.parametrize("day", ["2023-01-01", "2023-12-28", "2025-12-31"])
def test_an_effective_day_in_a_neighbouring_year_is_taken(day: str):
    given().when(approve(salaries("1元"), on=day)).then(approved(salaries("1元"), on=day))


def test_the_unit_itself_has_no_year_to_be_far_from():
    intent = register().model_copy(update={"effective_on": registered().effective_on.replace(year=1949)})
    given(stream=UNIT).when(intent).then(UnitRegistered(**dict(intent)))


def test_an_intent_without_a_rule_is_a_mistake_in_the_program():
    with pytest.raises(TypeError, match="no rule for Intent"):
        decide(given().state, Intent())


def test_a_year_is_closed():
    given(approved(salaries("1元"))).when(close()).then(closed())


@pytest.mark.parametrize(
    "intent",
    [
        approve(salaries("1元")),
        supplement(salaries("1元")),
        execute("2024-05", salaries("1元")),
        reverse("101/2024/1"),
        declare(named("2012901", "行政运行")),
        close(),
    ],
    ids=lambda intent: type(intent).__name__,
)
def test_a_closed_year_refuses(intent: Intent):
    given(supplemented(salaries("1元")), closed()).when(intent).refused("101/2024 已关账", "budget reopen")


def test_a_closed_year_is_reopened():
    given(closed()).when(reopen()).then(reopened())


def test_a_reopened_year_takes_recordings_again():
    given(closed(), reopened()).when(approve(salaries("1元"))).then(approved(salaries("1元")))


def test_a_reopened_year_can_be_closed_again():
    given(closed(), reopened()).when(close()).then(closed())


def test_a_year_closed_for_the_second_time_refuses():
    given(closed(), reopened(), closed()).when(approve(salaries("1元"))).refused("已关账")


@pytest.mark.parametrize("happened", [(), (closed(), reopened())])
def test_an_open_year_is_not_reopened(happened: tuple[Intent, ...]):
    given(*happened).when(reopen()).refused("101/2024 没有关账")


def test_a_closed_year_can_still_be_published():
    given(approved(salaries("1元")), closed()).when(declare(published())).then(published())
