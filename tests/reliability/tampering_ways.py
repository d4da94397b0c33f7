"""Every way to tamper with a ledger that we could think of, one small function each."""

import json
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from tampering_hand import FAR, Hand, Sight, Way, hashed

from events.record import Record

MAY_BEGIN_A_YEAR = ("InitialBudgetApproved", "BudgetSupplemented", "ExecutionRecorded")
EDITS = {
    "position": lambda event: event.position + FAR,
    "stream": lambda event: "9" + event.stream,
    "version": lambda event: event.version + FAR,
    "event_id": lambda event: event.event_id + "0",
    "recorded_at": lambda event: event.recorded_at[:-2] + ("1Z" if event.recorded_at[-2] != "1" else "2Z"),
    "actor": lambda event: event.actor + "甲",
    "command_id": lambda event: event.command_id + "0",
    "intent_digest": lambda event: event.intent_digest[::-1],
    "type": lambda event: "BudgetReduced" if event.type != "BudgetReduced" else "BudgetSupplemented",
    "type_version": lambda event: event.type_version + 1,
    "payload": lambda event: forged(event.payload),
    "hash": lambda event: event.hash[::-1],
}


def forged(payload: str) -> str:
    """Another payload that reads as well: a day earlier, or another reason."""
    told = json.loads(payload)
    day = told["effective_on"]
    told["effective_on"] = day[:-2] + ("10" if day[-2:] != "10" else "11")
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


# Events


def edit(column: str, hand: Hand) -> None:
    event = hand.event()
    hand.edit(event.position, **{column: EDITS[column](event)})


def edit_with_its_hash(chosen: Callable[[Hand], Record], hand: Hand) -> None:
    new = chosen(hand)._replace(actor="李会计")
    before = [e.hash for e in hand.events if (e.stream, e.version) == (new.stream, new.version - 1)]
    hand.edit(new.position, actor=new.actor, hash=hashed(*(before or [""]), *new[1:-1]))


def edit_with_care(column: str, hand: Hand) -> None:
    event = hand.event()
    hand.edit(event.position, **{column: EDITS[column](event)})
    hand.settle()


def remove_inner(hand: Hand) -> None:
    hand.remove(hand.inner().position)


def remove_inner_and_close_up(hand: Hand) -> None:
    hand.remove(hand.inner().position)
    hand.close_gaps()


def remove_with_care(hand: Hand) -> None:
    hand.remove(hand.inner().position)
    hand.settle()


def remove_first_of_all(hand: Hand) -> None:
    hand.remove(1)


def swap_neighbours(hand: Hand) -> None:
    """Two events of different streams: no chain joins them, and positions are not hashed."""
    events = hand.events
    one, other = hand.chance.choice([pair for pair in pairwise(events) if pair[0].stream != pair[1].stream])
    exchange(one, other, hand)


def exchange(one: Record, other: Record, hand: Hand) -> None:
    hand.edit(one.position, position=-1)
    hand.edit(other.position, position=one.position)
    hand.edit(-1, position=other.position)


def swap_columns(columns: tuple[str, ...], hand: Hand) -> None:
    one = hand.inner()
    other = hand.event(lambda e: e.stream == one.stream and e.version != one.version and e.payload != one.payload)
    hand.swap(one.position, other.position, *columns)


def swap_with_care(hand: Hand) -> None:
    swap_columns(("type", "type_version", "payload", "actor"), hand)
    hand.settle()


def redate_backwards(hand: Hand) -> None:
    event = hand.event(lambda e: e.position > 1)
    hand.edit(event.position, recorded_at="2020-01-01T00:00:00.000000Z")


def redate_all_with_care(hand: Hand) -> None:
    for event in hand.events:
        hand.edit(event.position, recorded_at=event.recorded_at.replace("2024-01", "2023-01"))
    hand.settle()


def rename_stream(hand: Hand) -> None:
    stream = hand.inner().stream
    hand.run("UPDATE events SET stream = '7' || stream, event_id = '7' || event_id WHERE stream = ?", (stream,))


def rename_stream_with_care(hand: Hand) -> None:
    rename_stream(hand)
    hand.settle()


def cut_tail(hand: Hand) -> None:
    events = hand.events
    kept = hand.chance.randint(1, len(events) - 1)
    hand.remove(*(event.position for event in events[kept:]))


def cut_tail_with_care(hand: Hand) -> None:
    cut_tail(hand)
    hand.settle()


def cut_tail_of_stream_with_care(hand: Hand) -> None:
    hand.remove(hand.last_of_stream().position)
    hand.settle()


def drop_stream_with_care(hand: Hand) -> None:
    hand.run("DELETE FROM events WHERE stream = ?", (hand.inner().stream,))
    hand.settle()


def drop_stream(hand: Hand) -> None:
    hand.run("DELETE FROM events WHERE stream = ?", (hand.event(lambda e: e.position < 20).stream,))


def insert_copy(hand: Hand) -> None:
    event = hand.event()
    hand.insert(event._replace(position=event.position + 1, version=event.version + FAR))


def insert_with_care(hand: Hand) -> None:
    event = hand.inner()
    new = event._replace(position=event.position + 1, version=FAR, event_id=f"{event.stream}/{FAR}", command_id="new")
    hand.insert(new)
    hand.settle()


