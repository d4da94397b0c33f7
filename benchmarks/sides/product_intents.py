"""What the product is told: a fact as an intent to be decided, or as an event to be taken over."""

from collections.abc import Callable

from benchmarks.facts import Fact, Row
from events.budget import BudgetReduced, BudgetSupplemented, BudgetTransferred, ExecutionRecorded, InitialBudgetApproved
from events.document import Document
from events.line import Line, LineKey
from events.model import Event
from events.money import Money
from events.period import Period
from events.vocabulary import FundSource, Ground, Nature, Origin, tokens
from ledger.deciding.budget import ApproveInitialBudget, ReduceBudget, SupplementBudget, TransferBudget
from ledger.deciding.execution import RecordExecution
from ledger.deciding.intent import Intent

INTENTS: dict[str, Callable[..., Intent]] = {
    "initial": ApproveInitialBudget,
    "supplement": SupplementBudget,
    "reduction": ReduceBudget,
    "transfer": TransferBudget,
    "execution": RecordExecution,
}
EVENTS: dict[str, Callable[..., Event]] = {
    "initial": InitialBudgetApproved,
    "supplement": BudgetSupplemented,
    "reduction": BudgetReduced,
    "transfer": BudgetTransferred,
    "execution": ExecutionRecorded,
}
FUND_SOURCES, ORIGINS, NATURES = tokens(FundSource), tokens(Origin), tokens(Nature)
GROUNDS = {"supplement": Ground.ADJUSTMENT, "reduction": Ground.SAVING}


def intent(fact: Fact) -> Intent:
    """A fact as somebody wants it recorded; what is taken away is said as a positive amount."""
    lines = tuple(map(_line, fact.lines))
    told = tuple(-line for line in lines) if fact.kind == "reduction" else lines
    return INTENTS[fact.kind](**_said(fact), lines=told)


def event(fact: Fact) -> Event:
    """A fact as an event, held against its model."""
    return EVENTS[fact.kind](**_said(fact), lines=tuple(map(_line, fact.lines)))


def _line(row: Row) -> Line:
    fund_source, origin, function, nature, economic, project, fen = row
    key = LineKey(FUND_SOURCES[fund_source], ORIGINS[origin], function, NATURES[nature], economic, project)
    return Line.of(key, Money(fen))


def _said(fact: Fact) -> dict[str, object]:
    said: dict[str, object] = {
        "effective_on": fact.day,
        "document": Document(number=fact.document),
        "reason": fact.reason,
    }
    if fact.kind in GROUNDS:
        said["ground"] = GROUNDS[fact.kind]
    if fact.kind == "execution":
        said["period"] = Period(fact.year, fact.month)
    return said
