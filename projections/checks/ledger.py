"""Ledger rules: what must hold of the events behind the tables."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from events.budget import (
    BudgetCarriedOver,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    Decided,
    InitialBudgetApproved,
)
from events.codes import OVERSEAS_TRIPS
from events.document import document_year
from events.errors import Fault, fault
from events.line import Line, LineKey
from events.model import Event
from events.money import Money, total
from events.reversal import EventReversed
from events.stream import Stream, stream_of
from events.vocabulary import Ground, Measure, Origin
from ledger.deciding.balances import Room, shortfalls_between
from ledger.deciding.state import History, State
from projections.checks.cells import Place
from projections.checks.material import Material, Recorded, lines_of, unit_of
from projections.checks.outcome import Lacking, NotApplicable, Outcome
from projections.checks.places import Column, Label, Role
from projections.checks.prose import listing
from projections.checks.rule import Rule, Severity
from projections.checks.spending import execution_stays_within

ERROR = Severity.ERROR
NOTHING = Money(0)


class UnitKey(NamedTuple):
    """A line of a unit."""

    unit: str
    line: LineKey


class Parts(NamedTuple):
    """What a line's budget is made of."""

    initial: Money = NOTHING
    adjusted: Money = NOTHING
    transferred: Money = NOTHING
    carried: Money = NOTHING


PART_OF = {
    InitialBudgetApproved: "initial",
    BudgetSupplemented: "adjusted",
    BudgetReduced: "adjusted",
    BudgetTransferred: "transferred",
    BudgetCarriedOver: "carried",
}


def parts_make_the_whole(material: Material) -> Outcome:
    """年初 + 调整 + 调剂 + 结转 of every line, from the events, is what its 变动后预算 says."""
    kept: defaultdict[UnitKey, int] = defaultdict(int)
    for amount in material.amounts:
        if amount.stage in Measure.CURRENT.stages:
            kept[UnitKey(amount.unit, LineKey(*amount[2:-1]))] += amount.fen
    stated = _parts_stated(material)
    if not kept and not stated:
        return NotApplicable(fault("本年没有预算。"))
    return [
        fault(
            "{line}：年初 {initial}、调整 {adjusted}、调剂 {transferred}、结转 {carried} 之和不等于变动后 {current}。",
            line=key.line,
            current=Money(kept.get(key, 0)),
            **stated.get(key, Parts())._asdict(),
        )
        for key in sorted({*kept, *stated}, key=str)
        if total(stated.get(key, Parts())) != Money(kept.get(key, 0))
    ]


def transfers_sum_to_nothing(material: Material) -> Outcome:
    """The lines of a 调剂 come to zero within each fund; a 追加 adds, a 追减 takes away."""
    kinds = (BudgetTransferred, BudgetSupplemented, BudgetReduced)
    changes = [(identity, event) for kind in kinds for identity, event in material.standing(kind)]
    if not changes:
        return NotApplicable(fault("本年没有调剂、追加或追减。"))
    return [found for identity, event in changes for found in _sum_faults(identity, event)]


def reductions_leave_enough(material: Material) -> Outcome:
    """No 追减 or 调剂 takes a line below zero or below what was executed, on any day."""
    taking = [r for r in material.events if r.stands and isinstance(r.event, BudgetReduced | BudgetTransferred)]
    if not taking:
        return NotApplicable(fault("本年没有追减或调剂。"))
    standing: defaultdict[Stream, dict[str, Event]] = defaultdict(dict)
    for recorded in (recorded for recorded in material.events if recorded.stands):
        standing[stream_of(recorded.event_id)[0]][recorded.event_id] = recorded.event
    rooms = {stream: Room.of(State(stream, History(events))) for stream, events in standing.items()}
    return [found for taken in taking for found in _taken_too_far(taken, rooms[stream_of(taken.event_id)[0]])]


def documents_are_complete(material: Material) -> Outcome:
    """Every decision names a document with number, title, issuer and date."""
    decided = material.standing(Decided)
    if not decided:
        return NotApplicable(fault("本年没有批复或调整。"))
    return [
        fault(
            "事件 {event} 的文件 {number} 没有{missing}。",
            event=identity,
            number=event.document.number,
            missing=listing(missing),
        )
        for identity, event in decided
        if (missing := list(_missing(event)))
    ]


