"""Plain statements: facts that need no rule of their own."""

from datetime import date

from events.codes import THREE_PUBLIC
from events.disclosure import (
    ComparabilityDeclared,
    DocumentPublished,
    ExplanationRecorded,
    IndicatorRecorded,
    PerformanceTargetSet,
    ProjectRegistered,
    SubjectNamed,
)
from events.errors import Refused
from events.model import Event
from events.stream import Stream
from events.unit import UnitChanged, UnitDescribed
from ledger.deciding.decider import rule
from ledger.deciding.intent import Intent
from ledger.deciding.state import State

Fact = (
    UnitChanged
    | UnitDescribed
    | IndicatorRecorded
    | ExplanationRecorded
    | ProjectRegistered
    | PerformanceTargetSet
    | ComparabilityDeclared
    | SubjectNamed
    | DocumentPublished
)


class Declare(Intent):
    """A statement that needs no more than an open year. A document may go out at any time, of a closed year too."""

    fact: Fact

    def belongs_in(self, stream: Stream) -> bool:
        """What is said of a unit itself, in its own; all else in a year."""
        return self.fact.is_of_unit == (stream.year is None)

    @property
    def passes_closing(self) -> bool:
        """Whether it publishes."""
        return self.fact.passes_closing

    @property
    def day(self) -> date | None:
        """The effective day of the fact, unless it publishes."""
        return None if self.passes_closing else self.fact.effective_on


@rule.register
def _(intent: Declare, state: State) -> tuple[Event, ...]:
    restated = getattr(intent.fact, "restates", None)
    if restated is not None and restated + 1 != state.stream.year:
        raise Refused(
            "{year} 年的指标只能重述上年（{last}）的基数，不能重述 {restated} 年的。",
            year=state.stream.year,
            last=(state.stream.year or 0) - 1,
            restated=restated,
        )
    if isinstance(intent.fact, ComparabilityDeclared):
        _require_three_public(intent.fact)
    return (intent.fact,)


def _require_three_public(fact: ComparabilityDeclared) -> None:
    """同口径 is told of 三公经费 alone: leaving out any other 款 would change nothing."""
    if others := [code for code in fact.excluded if code not in THREE_PUBLIC]:
        raise Refused(
            "{codes} 不在“三公”经费之内：同口径只用于“三公”经费与上年预算数的比较，可以剔除 {known}。",
            codes="、".join(others),
            known="、".join(THREE_PUBLIC),
        )
