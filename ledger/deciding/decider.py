"""What holds of every intent, and where its own rule is found: ``decide(state, intent) -> events``.

Pure: no clock, no I/O. Rules stand beside their intents, in a module for each kind of event. A rule that
needs another stream is not there; it is a check.
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import TypeVar

from events.errors import Fault, Faulty, Refused
from events.model import Event
from ledger.deciding.intent import Intent
from ledger.deciding.state import State

E = TypeVar("E", bound=Event)


def decide(state: State, intent: Intent) -> tuple[Event, ...]:
    """The events an intent becomes, or Refused with the rule that forbids it."""
    _require_home(state, intent)
    _require_open(state, intent)
    _require_near_day(state, intent)
    return rule(intent, state)


@singledispatch
def rule(intent: Intent, _state: State) -> tuple[Event, ...]:
    """The rule of one kind of intent; whoever has the class has its rule, since they share a module."""
    raise TypeError(f"no rule for {type(intent).__name__}")


@singledispatch
def remarks(_intent: Intent, _state: State) -> Iterable[Fault]:
    """What is worth telling of one kind of intent that is recorded all the same."""
    return ()


def stated(kind: type[E], intent: Intent, **more: object) -> E:
    """The event that says what an intent asks for; its fields were held against these types with the intent."""
    return kind.model_construct(**dict(intent) | more)


def require(faults: Iterable[Fault]) -> None:
    """Faulty with all of them, if there are any."""
    found = list(faults)
    if found:
        raise Faulty(found, "有 {count} 处不符合规则，没有记录。")


def _require_home(state: State, intent: Intent) -> None:
    if not intent.belongs_in(state.stream):
        raise Refused("{stream} 不能记录 {intent}。", stream=state.stream, intent=type(intent).__name__)


def _require_open(state: State, intent: Intent) -> None:
    if state.is_closed and not intent.passes_closing:
        raise Refused("{stream} 已关账，不能再记录。如确有必要，请先用 budget reopen 重新开账。", stream=state.stream)


def _require_near_day(state: State, intent: Intent) -> None:
    year, day = state.stream.year, intent.day
    if year is not None and day is not None and abs(day.year - year) > 1:
        raise Refused(
            "生效日 {day} 与 {year} 年度相差一年以上，请核对 --year 和 --effective-on。",
            day=day,
            year=year,
        )
