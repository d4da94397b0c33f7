"""What every stored value has in common: frozen, strict, nothing extra, text without surprises."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from events.text import in_one_line, printable

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(in_one_line)
]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), AfterValidator(printable)
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]


class Value(BaseModel):
    """An immutable value. Unknown fields and silent conversions are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Event(Value):
    """A fact. ``version`` counts the shapes its type has had; ``effective_on`` is the day it counts from.

    Some kinds cannot be reversed, some are recorded of a closed year too, and some are said of a unit itself,
    not of one of its years.
    """

    version: ClassVar[int] = 1
    is_reversible: ClassVar[bool] = True
    passes_closing: ClassVar[bool] = False
    is_of_unit: ClassVar[bool] = False

    effective_on: date

    @property
    def type(self) -> str:
        """What its kind is called, in storage too."""
        return self.__class__.__name__
