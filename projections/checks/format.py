"""Format rules: years, names, lists, placeholders, units, required parts, the day of publication."""

import re
from datetime import timedelta

from events.budget import InitialBudgetApproved
from events.disclosure import DocumentPublished
from events.errors import Fault, fault
from projections.checks.cells import plain_label, sheet
from projections.checks.material import Material
from projections.checks.names import UNIT_HEADING
from projections.checks.outcome import NotApplicable, Outcome
from projections.checks.places import Role
from projections.checks.printed import printed, titles
from projections.checks.prose import narrative, paragraphs, plain
from projections.checks.rule import Rule, Severity
from projections.documents.document import Heading
from projections.figures import comparison as comparing

ERROR, WARN = Severity.ERROR, Severity.WARN
DAYS_TO_PUBLISH = 20
AMOUNT_UNITS = ("万元", "元")
SUFFIX = r"（(?:本级|机关|本部|汇总)）"
PARTS = ("机关运行经费", "政府采购", "国有资产", "绩效", "名词解释")
CITED = re.compile(r"《[^》]*》|〔[^〕]*〕")
YEAR = re.compile(r"((?:19|20)\d\d)年")
LEADING_YEAR = re.compile(r"^(?:（?\d+[）.、])?((?:19|20)\d\d)年")
PLACEHOLDER = re.compile(r"X{2,}|x{3,}|×{2,}|某某|待填|待定|_{2,}|＿{2,}|[?？]{2,}|□|\{\{|\}\}")
DOUBLED = re.compile(r"([一-鿿]{2,})\1")
STRAY = re.compile(
    r"[，；、：]{2,}|\u3002{2,}|[，；、：]\u3002|\u3002[，；、：]|[一-鿿]\s*\b(?:and|or|of|the)\b\s*[一-鿿]"
)
PAIRS = ("（）", "《》", "“”", "〔〕")
PRINTED_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*万元(?!以[上下])")
WELL_PRINTED = re.compile(r"0|\d{1,3}(?:,\d{3})*\.\d{2}")


def one_year(material: Material) -> list[Fault]:
    """Titles carry the document's year, and sentences begin with no other."""
    texts = [] if isinstance(material.narrative, NotApplicable) else paragraphs(material)
    found = [
        (text.place, text.text, year)
        for text in titles(material)
        for year in YEAR.findall(CITED.sub("", plain(text.text)))
    ]
    found += [(fault("正文"), text, match[1]) for text in texts if (match := LEADING_YEAR.match(text))]
    return [
        fault(
            "{place}“{text}”写的是 {said} 年，本件是 {year} 年。", place=place, text=text, said=said, year=material.year
        )
        for place, text, said in found
        if int(said) != material.year
    ]


def one_name(material: Material) -> list[Fault]:
    """The unit is called one name everywhere; 部门 and 单位 are not mixed."""
    name = material.unit.name
    known = {unit.name for unit in material.units} | {"", "合计"}
    faults = [
        fault("表{table}的单位名称“{found}”与“{name}”不同。", table=table.number, found=table.unit.name, name=name)
        for table in material.tables
        if table.unit.name != name
    ]
    for table in material.tables:
        rows = [row for side in table.sides if side.headings[0] == UNIT_HEADING for row in side.rows]
        strangers = sorted({row.labels[0] for row in rows} - known)
        faults += [
            fault("表{table}有不认识的单位名称“{found}”。", table=table.number, found=found) for found in strangers
        ]
    seen = sorted({found for text in printed(material) for found in _called(name, plain(text.text))})
    faults += [fault("单位名称又写作“{found}”。", found=found) for found in seen]
    whole = "".join(text.text for text in (*titles(material), *printed(material))).replace("部门预算经济分类", "")
    mixed = [
        (left, right)
        for left, right in (("部门预算", "单位预算"), ("本部门", "本单位"))
        if left in whole and right in whole
    ]
    return [*faults, *(fault("“{left}”和“{right}”混用。", left=left, right=right) for left, right in mixed)]


def listed_tables_are_there(material: Material) -> list[Fault]:
    """The document has a place for every table of the edition, once and in order, each with a title of its own."""
    wanted, given = [str(table.number) for table in material.tables], list(narrative(material).tables)
    faults = [fault("正文没有放表{number}。", number=number) for number in wanted if number not in given]
    faults += [fault("正文要放的表{number}不在表样里。", number=number) for number in given if number not in wanted]
    if not faults and given != wanted:
        faults.append(fault("正文中表的次序或次数与表样不同。"))
    names = [table.title for table in material.tables]
    return [
        *faults,
        *(fault("有两张表同名：{title}。", title=name) for name in sorted(set(names)) if names.count(name) > 1),
    ]


