"""Narrative rules: what the text says, the tables say too."""

import re
from decimal import Decimal

from events.errors import Fault, fault
from projections.checks.cells import Place, joined, money, sheet
from projections.checks.claims import LEADS
from projections.checks.material import Material
from projections.checks.names import economic_names_agree, lists_agree, names_agree
from projections.checks.outcome import Lacking, NotApplicable, Outcome
from projections.checks.places import CLASS, ITEM, Column, Label, Role
from projections.checks.prose import (
    AMOUNT,
    EXPENDITURE_SECTION,
    EXPENDITURE_WORDS,
    FISCAL_SECTION,
    GENERAL_SECTION,
    GENERAL_WORDS,
    INCOME_WORDS,
    Listed,
    amounts_after,
    differences,
    item_name,
    items_said,
    listed,
    number,
    paragraphs,
    plain,
    says,
    section,
    sentence,
    subject_name,
    wrong_amount,
)
from projections.checks.rule import Check, Rule, Severity, every
from projections.checks.share import group_faults, natures
from projections.figures.comparison import THREE_PUBLIC_TOTAL

ERROR, WARN = Severity.ERROR, Severity.WARN
OPERATING_COSTS = "机关运行经费"
NATURES = ("人员", "公用", "项目", "经营", "上缴", "补助")

# Words before an amount, and the cell that has it.
FIGURES = {
    r"(?<!财政拨款)收支总预算": Place(Role.TOTALS, "收入总计", side="收入"),
    INCOME_WORDS: Place(Role.TOTALS, "收入总计", side="收入"),
    EXPENDITURE_WORDS: Place(Role.EXPENDITURE, Label.TOTAL, Column.WHOLE),
    r"财政拨款(?:收支总|支出)预算": Place(Role.FISCAL, "收入总计", side="收入"),
    GENERAL_WORDS: Place(Role.GENERAL, Label.TOTAL, Column.WHOLE),
    r"年一般公共预算基本支出": Place(Role.BASIC, Label.TOTAL, Column.BASIC_WHOLE),
}
THREE_PUBLIC_FIGURES = {
    LEADS[THREE_PUBLIC_TOTAL]: Place(Role.THREE_PUBLIC, Label.TOTAL, Column.PUBLIC_WHOLE),
    LEADS["因公出国（境）费用"]: Place(Role.THREE_PUBLIC, Label.TOTAL, Column.TRIPS),
    LEADS["公务接待费"]: Place(Role.THREE_PUBLIC, Label.TOTAL, Column.RECEPTIONS),
    LEADS["公务用车购置及运行维护费"]: Place(Role.THREE_PUBLIC, Label.TOTAL, Column.VEHICLES),
    LEADS["公务用车购置费"]: Place(Role.THREE_PUBLIC, Label.TOTAL, Column.PURCHASE),
    LEADS["公务用车运行维护费"]: Place(Role.THREE_PUBLIC, Label.TOTAL, Column.RUNNING),
}


def figures_agree(figures: dict[str, Place]) -> Check:
    """A check that the amounts behind certain words are those of certain cells."""

    def check(material: Material) -> list[Fault]:
        texts = paragraphs(material)
        said = [(place, amount) for words, place in figures.items() for amount in amounts_after(texts, words)]
        if not said:
            raise Lacking(fault("正文没有这条规则要看的句子。"))
        spots = [(place.spot(material), amount) for place, amount in said]
        return [wrong_amount(spot.name, amount, spot.amount) for spot, amount in spots if not says(amount, spot.amount)]

    return check


def classes_agree(heading: str, words: str, role: Role, side: str = "", column: str = "") -> Check:
    """A check that a section lists the 类 of a table with their amounts, in its order."""

    def check(material: Material) -> list[Fault]:
        found = sheet(material, role, side)
        said = listed(sentence(section(material, heading), words))
        expected = [(subject_name(material, code), found.of_code(code, column).amount) for code in found.codes(CLASS)]
        return differences(fault("按功能分类（表{table}）", table=found.table.number), said, expected)

    return check


