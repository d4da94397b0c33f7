"""Days are China's, instants are UTC, and their stored text sorts as time does."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.errors import Invalid
from events.instant import CHINA, TICK, day_in_china, end_of_day, instant_text, parse_day, parse_instant

instants = st.datetimes(datetime(1949, 10, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_an_instant_is_stored_in_utc_to_the_microsecond():
    assert instant_text(datetime(2024, 6, 3, 9, 30, tzinfo=CHINA)) == "2024-06-03T01:30:00.000000Z"


def test_a_bare_day_means_the_end_of_that_day_in_china():
    assert instant_text(parse_instant("2024-06-03")) == "2024-06-03T15:59:59.999999Z"


def test_a_bare_day_without_hyphens_means_the_same():
    assert parse_instant("20240603") == parse_instant("2024-06-03")


def test_a_time_without_a_zone_is_chinas():
    assert parse_instant("2024-06-03T09:30:00") == parse_instant("2024-06-03T01:30:00Z")


def test_a_time_with_a_zone_keeps_its_instant():
    assert parse_instant("2024-06-03T09:30:00-05:00") == datetime(2024, 6, 3, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "昨天", "2024-13-01", "2024-02-30", "2024-06-03T25:00:00", "2024/06/03"])
def test_what_is_no_instant_is_refused_with_an_example(text: str):
    with pytest.raises(Invalid, match="2024-06-03T09:30:00"):
        parse_instant(text)


def test_a_day_is_read_from_an_iso_date():
    assert parse_day("2024-06-03") == date(2024, 6, 3)


@pytest.mark.parametrize("text", ["", "2024-02-30", "2024-06-03T00:00:00", "6月3日"])
def test_what_is_no_day_is_refused_with_an_example(text: str):
    with pytest.raises(Invalid, match="2024-06-03"):
        parse_day(text)


def test_it_is_already_tomorrow_in_china():
    assert day_in_china(datetime(2024, 6, 3, 16, tzinfo=UTC)) == date(2024, 6, 4)


def test_an_instant_in_any_zone_has_one_day_in_china():
    assert day_in_china(datetime(2024, 6, 3, 11, tzinfo=timezone(timedelta(hours=-5)))) == date(2024, 6, 4)


@given(st.dates(date(1949, 10, 1), date(2998, 12, 31)))
def test_the_end_of_a_day_is_its_last_tick(day: date):
    assert day_in_china(end_of_day(day)) == day
    assert day_in_china(end_of_day(day) + TICK) == day + timedelta(days=1)


@given(instants, instants)
def test_stored_instants_sort_as_they_follow_in_time(a: datetime, b: datetime):
    assert (instant_text(a) < instant_text(b)) == (a < b)


@given(instants)
def test_a_stored_instant_reads_back_unchanged(moment: datetime):
    assert parse_instant(instant_text(moment)) == moment
