"""Delta rules: what is said of this year against the last."""

import re
from decimal import ROUND_HALF_UP, Decimal

from events.disclosure import IndicatorRecorded
from events.errors import Fault, fault, listed
from events.money import Money
from projections.checks.bases import (
    bases_add_up,
    bases_are_last_years,
    comparable_leaves_the_same_out,
    three_public,
)
from projections.checks.claims import DECREASE, INCREASE, LEADS, RISE_OF, Claim, changes, claims
from projections.checks.material import Material, Narrative
from projections.checks.outcome import Lacking, NotApplicable, Outcome
from projections.checks.prose import AMOUNT, amounts_after, number, paragraphs, says, wrong_amount
from projections.checks.rule import Rule, Severity
from projections.figures.comparison import THREE_PUBLIC_TOTAL, ComparedRow, Status

ERROR, WARN = Severity.ERROR, Severity.WARN
NONE = Money(0)
TWO_PLACES = Decimal("0.01")
REASON = re.compile(r"原因是([^\u3002]*)")
RISING = ("增加", "增长", "提高", "上升", "扩大", "新增")
FALLING = ("减少", "下降", "压减", "压缩", "降低", "取消", "完毕", "结束", "未安排", "严控")
# A total whose parts are explained one by one, and parts that are explained with their whole.
EXPLAINED_ELSEWHERE = (THREE_PUBLIC_TOTAL, "公务用车购置费", "公务用车运行维护费")


def changes_are_right(material: Material) -> list[Fault]:
    """Every change is this year less its base, in the comparisons and in the text."""
    faults = [
        fault(
            "{subject}的增减额为 {change}，本年减上年应为 {exact}。", subject=row.name, change=row.change, exact=exact
        )
        for row in compared_rows(material)
        if row.change != (exact := (row.current or NONE) - (row.base or NONE))
    ]
    for claim in _claims_if_any(material):
        if not says(claim.current, claim.row.current or NONE):
            faults.append(
                wrong_amount(
                    fault("{subject}的本年数", subject=claim.subject), claim.current, claim.row.current or NONE
                )
            )
        if claim.change and claim.change.amount and not says(claim.change.amount, abs(claim.row.change)):
            faults.append(
                wrong_amount(
                    fault("{subject}的增减额", subject=claim.subject), claim.change.amount, abs(claim.row.change)
                )
            )
    return faults


def percentages_are_right(material: Material) -> list[Fault]:
    """Every percentage is the change over its base, half up to two places."""
    faults = [
        fault("{subject}的增减百分比为 {said}%，应为 {exact}%。", subject=row.name, said=row.percent, exact=exact)
        for row in compared_rows(material)
        if row.percent is not None and row.base and Decimal(row.percent) != (exact := _percent(row))
    ]
    for claim in _claims_if_any(material):
        said = claim.change.percent if claim.change else None
        if said is not None and claim.row.base and said != abs(_percent(claim.row)):
            faults.append(
                fault(
                    "正文{subject}的百分比为 {said}%，应为 {exact}%。",
                    subject=claim.subject,
                    said=said,
                    exact=abs(_percent(claim.row)),
                )
            )
    return faults


def directions_agree(material: Material) -> Outcome:
    """增加 goes with 增长 and 减少 with 下降, and both with the sign of the change."""
    stated = [change for text in paragraphs(material) for change in changes(text)]
    faults = [
        fault("正文“{direction}”与“{rise}”不一致。", direction=change.direction, rise=change.rise)
        for change in stated
        if change.rise and change.rise != RISE_OF[change.direction]
    ]
    known = [(claim, claim.change) for claim in claims(material) if claim.row.change]
    faults += [
        fault(
            "正文{subject}写“{direction}”，实为 {change}。",
            subject=c.subject,
            direction=s.direction,
            change=c.row.change,
        )
        for c, s in known
        if s and (s.direction == INCREASE) != (c.row.change.fen > 0)
    ]
    return faults if stated or known else NotApplicable(fault("正文没有与上年比较的句子。"))


def nothing_is_no_base(material: Material) -> list[Fault]:
    """A line without a base has no percentage, and the text says 上年无此项."""
    faults = [
        fault("{subject}没有上年数，却有百分比 {percent}%。", subject=row.name, percent=row.percent)
        for row in compared_rows(material)
        if not row.base and row.percent is not None
    ]
    for claim in _claims_if_any(material):
        if claim.row.base or not claim.row.change:
            continue
        if claim.change and claim.change.percent is not None:
            faults.append(fault("正文{subject}没有上年数，却写了百分比。", subject=claim.subject))
        if not re.search(r"上年无此项|年没有此项", claim.text):
            faults.append(fault("正文{subject}没有上年数，应写“上年无此项”。", subject=claim.subject))
    return faults


