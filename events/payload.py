"""The way of every event to and from its stored payload."""

from functools import cache
from importlib import import_module

from pydantic_core import from_json, to_json

from events.errors import EvidenceBroken
from events.model import Event
from events.reasons import no_json
from events.record import Content, Record
from events.upcasting import TYPES, Payload, check_ladder, require_known, upcast


@cache
def model_of(type_: str) -> type[Event]:
    """The model of a type there is; its module is imported when it is first asked for."""
    model: type[Event] = getattr(import_module(f"events.{TYPES[type_]}"), type_)
    check_ladder(type_, model.version)
    return model


def to_payload(event: Event) -> str:
    """The canonical text of an event: its fields in the order of the model, absent ones left out."""
    return event.model_dump_json(exclude_none=True)


def from_record(record: Record | Content) -> Event:
    """The event that a record holds, in today's shape.

    WrongUsage if a newer program wrote it, EvidenceBroken if it is none of the older version it says.
    """
    require_known(record)
    model = model_of(record.type)
    if record.type_version == model.version:
        return model.model_validate_json(record.payload)
    return model.model_validate_json(to_json(upcast(record.type, record.type_version, _read(record.payload))))


def _read(payload: str) -> Payload:
    try:
        read: Payload = from_json(payload)
    except ValueError as error:
        raise EvidenceBroken.of(no_json(error)) from error
    return read
