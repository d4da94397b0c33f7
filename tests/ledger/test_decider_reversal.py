"""冲销: once for an event, from the day it counted from, and never of what cannot be undone."""

import pytest
from budget_words import (
    approved,
    as_function,
    cancelled,
    carried,
    carried_over,
    closed,
    declare,
    described,
    executed,
    named,
    published,
    reduced,
    registered,
    reopened,
    reverse,
    salaries,
    supplemented,
    transferred,
)
from decider_story import given

from events.model import Event

REVERSIBLE = [
    approved(salaries("10万元"), on="2024-03-01"),
    supplemented(salaries("10万元"), on="2024-03-01"),
    reduced(salaries("-10万元"), on="2024-03-01"),
    transferred(salaries("-10万元"), salaries("10万元"), on="2024-03-01"),
    carried_over(carried(salaries("10万元")), on="2024-03-01"),
    executed("2024-05", as_function(salaries("5万元")), on="2024-03-01"),
    named("2012901", "行政运行").model_copy(update={"effective_on": approved(salaries("1元")).effective_on}),
]


@pytest.mark.parametrize("event", REVERSIBLE, ids=lambda event: event.type)
def test_a_reversal_counts_from_the_day_of_what_it_cancels(event: Event):
    given(event).when(reverse("101/2024/1")).then(cancelled("101/2024/1", str(event.effective_on)))


def test_what_is_not_there_is_not_reversed():
    given(approved(salaries("10万元"))).when(reverse("101/2024/2")).refused("101/2024 中没有事件 101/2024/2")


def test_an_event_of_another_stream_is_not_reversed():
    given(approved(salaries("10万元"))).when(reverse("101/2023/1")).refused("101/2024 中没有事件 101/2023/1")


def test_an_event_is_reversed_once():
    given(approved(salaries("10万元")), reverse("101/2024/1")).when(reverse("101/2024/1")).refused(
        "事件 101/2024/1 已经冲销过"
    )


def test_a_reversal_is_not_reversed():
    given(approved(salaries("10万元")), reverse("101/2024/1")).when(reverse("101/2024/2")).refused(
        "事件 101/2024/2 属于不能冲销的类型。"
    )


@pytest.mark.parametrize(
    ("happened", "last"),
    [((closed(), reopened()), 1), ((closed(), reopened()), 2), ((published(),), 1)],
    ids=["closing", "reopening", "publication"],
)
def test_closing_reopening_and_publishing_are_not_reversed(happened: tuple[Event, ...], last: int):
    given(*happened).when(reverse(f"101/2024/{last}")).refused("不能冲销的类型")


def test_a_registration_is_not_reversed():
    given(registered(), stream="101").when(reverse("101/1")).refused("不能冲销的类型。")


def test_what_was_said_of_a_unit_may_be_reversed():
    given(registered(), declare(described()), stream="101").when(reverse("101/2")).then(
        cancelled("101/2", "2024-01-01")
    )


def test_two_events_are_reversed_one_after_the_other():
    given(supplemented(salaries("1万元")), supplemented(salaries("1万元")), reverse("101/2024/1")).when(
        reverse("101/2024/2")
    ).then(cancelled("101/2024/2", "2024-06-30"))
