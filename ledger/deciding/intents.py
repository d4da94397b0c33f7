"""What somebody wants to have recorded, before anything has been decided.

An intent with rules of its own has its own class; a plain statement is a ``Declare``. Intents carry
the effective day and whatever else time means to them, so that deciding reads no clock.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from events.budget import BudgetLines, Lines, PeriodText
from events.disclosure import (
    ComparabilityDeclared,
    DocumentPublished,
    ExplanationRecorded,
    IndicatorRecorded,
    PerformanceTargetSet,
    ProjectRegistered,
    Sha256,
    SubjectNamed,
)
from events.document import Document
from events.model import Name, Text, Value
from events.signature import Instant, PublicKey, SignatureText
from events.unit import UnitDescribed
from events.vocabulary import Ground, Signed


class Intent(Value):
    """Something to be recorded as counting from a day."""

    effective_on: date


class Decision(Intent):
    """An intent that rests on a document."""

    document: Document
    reason: Text


class RegisterUnit(Intent):
    """登记单位."""

    name: Name
    parent: Name | None = None


class ApproveInitialBudget(Decision):
    """记录年初批复. Amounts are not negative; an explicit 0 is kept."""

    lines: BudgetLines


class SupplementBudget(Decision):
    """追加. Amounts are positive."""

    ground: Ground
    lines: BudgetLines


class ReduceBudget(Decision):
    """追减. Amounts are positive: how much is taken away."""

    ground: Ground
    lines: BudgetLines


class TransferBudget(Decision):
    """调剂. Signed amounts that sum to zero within each fund source."""

    lines: BudgetLines


class CarryOverBudget(Decision):
    """结转: positive amounts out of the year before, into this year."""

    lines: BudgetLines


class RecordExecution(Intent):
    """记录执行数 of a month or of the year."""

    period: PeriodText
    document: Document | None = None
    reason: Text | None = None
    lines: Lines


class ReverseEvent(Value):
    """冲销 an event of the same stream."""

    event_id: str
    document: Document | None = None
    reason: Text


class CloseYear(Intent):
    """关账."""

    document: Document | None = None
    reason: Text


class ReopenYear(Intent):
    """重新开账."""

    document: Document | None = None
    reason: Text


class RegisterKey(Intent):
    """登记签名公钥 of an officer."""

    officer: Name
    public_key: PublicKey
    reason: Text | None = None


class RevokeKey(Intent):
    """停用签名公钥."""

    fingerprint: Sha256
    reason: Text


class RecordSignature(Intent):
    """记录签名 to the unit's streams or to a publication."""

    what: Signed
    publication: Name | None = None
    known_at: Instant
    digest: Sha256
    fingerprint: Sha256
    signature: SignatureText


Fact = (
    UnitDescribed
    | IndicatorRecorded
    | ExplanationRecorded
    | ProjectRegistered
    | PerformanceTargetSet
    | ComparabilityDeclared
    | SubjectNamed
    | DocumentPublished
)


class Declare(Value):
    """A statement that needs no more than an open year."""

    fact: Annotated[Fact, Field(discriminator="type")]