def nothing_is_left_to_fill_in(material: Material) -> list[Fault]:
    """No placeholder is printed."""
    return [
        fault("{place}有占位文字“{found}”：{text}", place=text.place, found=found[0], text=text.text)
        for text in (*titles(material), *printed(material))
        if (found := PLACEHOLDER.search(text.text))
    ]


def words_are_clean(material: Material) -> list[Fault]:
    """No word is doubled, no punctuation stray, no bracket left open."""
    faults = []
    for place, text in printed(material):
        if found := DOUBLED.search(plain(text)):
            faults.append(fault("{place}“{words}”重复：{text}", place=place, words=found[1], text=text))
        if found := STRAY.search(text):
            faults.append(fault("{place}有多余的“{found}”：{text}", place=place, found=found[0], text=text))
        open_ = [pair for pair in PAIRS if plain(text).count(pair[0]) != plain(text).count(pair[1])]
        faults += [fault("{place}的“{pair}”不成对：{text}", place=place, pair=pair, text=text) for pair in open_]
    return faults


def amounts_are_printed_alike(material: Material) -> list[Fault]:
    """Sentences have two decimals, thousands commas and 万元; every table states its unit."""
    texts = [] if isinstance(material.narrative, NotApplicable) else paragraphs(material)
    said = [amount for text in texts for amount in PRINTED_AMOUNT.findall(text)]
    return [
        *(
            fault("正文金额“{amount}万元”应有千分位和两位小数。", amount=a)
            for a in said
            if not WELL_PRINTED.fullmatch(a)
        ),
        *(fault("表{table}没有写金额单位。", table=t.number) for t in material.tables if not t.prints_amount_unit),
    ]


def units_are_known(material: Material) -> list[Fault]:
    """Tables and comparisons are in the unit their forms name, 万元 or 元: what is compared was converted."""
    compared = (material.functions, material.general, material.three_public, material.indicators)
    used = [
        (fault("表{table}", table=t.number), t.amount_unit, material.edition.table(t.number).amount_unit)
        for t in material.tables
    ]
    used += [
        (fault("{about}比较", about=found.about), found.amount_unit, material.edition.amount_unit) for found in compared
    ]
    return [
        fault("{place}以{unit}为单位，表样规定{wanted}。", place=place, unit=unit, wanted=wanted)
        for place, unit, wanted in used
        if unit != wanted or unit not in AMOUNT_UNITS
    ]


def blank_is_not_zero(material: Material) -> list[Fault]:
    """An amount cell is an amount or a blank, never text; a comparison keeps an explicit 0 apart from nothing."""
    faults = []
    for table in material.tables:
        for side in table.sides:
            columns = {index for index, path in enumerate(side.columns) if "绩效目标" not in path}
            faults += [
                fault(
                    "表{table}“{row}”的“{cell}”不是金额。",
                    table=table.number,
                    row=plain_label(row),
                    cell=row.cells[index],
                )
                for row in side.rows
                for index in sorted(columns)
                if isinstance(row.cells[index], str)
            ]
    stated = comparing.by_function(material.budget)
    faults += [
        fault("{subject}的本年数把空白和 0 混同了。", subject=row.name)
        for row in material.functions.rows
        if (row.current is None) != ((row.code or "") not in stated)
    ]
    return faults


def lines_are_detailed(material: Material) -> Outcome:
    """Functional lines go down to the 项, economic ones of 基本支出 to the 款."""
    if not material.budget:
        return NotApplicable(fault("本年没有预算明细。"))
    coarse = [a for a in material.budget if len(a.function_code) != len("2012901")]
    faults = [fault("功能科目 {code} 没有到项。", code=a.function_code) for a in coarse]
    loose = [
        a for a in material.budget if a.nature and a.nature.is_basic and len(a.economic_code or "") != len("30101")
    ]
    return [*faults, *(fault("{code} 的基本支出没有经济科目（到款）。", code=a.function_code) for a in loose)]


def parts_are_present(material: Material) -> list[Fault]:
    """The parts that the law asks for have their headings."""
    headings = "".join(block.text for block in narrative(material).blocks if isinstance(block, Heading))
    return [fault("正文没有“{part}”一节。", part=part) for part in PARTS if part not in headings]


