"""Old shapes of payloads, lifted one version at a time to today's.

A payload once stored is never rewritten. When a type gets a new shape, its version goes up and a
step is added here; ``check_ladder`` holds, when a model is first asked for, that no step is missing.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from events.errors import EvidenceBroken, Invalid, WrongUsage
from events.record import Content, Record

Payload = dict[str, Any]
Step = Callable[[Payload], Payload]
Ladder = Mapping[tuple[str, int], Step]

LINES_WERE_ARRAYS = (
    "InitialBudgetApproved",
    "BudgetSupplemented",
    "BudgetReduced",
    "BudgetTransferred",
    "BudgetCarriedOver",
    "ExecutionRecorded",
)

REVERSAL = "EventReversed"  # for readers, which need no model

# The types there are, each with the module of this package that has its model: models are slow to import.
TYPES: Mapping[str, str] = {
    "UnitRegistered": "unit",
    "UnitChanged": "unit",
    "UnitDescribed": "unit",
    "InitialBudgetApproved": "budget",
    "BudgetSupplemented": "budget",
    "BudgetReduced": "budget",
    "BudgetTransferred": "budget",
    "BudgetCarriedOver": "budget",
    "ExecutionRecorded": "budget",
    REVERSAL: "reversal",
    "IndicatorRecorded": "disclosure",
    "ExplanationRecorded": "disclosure",
    "ProjectRegistered": "disclosure",
    "PerformanceTargetSet": "disclosure",
    "ComparabilityDeclared": "disclosure",
    "SubjectNamed": "disclosure",
    "DocumentPublished": "disclosure",
    "YearClosed": "closing",
    "YearReopened": "closing",
    "KeyRegistered": "signature",
    "KeyRevoked": "signature",
    "SignatureRecorded": "signature",
}


def _key_and_amount(payload: Payload) -> Payload:
    """Version 1 had a line as an array of its six places and the amount; a place that says nothing was null."""
    match payload:
        case {"lines": [*lines]}:
            return payload | {"lines": [_pair(line) for line in lines]}
    raise EvidenceBroken("没有第 1 版的明细列表。")


def _pair(line: object) -> tuple[str, int]:
    from events.line import LineKey, stored_text  # for old payloads alone

    match line:
        case [str(), str(), str(), None | str(), None | str(), None | str(), int(fen)] if "" not in line:
            places: Any = line[:-1]
            try:
                return stored_text(LineKey(*places)), fen
            except Invalid as invalid:
                raise EvidenceBroken.of(invalid.fault) from None
    raise EvidenceBroken(
        "有一条明细不是第 1 版的写法：资金来源、资金年度、功能科目、用途、经济科目、项目、金额（分）七项。"
    )


LADDER: Ladder = {(type_, 1): _key_and_amount for type_ in LINES_WERE_ARRAYS}


def upcast(type_: str, version: int, payload: Payload, ladder: Ladder = LADDER) -> Payload:
    """The payload in today's shape; EvidenceBroken if it is none of the version it says."""
    while (step := ladder.get((type_, version))) is not None:
        payload, version = step(payload), version + 1
    return payload


def payload_of(record: Record | Content, loads: Callable[[str], Payload] = json.loads) -> Payload:
    """What a record says, in today's shape, as plain values that were held against their model when recorded.

    ``loads`` is what reads JSON: whoever has imported something quicker than Python's own may give it.
    """
    require_known(record)
    return upcast(record.type, record.type_version, loads(record.payload))


def require_known(record: Record | Content, ladder: Ladder = LADDER) -> None:
    """WrongUsage if a newer program wrote a record."""
    is_newer = record.type_version > 1 and (record.type, record.type_version - 1) not in ladder
    if record.type not in TYPES or is_newer:
        raise WrongUsage(
            "事件 {event}（{type} 第 {version} 版）由更新版本的程序写成，请升级后再打开。",
            event=record.event_id,
            type=record.type,
            version=record.type_version,
        )


def check_ladder(type_: str, current: int, ladder: Ladder = LADDER) -> None:
    """Every version of a type below its current one has its step, and no step of it leads nowhere."""
    needed = {(type_, version) for version in range(1, current)}
    if needed != (found := {place for place in ladder if place[0] == type_}):
        raise ValueError(f"upcasting steps missing or without use: {sorted(needed ^ found)}")
