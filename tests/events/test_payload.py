"""Events on their way to and from their payloads, told apart by their type alone."""

from importlib import import_module

import pytest
from every_event import DAY, EXAMPLES
from pydantic import ValidationError

from events.budget import Decided
from events.closing import YearClosed
from events.errors import BudgetError
from events.model import Event
from events.payload import from_record, model_of, to_payload
from events.record import Record
from events.upcasting import TYPES

by_type = pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.type)


def stored(type_: str, version: int) -> Record:
    payload = '{"effective_on":"2024-02-06","reason":"决算已批复"}'
    return Record(1, "101/2024", 1, "101/2024/1", "", "王会计", "c1", "intent", type_, version, payload, "")


@by_type
def test_an_event_is_read_back_as_it_was(event: Event):
    record = stored(event.type, event.version)._replace(payload=to_payload(event))
    assert from_record(record) == event


@pytest.mark.parametrize("name", TYPES)
def test_the_stored_type_is_the_name_of_the_model(name: str):
    assert model_of(name).__name__ == name


def test_every_event_there_is_has_its_type():
    for module in set(TYPES.values()):
        import_module(f"events.{module}")
    assert {model.__name__ for model in _below(Event) if model is not Decided} == set(TYPES)


def test_a_payload_does_not_say_its_type():
    record = stored("YearClosed", 1)
    with pytest.raises(ValidationError, match="extra_forbidden"):
        from_record(record._replace(payload='{"type":"YearReopened",' + record.payload[1:]))


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


def _below(model: type[Event]) -> set[type[Event]]:
    return {one for kind in model.__subclasses__() for one in (kind, *_below(kind))}
