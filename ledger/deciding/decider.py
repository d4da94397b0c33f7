"""The rules that hold at once, inside one stream: ``decide(state, intent) -> events``.

Pure: no clock, no I/O. A rule that needs another stream is not here; it is a check.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import singledispatch
from typing import TypeVar

from events.budget import (
    BudgetCarriedOver,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    EventReversed,
    ExecutionRecorded,
    InitialBudgetApproved,
)
from events.closing import YearClosed, YearReopened
from events.disclosure import DocumentPublished
from events.errors import Fault, Faulty, Refused, fault
from events.line import Line
from events.model import Event, Value
from events.money import Money, total
from events.signature import KeyRegistered, KeyRevoked, SignatureRecorded, fingerprint_of
from events.unit import UnitDescribed, UnitRegistered
from events.vocabulary import FundSource, Origin, Signed
from ledger.deciding.balances import shortfalls
from ledger.deciding.intents import (
    ApproveInitialBudget,
    CarryOverBudget,
    CloseYear,
    Decision,
    Declare,
    RecordExecution,
    RecordSignature,
    ReduceBudget,
    RegisterKey,
    RegisterUnit,
    ReopenYear,
    ReverseEvent,
    RevokeKey,
    SupplementBudget,
    TransferBudget,
)
from ledger.deciding.state import State

E = TypeVar("E", bound=Event)

SIGNING = (KeyRegistered, KeyRevoked, SignatureRecorded)
IRREVERSIBLE = (UnitRegistered, EventReversed, DocumentPublished, YearClosed, YearReopened, *SIGNING)


def decide(state: State, intent: Value) -> tuple[Event, ...]:
    """The events an intent becomes, or Refused with the rule that forbids it."""
    _require_home(state, intent)
    _require_open(state, intent)
    _require_near_day(state, intent)
    return _decide(intent, state)


@singledispatch
def _decide(intent: Value, _state: State) -> tuple[Event, ...]:
    raise TypeError(f"no rule for {type(intent).__name__}")


@_decide.register
def _(intent: RegisterUnit, state: State) -> tuple[Event, ...]:
    for _, known in state.standing(UnitRegistered):
        raise Refused("单位 {code} 已登记为“{name}”。", code=state.stream.unit, name=known.name)
    return (_stated(UnitRegistered, intent),)


@_decide.register
def _(intent: ApproveInitialBudget, state: State) -> tuple[Event, ...]:
    for identity, _ in state.standing(InitialBudgetApproved):
        raise Refused(
            "{stream} 的年初批复已记录（事件 {event}）。如需更正，请先冲销它再重新记录；"
            "如是年中变动，请用 supplement、reduce 或 transfer。",
            stream=state.stream,
            event=identity,
        )
    _require(fault("{line} 的年初批复数 {amount} 为负。", line=line.key, amount=line.amount)
             for line in intent.lines if line.amount.fen < 0)  # fmt: skip
    return (_stated(InitialBudgetApproved, intent),)


@_decide.register
def _(intent: SupplementBudget, _state: State) -> tuple[Event, ...]:
    _require_positive(intent, fault("追加"))
    return (_stated(BudgetSupplemented, intent),)


@_decide.register
def _(intent: ReduceBudget, state: State) -> tuple[Event, ...]:
    _require_positive(intent, fault("追减"))
    taken = tuple(-line for line in intent.lines)
    _require(shortfalls(state, taken, intent.effective_on))
    return (_stated(BudgetReduced, intent, lines=taken),)


@_decide.register
def _(intent: TransferBudget, state: State) -> tuple[Event, ...]:
    sums: defaultdict[tuple[FundSource, Origin], list[Money]] = defaultdict(list)
    for line in intent.lines:
        sums[line.fund_source, line.origin].append(line.amount)
    _require(
        fault("{fund}的调剂合计应为 0，现为 {rest}。", fund=fund.label, rest=total(amounts))
        for (fund, _), amounts in sums.items()
        if total(amounts)
    )
    _require(fault("{line} 的调剂金额为 0。", line=line.key) for line in intent.lines if not line.amount)
    _require(shortfalls(state, intent.lines, intent.effective_on))
    return (_stated(BudgetTransferred, intent),)


@_decide.register
def _(intent: CarryOverBudget, _state: State) -> tuple[Event, ...]:
    _require_positive(intent, fault("结转"))
    carried = tuple(line._replace(origin=Origin.CARRIED_OVER) for line in intent.lines)
    return (_stated(BudgetCarriedOver, intent, lines=carried),)


@_decide.register
def _(intent: RecordExecution, state: State) -> tuple[Event, ...]:
    if intent.period.year != state.stream.year:
        raise Refused("期间 {period} 不在 {stream} 年度内。", period=intent.period, stream=state.stream)
    _require(_execution_faults(intent, state))
    return (_stated(ExecutionRecorded, intent),)


@_decide.register
def _(intent: ReverseEvent, state: State) -> tuple[Event, ...]:
    original = state.history.get(intent.event_id)
    if original is None:
        raise Refused("{stream} 中没有事件 {event}。", stream=state.stream, event=intent.event_id)
    if isinstance(original, IRREVERSIBLE):
        raise Refused("事件 {event} 属于不能冲销的类型（{type}）。", event=intent.event_id, type=original.type)
    if intent.event_id in state.reversed_ids:
        raise Refused("事件 {event} 已经冲销过，一个事件只能冲销一次。", event=intent.event_id)
    return (_stated(EventReversed, intent, effective_on=original.effective_on),)


@_decide.register
def _(intent: CloseYear, _state: State) -> tuple[Event, ...]:
    return (_stated(YearClosed, intent),)


@_decide.register
def _(intent: ReopenYear, state: State) -> tuple[Event, ...]:
    if not state.is_closed:
        raise Refused("{stream} 没有关账，无需重新开账。", stream=state.stream)
    return (_stated(YearReopened, intent),)


@_decide.register
def _(intent: RegisterKey, state: State) -> tuple[Event, ...]:
    for identity, known in state.standing(KeyRegistered):
        if known.public_key == intent.public_key:
            raise Refused("这把公钥已登记（事件 {event}，{officer}）。", event=identity, officer=known.officer)
    return (_stated(KeyRegistered, intent),)


@_decide.register
def _(intent: RevokeKey, state: State) -> tuple[Event, ...]:
    _require_key(state, intent.fingerprint)
    return (_stated(KeyRevoked, intent),)


@_decide.register
def _(intent: RecordSignature, state: State) -> tuple[Event, ...]:
    if (intent.what is Signed.PUBLICATION) != (intent.publication is not None):
        raise Refused("签名公开件时应写明公开记录的编号，签名账本时不写。")
    _require_key(state, intent.fingerprint)
    return (_stated(SignatureRecorded, intent),)


@_decide.register
def _(intent: Declare, _state: State) -> tuple[Event, ...]:
    return (intent.fact,)


def _stated(kind: type[E], intent: Value, **more: object) -> E:
    """The event that says what an intent asks for; its fields were held against these types with the intent."""
    return kind.model_construct(**dict(intent) | more)


def _require_home(state: State, intent: Value) -> None:
    of_unit = isinstance(intent, RegisterUnit | RegisterKey | RevokeKey | RecordSignature) or (
        isinstance(intent, Declare) and isinstance(intent.fact, UnitDescribed)
    )
    of_either = isinstance(intent, ReverseEvent)
    if not of_either and of_unit != (state.stream.year is None):
        raise Refused("{stream} 不能记录 {intent}。", stream=state.stream, intent=type(intent).__name__)


def _require_open(state: State, intent: Value) -> None:
    if state.is_closed and not isinstance(intent, ReopenYear) and not _publishes(intent):
        raise Refused("{stream} 已关账，不能再记录。如确有必要，请先用 budget reopen 重新开账。", stream=state.stream)


def _publishes(intent: Value) -> bool:
    """A document may go out at any time, of a closed year too."""
    return isinstance(intent, Declare) and isinstance(intent.fact, DocumentPublished)


def _require_key(state: State, fingerprint: str) -> None:
    """Only a key that is registered here and was not revoked signs."""
    registered = (fingerprint_of(known.public_key) for _, known in state.standing(KeyRegistered))
    if fingerprint not in registered:
        raise Refused("公钥 {key} 没有在 {stream} 登记。", key=fingerprint, stream=state.stream)
    for identity, revoked in state.standing(KeyRevoked):
        if revoked.fingerprint == fingerprint:
            raise Refused("公钥 {key} 已停用（事件 {event}）。", key=fingerprint, event=identity)


def _require_near_day(state: State, intent: Value) -> None:
    year, stated = state.stream.year, getattr(intent, "fact", intent)
    day = getattr(stated, "effective_on", None)
    if year is not None and day is not None and abs(day.year - year) > 1 and not _publishes(intent):
        raise Refused(
            "生效日 {day} 与 {year} 年度相差一年以上，请核对 --year 和 --effective-on。",
            day=day,
            year=year,
        )


def _require_positive(intent: Decision, verb: Fault) -> None:
    lines: tuple[Line, ...] = dict(intent)["lines"]
    _require(
        fault("{line} 的{verb}金额 {amount} 应大于 0。", line=line.key, verb=verb, amount=line.amount)
        for line in lines
        if line.amount.fen <= 0
    )


def _execution_faults(intent: RecordExecution, state: State) -> list[Fault]:
    wanted = {line.key for line in intent.lines}
    faults = []
    for identity, known in state.standing(ExecutionRecorded):
        if (known.period.month is None) != (intent.period.month is None):
            faults.append(
                fault(
                    "{stream} 已按{grain}记录执行数（事件 {event}），全年数与分月数不能并存；请先冲销一方。",
                    stream=state.stream,
                    grain=fault("全年") if known.period.month is None else fault("月"),
                    event=identity,
                )
            )
        elif known.period == intent.period:
            faults += [
                fault(
                    "{line} 在 {period} 的执行数已记录（事件 {event}）。",
                    line=key,
                    period=intent.period,
                    event=identity,
                )
                for key in sorted(wanted & {line.key for line in known.lines}, key=str)
            ]
    return faults


def _require(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise Faulty(found, "有 {count} 处不符合规则，没有记录。")
