"""Streams and event ids: a unit, a unit's year, and the place of an event in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.errors import Invalid
from events.stream import YEAR_MAX, YEAR_MIN, Stream, event_id, stream_of, unit_code

units = st.from_regex(r"[0-9A-Za-z][0-9A-Za-z_-]{0,31}", fullmatch=True)
streams = st.builds(Stream, units, st.none() | st.integers(YEAR_MIN, YEAR_MAX))


def test_a_stream_is_a_unit_or_a_year_of_a_unit():
    assert (Stream.parse("101"), Stream.parse("101/2024")) == (Stream("101"), Stream("101", 2024))


@pytest.mark.parametrize("text", ["", "/2024", "101/", "101/24", "101/2024/3", "单位", "-101", "101 ", "a" * 33])
def test_what_names_no_stream_is_refused(text: str):
    with pytest.raises(Invalid, match="单位代码/年度"):
        Stream.parse(text)


@pytest.mark.parametrize("text", ["101/0000", "101/0999", "101/1948", "101/3000"])
def test_a_year_out_of_range_names_no_stream(text: str):
    with pytest.raises(Invalid):
        Stream.parse(text)


@pytest.mark.parametrize("text", ["101/1949", "101/2999"])
def test_years_reach_from_the_founding_to_the_end_of_the_millennium(text: str):
    assert str(Stream.parse(text)) == text


@given(streams)
def test_a_stream_reads_back_from_its_name(stream: Stream):
    assert Stream.parse(str(stream)) == stream


@given(streams, st.integers(1, 10**6))
def test_an_event_id_names_its_stream_and_version(stream: Stream, version: int):
    assert stream_of(event_id(str(stream), version)) == (stream, version)


@pytest.mark.parametrize("text", ["", "101", "101/2024/", "101/2024/x", "/3", "101/2024/3/4", "101/2024/３", "a b/3"])
def test_what_is_no_event_id_is_refused(text: str):
    with pytest.raises(Invalid):
        stream_of(text)


@pytest.mark.parametrize("text", ["101", "A-01_b", "0" * 32])
def test_a_unit_code_is_the_text_itself(text: str):
    assert unit_code(text) == text


@pytest.mark.parametrize("text", ["", "_1", "101/2024", "一〇一", "1 0", "0" * 33])
def test_what_cannot_name_a_unit_is_refused(text: str):
    with pytest.raises(Invalid, match="单位代码"):
        unit_code(text)
