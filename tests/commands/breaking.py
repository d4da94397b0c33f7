"""A file as somebody opens it who has the means: without its triggers, which are put back as if nothing had been."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from at_the_desk import Desk

from events.chain import link
from events.record import NO_PREDECESSOR, Record
from ledger.keeping.schema import TRIGGERS


@contextmanager
def inside(desk: Desk, *, leaving_no_trace: bool = True) -> Iterator[sqlite3.Connection]:
    """The file without its triggers; they are put back after, unless that is not wished for."""
    with closing(sqlite3.connect(desk.ledger)) as connection, connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for statement in TRIGGERS.values() if leaving_no_trace else ():
            connection.execute(statement)


def change(desk: Desk, assignment: str, event_id: str) -> None:
    """Edit one event."""
    with inside(desk) as connection:
        connection.execute(f"UPDATE events SET {assignment} WHERE event_id = ?", (event_id,))


def rewrite(desk: Desk, assignment: str, event_id: str) -> None:
    """Edit one event and put every hash of its stream right again: nobody notices from the chain alone."""
    change(desk, assignment, event_id)
    with inside(desk) as connection:
        previous = NO_PREDECESSOR
        chosen = "SELECT * FROM events WHERE stream = ? ORDER BY version"
        for row in connection.execute(chosen, (event_id.rpartition("/")[0],)).fetchall():
            previous = link(previous, Record(*row))
            connection.execute("UPDATE events SET hash = ? WHERE position = ?", (previous, row[0]))


def approval(desk: Desk) -> str:
    """The event by which the year 2024 was approved."""
    (event,) = [item["event_id"] for item in desk.json("history", "--year", 2024) if item["title"] == "年初批复"]
    return event
