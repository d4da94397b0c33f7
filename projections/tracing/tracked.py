"""Numbers that remember what they were made of.

A ``Tracked`` number is an ordinary integer wherever it is compared, divided or printed. Added, taken
away or turned around, it keeps where it came from, so that a sum can be taken apart again.
"""

from collections.abc import Iterator
from typing import NamedTuple

from projections.entries.read_model import Movement


class Stated(NamedTuple):
    """The figure of one event that states it, such as an indicator; ``year`` is whose figure it is."""

    event_id: str
    year: int


Source = Movement | Stated


class Tracked(int):
    """An integer with the sources it was added up from, each with the sign it was taken with."""

    source: Source | None = None
    parts: tuple[tuple[int, "Tracked"], ...] = ()

    @classmethod
    def of(cls, number: int, source: Source) -> "Tracked":
        """A number as its source has it."""
        made = cls(number)
        made.source = source
        return made

    @classmethod
    def _made_of(cls, *parts: tuple[int, int]) -> "Tracked":
        made = cls(sum(sign * int(number) for sign, number in parts))
        made.parts = tuple((sign, number) for sign, number in parts if isinstance(number, Tracked))
        return made

    def __add__(self, other: int, /) -> "Tracked":
        made = Tracked(int(self) + int(other))  # as _made_of, sooner: a table of many units is millions of these
        made.parts = ((1, self), (1, other)) if isinstance(other, Tracked) else ((1, self),)
        return made

    __radd__ = __add__

    def __sub__(self, other: int, /) -> "Tracked":
        return self._made_of((1, self), (-1, other))

    def __rsub__(self, other: int, /) -> "Tracked":
        return self._made_of((1, other), (-1, self))

    def __neg__(self) -> "Tracked":
        return self._made_of((-1, self))

    def __abs__(self) -> "Tracked":
        return -self if self < 0 else self

    def __mul__(self, other: int, /) -> int:
        """Turned around by a sign; anything else is no longer a sum, and a plain number."""
        return self._made_of((other, self)) if other in (1, -1) else int(self) * other

    __rmul__ = __mul__


def shares(number: int) -> dict[Source, int]:
    """What every source gives to a number, signed as it counts there; what cancels itself out is left out.

    A plain number has no sources. One that was made of plain numbers too is more than they give.
    """
    factors: dict[Source, int] = {}
    numbers: dict[Source, int] = {}
    for factor, leaf in _leaves(number):
        factors[leaf.source] = factors.get(leaf.source, 0) + factor
        numbers[leaf.source] = leaf.number
    return {source: factor * numbers[source] for source, factor in factors.items() if factor}


class _Leaf(NamedTuple):
    source: Source
    number: int


def _leaves(number: int) -> Iterator[tuple[int, _Leaf]]:
    """The sources below a number, without recursion: a sum of ten thousand lines is ten thousand deep."""
    waiting = [(1, number)]
    while waiting:
        factor, part = waiting.pop()
        if not isinstance(part, Tracked):
            continue
        if part.source is not None:
            yield factor, _Leaf(part.source, int(part))
        waiting += [(factor * sign, inner) for sign, inner in reversed(part.parts)]


class TrackedText(str):
    """A text that remembers which event stated it."""

    __slots__ = ("source",)
    source: Stated

    @classmethod
    def of(cls, text: str, source: Stated) -> "TrackedText":
        """A text as its source has it."""
        made = cls(text)
        made.source = source
        return made
