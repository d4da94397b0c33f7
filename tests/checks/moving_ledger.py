"""A ledger in which everything happens: several funds, 追加, 追减, 调剂, 执行数, 冲销, 结转, 公开, documents in full.

The unit is 甲中心 (201), the years are 2023 and 2024. No rule that must hold fails on it.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

from events.disclosure import (
    DocumentPublished,
    ExplanationRecorded,
    IndicatorRecorded,
    PerformanceTargetSet,
    ProjectRegistered,
    PublishedFile,
)
from events.document import Document
from events.instant import CHINA, end_of_day
from events.line import Line, LineKey
from events.money import Money
from events.period import Period
from events.stream import Stream
from events.vocabulary import Aspect, Basis, FundSource, Ground, Measure, Nature, Origin
from ledger.catalogue import builtin
from ledger.deciding.budget import ApproveInitialBudget, CarryOverBudget, ReduceBudget, SupplementBudget, TransferBudget
from ledger.deciding.execution import RecordExecution
from ledger.deciding.reversal import ReverseEvent
from ledger.deciding.statement import Declare
from ledger.deciding.unit import RegisterUnit
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from projections.cut import Cut
from projections.entries.read_model import ReadModel
from projections.reading.reader import Question, Reader

CODE, NAME = "201", "甲中心"
YEARS = (2023, 2024)
GENERAL, FUND, OWN = FundSource.GENERAL, FundSource.GOVERNMENT_FUND, FundSource.INSTITUTION
FILE = PublishedFile(name="budget.pdf", digest="sha256:" + "0" * 64)


def line(fund: FundSource, function: str, nature: Nature, detail: str, wan: str) -> Line:
    economic, project = (None, detail) if nature is Nature.PROJECT else (detail, None)
    return Line.of(LineKey(fund, Origin.THIS_YEAR, function, nature, economic, project), Money.from_wan(wan))


def activity(wan: str) -> Line:
    return line(GENERAL, "2012902", Nature.PROJECT, "活动", wan)


def salaries(wan: str) -> Line:
    return line(GENERAL, "2012901", Nature.PERSONNEL, "30101", wan)


def trips(wan: str) -> Line:
    return line(GENERAL, "2012901", Nature.OPERATING, "30212", wan)


def reception(wan: str) -> Line:
    return line(GENERAL, "2012901", Nature.OPERATING, "30217", wan)


def initial(year: int) -> tuple[Line, ...]:
    """Amounts to the 元, so that what is printed in 万元 is rounded."""
    return (
        salaries(f"{year - 2020}00.00"),
        trips("0"),
        reception("3.33"),
        line(GENERAL, "2012901", Nature.OPERATING, "30201", "10.005"),
        line(OWN, "2012901", Nature.OPERATING, "30201", "7.77"),
        line(OWN, "2012902", Nature.PROJECT, "活动", "55.55"),
        activity("100"),
        line(FUND, "2120303", Nature.PROJECT, "道路", "20"),
        line(GENERAL, "2080501", Nature.PERSONNEL, "30302", "5"),
        line(GENERAL, "2080505", Nature.PERSONNEL, "30108", "16"),
        line(GENERAL, "2080506", Nature.PERSONNEL, "30109", "8"),
    )


class Story:
    """A ledger being told; every recording comes an hour after the one before, or in the next year."""

    def __init__(self, path: Path) -> None:
        self.store = SqliteStore.create(path)
        self.entries = ReadModel(self.store)
        self.reader = Reader(self.store, self.entries, builtin())
        self.now = datetime(2023, 1, 10, 9, tzinfo=CHINA)

    def record(self, stream: Stream, intent: object) -> str:
        self.now += timedelta(hours=1)
        ledger = Ledger(self.store, self.entries.follow, builtin(), lambda: self.now)
        return record(ledger, stream, intent, Order(actor="王会计")).records[0].event_id

    def tell(self) -> Reader:
        self.record(Stream(CODE), RegisterUnit(effective_on=date(2020, 1, 1), name=NAME))
        for year in YEARS:
            self.now = max(self.now, datetime(year, 1, 10, 9, tzinfo=CHINA))
            self._year(Stream(CODE, year), year)
        return self.reader

    def _year(self, stream: Stream, year: int) -> None:
        decided = {"document": paper(year), "reason": "工作需要"}
        self.record(stream, ApproveInitialBudget(effective_on=date(year, 1, 20), lines=initial(year), **decided))
        if year == YEARS[-1]:
            carried = (activity("13"),)
            self.record(stream, CarryOverBudget(effective_on=date(year, 1, 1), lines=carried, **decided))
        for fact in facts(year):
            self.record(stream, Declare(fact=fact))
        self._publish(stream, year)
        more = {"ground": Ground.ADJUSTMENT, **decided}
        self.record(stream, SupplementBudget(effective_on=date(year, 3, 1), lines=(activity("5"),), **more))
        wrong = SupplementBudget(effective_on=date(year, 3, 2), lines=(activity("50"),), **more)
        self.record(stream, ReverseEvent(event_id=self.record(stream, wrong), reason="重复记录"))
        plan = {"ground": Ground.OVERSEAS_PLAN, **decided}
        self.record(stream, SupplementBudget(effective_on=date(year, 3, 3), lines=(trips("6"),), **plan))
        moved = (activity("-2"), salaries("2"))
        self.record(stream, TransferBudget(effective_on=date(year, 4, 1), lines=moved, **decided))
        saving = {"ground": Ground.SAVING, **decided}
        self.record(stream, ReduceBudget(effective_on=date(year, 5, 1), lines=(reception("1"),), **saving))
        for month in range(1, 7):
            period = Period(year, month)
            self.record(stream, RecordExecution(effective_on=period.last_day, period=period, lines=spent(month)))

    def _publish(self, stream: Stream, year: int) -> None:
        day = date(year, 2, 5)
        cut = Cut(day, self.now)
        fact = DocumentPublished(
            effective_on=day,
            as_of=cut.as_of,
            known_at=cut.known_at,
            ledger_digest=self.reader.digest(cut),
            edition="hangzhou/2024",
            edition_digest=FILE.digest,
            measure=Measure.INITIAL,
            forms=("pdf",),
            files=(FILE,),
        )
        self.record(stream, Declare(fact=fact))


def paper(year: int) -> Document:
    number = f"杭财行〔{year}〕5号"
    return Document(number=number, title="关于批复部门预算的通知", issuer="杭州市财政局", dated=date(year, 1, 20))


def facts(year: int) -> list[object]:
    day = date(year, 1, 1)
    found: list[object] = [ProjectRegistered(effective_on=day, name=name) for name in ("活动", "道路")]
    found += [PerformanceTargetSet(effective_on=day, project=name, target="按计划完成") for name in ("活动", "道路")]
    costs = Money.from_wan("13.335")
    found.append(IndicatorRecorded(effective_on=day, indicator="机关运行经费", amount=costs, definition="全部公用经费"))
    subjects = {"total": "工作量增加", "2012901": "人员增加", "2012902": "活动增加"}
    found += [
        ExplanationRecorded(effective_on=day, subject=subject, aspect=Aspect.CAUSE, basis=Basis.EXECUTION, text=text)
        for subject, text in subjects.items()
    ]
    return found


def spent(month: int) -> tuple[Line, ...]:
    bare = {"origin": Origin.THIS_YEAR, "nature": None, "economic_code": None, "project": None}
    amounts = {(GENERAL, "2012901"): f"{month}", (OWN, "2012902"): "2", (GENERAL, "2012902"): "15"}
    return tuple(
        Line.of(LineKey(fund_source=fund, function_code=function, **bare), Money.from_wan(wan))
        for (fund, function), wan in amounts.items()
    )


def asked(year: int, measure: Measure = Measure.CURRENT, day: date | None = None) -> Question:
    day = day or date(year, 12, 31)
    return Question(CODE, year, measure, Cut(day, end_of_day(day)))