def insert_stream_with_care(hand: Hand) -> None:
    event = hand.event(lambda e: e.position < len(hand.events) and e.type in MAY_BEGIN_A_YEAR)
    new = event._replace(
        position=event.position + 1, stream="555/2024", version=1, event_id="555/2024/1", command_id="new"
    )
    hand.insert(new)
    hand.settle()


def insert_behind_all_but_dated_back(hand: Hand) -> None:
    last = hand.events[-1]
    hand.insert(
        last._replace(position=last.position + 1, version=FAR, event_id=f"{last.stream}/{FAR}", command_id="new")
    )
    hand.settle()


def rewrite_all(hand: Hand) -> None:
    for event in hand.events:
        hand.edit(event.position, actor="李会计")
    hand.settle()


def replace_tail_with_care(hand: Hand) -> None:
    last = hand.events[-1]
    hand.edit(last.position, payload=forged(last.payload))
    hand.settle()


# What was taken in


def edit_arrival(column: str, hand: Hand) -> None:
    told = hand.run(f"SELECT {column} FROM imports").fetchone()[0]
    changed = told - 1 if isinstance(told, int) else forged_text(told)
    hand.run(f"UPDATE imports SET {column} = ?", (changed,))


def forged_text(told: str) -> str:
    """One digit or letter changed."""
    return told[:-2] + ("1" if told[-2] != "1" else "2") + told[-1]


def remove_arrival(hand: Hand) -> None:
    hand.run("DELETE FROM imports")


def insert_arrival(hand: Hand) -> None:
    hand.run("INSERT INTO imports SELECT 1, 2, imported_at, actor, last_instant, hash FROM imports")


def insert_arrival_far_ahead(hand: Hand) -> None:
    hand.run(
        "INSERT INTO imports SELECT 9000, 9001, imported_at, actor, '2999-01-01T00:00:00.000000Z', hash FROM imports"
    )


def swap_taken_in(hand: Hand) -> None:
    """Two events of different streams inside what was taken in, where instants need not be in order."""
    first, last = hand.run("SELECT first_position, last_position FROM imports").fetchone()
    taken = [event for event in hand.events if first <= event.position <= last]
    one, other = hand.chance.choice([pair for pair in pairwise(taken) if pair[0].stream != pair[1].stream])
    exchange(one, other, hand)


EVENT_WAYS = [
    *(Way(f"edit {column}", partial(edit, column), Sight.ALONE) for column in EDITS),
    Way("edit an inner event and its hash", partial(edit_with_its_hash, Hand.inner), Sight.ALONE),
    Way("edit a last event and its hash", partial(edit_with_its_hash, Hand.last_of_stream), Sight.OUTSIDE),
    *(
        Way(f"edit {column}, all made anew", partial(edit_with_care, column), Sight.OUTSIDE)
        for column in ("recorded_at", "actor", "intent_digest", "payload")
    ),
    Way("remove an event", remove_inner, Sight.ALONE),
    Way("remove an event, positions closed up", remove_inner_and_close_up, Sight.ALONE),
    Way("remove an event, all made anew", remove_with_care, Sight.OUTSIDE),
    Way("remove the first event", remove_first_of_all, Sight.ALONE),
    Way("swap the positions of neighbours", swap_neighbours, Sight.ALONE),
    Way("swap payloads", partial(swap_columns, ("payload",)), Sight.ALONE),
    Way("swap times", partial(swap_columns, ("recorded_at",)), Sight.ALONE),
    Way("swap versions and ids", partial(swap_columns, ("version", "event_id")), Sight.ALONE),
    Way("swap hashes", partial(swap_columns, ("hash",)), Sight.ALONE),
    Way("swap payloads, all made anew", swap_with_care, Sight.OUTSIDE),
    Way("date an event back", redate_backwards, Sight.ALONE),
    Way("date everything back, all made anew", redate_all_with_care, Sight.OUTSIDE),
    Way("rename a stream", rename_stream, Sight.ALONE),
    Way("rename a stream, all made anew", rename_stream_with_care, Sight.OUTSIDE),
    Way("cut the tail", cut_tail, Sight.ALONE),
    Way("cut the tail, all made anew", cut_tail_with_care, Sight.OUTSIDE),
    Way("cut a stream's tail, all made anew", cut_tail_of_stream_with_care, Sight.OUTSIDE),
    Way("drop a stream", drop_stream, Sight.ALONE),
    Way("drop a stream, all made anew", drop_stream_with_care, Sight.OUTSIDE),
    Way("insert a copy of an event", insert_copy, Sight.ALONE),
    Way("insert an event, all made anew", insert_with_care, Sight.OUTSIDE),
    Way("insert a stream, all made anew", insert_stream_with_care, Sight.OUTSIDE),
    Way("add an event dated back, all made anew", insert_behind_all_but_dated_back, Sight.OUTSIDE),
    Way("replace the last event, all made anew", replace_tail_with_care, Sight.OUTSIDE),
    Way("rewrite everything", rewrite_all, Sight.OUTSIDE),
]

ARRIVALS = ("first_position", "last_position", "imported_at", "actor", "last_instant", "hash")
ARRIVAL_WAYS = [
    *(Way(f"edit {column} of what was taken in", partial(edit_arrival, column), Sight.ALONE) for column in ARRIVALS),
    Way("forget what was taken in", remove_arrival, Sight.ALONE),
    Way("call events taken in that were not", insert_arrival, Sight.ALONE),
    Way("call events taken in that are not there", insert_arrival_far_ahead, Sight.ALONE),
    Way("swap neighbours taken in", swap_taken_in, Sight.ALONE),
]
