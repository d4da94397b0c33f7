"""关账: a year is closed against further recording, or opened again."""

from typing import Literal

from pydantic import Field

from events.document import Document
from events.model import Event, Text


class YearClosed(Event):
    """关账: nothing more is recorded in the year until it is reopened."""

    type: Literal["YearClosed"] = Field(default="YearClosed", exclude=True)
    document: Document | None = None
    reason: Text


class YearReopened(Event):
    """重新开账."""

    type: Literal["YearReopened"] = Field(default="YearReopened", exclude=True)
    document: Document | None = None
    reason: Text
