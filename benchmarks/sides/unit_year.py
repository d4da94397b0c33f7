"""A unit's budget year as an aggregate of the library ``eventsourcing``, the way its manual writes one.

Its events carry their lines as a list of dicts with decimals and dates, in the default JSON transcoder.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import JSONTranscoder, Transcoding

FIELDS = ("fund_source", "origin", "function_code", "nature", "economic_code", "project")

LineDict = dict[str, Any]
DocumentDict = dict[str, str]
Balances = defaultdict[tuple[str, ...], Decimal]


class DateAsISO(Transcoding):
    """A date as text: the manual's own example of a transcoding one adds."""

    type = date
    name = "date_iso"

    def encode(self, obj: date) -> str:
        """As ISO text."""
        return obj.isoformat()

    def decode(self, data: str) -> date:
        """From ISO text."""
        return date.fromisoformat(data)


class UnitYear(Aggregate):
    """What a unit was granted in a year and what it spent, line by line."""

    @event("InitialBudgetApproved")
    def __init__(self, unit: str, year: int, effective_on: date, document: DocumentDict, lines: list[LineDict]) -> None:  # noqa: ARG002
        """年初批复 begins the year."""
        self.unit = unit
        self.year = year
        self.budget: Balances = defaultdict(Decimal)
        self.executed: Balances = defaultdict(Decimal)
        _add(self.budget, lines)

    @staticmethod
    def create_id(unit: str, year: int, **_: Any) -> UUID:
        """The same id for the same unit and year."""
        return uuid5(NAMESPACE_URL, f"{unit}/{year}")

    @event("BudgetChanged")
    def change(self, kind: str, effective_on: date, document: DocumentDict, lines: list[LineDict]) -> None:  # noqa: ARG002
        """追加, 追减 or 调剂."""
        _add(self.budget, lines)

    @event("ExecutionRecorded")
    def execute(self, month: int, effective_on: date, document: DocumentDict, lines: list[LineDict]) -> None:  # noqa: ARG002
        """执行数 of a month."""
        _add(self.executed, lines)


class Budgets(Application[UUID]):
    """Where unit years are kept."""

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        """Dates beside what the library knows."""
        super().register_transcodings(transcoder)
        transcoder.register(DateAsISO())


def _add(balances: Balances, lines: Iterable[LineDict]) -> None:
    for line in lines:
        balances[tuple(line[name] or "" for name in FIELDS)] += line["amount"]
