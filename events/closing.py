"""关账: a year is closed against further recording, or opened again."""

from typing import ClassVar

from events.document import Document
from events.model import Event, Text


class YearClosed(Event):
    """关账: until the year is reopened, nothing more is recorded in it but its publications."""

    is_reversible: ClassVar[bool] = False

    document: Document | None = None
    reason: Text


class YearReopened(Event):
    """重新开账."""

    is_reversible: ClassVar[bool] = False
    passes_closing: ClassVar[bool] = True

    document: Document | None = None
    reason: Text
