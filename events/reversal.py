"""冲销: one event cancels another."""

from typing import ClassVar

from events.document import Document
from events.model import Event, Text


class EventReversed(Event):
    """冲销: cancels one event from the day it counted from, known from now on (勾稽 L-06).

    ``effective_on`` is that of the event it cancels.
    """

    is_reversible: ClassVar[bool] = False

    event_id: str
    document: Document | None = None
    reason: Text
