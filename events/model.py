"""What every stored value has in common: frozen, strict, nothing extra, text without surprises."""

import unicodedata
from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from events.errors import Invalid

INVISIBLE = {"Cc", "Cf", "Cs"}  # control, format (zero-width, direction) and lone surrogates


def printable(text: str) -> str:
    """The text itself if all of it can be seen, else Invalid."""
    if any(unicodedata.category(character) in INVISIBLE and character != "\n" for character in text):
        raise Invalid("文字里有不可见的控制字符，请删去后重试。")
    return text


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(printable)]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), AfterValidator(printable)
]


class Value(BaseModel):
    """An immutable value. Unknown fields and silent conversions are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Event(Value):
    """A fact. ``version`` counts the shapes its type has had; ``effective_on`` is the day it counts from."""

    version: ClassVar[int] = 1

    type: str
    effective_on: date
