"""Recording: an event, a whole ledger, and the state that a decision needs."""

from typing import Any

from benchmarks.facts import EVENTS_PER_YEAR, YEARS
from benchmarks.files import EVENT_STORE, LEDGER
from benchmarks.job import Job, Rival, task
from benchmarks.jobs import Place, words

APPENDED = 41  # the first of them is not counted
STATES = 20
VERSION = EVENTS_PER_YEAR - 10


def jobs(place: Place) -> list[Job]:
    """Append, import, state."""
    return [_append(place), _append_to_full_year(place), _import(place), _state(place)]


def _append(place: Place) -> Job:
    given: dict[str, Any] = {"lines": place.hot, "count": APPENDED}
    ledger, store = place.files.path(LEDGER, place.hot), place.files.path(EVENT_STORE, place.hot)
    return Job(
        "append",
        f"append 60 lines as one event, durably, into an empty year ({words(place.hot)} lines)",
        task("budget", "product_writing:append_years", ledger=ledger, **given),
        (
            Rival(task("eventsourcing", "eventsourced:append_years", needs="eventsourcing", store=store, **given), 0.8),
            Rival(task("ready rows", "limits:append_years", ledger=ledger, **given), 1.5),
        ),
        is_brief=True,
    )


def _append_to_full_year(place: Place) -> Job:
    given: dict[str, Any] = {"lines": place.hot, "count": APPENDED}
    ledger, store = place.files.path(LEDGER, place.hot), place.files.path(EVENT_STORE, place.hot)
    theirs = task("eventsourcing", "eventsourced:append_supplements", needs="eventsourcing", store=store, **given)
    return Job(
        "append-full",
        "the same into a year of 53 events, which is loaded first",
        task("budget", "product_writing:append_supplements", ledger=ledger, **given),
        (Rival(theirs, 0.8), Rival(task("ready rows", "limits:append_supplements", ledger=ledger, **given), 1.5)),
        is_brief=True,
    )


def _import(place: Place) -> Job:
    ledger, store = place.files.path(LEDGER, place.lines), place.files.path(EVENT_STORE, place.lines)
    theirs = task("eventsourcing", "eventsourced:import_all", needs="eventsourcing", beside=store, lines=place.lines)
    return Job(
        "import",
        f"import {words(place.lines)} lines in one go",
        task("budget", "product_writing:import_all", beside=ledger, lines=place.lines),
        (Rival(theirs, 0.9), Rival(task("ready rows", "limits:import_all", ledger=ledger), 1.8)),
    )


def _state(place: Place) -> Job:
    given: dict[str, Any] = {"unit": "101", "year": YEARS[-1], "version": VERSION, "count": STATES}
    ledger, store = place.files.path(LEDGER, place.hot), place.files.path(EVENT_STORE, place.hot)
    return Job(
        "state",
        f"state of a unit's year as of version {VERSION} of {EVENTS_PER_YEAR}: every line's budget and execution",
        task("budget", "product_reading:state", ledger=ledger, **given),
        (Rival(task("eventsourcing", "eventsourced:state", needs="eventsourcing", store=store, **given), 0.13),),
        is_answered=True,
        is_brief=True,
    )
