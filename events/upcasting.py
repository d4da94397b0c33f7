"""Old shapes of payloads, lifted one version at a time to today's.

A payload once stored is never rewritten. When a type gets a new shape, its version goes up and a
step is added here; ``check_ladder`` holds at import that no step is missing.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from events.record import Record

Payload = dict[str, Any]
Step = Callable[[Payload], Payload]
Ladder = Mapping[tuple[str, int], Step]

LADDER: Ladder = {}


def upcast(type_: str, version: int, payload: Payload, ladder: Ladder = LADDER) -> Payload:
    """The payload in today's shape."""
    while (step := ladder.get((type_, version))) is not None:
        payload, version = step(payload), version + 1
    return payload


def payload_of(record: Record) -> Payload:
    """What a record says, in today's shape, as plain values that were held against their model when recorded."""
    return upcast(record.type, record.type_version, json.loads(record.payload))


def check_ladder(current: Mapping[str, int], ladder: Ladder = LADDER) -> None:
    """Every version below a type's current one has its step, and no step leads nowhere."""
    needed = {(type_, version) for type_, top in current.items() for version in range(1, top)}
    if needed != set(ladder):
        raise ValueError(f"upcasting steps missing or without use: {sorted(needed ^ set(ladder))}")
