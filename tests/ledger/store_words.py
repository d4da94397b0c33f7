"""What is put into a store when only the storing matters: any fact, by anybody, at a fixed noon."""

import json
from datetime import UTC, datetime

from events.record import Record
from ledger.keeping.store import ANY_VERSION, Command, Draft, Store

NOON = datetime(2024, 6, 3, 4, tzinfo=UTC)
YEAR = "101/2024"


def fact(words: str, type_: str = "Said") -> Draft:
    return Draft(type_, 1, json.dumps({"words": words}, ensure_ascii=False))


def command(command_id: str, intent: str = "") -> Command:
    """A command whose intent is its own, unless it is given."""
    return Command(command_id, "王会计", intent or f"intent of {command_id}")


def append(
    store: Store, command_id: str, stream: str = YEAR, now: datetime = NOON, expected: int | None = ANY_VERSION
) -> tuple[Record, ...]:
    """One fact, named after its command."""
    return store.append(stream, expected, [fact(command_id)], command(command_id), now)


def log_of(store: Store, unit: str = "") -> list[Record]:
    """All that a store would hand to another."""
    return list(store.logged(unit))


def take_in(store: Store, logged: list[Record], now: datetime = NOON) -> tuple[Record, ...]:
    return store.take_in(logged, "李会计", now)