def document_years_are_plausible(material: Material) -> Outcome:
    """A document is of its fiscal year, or of the year before (提前下达)."""
    numbers = [event.document.number for _, event in material.standing(Decided)]
    years = {number: year for number in numbers if (year := document_year(number))}
    if not years:
        return NotApplicable(fault("本年的文号里没有年份。"))
    return [
        fault("文号 {number} 不是 {year} 年或上一年的。", number=number, year=material.year)
        for number, year in sorted(years.items())
        if year not in (material.year, material.year - 1)
    ]


def reversals_are_single(material: Material) -> Outcome:
    """A reversal cancels one earlier event of its stream, once, from that event's day; no reversal is reversed."""
    known = {recorded.event_id: recorded.event for recorded in material.events}
    reversals = [
        (recorded.event_id, r) for recorded in material.events if isinstance(r := recorded.event, EventReversed)
    ]
    if not reversals:
        return NotApplicable(fault("本年没有冲销。"))
    faults = []
    for identity, reversal in reversals:
        original = known.get(reversal.event_id)
        if original is None or isinstance(original, EventReversed):
            faults.append(
                fault("事件 {event} 冲销的 {original} 不存在或不能冲销。", event=identity, original=reversal.event_id)
            )
        elif original.effective_on != reversal.effective_on:
            faults.append(
                fault("事件 {event} 的生效日与所冲销的 {original} 不同。", event=identity, original=reversal.event_id)
            )
    counted = Counter(reversal.event_id for _, reversal in reversals)
    return [
        *faults,
        *(fault("事件 {original} 冲销了 {count} 次。", original=o, count=n) for o, n in counted.items() if n > 1),
    ]


def publications_are_pinned(material: Material) -> Outcome:
    """A publication names files, and the ledger at its cut still has the digest it names."""
    if not material.pins:
        return NotApplicable(fault("本年还没有公开。"))
    faults = []
    for identity, published, digest in material.pins:
        if published.ledger_digest != digest:
            faults.append(fault("公开 {event} 所记的账本摘要与账本不符。", event=identity))
        if not published.files:
            faults.append(fault("公开 {event} 没有记下任何文件。", event=identity))
    return faults


def trips_wait_for_their_plan(material: Material) -> Outcome:
    """Where 因公出国 starts the year as an explicit 0, it grows only by an approved plan, and T7 has none of it."""
    initial = [line for _, event in material.standing(InitialBudgetApproved) for line in _trips(event)]
    if not initial or total(line.amount for line in initial):
        return NotApplicable(fault("年初没有把因公出国（境）费用编为 0。"))
    added = [(identity, event) for identity, event in material.standing(Decided) if _trips_added(event)]
    faults = [
        fault("事件 {event} 增加了因公出国（境）费用，依据不是因公出国计划审批。", event=identity)
        for identity, event in added
        if not (isinstance(event, BudgetSupplemented) and event.ground is Ground.OVERSEAS_PLAN)
    ]
    return [*faults, *_trips_printed(material)]


def _taken_too_far(taken: Recorded, room: Room) -> list[Fault]:
    """What stands against an event that has its part in the room there is."""
    lines, day = lines_of(taken.event), taken.event.effective_on
    return shortfalls_between(room.moved([-line for line in lines], day), room, lines, day)


def _parts_stated(material: Material) -> dict[UnitKey, Parts]:
    """Every line's parts, from the events alone."""
    stated: dict[UnitKey, Parts] = {}
    for unit, part, line in _stated_lines(material):
        key = UnitKey(unit, line.key)
        known = stated.get(key, Parts())
        stated[key] = known._replace(**{part: getattr(known, part) + line.amount})
    return stated


def _stated_lines(material: Material) -> Iterator[tuple[str, str, Line]]:
    for recorded in material.events:
        if recorded.stands and (part := PART_OF.get(type(recorded.event))):
            yield from ((unit_of(recorded), part, line) for line in lines_of(recorded.event))
    for recorded in material.later:
        if recorded.stands and isinstance(recorded.event, BudgetCarriedOver):
            yield from ((unit_of(recorded), "carried", _out(line)) for line in recorded.event.lines)


def _out(line: Line) -> Line:
    """A line carried into the next year, as it leaves this one."""
    return -line.under(origin=Origin.THIS_YEAR)


