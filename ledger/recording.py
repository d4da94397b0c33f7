"""How an intent becomes events: one transaction from the command id to the answer.

same command id? -> load the stream -> decide -> append -> project
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from pydantic_core import to_json

from events.errors import Faulty, WrongUsage
from events.instant import TICK
from events.line import KEYS_KEPT, SEPARATORS_MAX, Line
from events.model import Event
from events.payload import to_payload
from events.record import Record, digest_of_bytes
from events.stream import Stream
from ledger.catalogue import Catalogue, builtin
from ledger.clock import utc_now
from ledger.deciding.decider import decide
from ledger.deciding.intent import Intent
from ledger.deciding.state import State, evolve, recall
from ledger.keeping.sqlite import SqliteStore
from ledger.keeping.store import ANY_VERSION, Command, Draft, Projector, Store

DAY: Mapping[str, Mapping[str, bool] | bool] = {"effective_on": True, "fact": {"effective_on": True}}


@dataclass(frozen=True)
class Ledger:
    """What recording needs: where events are kept, the 科目, the clock, and who follows along."""

    store: SqliteStore
    project: Projector
    catalogue: Catalogue = field(default_factory=builtin)
    now: Callable[[], datetime] = utc_now


class Order(NamedTuple):
    """How an intent is to be recorded.

    Without a command id every order is new, unless it is ``once``: then the same intent, say the
    same file, is recorded once, and again only after it was reversed. A day nobody chose
    (``chose_day`` is False) does not make an intent another one. What is recorded ``behind`` an
    instant is recorded later, so that nothing can follow that was known at it.
    """

    actor: str
    command_id: str | None = None
    once: bool = False
    expected: int | None = ANY_VERSION
    is_trial: bool = False
    chose_day: bool = True
    behind: datetime | None = None


class Receipt(NamedTuple):
    """The records an order led to; ``is_repeat`` when they were there before."""

    records: tuple[Record, ...]
    is_repeat: bool
    before: State
    after: State

    @property
    def events(self) -> list[Event]:
        """What the records say."""
        return [self.after.history[record.event_id] for record in self.records]


def record(ledger: Ledger, stream: Stream, intent: Intent, order: Order) -> Receipt:
    """Record an intent in a stream.

    Raises Refused when a rule forbids it and Conflict when another writer was faster or the command
    id belongs to another intent. In a trial everything happens but the keeping.
    """
    with ledger.store.transaction(keep=not order.is_trial):
        return _record(ledger, stream, intent, order)


def load(ledger: Ledger, stream: Stream) -> State:
    """The state of a stream after all its events."""
    return recall(stream, ledger.store.contents(str(stream)))


def is_registered(store: Store, unit: str) -> bool:
    """Whether a unit has its registration."""
    return next(store.read_stream(unit, types=["UnitRegistered"]), None) is not None


def _record(ledger: Ledger, stream: Stream, intent: Intent, order: Order) -> Receipt:
    intent_digest = _digest_of(stream, intent, order)
    state = load(ledger, stream)
    command_id, earlier = _asked(ledger.store, state, intent, order, intent_digest)
    if earlier is not None:
        return Receipt(earlier, is_repeat=True, before=state, after=state)
    if not intent.registers:
        _require_registered(ledger, stream)
    _require_known_subjects(ledger.catalogue, state, intent)
    events = decide(state, intent)
    command = Command(command_id, order.actor, intent_digest)
    drafts = [Draft(event.type, event.version, to_payload(event)) for event in events]
    records = ledger.store.append(str(stream), _expected(order, state), drafts, command, _now(ledger, order))
    ledger.project(records)
    return Receipt(records, is_repeat=False, before=state, after=evolve(state, *events))


def _digest_of(stream: Stream, intent: Intent, order: Order) -> str:
    """What makes two intents the same; a field added later and left empty does not change it."""
    return digest_of_bytes(to_json((str(stream), *intent.kinds, _said(intent, order))))  # as digest_of_content, sooner


def _said(intent: Intent, order: Order) -> str:
    """What is asked for, as one text. It never changes: lines stand last, as the arrays they were in version 1."""
    unchosen = {} if order.chose_day else DAY
    lines: Sequence[Line] | None = getattr(intent, "lines", None)
    if lines is None:
        return intent.model_dump_json(exclude_none=True, exclude=unchosen)
    rest = intent.model_dump_json(exclude_none=True, exclude={**unchosen, "lines": True})
    arrays = ",".join([f"{_array_up_to_amount(text)}{fen}]" for text, fen in lines])
    return f'{rest[:-1]},"lines":[{arrays}]}}'


@lru_cache(KEYS_KEPT)
def _array_up_to_amount(text: str) -> str:
    """The array of a line, open where its amount belongs: six places, null where one says nothing."""
    places = [place or None for place in text.split("/", SEPARATORS_MAX)]
    absent = [None] * (SEPARATORS_MAX + 1 - len(places))
    return to_json([*places, *absent]).decode().removesuffix("]") + ","


def _asked(
    store: Store, state: State, intent: Intent, order: Order, intent_digest: str
) -> tuple[str, tuple[Record, ...] | None]:
    """The command id of an order, and what was recorded when it was given before."""
    if order.command_id:
        return order.command_id, store.answer(order.command_id, intent_digest)
    if not order.once:
        return str(uuid.uuid4()), None
    command_id, earlier = _standing_answer(store, state, intent_digest)
    return command_id, earlier or _recorded_for_its_day(store, state, intent, order)


def _standing_answer(store: Store, state: State, intent_digest: str) -> tuple[str, tuple[Record, ...] | None]:
    """What an intent led to that is recorded once and was not reversed; else the id under which it would be new."""
    attempt = 1
    while True:
        candidate = f"{intent_digest}#{attempt}"
        earlier = store.answer(candidate, intent_digest)
        if earlier is None or not any(stored.event_id in state.reversed_ids for stored in earlier):
            return candidate, earlier
        attempt += 1


def _recorded_for_its_day(store: Store, state: State, intent: Intent, order: Order) -> tuple[Record, ...] | None:
    """The same if one of the two asked for a day and the other came to it by itself."""
    otherwise = _digest_of(state.stream, intent, order._replace(chose_day=not order.chose_day))
    _, earlier = _standing_answer(store, state, otherwise)
    days = {state.history[stored.event_id].effective_on for stored in earlier or ()}
    return earlier if days == {intent.day} else None


def _expected(order: Order, state: State) -> int:
    return state.version if order.expected is ANY_VERSION else order.expected


def _now(ledger: Ledger, order: Order) -> datetime:
    return max(ledger.now(), order.behind + TICK) if order.behind else ledger.now()


def _require_registered(ledger: Ledger, stream: Stream) -> None:
    if not is_registered(ledger.store, stream.unit):
        raise WrongUsage("单位 {unit} 尚未登记，请先运行 budget unit add {unit} 名称。", unit=stream.unit)


def _require_known_subjects(catalogue: Catalogue, state: State, intent: Intent) -> None:
    year = state.stream.year
    if year is None:
        return
    unknown = {code: found for code in intent.codes if (found := catalogue.unknown(code, year))}
    if not unknown:
        return
    from events.disclosure import SubjectNamed

    named = {event.code for _, event in state.standing(SubjectNamed)}
    if faults := [found for code, found in sorted(unknown.items()) if code not in named]:
        raise Faulty(faults, "有 {count} 个科目不能使用，没有记录。")
