"""One line of a comparison by itself: its change, its percentage, and what is noted below."""

from decimal import Decimal

import pytest

from events.money import Money
from projections.amounts import differs_in_print
from projections.figures.comparison import Status, compared

NEARLY_LEVEL = Decimal("0.1")


@pytest.mark.parametrize(
    ("current", "base", "percent", "status"),
    [
        ("0.50", "-0.50", "200.00", Status.INCREASED),
        ("-1.00", "-0.50", "-100.00", Status.DECREASED),
        ("1.50", "1.00", "50.00", Status.INCREASED),
        ("1.00", "0", None, Status.NEW),
    ],
)
def test_a_percentage_has_the_sign_of_its_change_whatever_that_of_the_base(current, base, percent, status):
    row = compared(None, "甲", Money.from_wan(current), Money.from_wan(base), NEARLY_LEVEL)
    assert (row.percent, row.status) == (percent, status)


@pytest.mark.parametrize(
    ("current", "base", "differs"), [("3.995", "4.504", True), ("4", "4.5", False), ("0.004", "0", False)]
)
def test_a_change_rounded_for_itself_may_not_fit_the_two_printed_amounts(current, base, differs):
    now, before = Money.from_wan(current), Money.from_wan(base)
    assert differs_in_print(now - before, now, before, "万元") is differs
