"""Money: exact in 分, made only with a unit, rounded half up only when printed."""

from dataclasses import FrozenInstanceError
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.errors import Invalid
from events.money import FEN_MAX, ZERO, Money, decimal_text, half_up, percent, total

amounts = st.integers(1 - FEN_MAX, FEN_MAX - 1).map(Money.from_fen)
exact_in_wan = st.integers(1 - FEN_MAX // 10_000, FEN_MAX // 10_000 - 1).map(lambda n: Money.from_fen(n * 10_000))


def test_the_named_constructors_agree_on_what_a_unit_is():
    assert Money.from_wan("20") == Money.from_yuan(200_000) == Money.from_fen(20_000_000)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("20万元", 20_000_000),
        ("20万", 20_000_000),
        ("20 万元", 20_000_000),
        ("200000元", 20_000_000),
        ("200,000.00元", 20_000_000),
        ("0.01元", 1),
        ("0.000001万元", 1),
        ("1.5亿元", 15_000_000_000),
        ("0万元", 0),
        ("+3元", 300),
        ("-3元", -300),
        ("−3元", -300),
        ("２０万元", 20_000_000),
        ("１，２３４．５０元", 123_450),
        ("　20万元　", 20_000_000),
        ("0.10000000元", 10),
    ],
)
def test_an_amount_is_read_exactly(text: str, fen: int):
    assert Money.parse(text) == Money.from_fen(fen)


@pytest.mark.parametrize("text", ["20", "２０", "1,000.5", "-3"])
def test_a_bare_number_is_refused_with_an_example(text: str):
    with pytest.raises(Invalid, match=f"没有写单位，请写成 {text}万元 或 {text}元"):
        Money.parse(text)


@pytest.mark.parametrize(
    "text", ["", "元", "万元", "二十万元", "1,23元", "1.元", ".5元", "1e3元", "20美元", "20元整", "2²元", "٣元", "①元"]
)
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(Invalid):
        Money.parse(text)


@pytest.mark.parametrize("text", ["0.001元", "0.0000001万元", "1.23456789012亿元"])
def test_an_amount_finer_than_the_fen_is_refused(text: str):
    with pytest.raises(Invalid, match="分以下"):
        Money.parse(text)


@pytest.mark.parametrize("fen", [FEN_MAX, -FEN_MAX])
def test_an_amount_beyond_what_can_be_stored_is_refused(fen: int):
    with pytest.raises(Invalid, match="超出"):
        Money.from_fen(fen)


def test_amounts_reach_to_just_below_a_thousand_trillion_yuan():
    assert Money.parse("9,999,999,999,999.99元").fen == FEN_MAX - 1
    with pytest.raises(Invalid, match="超出"):
        Money.parse("1,000,000,000,000,000元")


def test_an_amount_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Money.from_fen(1).fen = 2


def test_an_amount_does_not_mix_with_a_bare_number():
    with pytest.raises(AttributeError):
        Money.from_fen(1) + 1


@pytest.mark.parametrize(
    ("fen", "wan"),
    [
        (51_432_250_000, "51432.25"),
        (5_000, "0.01"),
        (4_999, "0.00"),
        (-4_999, "0.00"),
        (-5_000, "-0.01"),
        (1_005_000, "1.01"),
        (0, "0.00"),
    ],
)
def test_wan_are_printed_rounded_half_up_to_two_places(fen: int, wan: str):
    assert Money.from_fen(fen).wan() == wan


def test_a_table_may_print_wan_with_other_places():
    amount = Money.from_yuan("12345.67")
    assert [amount.wan(places) for places in (0, 1, 6)] == ["1", "1.2", "1.234567"]


def test_an_amount_is_told_in_wan_exactly_with_more_places_where_two_do_not_do():
    assert [str(Money.from_yuan(number)) for number in ("200000", "200000.01", "-1")] == [
        "20.00万元",
        "20.000001万元",
        "-0.0001万元",
    ]


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [(1, 3, "33.33"), (2, 3, "66.67"), (-1, 3, "-33.33"), (1, -3, "-33.33"), (-1, -3, "33.33"), (0, 3, "0.00")],
)
def test_a_percentage_is_rounded_half_up(part: int, whole: int, printed: str):
    assert percent(Money.from_fen(part), Money.from_fen(whole)) == printed


def test_there_is_no_percentage_of_a_zero_base():
    assert percent(Money.from_fen(1), ZERO) is None


def test_a_percentage_may_have_other_places():
    assert percent(Money.from_fen(1), Money.from_fen(8), places=0) == "13"


def test_only_zero_is_false():
    assert [bool(Money.from_fen(fen)) for fen in (0, 1, -1)] == [False, True, True]


def test_nothing_adds_up_to_zero():
    assert total([]) == ZERO


def test_amounts_are_ordered_by_size():
    assert sorted([Money.from_wan(1), Money.from_yuan(2), -Money.from_wan(3)]) == [
        Money.from_wan(-3),
        Money.from_yuan(2),
        Money.from_wan(1),
    ]


@given(exact_in_wan)
def test_wan_come_back_unchanged_when_two_places_are_exact(amount: Money):
    assert Money.from_wan(amount.wan()) == amount


@given(amounts)
def test_yuan_and_six_places_of_wan_always_come_back_unchanged(amount: Money):
    assert Money.from_yuan(amount.yuan()) == Money.from_wan(amount.wan(6)) == amount


@given(amounts)
def test_what_is_shown_can_be_typed_in_again(amount: Money):
    assert Money.parse(str(amount)) == amount


@given(amounts, amounts, amounts)
def test_addition_is_exact(a: Money, b: Money, c: Money):
    assert (a + b).fen == a.fen + b.fen
    assert (a + b) + c == a + (b + c) == total([c, b, a])
    assert a - b == a + -b
    assert abs(a - a) == ZERO


@given(amounts)
def test_rounding_agrees_with_decimal(amount: Money):
    rounded = (Decimal(amount.fen) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert Decimal(amount.wan()) == rounded


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**9))
def test_half_up_is_never_off_by_more_than_half(number: int, divisor: int):
    assert 2 * abs(half_up(number, divisor) * divisor - number) <= divisor
    assert half_up(-number, divisor) == -half_up(number, divisor)


@given(st.integers(-9_999, 9_999))
def test_zero_is_never_printed_with_a_sign(number: int):
    printed = decimal_text(number, 1_000)
    assert printed.startswith("-") == (half_up(number, 10) < 0)
