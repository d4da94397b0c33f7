"""Of what a digest from outside is one: of the whole ledger or of one unit's streams, now or at an earlier time.

For earlier times the records are walked through in order of position, which gives every digest the file has
had, and then in order of time, which gives those of ``heads(known_at)``; they differ only where logs were
taken in. Each time an instant ends, the digest of all heads so far is looked for among those wanted, and that
of every unit just added to.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from events.chain import Link
from events.errors import Invalid
from events.record import RunningDigest, digest, of_unit, unit_of
from ledger.keeping.store import Store
from ledger.verifying.every_record import Watch, every_link, unwatched

PREFIX = "sha256:"
WHOLE = ""

_DIGITS = re.compile(r"[0-9a-f]{64}")


class Recognised(NamedTuple):
    """Whose digest it is (``unit`` is empty for the whole ledger), and when the last event it takes in was recorded.

    ``recorded_at`` is empty where it takes in none: every ledger was that of no events before its first.
    """

    unit: str
    recorded_at: str
    is_now: bool


def parse_digest(text: str) -> str:
    """A digest as the ledger writes it, from how somebody typed it: ``sha256:`` and 64 hexadecimal digits."""
    digits = text.strip().lower().removeprefix(PREFIX)
    if not _DIGITS.fullmatch(digits):
        raise Invalid(
            "“{text}”不是摘要，应为 sha256: 和 64 位十六进制数字，现有 {count} 个字符。", text=text, count=len(digits)
        )
    return PREFIX + digits


def recognise(
    store: Store, wanted: Collection[str], ends: Collection[Link], watch: Watch = unwatched
) -> dict[str, Recognised]:
    """What each digest is one of; those that are of nothing here are left out. ``ends`` are those of all streams."""
    found = {text: known for text, known in _now(ends) if text in wanted}
    for walked in (_by_arrival, _by_time):
        missing = set(wanted) - set(found)
        if missing:
            past = _earlier(walked(store, watch))
            found |= {text: known for text, known in past if text in missing}
    return found


def _by_arrival(store: Store, watch: Watch) -> Iterable[Link]:
    return watch(every_link(store))


def _by_time(store: Store, watch: Watch) -> Iterable[Link]:
    if not store.arrivals():
        return ()
    slim = (link._replace(header=b"", payload=b"") for link in watch(every_link(store)))
    return sorted(slim, key=attrgetter("recorded_at"))


def _now(ends: Collection[Link]) -> Iterator[tuple[str, Recognised]]:
    """The digests of now; that of the whole last, since with one unit alone they are the same."""
    heads = [end.head for end in ends]
    latest: dict[str, str] = {WHOLE: ""}
    for end in ends:
        for scope in (WHOLE, unit_of(end.stream)):
            latest[scope] = max(latest.get(scope, ""), end.recorded_at)
    for unit, at in sorted(latest.items(), reverse=True):
        yield digest(of_unit(heads, unit) if unit else heads), Recognised(unit, at, is_now=True)


def _earlier(records: Iterable[Link]) -> Iterator[tuple[str, Recognised]]:
    """Every digest there ever was, that of no events first; those of the whole behind those of units."""
    running = {WHOLE: RunningDigest()}
    touched = {WHOLE}
    at = ""
    for record in records:
        if record.recorded_at != at:
            yield from _told(running, touched, at)
            touched, at = {WHOLE}, record.recorded_at
        unit = unit_of(record.stream)
        touched.add(unit)
        for scope in (unit, WHOLE):
            running.setdefault(scope, RunningDigest()).take(record.head)
    yield from _told(running, touched, at)


def _told(running: dict[str, RunningDigest], touched: set[str], at: str) -> Iterator[tuple[str, Recognised]]:
    for scope in sorted(touched, reverse=True):
        yield running[scope].digest, Recognised(scope, at, is_now=False)
