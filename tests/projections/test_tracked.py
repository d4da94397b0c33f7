"""Numbers that remember: what they are as numbers, and what they were made of."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from events.money import Money, percent, total
from projections.tracing.tracked import Stated, Tracked, shares

NUMBERS = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20)


def source(number: int) -> Stated:
    return Stated(f"101/2024/{number}", 2024)


def tracked(numbers: list[int]) -> list[Tracked]:
    return [Tracked.of(number, source(place)) for place, number in enumerate(numbers)]


@given(NUMBERS)
def test_a_sum_is_the_sum_and_knows_every_part(numbers):
    added = sum(tracked(numbers))
    assert added == sum(numbers)
    assert shares(added) == {source(place): number for place, number in enumerate(numbers)}


@given(NUMBERS, NUMBERS)
def test_a_difference_of_money_takes_the_parts_of_the_second_away(current, base):
    parts = [Money(number) for number in tracked(current + base)]
    change = total(parts[: len(current)]) - total(parts[len(current) :])
    assert change.fen == sum(current) - sum(base)
    assert sum(shares(change.fen).values()) == change.fen
    assert list(shares(change.fen).values()) == [*current, *(-number for number in base)]


@given(NUMBERS)
def test_an_amount_without_its_sign_turns_its_parts_around_with_it(numbers):
    change = abs(total(Money(number) for number in tracked(numbers)))
    assert change.fen == abs(sum(numbers))
    assert sum(shares(change.fen).values()) == change.fen


def test_what_is_added_and_taken_away_again_is_not_among_the_parts():
    one, other = tracked([5, 7])
    assert shares(one + other - one) == {source(1): 7}


def test_a_part_that_counts_twice_counts_twice():
    (one,) = tracked([5])
    assert shares(one + one) == {source(0): 10}


def test_an_explicit_nothing_is_a_part():
    assert shares(sum(tracked([0, 3]))) == {source(0): 0, source(1): 3}


def test_what_is_printed_or_compared_is_an_ordinary_number():
    (one,) = tracked([123_456_789])
    assert (str(Money(one).yuan()), Money(one).wan()) == ("1234567.89", "123.46")
    assert percent(Money(one), Money(200_000_000)) == "61.73"
    assert Decimal("0.1") * one == Decimal("12345678.9")
    assert shares(one * 100) == {}


def test_a_number_from_nowhere_shows_as_more_than_its_parts():
    (one,) = tracked([5])
    made = one + 1
    assert (made, sum(shares(made).values())) == (6, 5)


def test_ten_thousand_lines_are_taken_apart_without_running_out_of_depth():
    assert len(shares(sum(tracked([1] * 10_000)))) == 10_000
