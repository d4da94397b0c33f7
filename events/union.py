"""Every event there is, as one discriminated union, and the way to and from stored payloads."""

import json
from typing import Annotated, get_args

from pydantic import Field

from events.budget import (
    BudgetCarriedOver,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    EventReversed,
    ExecutionRecorded,
    InitialBudgetApproved,
)
from events.closing import YearClosed, YearReopened
from events.disclosure import (
    ComparabilityDeclared,
    DocumentPublished,
    ExplanationRecorded,
    IndicatorRecorded,
    PerformanceTargetSet,
    ProjectRegistered,
    SubjectNamed,
)
from events.model import Event
from events.record import Record
from events.signature import KeyRegistered, KeyRevoked, SignatureRecorded
from events.unit import UnitDescribed, UnitRegistered
from events.upcasting import TYPES, check_ladder, payload_of, require_known

AnyEvent = Annotated[
    UnitRegistered
    | UnitDescribed
    | InitialBudgetApproved
    | BudgetSupplemented
    | BudgetReduced
    | BudgetTransferred
    | BudgetCarriedOver
    | ExecutionRecorded
    | EventReversed
    | IndicatorRecorded
    | ExplanationRecorded
    | ProjectRegistered
    | PerformanceTargetSet
    | ComparabilityDeclared
    | SubjectNamed
    | DocumentPublished
    | YearClosed
    | YearReopened
    | KeyRegistered
    | KeyRevoked
    | SignatureRecorded,
    Field(discriminator="type"),
]

EVENTS: dict[str, type[Event]] = {model.__name__: model for model in get_args(get_args(AnyEvent)[0])}

check_ladder({name: model.version for name, model in EVENTS.items()})
if set(EVENTS) != TYPES:
    raise ValueError(f"types known in one place only: {sorted(set(EVENTS) ^ TYPES)}")


def to_payload(event: Event) -> str:
    """The canonical text of an event: its fields in the order of the model, absent ones left out."""
    return event.model_dump_json(exclude_none=True)


def kind_of(record: Record) -> type[Event]:
    """The model of a record's type; WrongUsage if a newer program wrote it."""
    require_known(record)
    return EVENTS[record.type]


def from_record(record: Record) -> Event:
    """The event that a record holds, in today's shape; WrongUsage if a newer program wrote it."""
    model = kind_of(record)
    if record.type_version == model.version:
        return model.model_validate_json(record.payload)
    return model.model_validate_json(json.dumps(payload_of(record), ensure_ascii=False))
