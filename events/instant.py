"""Points in time: days in China, instants in UTC to the microsecond, and their stored text."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.errors import Invalid

CHINA = ZoneInfo("Asia/Shanghai")
TICK = timedelta(microseconds=1)


def instant_text(moment: datetime) -> str:
    """The stored form: ``2024-06-03T01:30:00.000000Z``. Sorts as it follows in time."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def parse_instant(text: str) -> datetime:
    """From an ISO date or date-time. A bare day means its end; a time without zone is China's."""
    with suppress(ValueError):
        return end_of_day(date.fromisoformat(text))
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid("“{text}”不是时刻，请写成 2024-06-03 或 2024-06-03T09:30:00+08:00。", text=text) from None


def parse_day(text: str) -> date:
    """From an ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("“{text}”不是日期，请写成 2024-06-03。", text=text) from None


def end_of_day(day: date) -> datetime:
    """The last microsecond of a day in China."""
    return (datetime.combine(day, time.max, tzinfo=CHINA)).astimezone(UTC)


def day_in_china(moment: datetime) -> date:
    """The day it was in China at an instant."""
    return moment.astimezone(CHINA).date()