def _sum_faults(identity: str, event: Decided) -> Iterator[Fault]:
    lines = lines_of(event)
    if isinstance(event, BudgetTransferred):
        funds = {(line.key.fund_source, line.key.origin) for line in lines}
        for fund, origin in sorted(funds):
            rest = total(line.amount for line in lines if (line.key.fund_source, line.key.origin) == (fund, origin))
            if rest:
                yield fault("调剂 {event} 的{fund}合计为 {rest}，应为 0。", event=identity, fund=fund.label, rest=rest)
        return
    rises = isinstance(event, BudgetSupplemented)
    amount = total(line.amount for line in lines)
    if not amount or (amount.fen > 0) != rises:
        yield fault("追加或追减 {event} 的合计为 {amount}，方向不对。", event=identity, amount=amount)


def _missing(event: Decided) -> Iterator[Fault]:
    document = event.document
    if not document.title:
        yield fault("标题")
    if not document.issuer:
        yield fault("发文机关")
    if not document.dated:
        yield fault("成文日期")


def _trips(event: Event) -> list[Line]:
    return [line for line in lines_of(event) if line.key.economic_code == OVERSEAS_TRIPS]


def _trips_added(event: Decided) -> bool:
    """Whether an event brings money for trips; what came over from last year was approved there."""
    is_brought = isinstance(event, BudgetSupplemented | BudgetTransferred)
    return is_brought and total(line.amount for line in _trips(event)).fen > 0


def _trips_printed(material: Material) -> list[Fault]:
    """A fault where the 年初 table prints an amount for trips."""
    if material.measure is not Measure.INITIAL:
        return []
    try:
        spot = Place(Role.THREE_PUBLIC, Label.TOTAL, Column.TRIPS).spot(material)
    except Lacking:
        return []
    if not spot.amount:
        return []
    return [fault("{place} 印了 {amount}，年初应为 0。", place=spot.name, amount=spot.amount)]


RULES = (
    Rule(
        "L-01",
        "每条明细：年初批复加调整加调剂（加结转）等于变动后预算",
        ERROR,
        "财政部字段 REPLY_AMT、ADJ_AMT、DIS_AMT、CUR_AMT",
        "运行 budget verify；读模型不符时运行 budget rebuild。",
        parts_make_the_whole,
    ),
    Rule(
        "L-02",
        "调剂合计为0，追加、追减合计不为0",
        ERROR,
        "财政部字段 BA_BGT_ADJSUB 由 ORI_BGT_ID 到 BGT_ID",
        "冲销所指事件后重新记录。",
        transfers_sum_to_nothing,
    ),
    Rule(
        "L-03",
        "追减和调剂不使任何一天的预算为负或低于执行数",
        ERROR,
        "SAP 可用性控制；ecosoft budget_control",
        "冲销所指事件，或先补足预算。",
        reductions_leave_enough,
    ),
    Rule(
        "L-04",
        "批复和每次调整都写明文号、标题、发文机关、成文日期",
        ERROR,
        "财政部字段 COR_BGT_DOC_NO、BGT_DOC_TITLE、DOC_DATE、SUP_BGT_DOC_NO",
        "记录时用 --document-title、--document-issuer、--document-date 写全文件。",
        documents_are_complete,
    ),
    Rule(
        "L-05",
        "文号的年份是本年或上一年（提前下达）",
        Severity.INFO,
        "鄂财政发〔2023〕18号用于2024年度",
        "核对文号；确属其他年度的文件，可不改。",
        document_years_are_plausible,
    ),
    Rule(
        "L-06",
        "更正只用冲销：一个事件只冲销一次，从原生效日起",
        ERROR,
        "SAP 录入凭证不能冲销两次",
        "运行 budget verify 核对账本来源。",
        reversals_are_single,
    ),
    Rule(
        "L-07",
        "任何一天执行数不超过变动后预算；结转转入等于上年转出，不超过上年结余",
        ERROR,
        "《预算法》第四十二条；财政部 BA_BGT_CARRYOVERS",
        "核对执行数的科目，或补记追加、调剂、结转。",
        execution_stays_within,
    ),
    Rule(
        "L-08",
        "公开记下截点、表样和每个文件的摘要，账本至今与之相符",
        ERROR,
        "天保 report_version；IPSAS 24",
        "运行 budget verify --digest 核对公开件上的摘要。",
        publications_are_pinned,
    ),
    Rule(
        "L-09",
        "因公出国（境）年初为0的，只凭出国计划审批追加",
        ERROR,
        "2024年公开件",
        "冲销所指事件，用 --ground 因公出国计划审批 重新追加。",
        trips_wait_for_their_plan,
    ),
)
