"""How many columns text takes where Chinese characters take two (Unicode Standard Annex 11)."""

import unicodedata
from functools import lru_cache

TWO_COLUMNS = ("W", "F")
NO_COLUMN = ("Mn", "Me", "Cf")  # marks that sit on the character before, and what is not seen at all


@lru_cache(maxsize=10_000)  # a long table says the same in many rows
def width_of(text: str) -> int:
    """The columns of a text in a terminal and in a table set in Chinese type."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in TWO_COLUMNS else 1
