"""What happened in a stream: every event with both its days, its document and whether it still stands."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from events.line import kept_key
from events.money import Money
from events.record import Record
from events.upcasting import REVERSAL, payload_of
from events.vocabulary import Topic, tokens

TITLES = {
    "UnitRegistered": "单位登记",
    "UnitChanged": "单位变更",
    "UnitDescribed": "单位概况",
    "InitialBudgetApproved": "年初批复",
    "BudgetSupplemented": "追加",
    "BudgetReduced": "追减",
    "BudgetTransferred": "调剂",
    "BudgetCarriedOver": "结转",
    "ExecutionRecorded": "执行数",
    "EventReversed": "冲销",
    "IndicatorRecorded": "指标",
    "ExplanationRecorded": "说明",
    "ProjectRegistered": "项目登记",
    "PerformanceTargetSet": "绩效目标",
    "ComparabilityDeclared": "同口径",
    "SubjectNamed": "科目名称",
    "DocumentPublished": "公开",
    "YearClosed": "关账",
    "YearReopened": "重新开账",
    "KeyRegistered": "签名公钥登记",
    "KeyRevoked": "签名公钥停用",
    "SignatureRecorded": "签名",
}

NAMING = (  # the field that names what an event without lines is about
    "event_id",
    "indicator",
    "project",
    "subject",
    "code",
    "name",
    "period",
    "officer",
    "publication",
    "fingerprint",
    "parent",
)


class Happening(NamedTuple):
    """One event as a person reads it.

    ``about`` are the lines it moves, or the one thing it names; ``amount`` is the signed sum of its lines,
    None if it has none.
    """

    event_id: str
    type: str
    recorded_at: str
    effective_on: str
    about: tuple[str, ...]
    amount: Money | None
    document: str | None
    actor: str
    reason: str | None
    is_reversed: bool

    @property
    def title(self) -> str:
        """What its kind is called."""
        return TITLES[self.type]


def happenings(records: Iterable[Record]) -> list[Happening]:
    """The history of records, in order of recording."""
    read = [(record, payload_of(record)) for record in records]
    reversed_ids = {payload["event_id"] for record, payload in read if record.type == REVERSAL}
    return [_happening(record, payload, record.event_id in reversed_ids) for record, payload in read]


def _happening(record: Record, payload: dict[str, Any], is_reversed: bool) -> Happening:  # noqa: FBT001
    return Happening(
        event_id=record.event_id,
        type=record.type,
        recorded_at=record.recorded_at,
        effective_on=payload["effective_on"],
        about=_about(payload),
        amount=_amount(payload),
        document=payload.get("document", {}).get("number"),
        actor=record.actor,
        reason=payload.get("reason"),
        is_reversed=is_reversed,
    )


def _amount(payload: dict[str, Any]) -> Money | None:
    if "lines" in payload:
        return Money(sum(fen for _, fen in payload["lines"]))
    return Money(payload["amount"]) if "amount" in payload else None


def _about(payload: dict[str, Any]) -> tuple[str, ...]:
    if payload.get("lines"):
        return tuple(map(_line, payload["lines"]))
    if topic := tokens(Topic).get(payload.get("subject", "")):
        return (topic.label,)
    return next(((str(payload[key]),) for key in NAMING if key in payload), ())


def _line(line: tuple[str, int]) -> str:
    key = kept_key(line[0])
    return "/".join(part for part in (key.function_code, key.economic_code, key.project) if part)