def natures_agree(material: Material) -> list[Fault]:
    """人员, 公用, 项目 … in the text are those of T3."""
    said = listed(sentence(section(material, EXPENDITURE_SECTION), r"按支出用途分类，包括"))
    by_word = [Listed(next((word for word in NATURES if word in name), name), amount) for name, amount in said]
    found = sheet(material, Role.EXPENDITURE)
    total = found.row(Label.TOTAL)
    spots = {word: found.spot(total, column) for word in NATURES for column in found.columns(rf".*{word}[^/]*")}
    expected = [(word, spot.amount) for word, spot in spots.items() if spot.amount]
    return differences(fault("按支出用途分类"), by_word, expected)


def nature_shares_agree(material: Material) -> list[Fault]:
    """Each of them has its share of the whole."""
    return group_faults(natures(material))


def items_agree(material: Material) -> list[Fault]:
    """Every 项 of T5 stands in the text once, with its amount, in the table's order."""
    found = sheet(material, Role.GENERAL)
    expected = [(item_name(material, code), found.of_code(code, Column.WHOLE).amount) for code in found.codes(ITEM)]
    said = items_said(paragraphs(material))
    if not said:
        raise Lacking(fault("正文没有这条规则要看的句子。"))
    return differences(fault("具体情况"), said, expected)


def performance_agrees(material: Material) -> list[Fault]:
    """The 财政拨款 of projects and their number are T10's."""
    found = sheet(material, Role.PROJECTS)
    columns = found.columns(Column.FISCAL_FUNDS)
    amount = joined([found.spot(found.row(Label.TOTAL), column) for column in columns]).amount
    count = sum(1 for row in found.side.rows if row.level)
    for text in paragraphs(material):
        if said := re.search(rf"涉及当年财政拨款{AMOUNT}，一级项目(\d+)个", text):
            faults = [] if says(number(said[1]), amount) else [wrong_amount(fault("绩效金额"), number(said[1]), amount)]
            if int(said[2]) != count:
                faults.append(fault("正文写一级项目 {said} 个，表中有 {count} 个。", said=said[2], count=count))
            return faults
    raise Lacking(fault("正文没有这条规则要看的句子。"))


def procurement_adds_up(material: Material) -> Outcome:
    """政府采购 is 货物, 工程 and 服务 together."""
    texts = paragraphs(material)
    parts = [part for kind in ("货物", "工程", "服务") for part in amounts_after(texts, rf"{kind}(?:预算)?")]
    added = sum(parts, Decimal(0))
    wholes = list(amounts_after(texts, r"政府采购预算(?:总额)?"))
    if not wholes:
        return NotApplicable(fault("正文没有政府采购预算。"))
    return [
        fault("正文政府采购总额为 {whole}万元，货物、工程、服务之和为 {added}万元。", whole=whole, added=added)
        for whole in wholes
        if whole != added
    ]


def operating_costs_are_defined(material: Material) -> Outcome:
    """机关运行经费 that is not T6's 公用经费 has a recorded definition; a new definition is told to the reader."""
    now = material.indicators_recorded().get(OPERATING_COSTS)
    before = material.indicators_of_last_year().get(OPERATING_COSTS)
    if now is None or now.amount is None:
        return NotApplicable(fault("本年没有记录机关运行经费。"))
    operating = Place(Role.BASIC, Label.TOTAL, Column.OPERATING).spot(material)
    faults = []
    if not now.definition and now.amount != operating.amount:
        faults.append(
            fault(
                "机关运行经费 {amount} 与{operating} {expected} 不同，没有说明口径。",
                amount=now.amount,
                operating=operating.name,
                expected=operating.amount,
            )
        )
    if (
        before
        and before.definition != now.definition
        and plain(now.definition or "") not in "".join(paragraphs(material))
    ):
        faults.append(
            fault(
                "机关运行经费的口径由“{before}”改为“{now}”，正文没有说明。",
                before=before.definition or "",
                now=now.definition or "",
            )
        )
    return faults


