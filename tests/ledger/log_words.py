"""The words for logs: offices with a ledger and a clock each, lines that travel, and lines that were tampered with."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from budget_words import approve, register, salaries
from store_words import NOON, log_of

from events.chain import link
from events.errors import BudgetError
from events.model import Value
from events.record import NO_PREDECESSOR, Record, digest, digest_of_content
from events.stream import Stream
from ledger.exchange.intake import Intake, take_in
from ledger.exchange.log import line_of, read_line
from ledger.keeping.schema import APPEND_ONLY
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from ledger.verifying.integrity import verify

HOUR = timedelta(hours=1)


class Office:
    """A ledger of its own. The clock stands at noon until it is moved."""

    def __init__(self, store: SqliteStore, name: str = "王会计") -> None:
        self.store, self.name = store, name
        self.now = NOON
        self.followed: list[str] = []
        self.ledger = Ledger(store, self._follow, now=lambda: self.now)

    def _follow(self, records: Sequence[Record]) -> None:
        self.followed += [told.event_id for told in records]

    def at(self, hours: float) -> "Office":
        """So many hours after noon."""
        self.now = NOON + hours * HOUR
        return self

    def says(self, stream: str, intent: Value, command_id: str | None = None) -> Record:
        return record(self.ledger, Stream.parse(stream), intent, Order(self.name, command_id)).records[-1]

    def takes(self, lines: Iterable[bytes], **how: Any) -> Intake:
        return take_in(self.ledger, lines, self.name, **how)

    def log(self, unit: str = "") -> list[bytes]:
        return [line_of(told) for told in log_of(self.store, unit)]

    @property
    def digest(self) -> str:
        return digest(self.store.heads())

    @property
    def events(self) -> list[str]:
        return [told.event_id for told in self.store.read_bucket()]

    @property
    def content(self) -> list[list[tuple[object, ...]]]:
        """Everything that may only be added to."""
        return [self.store.connection.execute(f"SELECT * FROM {table}").fetchall() for table in APPEND_ONLY]


def office(folder: Path, name: str, unit: str = "") -> Office:
    """An office with an empty ledger; with a unit, that is registered and has its budget of 2024."""
    opened = Office(SqliteStore.create(folder / f"{name}.db"), name)
    if unit:
        opened.says(unit, register(f"{unit}单位"))
        opened.says(f"{unit}/2024", approve(salaries("100万元")))
    return opened


def changed(line: bytes, **fields: object) -> bytes:
    """A line with other fields than it had."""
    return json.dumps(json.loads(line) | fields, ensure_ascii=False).encode() + b"\n"


def without(line: bytes, field: str) -> bytes:
    told = json.loads(line)
    del told[field]
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def linked_anew(lines: Iterable[bytes]) -> list[bytes]:
    """The lines as somebody would write them who knows how hashes are made."""
    heads: dict[str, str] = {}
    made = []
    for event in map(read_line, lines):
        heads[event.stream] = link(heads.get(event.stream, NO_PREDECESSOR), event)
        made.append(line_of(event._replace(hash=heads[event.stream])))
    return made


def intent(words: str) -> str:
    """The digest of some intent."""
    return digest_of_content(words)


def instant(hours: float) -> datetime:
    return NOON + hours * HOUR


def refused(there: Office, lines: Iterable[bytes], kind: type[BudgetError], **how: Any) -> list[str]:
    """What is said of a log that is refused and leaves nothing behind."""
    before = there.content
    with pytest.raises(kind) as caught:
        there.takes(lines, **how)
    assert type(caught.value) is kind
    assert there.content == before
    assert verify(there.store).findings == ()
    return [str(found) for found in caught.value.faults or (caught.value.fault,)]
