"""Share rules: every 占 …% is its part of the whole, rounded the way the edition rounds."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from events.errors import Fault, fault
from events.money import Money, percent, total
from projections.checks.cells import sheet
from projections.checks.material import Material
from projections.checks.outcome import Lacking, NotApplicable, Outcome
from projections.checks.places import CLASS, Column, Label, Role
from projections.checks.prose import (
    AMOUNT,
    EXPENDITURE_SECTION,
    GENERAL_SECTION,
    INCOME_SECTION,
    paragraphs,
    section,
)
from projections.checks.rule import Rule, Severity

HUNDRED = Decimal(100)
_SHARE = re.compile(rf"{AMOUNT}，占(\d+(?:\.\d+)?)%")
_WITHOUT_SIGN = re.compile(r"占(?:比)?(?:为)?(\d+(?:\.\d+)?)(?![\d.%])")


class Group(NamedTuple):
    """One list of shares in the text, the exact amounts behind it, and how the edition rounds it."""

    name: Fault
    said: list[Decimal]
    amounts: list[Money]
    policy: str


def sources(material: Material) -> Group:
    """The shares of 资金来源."""
    found = sheet(material, Role.TOTALS, "收入")
    rows = found.rows(rf"{Label.BUDGETS}|{Label.OTHER_SOURCES}|{Label.CARRIED_IN}")
    sums = [found.spot(row, 0).amount for row in rows]
    return _group(fault("收入来源"), _said(material, INCOME_SECTION), sums, "raw")


def natures(material: Material) -> Group:
    """The shares of 支出用途."""
    found = sheet(material, Role.EXPENDITURE)
    columns = [column for column in found.columns(r".+") if not found.side.columns[column][-1].endswith("计")]
    sums = [found.spot(found.row(Label.TOTAL), column).amount for column in columns]
    return _group(fault("支出用途"), _said(material, EXPENDITURE_SECTION), sums, material.edition.shares["nature"])


def classes(material: Material) -> Group:
    """The shares of 功能类 in 一般公共预算."""
    found = sheet(material, Role.GENERAL)
    sums = [found.of_code(code, Column.WHOLE).amount for code in found.codes(CLASS)]
    return _group(fault("功能类"), _said(material, GENERAL_SECTION), sums, material.edition.shares["function"])


GROUPS: tuple[Callable[[Material], Group], ...] = (sources, natures, classes)


def shares_are_right(material: Material) -> Outcome:
    """Every share is its part of the whole; the last one may take what is left, where the edition says so."""
    return [found for group in _groups(material) for found in group_faults(group)]


def shares_add_up(material: Material) -> Outcome:
    """The shares of a group come to 100."""
    return [
        fault("{group}的占比相加为 {sum}%，不是 100%。", group=group.name, sum=sum(group.said, Decimal(0)))
        for group in _groups(material)
        if sum(group.said, Decimal(0)) != HUNDRED
    ]


def shares_have_their_sign(material: Material) -> Outcome:
    """No share is printed without %."""
    if not any(re.search(r"占(?:比)?(?:为)?\d", text) for text in paragraphs(material)):
        return NotApplicable(fault("正文没有占比。"))
    return [
        fault("占比 {number} 没有百分号：“{text}”。", number=found[1], text=text)
        for text in paragraphs(material)
        for found in _WITHOUT_SIGN.finditer(text)
    ]


def group_faults(group: Group) -> list[Fault]:
    """Faults where a group's shares are not what its amounts give."""
    if len(group.said) != len(group.amounts):
        return [
            fault(
                "{group}有 {count} 项，正文写了 {said} 个占比。",
                group=group.name,
                count=len(group.amounts),
                said=len(group.said),
            )
        ]
    pairs = zip(group.said, expected(group), strict=True)
    return [
        fault(
            "{group}第 {number} 项占比为 {said}%，应为 {share}%。",
            group=group.name,
            number=number,
            said=said,
            share=share,
        )
        for number, (said, share) in enumerate(pairs, start=1)
        if said != share
    ]


def expected(group: Group) -> list[Decimal]:
    """The shares of a group's amounts: each rounded half up, or the last one plugged to 100."""
    whole = total(group.amounts)
    parts = [Decimal(percent(amount, whole) or 0) for amount in group.amounts]
    return [*parts[:-1], HUNDRED - sum(parts[:-1])] if group.policy == "plugged" and parts else parts


def _groups(material: Material) -> list[Group]:
    found = []
    for group in GROUPS:
        try:
            found.append(group(material))
        except Lacking as lacking:
            missing = lacking
    if not found:
        raise missing
    return found


def _group(name: Fault, said: list[Decimal], amounts: list[Money], policy: str) -> Group:
    if not said:
        raise Lacking(fault("正文没有这条规则要看的句子。"))
    return Group(name, said, [amount for amount in amounts if amount], policy)


def _said(material: Material, heading: str) -> list[Decimal]:
    return [Decimal(share) for text in section(material, heading) for _, share in _SHARE.findall(text)]


RULES = (
    Rule(
        "S-01",
        "每个占比等于部分除以合计，两位小数",
        Severity.ERROR,
        "两年公开件；2024年末项补足为 36.95（应为 36.96）",
        "核对所指一组的占比；末项补足到100%时，在表样的 shares 中写 plugged。",
        shares_are_right,
    ),
    Rule(
        "S-02",
        "一组占比相加为100%",
        Severity.INFO,
        "2023年各自四舍五入为 100.01%，2024年末项补足",
        "可以不改；要凑足100%时，在表样的 shares 中写 plugged。",
        shares_add_up,
    ),
    Rule(
        "S-03",
        "每个占比都带百分号",
        Severity.ERROR,
        "GBC V33-DISCLOSURE-PERCENT-UNIT",
        "在正文模板中补上百分号。",
        shares_have_their_sign,
    ),
)