def published_in_time(material: Material) -> Outcome:
    """The document is public within 20 days of the 批复."""
    approvals = material.stated(InitialBudgetApproved)
    published = [event.effective_on for event in material.stated(DocumentPublished)]
    if not approvals or not published:
        return NotApplicable(fault("本年还没有批复或还没有公开。"))
    approved = approvals[-1].document.dated or approvals[-1].effective_on
    if min(published) - approved <= timedelta(days=DAYS_TO_PUBLISH):
        return []
    days = (min(published) - approved).days
    return [
        fault(
            "{approved} 批复，{published} 公开，隔了 {days} 天。",
            approved=approved,
            published=min(published),
            days=days,
        )
    ]


def targets_are_of_the_year(material: Material) -> Outcome:
    """No 绩效目标 speaks of an earlier year, but in a citation."""
    found = sheet(material, Role.TARGETS)
    texts = {plain_label(row): cell for row in found.side.rows for cell in row.cells if isinstance(cell, str)}
    if not texts:
        return NotApplicable(fault("本年没有绩效目标。"))
    return [
        fault("项目“{project}”的绩效目标还写着 {year} 年。", project=project, year=year)
        for project, text in texts.items()
        for year in sorted(set(YEAR.findall(CITED.sub("", plain(text)))))
        if int(year) < material.year
    ]


def _called(name: str, text: str) -> list[str]:
    """What a text calls the unit when it is not its name: with a suffix more or less."""
    bare = re.sub(SUFFIX + "$", "", plain(name))
    return [found for found in re.findall(f"{re.escape(bare)}(?:{SUFFIX})?", text) if found != plain(name)]


RULES = (
    Rule(
        "F-01",
        "封面、标题、表名和句首只写本年度",
        ERROR,
        "GBC BUD-003",
        "改正所指文字的年度；引用旧文件时写书名号。",
        one_year,
    ),
    Rule(
        "F-02",
        "单位名称处处相同，不混用部门和单位",
        ERROR,
        "2024年公开件只有封面写（本级）；GBC R006、BUD-113",
        "统一单位名称；模板里只用一种说法。",
        one_name,
    ),
    Rule(
        "F-03",
        "表的目录与表样一致，每张表一次",
        ERROR,
        "2024年公开件缺表2；2023年表10、表11目录与表名不同；GBC CMM-003",
        "在正文模板的公开表一节补上或删去所指的表。",
        listed_tables_are_there,
    ),
    Rule(
        "F-04",
        "没有待填的占位文字",
        ERROR,
        "GBC BUD-002；天保 RZ007",
        "填写所指文字。",
        nothing_is_left_to_fill_in,
    ),
    Rule(
        "F-05",
        "没有重复的词、多余的标点和不成对的括号",
        WARN,
        "2024年公开件：主要用于主要用于；2023年：公务接等支出",
        "改正所指文字；来自说明或目标的，用 budget explain 或 budget project 重写。",
        words_are_clean,
    ),
    Rule(
        "F-06",
        "正文金额两位小数、有千分位、写万元；每张表写明单位",
        WARN,
        "两年公开件：2.1万元、22.5 万元、1017.26 无千分位；2023年表10无单位",
        "正文金额用模板的“万元”写法；在表样中去掉 prints_amount_unit = false。",
        amounts_are_printed_alike,
    ),
    Rule(
        "F-07",
        "表和比较用同一金额单位，换算后才比较",
        ERROR,
        "上海市公开件：表用元，正文和“三公”表用万元",
        "核对表样的 amount_unit。",
        units_are_known,
    ),
    Rule(
        "F-08",
        "0、空白和未识别是三种不同的值",
        ERROR,
        "GBC 审计 P0-C",
        "核对所指单元格的来源。",
        blank_is_not_zero,
    ),
    Rule(
        "F-09",
        "功能分类到项，基本支出的经济分类到款",
        ERROR,
        "《预算法》第四十六条；《预算法实施条例》第六条",
        "冲销所指明细，按到项、到款的编码重新记录。",
        lines_are_detailed,
    ),
    Rule(
        "F-10",
        "必备内容齐全：机关运行经费、政府采购、国有资产、绩效、名词解释",
        ERROR,
        "《预算法》第十四条；两年公开件",
        "在正文模板中补上所指一节。",
        parts_are_present,
    ),
    Rule(
        "F-11",
        "批复后二十日内公开",
        ERROR,
        "《预算法》第十四条；《预算法实施条例》第六条；GBC T-20days",
        "核对批复文件的日期；确已逾期的，说明原因。",
        published_in_time,
    ),
    Rule(
        "F-12",
        "绩效目标不写往年的年度",
        WARN,
        "2024年公开件表11写着2020年、2021年度",
        "用 budget project 重写所指项目的绩效目标。",
        targets_are_of_the_year,
    ),
)
