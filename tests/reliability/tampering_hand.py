"""The hand of somebody who can write the file: guards off, anything changed, guards put back exactly as they were."""

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from events.record import Record

LEDGER_TABLES = ("events", "imports")
MIGRATIONS = "_sqlite_migrations"
_GUARDS = """
SELECT name, (SELECT count(*) FROM sqlite_master AS guards WHERE guards.type = 'trigger' AND guards.tbl_name = tables.name)
FROM sqlite_master AS tables WHERE type = 'table' ORDER BY name
"""
FAR = 10**6


class Hand:
    """What such a person can do, with care or without. Tables that no trigger guards are the read model's."""

    def __init__(self, connection: sqlite3.Connection, chance: random.Random) -> None:
        self.run = connection.execute
        self.chance = chance
        self.read_model = [name for name, guards in self.run(_GUARDS).fetchall() if not guards and name != MIGRATIONS]

    @property
    def events(self) -> list[Record]:
        """All rows in order of position."""
        return [Record(*row) for row in self.run("SELECT * FROM events ORDER BY position")]

    def event(self, fits: Callable[[Record], bool] = lambda _: True) -> Record:
        """One at random."""
        return self.chance.choice([event for event in self.events if fits(event)])

    def inner(self) -> Record:
        """One that has another behind it in its stream."""
        last = {event.stream: event.version for event in self.events}
        return self.event(lambda event: event.version < last[event.stream])

    def last_of_stream(self) -> Record:
        """The last event of a stream that has more than one."""
        last = {event.stream: event.version for event in self.events}
        return self.event(lambda event: event.version == last[event.stream] > 1)

    def edit(self, place: int, /, **values: object) -> None:
        """Change columns of a row."""
        marks = ", ".join(f"{name} = ?" for name in values)
        self.run(f"UPDATE events SET {marks} WHERE position = ?", (*values.values(), place))

    def remove(self, *positions: int) -> None:
        """Take rows away."""
        for position in positions:
            self.run("DELETE FROM events WHERE position = ?", (position,))

    def insert(self, event: Record) -> None:
        """Put a row in; the rows from its position on make room."""
        for position in [e.position for e in reversed(self.events) if e.position >= event.position]:
            self.run("UPDATE events SET position = position + 1 WHERE position = ?", (position,))
        self.run(f"INSERT INTO events VALUES ({', '.join('?' * len(event))})", event)

    def swap(self, one: int, other: int, *columns: str) -> None:
        """Exchange columns of two rows."""
        by_position = {event.position: event for event in self.events}
        names = ", ".join(f"{name} = ?" for name in columns)
        if "version" in columns:
            self.run("UPDATE events SET version = -version WHERE position IN (?, ?)", (one, other))
        for position, source in ((one, by_position[other]), (other, by_position[one])):
            values = [getattr(source, name) for name in columns]
            self.run(f"UPDATE events SET {names} WHERE position = ?", (*values, position))

    def close_gaps(self) -> None:
        """Renumber positions."""
        for number, event in enumerate(self.events, start=1):
            self.run("UPDATE events SET position = ? WHERE position = ?", (number, event.position))

    def rechain(self) -> None:
        """Renumber the versions and make every hash anew, as the page on the format says."""
        heads: dict[str, tuple[int, str]] = {}
        events = self.events
        self.run("UPDATE events SET version = -position")
        for event in events:
            version, previous = heads.get(event.stream, (0, ""))
            event_id = f"{event.stream}/{version + 1}"
            new = event._replace(version=version + 1, event_id=event_id)
            made = hashed(previous, *new[1:-1])
            self.edit(event.position, version=version + 1, event_id=event_id, hash=made)
            heads[event.stream] = (version + 1, made)

    def take_in_anew(self) -> None:
        """Make the row that says what was taken in anew: where it stands now, with its hash."""
        taken = [event for event in self.events if "x" in event.stream]
        if not taken:
            self.run("DELETE FROM imports")
            return
        first, last = taken[0].position, taken[-1].position
        latest = max(event.recorded_at for event in self.events if event.position <= last)
        hashes = [event.hash for event in self.events if first <= event.position <= last]
        told = self.run("SELECT imported_at, actor FROM imports").fetchone()
        run = (first, last, *told, latest)
        made = sha256(json.dumps(["", *run, hashes], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
        self.run("DELETE FROM imports")
        self.run("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?)", (*run, made))

    def settle(self) -> None:
        """Be careful: no gaps, whole chains, and a read model that will be made anew."""
        self.close_gaps()
        self.rechain()
        self.take_in_anew()
        for table in self.read_model:
            self.run(f"DROP TABLE {table}")


def hashed(*header_and_payload: object) -> str:
    """The hash of a record as the page on the format says."""
    *header, payload = header_and_payload
    array = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    return sha256(f"{array[:-1]},{payload}]".encode()).hexdigest()


class Sight(Enum):
    """What is needed to see it."""

    ALONE = "seen in the file alone"
    OUTSIDE = "seen only with the digest from outside: the file fits in itself"


class Way(NamedTuple):
    """A way to tamper, what is needed to see it, and whether it is done with the guards in place."""

    name: str
    act: Callable[[Hand], None]
    sight: Sight
    acts_on_guards: bool = False


@contextmanager
def guards_off(connection: sqlite3.Connection) -> Iterator[None]:
    """Triggers and checks do not act; afterwards the triggers stand as they stood."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.execute(sql)


def tamper(path: Path, seed: int, way: Way) -> None:
    """Change a file in one way, chosen in its details by a seed, and leave it closed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        hand = Hand(connection, random.Random(seed))
        if way.acts_on_guards:
            way.act(hand)
            return
        connection.execute("BEGIN")
        with guards_off(connection):
            way.act(hand)
        connection.execute("COMMIT")
