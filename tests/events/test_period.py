"""Periods of execution: a month, or the year's final figure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.errors import Invalid
from events.period import Period

periods = st.builds(Period, st.integers(1949, 2999), st.none() | st.integers(1, 12))


def test_a_period_is_a_year_or_a_month():
    assert (Period.parse("2024"), Period.parse("2024-05")) == (Period(2024, None), Period(2024, 5))


@pytest.mark.parametrize("text", ["", "24", "2024-5", "2024-00", "2024-13", "2024-05-01", "2024年5月", " 2024", "٢٠٢٤"])
def test_anything_else_is_refused_with_an_example(text: str):
    with pytest.raises(Invalid, match="2024-05"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 31)),
    ],
)
def test_a_period_is_complete_on_its_last_day(text: str, day: date):
    assert Period.parse(text).last_day == day


@given(periods)
def test_a_period_reads_back_from_its_text(period: Period):
    assert Period.parse(str(period)) == period
