"""The way of every event to and from its stored payload."""

import json
from functools import cache
from importlib import import_module

from events.model import Event
from events.record import Content, Record
from events.upcasting import TYPES, check_ladder, payload_of, require_known


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
    """The event that a record holds, in today's shape; WrongUsage if a newer program wrote it."""
    require_known(record)
    model = model_of(record.type)
    if record.type_version == model.version:
        return model.model_validate_json(record.payload)
    return model.model_validate_json(json.dumps(payload_of(record), ensure_ascii=False))
