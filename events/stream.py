"""Streams: one for a unit, one for each of its fiscal years.

``101`` is the unit itself (登记, 概况); ``101/2024`` is its budget year. An event is named by its
stream and its version there: ``101/2024/3``.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from events.errors import Invalid

YEAR_MIN, YEAR_MAX = 1949, 2999
VERSION_DIGITS = 18

_UNIT = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,31}")
# The same for the compiled half of pydantic, years from YEAR_MIN to YEAR_MAX.
STREAM_NAME = rf"^{_UNIT.pattern}(?:/(?:19(?:49|[5-9][0-9])|2[0-9]{{3}}))?$"
_STREAM = re.compile(rf"({_UNIT.pattern})(?:/(\d{{4}}))?", re.ASCII)


class Stream(NamedTuple):
    """A unit, or one fiscal year of a unit."""

    unit: str
    year: int | None = None

    @classmethod
    @lru_cache(maxsize=10_000)
    def parse(cls, text: str) -> "Stream":
        """From ``101`` or ``101/2024``."""
        match = _STREAM.fullmatch(text)
        year = int(match[2]) if match and match[2] else None
        if not match or (year is not None and not YEAR_MIN <= year <= YEAR_MAX):
            raise Invalid("“{text}”不是流的名称，应写成 单位代码 或 单位代码/年度。", text=text)
        return cls(match[1], year)

    def __str__(self) -> str:
        return f"{self.unit}/{self.year}" if self.year else self.unit


def unit_code(text: str) -> str:
    """The text itself if it can name a unit, else Invalid."""
    if _UNIT.fullmatch(text):
        return text
    raise Invalid("单位代码“{text}”只能用字母、数字、- 和 _，最长 32 位。", text=text)


def event_id(stream: str, version: int) -> str:
    """The name of one event."""
    return f"{stream}/{version}"


def stream_of(identity: str) -> tuple[Stream, int]:
    """The stream and version that an event id names, else Invalid."""
    stream, _, version = identity.rpartition("/")
    if not (stream and version.isascii() and version.isdigit() and len(version) <= VERSION_DIGITS):
        raise Invalid("“{text}”不是事件编号，应写成 单位代码/年度/序号，例如 101/2024/3。", text=identity)
    return Stream.parse(stream), int(version)
