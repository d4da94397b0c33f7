"""Intents drawn at random: every kind there is, most of them as people give them, some that a rule forbids."""

import base64
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

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
from events.instant import instant_text
from events.line import Line, LineKey
from events.model import Value
from events.money import Money
from events.period import Period
from events.signature import fingerprint_of
from events.stream import Stream
from events.unit import UnitChanged, UnitDescribed
from events.vocabulary import Aspect, Basis, FundSource, Ground, Measure, Nature, Origin, ProjectKind, Signed
from ledger.deciding.budget import ApproveInitialBudget, CarryOverBudget, ReduceBudget, SupplementBudget, TransferBudget
from ledger.deciding.closing import CloseYear, ReopenYear
from ledger.deciding.execution import RecordExecution
from ledger.deciding.reversal import ReverseEvent
from ledger.deciding.signature import RecordSignature, RegisterKey, RevokeKey
from ledger.deciding.statement import Declare, Fact
from ledger.deciding.unit import RegisterUnit

UNITS = {"101": "杭州市总工会", "102-a": "工人文化宫", "Z_9": "尚未登记的单位"}
YEARS = (2023, 2024, 2025)
PROJECTS = ("劳模管理服务", "“双百”培训", "数字工会")
FUNCTIONS = ("2012901", "2012902", "2080501")
UNKNOWN_SUBJECT = "2999999"
SHA = "sha256:" + "0" * 64
LARGEST = 10**8


class Wish(NamedTuple):
    """An intent and the stream it is for."""

    stream: Stream
    intent: Value


