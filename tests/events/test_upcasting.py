"""Old payloads are lifted one version at a time, and no step may be missing."""

import pytest

from events.payload import model_of
from events.upcasting import TYPES, Payload, check_ladder, upcast


def split_the_reason(payload: Payload) -> Payload:
    title, _, reason = payload["reason"].partition("：")
    return {**payload, "title": title, "reason": reason}


def name_the_issuer(payload: Payload) -> Payload:
    return {**payload, "issuer": "杭州市财政局"}


TWO_STEPS = {("BudgetThanked", 1): split_the_reason, ("BudgetThanked", 2): name_the_issuer}


def test_two_steps_lift_a_payload_from_the_first_version():
    assert upcast("BudgetThanked", 1, {"reason": "感谢：节约"}, TWO_STEPS) == {
        "title": "感谢",
        "reason": "节约",
        "issuer": "杭州市财政局",
    }


def test_a_payload_in_between_takes_only_the_step_it_lacks():
    second = {"title": "感谢", "reason": "节约"}
    assert upcast("BudgetThanked", 2, second, TWO_STEPS) == {**second, "issuer": "杭州市财政局"}


@pytest.mark.parametrize(("type_", "version"), [("BudgetThanked", 3), ("YearClosed", 1)])
def test_a_payload_in_todays_shape_stays_as_it_is(type_: str, version: int):
    assert upcast(type_, version, {"reason": "感谢：节约"}, TWO_STEPS) == {"reason": "感谢：节约"}


def test_lifting_leaves_the_stored_payload_alone():
    old = {"reason": "感谢：节约"}
    upcast("BudgetThanked", 1, old, TWO_STEPS)
    assert old == {"reason": "感谢：节约"}


def test_a_whole_ladder_is_accepted():
    assert check_ladder("BudgetThanked", 3, TWO_STEPS) is None
    assert check_ladder("YearClosed", 1, TWO_STEPS) is None


@pytest.mark.parametrize("missing", TWO_STEPS)
def test_a_ladder_with_a_missing_step_is_refused(missing: tuple[str, int]):
    broken = {place: step for place, step in TWO_STEPS.items() if place != missing}
    with pytest.raises(ValueError, match="BudgetThanked"):
        check_ladder("BudgetThanked", 3, broken)


@pytest.mark.parametrize("current", [1, 2])
def test_a_step_that_leads_nowhere_is_refused(current: int):
    with pytest.raises(ValueError, match="BudgetThanked"):
        check_ladder("BudgetThanked", current, TWO_STEPS)


@pytest.mark.parametrize("type_", TYPES)
def test_the_ladder_of_today_is_whole(type_: str):
    assert check_ladder(type_, model_of(type_).version) is None
