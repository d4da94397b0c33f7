"""Keeping: verification of the whole ledger, and the read model made anew."""

from benchmarks.files import EVENT_STORE, LEDGER
from benchmarks.job import Job, Rival, task
from benchmarks.jobs import Place, words

HASHED = 3


def jobs(place: Place) -> list[Job]:
    """Verify, rebuild."""
    return [_verify(place), _rebuild(place)]


def _verify(place: Place) -> Job:
    ledger = place.files.path(LEDGER, place.lines)
    return Job(
        "verify",
        f"verify the events of {words(place.lines)} lines",
        task("budget", "product_reading:verify_all", ledger=ledger, count=1),
        (
            Rival(task("sha256 of one buffer", "limits:hash_buffer", ledger=ledger, count=HASHED), 2.5),
            Rival(task("payloads read and hashed", "limits:hash_rows", ledger=ledger)),
        ),
        is_answered=True,
    )


def _rebuild(place: Place) -> Job:
    ledger, store = place.files.path(LEDGER, place.lines), place.files.path(EVENT_STORE, place.lines)
    theirs = task("eventsourcing, into a table", "eventsourced:log_into_table", needs="eventsourcing", store=store)
    return Job(
        "rebuild",
        f"rebuild the read model of {words(place.lines)} lines",
        task("budget", "product_reading:rebuild", ledger=ledger),
        (Rival(task("ready rows", "limits:rebuild", ledger=ledger), 1.25), Rival(theirs, 0.6)),
    )
