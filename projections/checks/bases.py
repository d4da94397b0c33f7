"""Where the figures of last year come from: executed, budgeted, published, or restated with a reason."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from events.codes import OVERSEAS_TRIPS, RECEPTION, VEHICLE_PURCHASE, VEHICLE_RUNNING
from events.disclosure import ComparabilityDeclared
from events.errors import Fault, fault
from events.money import Money, total
from events.vocabulary import FundSource, Measure
from projections.checks.claims import INCREASE
from projections.checks.material import Material
from projections.checks.outcome import NotApplicable, Outcome
from projections.checks.prose import AMOUNT, number, paragraphs, says, wrong_amount
from projections.entries.read_model import Amount
from projections.figures import comparison as comparing
from projections.figures.comparison import ComparedRow, Comparison

NONE = Money(0)
COMPARABLE = "同口径"
ITEM_OF = {
    OVERSEAS_TRIPS: "因公出国（境）费用",
    RECEPTION: "公务接待费",
    VEHICLE_PURCHASE: "公务用车购置费",
    VEHICLE_RUNNING: "公务用车运行维护费",
}

Wording = Callable[[str, Money, Money], Fault]


def bases_add_up(material: Material) -> Outcome:
    """The bases of all lines, those discontinued among them, are the total base."""
    whole = material.functions.total
    if whole is None or whole.base is None:
        return NotApplicable(fault("没有上年执行数。"))
    added = total(row.base or NONE for row in material.functions.rows)
    if added == whole.base:
        return []
    return [fault("各科目（含本年未安排的）上年数之和为 {added}，总基数为 {whole}。", added=added, whole=whole.base)]


def bases_are_last_years(material: Material) -> list[Fault]:
    """Every base is last year's execution, or last year's budget as it stands and as it was published."""
    executed = list(_in(material.base_amounts, Measure.EXECUTION))
    general = [amount for amount in executed if amount.fund_source is FundSource.GENERAL]
    public = {row.name: row.base for row in three_public(material)}
    indicators = {row.name: row.base for row in material.indicators.rows}
    published = {} if material.published_base is None else comparing.three_public(material.published_base)
    return [
        *_differing(_by_code(material.functions), comparing.by_function(executed), _unlike_execution),
        *_differing(_by_code(material.general), comparing.by_function(general), _unlike_execution),
        *_differing(public, _budgeted(material), _unlike_budget),
        *_differing(public, published, _unlike_publication),
        *_differing(indicators, _indicators(material), _unlike_budget),
    ]


def comparable_leaves_the_same_out(material: Material) -> Outcome:
    """同口径 leaves the declared 科目 out of both sides, lists them, and says in the text what remains."""
    declared = material.stated(ComparabilityDeclared)
    if not declared:
        return NotApplicable(fault("本年没有声明同口径。"))
    row = next((row for row in material.three_public.rows if row.name == COMPARABLE), None)
    if row is None:
        return [fault("声明了同口径，比较表里却没有。")]
    excluded = declared[-1].excluded
    notes = "".join(map(str, material.three_public.notes))
    return [
        *_remains(material, row, excluded),
        *(fault("同口径的注没有列出剔除的 {code}。", code=code) for code in excluded if code not in notes),
        *_said_comparable(material, row),
    ]


def three_public(material: Material) -> list[ComparedRow]:
    """三公经费 and its items, without 同口径."""
    whole = [material.three_public.total] if material.three_public.total else []
    return [*whole, *(row for row in material.three_public.rows if row.name != COMPARABLE)]


def _remains(material: Material, row: ComparedRow, excluded: Iterable[str]) -> list[Fault]:
    """Faults where a side of 同口径 is not its total less what is left out."""
    rows = {known.name: known for known in three_public(material)}
    left_out = [rows[ITEM_OF[code]] for code in excluded if code in ITEM_OF]
    whole = rows[comparing.THREE_PUBLIC_TOTAL]
    sides = (
        (row.current or NONE, (whole.current or NONE) - total(item.current or NONE for item in left_out)),
        (row.base or NONE, (whole.base or NONE) - total(item.base or NONE for item in left_out)),
    )
    return [
        fault("同口径的一侧为 {amount}，合计减去剔除部分应为 {rest}。", amount=amount, rest=rest)
        for amount, rest in sides
        if amount != rest
    ]


def _said_comparable(material: Material, row: ComparedRow) -> list[Fault]:
    text = "".join(paragraphs(material))
    found = re.search(rf"同口径[^，\u3002]*?(增加|减少)(?:{AMOUNT})?(?:，?(?:增长|下降)?(\d[\d.]*)%)?", text)
    if found is None:
        return [] if "同口径" in text and not row.change else [fault("正文没有写同口径的增减。")]
    direction, amount, share = found.groups()
    faults = (
        []
        if amount is None or says(number(amount), abs(row.change))
        else [wrong_amount(fault("同口径的增减"), number(amount), abs(row.change))]
    )
    if row.change and (direction == INCREASE) != (row.change.fen > 0):
        faults.append(fault("正文同口径写“{direction}”，实为 {change}。", direction=direction, change=row.change))
    if share is not None and number(share) != abs(Decimal(row.percent or 0)):
        faults.append(fault("正文同口径的百分比为 {said}%，应为 {percent}%。", said=share, percent=row.percent))
    return faults


def _by_code(comparison: Comparison) -> Mapping[str, Money | None]:
    return {row.code: row.base for row in comparison.rows if row.code}


def _budgeted(material: Material) -> Mapping[str, Money]:
    """Last year's 三公 budget: from its lines, else the items recorded as indicators."""
    lines = list(_in(material.base_amounts, Measure.INITIAL))
    if lines:
        return comparing.three_public(lines)
    known = material.indicators_of_last_year()
    return {name: known[name].amount or NONE for name in comparing.THREE_PUBLIC_ITEMS if name in known}


def _indicators(material: Material) -> Mapping[str, Money]:
    """Last year's own indicators; a base restated this year (with its reason) takes their place."""
    own, restated = material.indicators_of_last_year(), material.indicators_recorded(material.year - 1)
    return {name: event.amount for name, event in (own | restated).items() if event.amount is not None}


def _in(amounts: Iterable[Amount], measure: Measure) -> Iterable[Amount]:
    return (amount for amount in amounts if amount.stage in measure.stages)


def _differing(found: Mapping[str, Money | None], known: Mapping[str, Money], wording: Wording) -> list[Fault]:
    pairs = ((name, found[name] or NONE, amount) for name, amount in known.items() if name in found)
    return [wording(name, base, amount) for name, base, amount in pairs if base != amount]


def _unlike_execution(subject: str, base: Money, known: Money) -> Fault:
    return fault("{subject}的上年数为 {base}，账上的上年执行数为 {known}。", subject=subject, base=base, known=known)


def _unlike_budget(subject: str, base: Money, known: Money) -> Fault:
    return fault("{subject}的上年数为 {base}，账上的上年预算数为 {known}。", subject=subject, base=base, known=known)


def _unlike_publication(subject: str, base: Money, known: Money) -> Fault:
    return fault("{subject}的上年数为 {base}，上年公开的预算数为 {known}。", subject=subject, base=base, known=known)
