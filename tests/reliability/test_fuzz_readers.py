"""Words, numbers and payloads that nobody should write: every reader gives a value or says that there is none."""

import json
from datetime import UTC, date, datetime

import pytest
from fuzzing import NUMBERS, WORDS, examples, taken
from hypothesis import example, given
from hypothesis import strategies as st
from mutating import spoiled, spoiled_value
from noticing import Kept

from events import codes, instant
from events.document import document_number, document_year
from events.errors import BudgetError
from events.money import Money
from events.payload import from_record, to_payload
from events.period import Period
from events.record import Record
from events.stream import Stream, stream_of, unit_code
from events.vocabulary import FundSource, Ground, Nature

STORED_INSTANT_LENGTH = 27
AGES = st.dates(min_value=date(1000, 1, 1)).flatmap(
    lambda day: st.times().map(lambda time: datetime.combine(day, time, tzinfo=UTC))
)

# Words and numbers


@given(WORDS | NUMBERS | st.builds("{}{}".format, NUMBERS, st.sampled_from(["元", "万元", "万", " 亿元", "角"])))
@examples(150)
def test_amounts(text: str):
    for reader in (Money.parse, Money.from_wan, Money.from_yuan):
        amount = taken(reader, text)
        if amount is not None:
            assert Money.parse(f"{amount.yuan()}元") == amount
            assert Money.from_fen(amount.fen) == amount


@pytest.mark.parametrize("text", ["9" * 5000 + "元", "0." + "0" * 5000 + "元"], ids=["large", "fine"])
def test_amounts_of_very_many_digits(text: str):
    taken(Money.parse, text)


@given(WORDS | NUMBERS | st.from_regex(r"[23]\d{0,7}"))
@examples(80)
def test_codes(text: str):
    readers = (codes.function_code, codes.function_item, codes.economic_item, codes.economic_code, codes.subject_code)
    for reader in (*readers, unit_code):
        assert taken(reader, text) in (None, text)


@given(WORDS | st.from_regex(r"\w{0,4}[〔\[（(【][ 　]?\d{3,5}[〕\])）】] ?第?\d{0,4}号?\w?"))
@examples(150)
def test_document_numbers_are_written_one_way(text: str):
    number = taken(document_number, text)
    if number is not None:
        assert document_number(number) == number
        assert document_year(number) is None or 0 <= document_year(number) <= 9999


@given(WORDS | st.dates().map(str) | st.datetimes(timezones=st.none() | st.timezones()).map(lambda at: at.isoformat()))
@example("0001-01-01")
@example("9999-12-31")
@example("9999-12-31T23:59:59.999999-14:00")
@examples(150)
def test_days_and_instants(text: str):
    taken(instant.parse_day, text)
    moment = taken(instant.parse_instant, text)
    if moment is not None:
        assert instant.day_in_china(moment) is not None or moment.year in (1, 9999)


@given(AGES, AGES)
@examples(80)
def test_stored_instants_sort_as_they_follow(one: datetime, other: datetime):
    texts = [instant.instant_text(moment) for moment in (one, other)]
    assert (texts[0] < texts[1]) == (one < other)
    assert {len(text) for text in texts} == {STORED_INSTANT_LENGTH}


def test_instants_of_the_first_millennium_sort_before_later_ones():
    assert instant.instant_text(datetime(999, 1, 1, tzinfo=UTC)) < instant.instant_text(
        datetime(2024, 1, 1, tzinfo=UTC)
    )


@given(WORDS | st.from_regex(r"\d{4}(-\d\d)?").filter(lambda text: not text.startswith("0000")))
@examples(80)
def test_periods(text: str):
    period = taken(Period.parse, text)
    if period is not None and period.year:
        assert period.last_day.year == period.year
        assert Period.parse(str(period)) == period


def test_a_period_has_a_last_day():
    period = taken(Period.parse, "0000")
    assert period is None or period.last_day


@given(WORDS | st.from_regex(r"[0-9A-Za-z_-]{1,33}(/\d{4}){0,2}(/\d+)?"))
@examples(150)
def test_streams_and_event_ids(text: str):
    stream = taken(Stream.parse, text)
    assert stream is None or Stream.parse(str(stream)) == stream
    named = taken(stream_of, text)
    assert named is None or stream_of(f"{named[0]}/{named[1]}") == named


def test_an_event_id_of_very_many_digits():
    taken(stream_of, "101/2024/" + "9" * 5000)


@given(WORDS | st.sampled_from([term.label for kind in (FundSource, Ground, Nature) for term in kind]))
@examples(40)
def test_words_of_closed_lists(text: str):
    for kind in (FundSource, Ground, Nature):
        for reader in (kind.of, kind.named):
            term = taken(reader, text)
            assert term is None or text in (term.value, term.label)


# Payloads


@pytest.fixture(scope="session")
def records(kept: Kept) -> list[Record]:
    """One record of every type there is in the small ledger."""
    rows = [Record(*row) for row in kept.content.rows["events"]]
    return list({row.type: row for row in rows}.values())


@given(st.data())
@examples(250)
def test_payloads(records: list[Record], data: st.DataObject):
    record = data.draw(st.sampled_from(records))
    value = data.draw(spoiled_value(json.loads(record.payload)))
    is_read_or_refused(record._replace(payload=json.dumps(value, ensure_ascii=False)))


@given(st.data())
@examples(100)
def test_payloads_of_spoiled_text(records: list[Record], data: st.DataObject):
    record = data.draw(st.sampled_from(records))
    text = data.draw(spoiled(record.payload.encode())).decode(errors="replace")
    version = data.draw(st.sampled_from([1, 1, 1, 0, 2, -1, 2**40]))
    type_ = data.draw(st.sampled_from([record.type, record.type, "Said", ""]))
    is_read_or_refused(record._replace(payload=text, type_version=version, type=type_))


def is_read_or_refused(record: Record) -> None:
    """What is read is read the same when it is written and read again. What pydantic refuses is a ValueError."""
    try:
        event = from_record(record)
    except (BudgetError, ValueError):
        return
    assert from_record(record._replace(payload=to_payload(event), type_version=event.version)) == event
