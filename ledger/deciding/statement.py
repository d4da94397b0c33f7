"""Plain statements: facts that need no rule of their own."""

from collections.abc import Iterable, Iterator
from datetime import date

from events.codes import ITEM_LENGTH, THREE_PUBLIC, is_economic
from events.disclosure import (
    ComparabilityDeclared,
    DocumentPublished,
    ExplanationRecorded,
    IndicatorRecorded,
    PerformanceTargetSet,
    ProjectRegistered,
    SubjectNamed,
)
from events.errors import Fault, Refused, fault, listed
from events.model import Event
from events.money import ZERO
from events.stream import Stream
from events.unit import UnitChanged, UnitDescribed
from events.vocabulary import Aspect, Basis, Topic
from ledger.deciding.decider import remarks, rule
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

    @property
    def kinds(self) -> tuple[str, str]:
        """Itself, and the fact."""
        return type(self).__name__, self.fact.type

    @property
    def codes(self) -> set[str]:
        """The code of the 科目 it explains."""
        return {self.fact.code} if isinstance(self.fact, ExplanationRecorded) and self.fact.code else set()


@rule.register
def _declare(intent: Declare, state: State) -> tuple[Event, ...]:
    restated = intent.fact.restates if isinstance(intent.fact, IndicatorRecorded) else None
    if restated is not None and restated + 1 != state.stream.year:
        raise Refused(
            "{year} 年的指标只能重述上年（{last}）的基数，不能重述 {restated} 年的。",
            year=state.stream.year,
            last=(state.stream.year or 0) - 1,
            restated=restated,
        )
    if isinstance(intent.fact, IndicatorRecorded) and _is_negative(intent.fact):
        raise Refused("指标“{indicator}”的数不能为负。", indicator=intent.fact.indicator)
    if isinstance(intent.fact, ComparabilityDeclared):
        _require_three_public(intent.fact)
    return (_with_basis(intent.fact) if isinstance(intent.fact, ExplanationRecorded) else intent.fact,)


@remarks.register
def _unprinted(intent: Declare, state: State) -> Iterable[Fault]:
    """Where a statement will not be printed, as what it is about is not there."""
    if isinstance(intent.fact, ExplanationRecorded):
        return _unprinted_explanation(state, intent.fact)
    if isinstance(intent.fact, PerformanceTargetSet):
        return _unprinted_target(state, intent.fact)
    return ()


def _unprinted_explanation(state: State, said: ExplanationRecorded) -> Iterator[Fault]:
    if said.code and (is_economic(said.code) or len(said.code) != ITEM_LENGTH):
        yield fault("{code} 不是功能科目的项（7 位），正文只说明到项，这条说明不会印出。", code=said.code)
    indicators = {known.indicator for _, known in state.standing(IndicatorRecorded)}
    if not said.code and not said.topic and said.subject not in indicators:
        yield fault(
            "{stream} 没有指标“{subject}”，记录它之前这条说明不会印出；科目请写编码，此外可以写：{topics}。",
            stream=state.stream,
            subject=said.subject,
            topics=listed(topic.label for topic in Topic),
        )


def _unprinted_target(state: State, said: PerformanceTargetSet) -> Iterator[Fault]:
    from ledger.deciding.balances import balances  # no other statement asks for the budget

    registered = {known.name for _, known in state.standing(ProjectRegistered)}
    if said.project not in registered | {key.project for key in balances(state)}:
        yield fault(
            "{stream} 没有项目“{project}”，有它的明细之前这条绩效目标不会印出。",
            stream=state.stream,
            project=said.project,
        )


def _is_negative(fact: IndicatorRecorded) -> bool:
    return (fact.count or 0) < 0 or (fact.amount or ZERO) < ZERO


def _with_basis(fact: ExplanationRecorded) -> ExplanationRecorded:
    """A cause that names no basis gets that of the comparison in which its subject is printed."""
    if fact.aspect is not Aspect.CAUSE or fact.basis is not None:
        return fact
    is_spent = fact.code is not None or fact.topic is Topic.TOTAL
    return fact.model_copy(update={"basis": Basis.EXECUTION if is_spent else Basis.BUDGET})


def _require_three_public(fact: ComparabilityDeclared) -> None:
    """同口径 is told of 三公经费 alone: leaving out any other 款 would change nothing."""
    if others := [code for code in fact.excluded if code not in THREE_PUBLIC]:
        raise Refused(
            "{codes} 不在“三公”经费之内：同口径只用于“三公”经费与上年预算数的比较，可以剔除 {known}。",
            codes=listed(others),
            known=listed(THREE_PUBLIC),
        )
