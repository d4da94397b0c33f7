"""What somebody wants to have recorded, before anything has been decided.

An intent with a rule of its own has its own class, which stands beside its rule; a plain statement is a
``Declare``. Intents carry the effective day and whatever else time means to them, so that deciding
reads no clock.
"""

from collections.abc import Sequence
from datetime import date

from events.document import Document
from events.line import Line, stored_key
from events.model import Text, Value
from events.stream import Stream


class Intent(Value):
    """Something to be recorded. Unless it says otherwise, it belongs in a fiscal year that is not closed."""

    def belongs_in(self, stream: Stream) -> bool:
        """Whether such a stream records it."""
        return stream.year is not None

    @property
    def passes_closing(self) -> bool:
        """Whether a closed year records it too."""
        return False

    @property
    def registers(self) -> bool:
        """Whether a unit begins with it; every other needs one that has begun."""
        return False

    @property
    def day(self) -> date | None:
        """The day that must lie near the fiscal year; None where any day will do."""
        return None

    @property
    def kinds(self) -> tuple[str, str]:
        """What it is called, and what the fact in it is called: the same, unless it only hands one over."""
        return (type(self).__name__,) * 2

    @property
    def codes(self) -> set[str]:
        """The codes of the 科目 it names, which the catalogue must know."""
        lines: Sequence[Line] = getattr(self, "lines", ())
        keys = map(stored_key, {text for text, _ in lines})
        return {code for key in keys for code in (key.function_code, key.economic_code) if code}


class Dated(Intent):
    """Something to be recorded as counting from a day."""

    effective_on: date

    @property
    def day(self) -> date:
        """The effective day."""
        return self.effective_on


class Decision(Dated):
    """An intent that rests on a document."""

    document: Document
    reason: Text


class OfUnit(Dated):
    """What a unit's own stream records, not one of its years."""

    def belongs_in(self, stream: Stream) -> bool:
        """In the unit's own."""
        return stream.year is None