def silence_matches_the_tables(words: str, role: Role) -> Check:
    """A check that the text says 没有使用 exactly when the table is empty and its note says so too."""

    def check(material: Material) -> list[Fault]:
        found = sheet(material, role)
        texts = paragraphs(material)
        if not any(words in text for text in texts):
            raise Lacking(fault("正文没有提到{words}。", words=words))
        said = any(f"没有使用{words}" in text for text in texts)
        empty = not any(money(cell) for row in found.side.rows for cell in row.cells)
        if said == empty == bool(found.table.notes):
            return []
        if said:
            return [fault("正文说没有使用{words}，表{table}却有数或没有注。", words=words, table=found.table.number)]
        return [fault("正文没有说没有使用{words}，表{table}却是空表或有注。", words=words, table=found.table.number)]

    return check


RULES = (
    Rule(
        "N-01",
        "正文的收支总数与各总表一致",
        ERROR,
        "两年公开件；GBC C-003",
        "核对正文模板，数字应取自账本而不是手写。",
        figures_agree(FIGURES),
    ),
    Rule(
        "N-02",
        "正文各功能类的金额与支出总表、财政拨款收支总表、一般公共预算支出表一致",
        ERROR,
        "两年公开件",
        "核对正文模板中按功能分类的几处列举。",
        every(
            classes_agree(EXPENDITURE_SECTION, r"按支出功能分类，包括", Role.EXPENDITURE, column=Column.WHOLE),
            classes_agree(FISCAL_SECTION, r"支出包括：", Role.FISCAL, side="支出"),
            classes_agree(GENERAL_SECTION, r"^(?=[^\u3002]*（类）支出\d)", Role.GENERAL, column=Column.WHOLE),
        ),
    ),
    Rule(
        "N-03",
        "正文人员、公用、项目支出及其占比与支出总表一致",
        ERROR,
        "两年公开件",
        "核对正文模板中按支出用途分类的一句。",
        every(natures_agree, nature_shares_agree),
    ),
    Rule(
        "N-04",
        "正文逐项说明与一般公共预算支出表一致：每项一次，次序相同",
        ERROR,
        "两年公开件；GBC BUD-107、D-005",
        "核对正文模板中具体情况一段，不要增删项。",
        items_agree,
    ),
    Rule(
        "N-05",
        "类、款、项的名称在正文、表和当年目录中一致",
        ERROR,
        "两年公开件的20604不一致；GBC BUD-109",
        "用 budget subject name 统一印出的名称，或更正科目目录。",
        names_agree,
    ),
    Rule(
        "N-06",
        "正文列举的经济科目与基本支出表有数的行一致，次序相同",
        ERROR,
        "两年公开件均成立",
        "核对正文模板中人员经费和公用经费的列举。",
        economic_names_agree,
    ),
    Rule(
        "N-07",
        "正文“三公”经费各数与“三公”表一致",
        ERROR,
        "两年公开件；GBC CMM-001",
        "核对正文模板中“三公”经费一节。",
        figures_agree(THREE_PUBLIC_FIGURES),
    ),
    Rule(
        "N-08",
        "正文绩效金额和项目个数与项目支出表一致",
        ERROR,
        "两年公开件均成立",
        "核对正文模板中预算绩效一段。",
        performance_agrees,
    ),
    Rule(
        "N-09",
        "政府采购总额等于货物、工程、服务之和",
        ERROR,
        "304.30、562.23 均成立；GBC B-012",
        "用 budget indicator 补记或更正政府采购三项。",
        procurement_adds_up,
    ),
    Rule(
        "N-10",
        "机关运行经费与公用经费不同或口径改变时，说明口径",
        WARN,
        "2024年 1017.26 等于表6；2023年 731.98 不等于 1039.76",
        "在正文模板中写明机关运行经费的口径；变更口径时说明基数如何重述。",
        operating_costs_are_defined,
    ),
    Rule(
        "N-11",
        "正文说没有政府性基金、国有资本经营预算，当且仅当它们的表为空并有注",
        ERROR,
        "两年公开件；GBC BUD-106",
        "核对正文模板和表样的注。",
        every(
            silence_matches_the_tables("政府性基金", Role.FUND),
            silence_matches_the_tables("国有资本经营", Role.CAPITAL),
        ),
    ),
    Rule(
        "N-12",
        "正文收入包括、支出包括与收支总表有数的行一致",
        ERROR,
        "两年公开件",
        "核对正文模板中收支总体说明一段。",
        lists_agree,
    ),
)
