"""The period an execution figure covers: a month, or the whole year's final figure."""

import calendar
import re
from datetime import date
from typing import NamedTuple

from events.errors import Invalid
from events.stream import YEAR_MAX, YEAR_MIN

_PERIOD = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", re.ASCII)


class Period(NamedTuple):
    """A year, or one month of it."""

    year: int
    month: int | None

    @classmethod
    def parse(cls, text: str) -> "Period":
        """From ``2024`` or ``2024-05``."""
        match = _PERIOD.fullmatch(text)
        if not match or not YEAR_MIN <= int(match[1]) <= YEAR_MAX:
            raise Invalid("期间“{text}”应写成 2024（全年）或 2024-05（某月）。", text=text)
        return cls(int(match[1]), int(match[2]) if match[2] else None)

    @property
    def last_day(self) -> date:
        """The day on which the period is complete."""
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"
