"""All events as one union, told apart by their type alone."""

import pytest
from every_event import DAY, EXAMPLES
from pydantic import TypeAdapter, ValidationError

from events.closing import YearClosed
from events.errors import BudgetError
from events.model import Event
from events.record import Record
from events.union import EVENTS, AnyEvent, from_record, to_payload

ANY: TypeAdapter[Event] = TypeAdapter(AnyEvent)
by_type = pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.type)


def stored(type_: str, version: int) -> Record:
    payload = '{"effective_on":"2024-02-06","reason":"决算已批复"}'
    return Record(1, "101/2024", 1, "101/2024/1", "", "王会计", "c1", "intent", type_, version, payload, "")


@by_type
def test_an_event_is_recognised_by_its_type(event: Event):
    assert ANY.validate_python({**dict(event), "type": event.type}) == event


def test_a_type_nobody_knows_is_refused():
    with pytest.raises(ValidationError, match="union_tag_invalid"):
        ANY.validate_python({"type": "BudgetForgotten", "effective_on": DAY})


def test_no_event_goes_by_the_name_of_another():
    with pytest.raises(ValidationError, match="literal_error"):
        YearClosed(type="YearReopened", effective_on=DAY, reason="决算已批复")


def test_the_stored_type_is_the_name_of_the_model():
    assert {name: model.model_fields["type"].default for name, model in EVENTS.items()} == {n: n for n in EVENTS}


def test_what_is_absent_is_left_out_of_the_payload():
    assert to_payload(YearClosed(effective_on=DAY, reason="决算已批复")) == (
        '{"effective_on":"2024-02-06","reason":"决算已批复"}'
    )


def test_a_record_of_today_is_read_as_it_is():
    assert from_record(stored("YearClosed", 1)) == YearClosed(effective_on=DAY, reason="决算已批复")


@pytest.mark.parametrize(("type_", "version"), [("BudgetForgotten", 1), ("YearClosed", 2)])
def test_a_record_of_a_newer_program_is_refused_in_words(type_: str, version: int):
    with pytest.raises(BudgetError):
        from_record(stored(type_, version))