def level_is_said_plainly(material: Material) -> Outcome:
    """Where nothing changed the text says 持平 and gives neither figures nor a reason."""
    level = [claim for claim in claims(material) if claim.row.status is Status.LEVEL]
    if not level:
        return NotApplicable(fault("正文没有与上年持平的项目。"))
    faults = [fault("正文{subject}与上年相同，应写持平。", subject=c.subject) for c in level if "持平" not in c.text]
    faults += [fault("正文{subject}与上年持平，不应再写增减。", subject=c.subject) for c in level if c.change]
    faults += [
        fault("正文{subject}与上年持平，不应写原因。", subject=c.subject) for c in level if REASON.search(c.text)
    ]
    return faults


def reasons_follow(material: Material) -> Outcome:
    """Every change that is not small is followed by its reason."""
    moving = {Status.INCREASED, Status.DECREASED}
    if material.functions.total and material.functions.total.base is not None:
        moving.add(Status.NEW)  # where last year is known, what is new this year has its reason too
    moved = [c for c in claims(material) if c.row.status in moving and c.subject not in EXPLAINED_ELSEWHERE]
    if not moved:
        return NotApplicable(fault("正文没有需要说明原因的增减。"))
    return [
        fault("正文{subject}变动 {change}，没有说明原因。", subject=claim.subject, change=claim.row.change)
        for claim in moved
        if not REASON.search(claim.text)
    ]


def reasons_match(material: Material) -> Outcome:
    """A reason explains the direction it stands under; under 持平 there is none."""
    explained = [(claim, found[1]) for claim in claims(material) if (found := REASON.search(claim.text))]
    if not explained:
        return NotApplicable(fault("正文没有说明原因的句子。"))
    return [
        fault(
            "正文{subject}的原因“{reason}”与变动 {change} 不符。", subject=c.subject, reason=reason, change=c.row.change
        )
        for c, reason in explained
        if not _explains(c, reason)
    ]


def completion_is_right(material: Material) -> Outcome:
    """完成率 is 决算 over 年初预算; where that is 0, over the adjusted budget."""
    words = rf"年初预算(?:数)?为{AMOUNT}，(?:支出)?决算(?:数)?为{AMOUNT}，完成(年初|全年|调整)预算的(\d[\d.]*)%"
    found = [match for text in paragraphs(material) for match in re.finditer(words, text)]
    if not found:
        return NotApplicable(fault("预算公开件不写完成率，决算公开件才有。"))
    faults = []
    for initial, final, basis, said in (match.groups() for match in found):
        if not number(initial) and basis == "年初":
            faults.append(fault("年初预算为 0，完成率应以全年预算为基数。"))
        elif basis == "年初" and Decimal(said) != _rounded(number(final) * 100 / number(initial)):
            faults.append(
                fault(
                    "决算 {final}万元对年初预算 {initial}万元的完成率不是 {said}%。",
                    final=final,
                    initial=initial,
                    said=said,
                )
            )
    return faults


def statements_agree(material: Material) -> list[Fault]:
    """What is stated twice is stated alike, in the text and in the ledger."""
    faults = []
    for subject, words in LEADS.items() if isinstance(material.narrative, Narrative) else ():
        said = sorted(set(amounts_after(paragraphs(material), words)))
        if len(said) > 1:
            faults.append(fault("正文{subject}前后不一：{amounts}。", subject=subject, amounts=listed(said)))
    recorded: dict[tuple[str, int | None], set[str]] = {}
    for event in material.stated(IndicatorRecorded):
        recorded.setdefault((event.indicator, event.restates), set()).add(str(event.amount or event.count or 0))
    faults += [
        fault("指标“{name}”记录了几个不同的数：{amounts}。", name=name, amounts=listed(sorted(amounts)))
        for (name, _), amounts in recorded.items()
        if len(amounts) > 1
    ]
    return faults


def compared_rows(material: Material) -> list[ComparedRow]:
    """Every line of every comparison, totals too."""
    totals = [found.total for found in (material.functions, material.general) if found.total]
    lines = [material.functions.rows, material.general.rows, material.three_public.rows, material.indicators.rows]
    return [*totals, *three_public(material)[:1], *(row for rows in lines for row in rows)]


