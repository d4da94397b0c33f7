"""How fuzz tests are run. ``FUZZ_EXAMPLES`` in the environment asks for more examples, drawn anew each time."""

import os
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from events.errors import Invalid

ASKED = int(os.environ.get("FUZZ_EXAMPLES", "0"))

DIGITS = "0123456789０１２٣²五.,，+-−eE_ \t\u3000万元亿〔〕[]()（）第号/:TZW"
WORDS = st.text(DIGITS, max_size=24) | st.text(max_size=40)
NUMBERS = st.integers(-(10**20), 10**20).map(str) | st.decimals(allow_nan=True, places=3).map(str)


def examples(count: int, asked: int = ASKED) -> settings:
    """So many examples, or as many as were asked for."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
    return settings(max_examples=asked or count, derandomize=not asked, suppress_health_check=slow)


def taken(reader: Callable[[str], object], text: str) -> object | None:
    """What a reader makes of a text; None where it says that it is invalid."""
    try:
        return reader(text)
    except Invalid:
        return None
