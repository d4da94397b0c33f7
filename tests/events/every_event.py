"""One example of every event, every field filled: what the golden payloads are made of.

``python tests/events/every_event.py`` writes the golden files that are not there yet. It never
touches one that is: a payload once stored is read for ever.
"""

import base64
from datetime import UTC, date, datetime
from pathlib import Path

from events.budget import (
    BudgetCarriedOver,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    ExecutionRecorded,
    InitialBudgetApproved,
)
from events.closing import YearClosed, YearReopened
from events.disclosure import (
    ComparabilityDeclared,
    DocumentPublished,
    ExplanationRecorded,
    IndicatorRecorded,
    PerformanceTargetSet,
    ProjectRegistered,
    PublishedFile,
    SubjectNamed,
)
from events.document import Document
from events.line import Line, LineKey
from events.model import Event
from events.money import Money
from events.payload import to_payload
from events.period import Period
from events.reversal import EventReversed
from events.signature import KeyRegistered, KeyRevoked, SignatureRecorded, fingerprint_of
from events.unit import UnitChanged, UnitDescribed, UnitRegistered
from events.vocabulary import Aspect, Basis, FundSource, Ground, Measure, Nature, Origin, ProjectKind, Signed

GOLDEN = Path(__file__).parent / "golden"

DAY = date(2024, 2, 6)
PAPER = Document(
    number="杭财行〔2024〕5号", title="关于批复2024年部门预算的通知", issuer="杭州市财政局", dated=date(2024, 2, 5)
)
OFFICE = LineKey(FundSource.GENERAL, Origin.THIS_YEAR, "2012901", None, None, None)
SALARIES = Line.of(OFFICE, Money.from_wan("696.3")).under(nature=Nature.PERSONNEL, economic_code="30101")
TRAVEL = Line.of(OFFICE, Money.from_wan("12.5")).under(nature=Nature.OPERATING, economic_code="30211")
TRAINING = Line.of(
    LineKey(FundSource.GENERAL, Origin.CARRIED_OVER, "2012902", Nature.PROJECT, None, "“双百”培训"),
    Money.from_yuan("0.01"),
)
NOT_BUDGETED = Line.of(OFFICE, Money(0)).under(nature=Nature.BUSINESS)
AS_FUNCTION = Line.of(OFFICE, Money.from_yuan("580123.45"))

PUBLIC_KEY = base64.b64encode(bytes(range(32))).decode()

EXAMPLES: tuple[Event, ...] = (
    UnitRegistered(effective_on=DAY, name="杭州市妇女联合会", parent="杭州市人民政府"),
    UnitChanged(effective_on=DAY, name="杭州市妇联", parent="杭州市人民政府", document=PAPER, reason="更名"),
    UnitDescribed(
        effective_on=DAY,
        nature="群众团体",
        duties=("（一）团结、动员妇女。", "第一行\n第二行"),
        departments=("办公室",),
    ),
    InitialBudgetApproved(
        effective_on=DAY, document=PAPER, reason="年初批复", lines=(SALARIES, TRAVEL, TRAINING, NOT_BUDGETED)
    ),
    BudgetSupplemented(effective_on=DAY, document=PAPER, reason="追加", ground=Ground.RESERVE, lines=(TRAVEL,)),
    BudgetReduced(effective_on=DAY, document=PAPER, reason="压减", ground=Ground.SAVING, lines=(-TRAVEL,)),
    BudgetTransferred(
        effective_on=DAY, document=PAPER, reason="调剂", lines=(-TRAVEL, TRAVEL.under(economic_code="30217"))
    ),
    BudgetCarriedOver(effective_on=DAY, document=PAPER, reason="结转", lines=(TRAINING,)),
    ExecutionRecorded(
        effective_on=DAY, period=Period(2024, 5), document=PAPER, reason="五月执行数", lines=(AS_FUNCTION,)
    ),
    EventReversed(effective_on=DAY, event_id="101/2024/3", document=PAPER, reason="金额录错"),
    IndicatorRecorded(
        effective_on=DAY,
        indicator="机关运行经费",
        amount=Money.from_wan("88.8"),
        definition="公用经费",
        restates=2023,
        document=PAPER,
        reason="口径调整",
    ),
    ExplanationRecorded(
        effective_on=DAY, subject="2012901", aspect=Aspect.CAUSE, basis=Basis.EXECUTION, text="=人员增加"
    ),
    ProjectRegistered(effective_on=DAY, name="“双百”培训", code="P-001", kind=ProjectKind.SPECIFIC_TARGET),
    PerformanceTargetSet(effective_on=DAY, project="“双百”培训", target="培训 200 人次，满意度≥95%"),
    ComparabilityDeclared(effective_on=DAY, excluded=("30103", "30109"), document=PAPER, reason="考核奖移出"),
    SubjectNamed(effective_on=DAY, code="2012901", name="行政运行（群团）", place="table-5", reason="沿用上年"),
    DocumentPublished(
        effective_on=DAY,
        as_of=date(2024, 2, 29),
        known_at=datetime(2024, 2, 29, 15, 59, 59, 999999, tzinfo=UTC),
        ledger_digest=f"sha256:{'0' * 64}",
        edition="hangzhou-2024",
        edition_digest=f"sha256:{'1' * 64}",
        measure=Measure.CURRENT,
        forms=("docx", "pdf"),
        files=(PublishedFile(name="预算.docx", digest=f"sha256:{'2' * 64}"),),
        made_with=("budget-ledger 0.1.0",),
        forced=True,
    ),
    YearClosed(effective_on=DAY, document=PAPER, reason="决算已批复"),
    YearReopened(effective_on=DAY, document=PAPER, reason="审计调整"),
    KeyRegistered(effective_on=DAY, officer="王会计", public_key=PUBLIC_KEY, reason="财务科长任职"),
    KeyRevoked(effective_on=DAY, fingerprint=fingerprint_of(PUBLIC_KEY), reason="离任"),
    SignatureRecorded(
        effective_on=DAY,
        what=Signed.PUBLICATION,
        publication="101/2024/16",
        known_at="2024-03-01T01:00:00.000000Z",
        digest=f"sha256:{'3' * 64}",
        fingerprint=fingerprint_of(PUBLIC_KEY),
        signature=base64.b64encode(bytes(64)).decode(),
    ),
)


def golden_file(event: Event) -> Path:
    return GOLDEN / f"{event.type}.v{event.version}.json"


if __name__ == "__main__":
    for example in EXAMPLES:
        if not golden_file(example).exists():
            golden_file(example).write_bytes(to_payload(example).encode())
