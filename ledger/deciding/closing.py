"""关账, 重新开账."""

from events.closing import YearClosed, YearReopened
from events.document import Document
from events.errors import Refused
from events.model import Event, Text
from ledger.deciding.decider import rule, stated
from ledger.deciding.intent import Dated
from ledger.deciding.state import State


class CloseYear(Dated):
    """关账."""

    document: Document | None = None
    reason: Text


@rule.register
def _close(intent: CloseYear, _state: State) -> tuple[Event, ...]:
    return (stated(YearClosed, intent),)


class ReopenYear(Dated):
    """重新开账."""

    document: Document | None = None
    reason: Text

    @property
    def passes_closing(self) -> bool:
        """A year is reopened when it is closed."""
        return True


@rule.register
def _reopen(intent: ReopenYear, state: State) -> tuple[Event, ...]:
    if not state.is_closed:
        raise Refused("{stream} 没有关账，无需重新开账。", stream=state.stream)
    return (stated(YearReopened, intent),)
