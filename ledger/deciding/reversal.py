"""冲销: an event is cancelled."""

from events.document import Document
from events.errors import Refused
from events.model import Event, Text
from events.reversal import EventReversed
from events.stream import Stream
from ledger.deciding.decider import rule, stated
from ledger.deciding.intent import Intent
from ledger.deciding.state import State


class ReverseEvent(Intent):
    """冲销 an event of the same stream."""

    event_id: str
    document: Document | None = None
    reason: Text

    def belongs_in(self, stream: Stream) -> bool:  # noqa: ARG002
        """In any: where the event is."""
        return True


@rule.register
def _reverse(intent: ReverseEvent, state: State) -> tuple[Event, ...]:
    original = state.history.get(intent.event_id)
    if original is None:
        raise Refused("{stream} 中没有事件 {event}。", stream=state.stream, event=intent.event_id)
    if not original.is_reversible:
        raise Refused("事件 {event} 属于不能冲销的类型。", event=intent.event_id)
    if intent.event_id in state.reversed_ids:
        raise Refused("事件 {event} 已经冲销过，一个事件只能冲销一次。", event=intent.event_id)
    return (stated(EventReversed, intent, effective_on=original.effective_on),)