class Drawer:
    """Draws wishes. ``targets`` are the ids of events that might be reversed.

    ``pin`` says to what instant and digest of a unit a publication or a signature is pinned.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.targets: list[str] = []
        self.pin: Callable[[str], tuple[datetime, str]] = lambda _: (datetime(2024, 1, 1, tzinfo=UTC), SHA)

    def wish(self) -> Wish:
        """One of every kind of intent, the commoner kinds more often."""
        return self._chance.choices(_MAKERS, _WEIGHTS)[0](self)

    def register(self) -> Wish:
        code = self._chance.choice(list(UNITS)[:2])
        parent = self._chance.choice([None, "杭州市人民政府"])
        return Wish(Stream(code), RegisterUnit(effective_on=self._day(2023), name=UNITS[code], parent=parent))

    def describe(self) -> Wish:
        fact = UnitDescribed(effective_on=self._day(2023), nature="群众团体", departments=("办公室", "财务部"))
        return Wish(self._unit(), Declare(fact=fact))

    def change(self) -> Wish:
        fact = UnitChanged(effective_on=self._day(2024), name=self._chance.choice(["甲单位", "乙单位"]), reason="更名")
        return Wish(self._unit(), Declare(fact=fact))

    def approve(self) -> Wish:
        return self._decided(ApproveInitialBudget, [self._line(0) for _ in range(self._chance.randint(1, 5))])

    def supplement(self) -> Wish:
        return self._decided(SupplementBudget, self._lines(), ground=Ground.RESERVE)

    def reduce(self) -> Wish:
        return self._decided(ReduceBudget, self._lines(), ground=Ground.SAVING)

    def transfer(self) -> Wish:
        out = self._line(1)
        into = out.under(function_code=self._chance.choice(FUNCTIONS))
        slip = 1 if self._chance.random() < 0.05 else 0
        return self._decided(TransferBudget, [-out, into._replace(fen=into.fen + slip)])

    def carry_over(self) -> Wish:
        return self._decided(CarryOverBudget, self._lines())

    def execute(self) -> Wish:
        stream = self._stream()
        month = self._chance.choice([None, *range(1, 13)])
        period = Period(self._chance.choice([stream.year] * 9 + [2020]), month)
        lines = [self._line(-5).under(economic_code=None, project=None) for _ in range(self._chance.randint(1, 3))]
        lines = [line.under(nature=self._chance.choice([None, line.key.nature])) for line in lines]
        more = {"document": self._paper(), "reason": "执行数"} if self._chance.random() < 0.5 else {}
        intent = RecordExecution(effective_on=period.last_day, period=period, lines=tuple(lines), **more)
        return Wish(stream, intent)

    def reverse(self) -> Wish:
        event_id = self._chance.choice([*self.targets[-12:], "101/2024/999"])
        stream = Stream.parse(event_id.rpartition("/")[0])
        elsewhere = self._stream() if self._chance.random() < 0.05 else stream
        return Wish(elsewhere, ReverseEvent(event_id=event_id, reason="录错"))

    def close(self) -> Wish:
        stream = self._stream()
        return Wish(stream, CloseYear(effective_on=date(stream.year, 12, 31), reason="决算已批复"))

    def reopen(self) -> Wish:
        stream = self._stream()
        return Wish(stream, ReopenYear(effective_on=date(stream.year, 12, 31), reason="审计调整"))

    def register_key(self) -> Wish:
        intent = RegisterKey(effective_on=self._day(2024), officer="王会计", public_key=self._key())
        return Wish(self._unit(), intent)

    def revoke_key(self) -> Wish:
        intent = RevokeKey(effective_on=self._day(2024), fingerprint=fingerprint_of(self._key()), reason="离任")
        return Wish(self._unit(), intent)

    def sign(self) -> Wish:
        """A signature that no key has made: the ledger keeps it, and only who asks for signatures is told."""
        stream = self._unit()
        instant, digest = self.pin(stream.unit)
        intent = RecordSignature(
            effective_on=self._day(2024),
            what=Signed.LEDGER,
            known_at=instant_text(instant),
            digest=digest,
            fingerprint=fingerprint_of(self._key()),
            signature=base64.b64encode(bytes(64)).decode(),
        )
        return Wish(stream, intent)

    def _key(self) -> str:
        """One of three keys."""
        return base64.b64encode(bytes([self._chance.randint(1, 3)]) * 32).decode()

    def _unit(self) -> Stream:
        return Stream(self._chance.choice(list(UNITS)))

    def declare(self) -> Wish:
        stream = self._stream()
        return Wish(stream, Declare(fact=self._fact(stream.unit, self._day(stream.year))))

    def _fact(self, unit: str, day: date) -> Fact:
        project = self._chance.choice(PROJECTS)
        facts: list[Callable[[], Fact]] = [
            lambda: IndicatorRecorded(effective_on=day, indicator="机关运行经费", amount=Money(self._fen(0))),
            lambda: IndicatorRecorded(effective_on=day, indicator="公务用车", count=self._chance.randint(0, 9)),
            lambda: ExplanationRecorded(
                effective_on=day, subject="2012901", aspect=Aspect.CAUSE, basis=Basis.EXECUTION, text="=人员增加"
            ),
            lambda: ProjectRegistered(effective_on=day, name=project, kind=ProjectKind.SPECIFIC_TARGET),
            lambda: PerformanceTargetSet(effective_on=day, project=project, target="服务职工 𠮷 万人次"),
            lambda: ComparabilityDeclared(effective_on=day, excluded=("30212",), reason="口径调整"),
            lambda: SubjectNamed(effective_on=day, code=self._chance.choice([UNKNOWN_SUBJECT, "2012901"]), name="别名"),
            lambda: self._publication(unit, day),
        ]
        return self._chance.choice(facts)()

    def _publication(self, unit: str, day: date) -> DocumentPublished:
        instant, digest = self.pin(unit)
        return DocumentPublished(
            effective_on=day,
            as_of=day,
            known_at=instant,
            ledger_digest=digest,
            edition="hangzhou-2024",
            edition_digest=SHA,
            measure=Measure.INITIAL,
            forms=("html",),
            files=(PublishedFile(name="预算.html", digest=SHA),),
        )

    def _decided(self, kind: type[Value], lines: list[Line], **more: Any) -> Wish:
        stream = self._stream()
        day, reason = self._day(stream.year), self._chance.choice(["按文件办理", "年中调整"])
        intent = kind(effective_on=day, document=self._paper(), reason=reason, lines=tuple(lines), **more)
        return Wish(stream, intent)

    def _stream(self) -> Stream:
        unit = self._chance.choices(list(UNITS), [12, 6, 1])[0]
        return Stream(unit, self._chance.choices(YEARS, [2, 6, 2])[0])

    def _day(self, year: int) -> date:
        if self._chance.random() < 0.03:
            return date(year - 3, 5, 1)
        return date(year, 1, 1) + timedelta(days=self._chance.randint(-40, 380))

    def _paper(self) -> Document:
        return Document(number=f"杭财行〔{self._chance.choice(YEARS)}〕{self._chance.randint(1, 99)}号")

    def _lines(self) -> list[Line]:
        return [self._line(self._chance.choice([1] * 9 + [-1])) for _ in range(self._chance.randint(1, 3))]

    def _line(self, least: int) -> Line:
        fund = self._chance.choices([FundSource.GENERAL, FundSource.OTHER], [5, 1])[0]
        function = self._chance.choice([*FUNCTIONS * 10, UNKNOWN_SUBJECT])
        purpose = self._chance.choice(
            [
                (Nature.OPERATING, "30201", None),
                (Nature.OPERATING, "30212", None),
                (Nature.PERSONNEL, "30101", None),
                (Nature.PROJECT, None, self._chance.choice(PROJECTS)),
            ]
        )
        origin = self._chance.choices([Origin.THIS_YEAR, Origin.CARRIED_OVER], [5, 1])[0]
        return Line.of(LineKey(fund, origin, function, *purpose), Money(self._fen(least)))

    def _fen(self, least: int) -> int:
        return self._chance.choice([least, self._chance.randint(least, 10**4), self._chance.randint(least, LARGEST)])


MAKERS: dict[Callable[[Drawer], Wish], int] = {
    Drawer.register: 1,
    Drawer.describe: 1,
    Drawer.change: 1,
    Drawer.approve: 4,
    Drawer.supplement: 6,
    Drawer.reduce: 5,
    Drawer.transfer: 4,
    Drawer.carry_over: 2,
    Drawer.execute: 4,
    Drawer.reverse: 6,
    Drawer.close: 1,
    Drawer.reopen: 1,
    Drawer.declare: 5,
    Drawer.register_key: 1,
    Drawer.revoke_key: 1,
    Drawer.sign: 1,
}
_MAKERS, _WEIGHTS = list(MAKERS), list(MAKERS.values())
