"""Text that people typed: what may be in it."""

import unicodedata

from events.errors import Invalid

INVISIBLE = {"Cc", "Cf", "Cs"}  # control, format (zero-width, direction) and lone surrogates

_HALF_WIDTH = {ord("　"): ord(" ")} | {full: full - 0xFEE0 for full in range(ord("！"), ord("～") + 1)}


def half_width(text: str) -> str:
    """The text with full-width digits, letters and marks made half-width; nothing else becomes a digit."""
    return text.translate(_HALF_WIDTH)


def printable(text: str) -> str:
    """The text itself if all of it can be seen, else Invalid."""
    if text.isprintable():
        return text
    if any(unicodedata.category(character) in INVISIBLE and character != "\n" for character in text):
        raise Invalid("文字里有不可见的控制字符，请删去后重试。")
    return text


def in_one_line(text: str) -> str:
    """The text itself if all of it can be seen in one line, else Invalid."""
    if len(text.splitlines()) > 1:
        raise Invalid("名称应写在一行里，请删去换行后重试。")
    return printable(text)


def seen(text: str) -> str:
    """The text without the blanks around it; Invalid if nothing is left, or something one cannot see."""
    if not text.strip():
        raise Invalid("名称不能为空。")
    return in_one_line(text.strip())
