"""What a person must be told when something cannot be done.

An error keeps its message as a template and its details apart, so that the desk can put the
same sentence into another language. The template is the Chinese sentence itself.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self


class Fault(NamedTuple):
    """One thing wrong with one input: a template and what fills it."""

    template: str
    details: dict[str, object]

    def __str__(self) -> str:
        return self.template.format(**self.details)


def fault(template: str, /, **details: object) -> Fault:
    """A fault from its sentence and the details named in it."""
    return Fault(template, details)


class Listed(tuple[object, ...]):
    """Things named one after another in a sentence; every language parts them in its own way."""

    __slots__ = ()

    def __str__(self) -> str:
        return "、".join(map(str, self))


def listed(things: Iterable[object]) -> Listed:
    """Things as a detail of a fault."""
    return Listed(things)


class BudgetError(Exception):
    """The root of everything this product raises on purpose. ``faults`` are the single ones behind it, if it has any."""

    faults: tuple[Fault, ...] = ()

    def __init__(self, template: str, /, **details: object) -> None:
        super().__init__(template)
        self.fault = Fault(template, details)

    @classmethod
    def of(cls, found: Fault) -> Self:
        """The error that says a fault."""
        return cls(found.template, **found.details)

    def __str__(self) -> str:
        return str(self.fault)

    def because_of(self, faults: Iterable[Fault]) -> Self:
        """The same error with the faults behind it."""
        self.faults = tuple(faults)
        return self


class Invalid(BudgetError, ValueError):
    """A value that is not what it claims to be (an amount, a code, a date)."""


class WrongUsage(BudgetError):
    """The call names something that does not exist, or leaves out something it needs."""


class Refused(BudgetError):
    """A rule of the budget forbids it. Nothing was recorded."""


class Faulty(Refused):
    """A whole input was read and has these faults. Nothing was recorded."""

    def __init__(self, faults: Sequence[Fault], template: str, /, **details: object) -> None:
        super().__init__(template, count=len(faults), **details)
        self.faults = tuple(faults)


class Conflict(BudgetError):
    """Somebody else wrote first, or a command id came back with another content."""


class EvidenceBroken(BudgetError):
    """What is stored is not what was recorded."""
