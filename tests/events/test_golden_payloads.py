"""What was once stored can be read for ever, and today's events are stored in the same bytes."""

from pathlib import Path

import pytest
from every_event import EXAMPLES, GOLDEN, golden_file

from events.model import Event
from events.payload import from_record, model_of, to_payload
from events.record import Record
from events.upcasting import TYPES
from ledger.verifying.payloads import event_or_fault

FILES = sorted(GOLDEN.glob("*.json"))
by_type = pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.type)


def stored(type_: str, version: int, payload: str) -> Record:
    return Record(
        1,
        "101/2024",
        1,
        "101/2024/1",
        "2024-02-06T01:00:00.000000Z",
        "王会计",
        "c1",
        "intent",
        type_,
        version,
        payload,
        "",
    )


def test_every_version_of_every_event_has_a_golden_payload():
    needed = {f"{name}.v{version}" for name in TYPES for version in range(1, model_of(name).version + 1)}
    assert {file.stem for file in FILES} == needed


def test_every_event_has_an_example():
    assert [event.type for event in EXAMPLES] == list(TYPES)


@by_type
def test_an_event_is_stored_in_exactly_the_golden_bytes(event: Event):
    assert to_payload(event).encode() == golden_file(event).read_bytes()


@by_type
def test_a_golden_payload_reads_back_as_the_event(event: Event):
    assert from_record(stored(event.type, event.version, golden_file(event).read_text(encoding="utf-8"))) == event


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_payload_of_any_age_is_read_as_its_type(file: Path):
    type_, version = file.stem.split(".v")
    assert from_record(stored(type_, int(version), file.read_text(encoding="utf-8"))).type == type_


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_payload_of_any_age_passes_verification(file: Path):
    type_, version = file.stem.split(".v")
    assert event_or_fault(stored(type_, int(version), file.read_text(encoding="utf-8"))).type == type_