def _claims_if_any(material: Material) -> list[Claim]:
    """The claims of the text; none where there is no text, for the comparisons can be looked at all the same."""
    try:
        return claims(material)
    except Lacking:
        return []


def _explains(claim: Claim, reason: str) -> bool:
    if claim.row.status is Status.LEVEL:
        return False
    rises, falls = (any(word in reason for word in words) for words in (RISING, FALLING))
    grew = claim.row.change.fen > 0
    wrong_word = f"{DECREASE if grew else INCREASE}的主要原因" in claim.text
    return not wrong_word and not (falls and not rises if grew else rises and not falls)


def _percent(row: ComparedRow) -> Decimal:
    base = row.base or NONE
    return _rounded(Decimal(row.change.fen) * 100 / abs(base.fen))


def _rounded(share: Decimal) -> Decimal:
    return share.quantize(TWO_PLACES, ROUND_HALF_UP)


RULES = (
    Rule(
        "D-01",
        "增减额等于本年减上年，正文与比较一致",
        ERROR,
        "两年公开件的全部比较均成立",
        "核对所指项目的本年数和上年数是否同一范围。",
        changes_are_right,
    ),
    Rule(
        "D-02",
        "百分比等于增减额除以上年数，四舍五入到两位小数",
        ERROR,
        "两年公开件；2023年公务接待 26% 应为 25.93%，机关运行 2.6% 应为 2.57%",
        "正文的百分比应取自账本，不要手写或少写位数。",
        percentages_are_right,
    ),
    Rule(
        "D-03",
        "增加配增长、减少配下降，并与正负一致",
        ERROR,
        "GBC CMM-005、CMM-006",
        "改正正文模板中的方向用词。",
        directions_agree,
    ),
    Rule(
        "D-04",
        "上年没有数时不写百分比，写“上年无此项”",
        ERROR,
        "GBC CMM-007",
        "正文对没有上年数的项目写“上年无此项”。",
        nothing_is_no_base,
    ),
    Rule(
        "D-05",
        "没有变动时写与上年持平，不写增减和原因",
        ERROR,
        "两年公开件；上海市样表",
        "正文对没有变动的项目只写“与上年持平”。",
        level_is_said_plainly,
    ),
    Rule(
        "D-06",
        "有增减而非基本持平的，应说明主要原因",
        WARN,
        "两年公开件；GBC；天保要求变动达10%或由无到有时说明原因",
        "用 budget explain 补记主要原因。",
        reasons_follow,
    ),
    Rule(
        "D-07",
        "各项上年数与本年停列科目上年数之和等于总基数",
        ERROR,
        "2024年 9342.85 加 56.00 等于 9398.85；2023年 9802.73",
        "把本年未安排的科目列入比较。",
        bases_add_up,
    ),
    Rule(
        "D-08",
        "上年数等于上年执行数或已公开的上年预算数，重述的要有原因",
        ERROR,
        "2024年“三公”基数 26.00 等于2023年预算；机关运行经费 1039.76 不等于已公开的 731.98",
        "上年数有更正的，用 budget indicator 重述并写明原因，或声明同口径。",
        bases_are_last_years,
    ),
    Rule(
        "D-09",
        "同口径：两侧剔除相同部分，并列明剔除了什么",
        ERROR,
        "2024年 5.90 对 26.00 减 20.00，得 -0.10、-1.67%",
        "核对 budget comparable 声明的科目和正文同口径一句。",
        comparable_leaves_the_same_out,
    ),
    Rule(
        "D-10",
        "原因与增减方向相符，持平不写原因",
        WARN,
        "2023年公务用车：与上年持平，却写了减少的主要原因",
        "用 budget explain 改写所指项目的主要原因。",
        reasons_match,
    ),
    Rule(
        "D-11",
        "完成率等于决算除以年初预算；年初为0时用全年预算",
        ERROR,
        "GBC R004、V33-TREND-COMPLETION-RATE",
        "核对完成率的基数。",
        completion_is_right,
    ),
    Rule(
        "D-12",
        "同一指标前后两处的数相同",
        ERROR,
        "GBC V33-NARRATIVE-INDICATOR-REPEAT",
        "核对所指指标；重复记录的，冲销多余的一条。",
        statements_agree,
    ),
)
