"""Table rules: what must add up inside each published table."""

from events.errors import Fault, fault
from projections.checks.cells import Place, across, agree, down, money, plain_label, sheet, sums, within
from projections.checks.material import Material
from projections.checks.outcome import Outcome
from projections.checks.places import CLASS, Column, Label, Role
from projections.checks.rule import Check, Rule, Severity, every

ERROR = Severity.ERROR
PERSONNEL_CLASSES, OPERATING_CLASSES = ("301", "303"), ("302", "310")


def classes(role: Role, whole: str) -> Check:
    """A check that the 类 on the side of 支出 add up to one of its rows."""

    def check(material: Material) -> list[Fault]:
        found = sheet(material, role, "支出")
        return sums(found.at(whole), [found.spot(row, 0) for row in found.at_level(CLASS)])

    return check


def natures_keep_their_classes(material: Material) -> list[Fault]:
    """301 and 303 stand under 人员经费 alone, 302 and 310 under 公用经费 alone."""
    found = sheet(material, Role.BASIC)
    personnel, operating = found.column(Column.PERSONNEL), found.column(Column.OPERATING)
    wrong = dict.fromkeys(PERSONNEL_CLASSES, operating) | dict.fromkeys(OPERATING_CLASSES, personnel)
    rows = [(row, wrong.get((row.code or "")[:3])) for row in found.side.rows]
    spots = [found.spot(row, column) for row, column in rows if column is not None]
    return [
        fault("{place} 有 {amount}，这类科目不列在这一栏。", place=spot.name, amount=spot.amount)
        for spot in spots
        if spot.amount
    ]


def kept_when_empty(role: Role, parts: str) -> Check:
    """A check that a table adds up; without any amount it is kept, and a note says why it is empty."""
    adds_up = every(across(role, Column.WHOLE, parts), down(role))

    def check(material: Material) -> Outcome:
        found = sheet(material, role)
        if any(money(cell) for row in found.side.rows for cell in row.cells):
            return adds_up(material)
        if found.table.notes:
            return []
        return [fault("表{table}没有数据，应保留空表并注明没有这项支出。", table=found.table.number)]

    return check


def targets_are_stated(material: Material) -> list[Fault]:
    """Every project has a 绩效目标."""
    found = sheet(material, Role.TARGETS)
    column = found.column(Column.TARGET)
    return [
        fault("表{table}的项目“{project}”没有绩效目标。", table=found.table.number, project=plain_label(row))
        for row in found.side.rows
        if row.level and not str(row.cells[column] or "").strip()
    ]


RULES = (
    Rule(
        "T1-01",
        "收支总表：收入总计等于支出总计",
        ERROR,
        "两年公开件；GBC BUD-101；天保 RZ001",
        "核对两侧的总计，常见原因是结转只记了一侧。",
        agree([Place(Role.TOTALS, "收入总计", side="收入")], [Place(Role.TOTALS, "支出总计", side="支出")]),
    ),
    Rule(
        "T1-02",
        "收支总表：本年收入合计等于各项收入之和",
        ERROR,
        "两年公开件；天保 RZ003",
        "核对各收入来源的资金来源是否记对。",
        within(Role.TOTALS, "收入", Label.RECEIVED, rf"财政拨款收入|{Label.OTHER_SOURCES}"),
    ),
    Rule(
        "T1-03",
        "收支总表：财政拨款收入等于三本预算之和",
        ERROR,
        "两年公开件",
        "核对一般公共预算、政府性基金、国有资本经营三行。",
        within(Role.TOTALS, "收入", "财政拨款收入", Label.BUDGETS),
    ),
    Rule(
        "T1-04",
        "收支总表：总计等于本年合计加结转",
        ERROR,
        "两年公开件",
        "核对上年结转结余和年终结转结余两行。",
        every(
            within(Role.TOTALS, "收入", "收入总计", rf"本年收入合计|{Label.CARRIED_IN}"),
            within(Role.TOTALS, "支出", "支出总计", rf"本年支出合计|{Label.CARRIED_OUT}"),
        ),
    ),
    Rule(
        "T1-05",
        "收支总表：本年支出合计等于各功能类之和",
        ERROR,
        "两年公开件",
        "核对支出一侧各类的金额。",
        classes(Role.TOTALS, Label.EXPENDED),
    ),
    Rule(
        "T2-01",
        "收入总表：每行合计等于本年收入加上年结转，小计等于各来源之和",
        ERROR,
        "2023年公开件表2；GBC V33-240",
        "核对所指行的资金来源和本年、结转之分。",
        every(
            across(Role.INCOME, "合计", r".+/小计"),
            across(Role.INCOME, "本年收入/小计", r"本年收入/(?!小计).+"),
            across(Role.INCOME, "上年结转/小计", r"上年结转/(?!小计).+"),
            across(Role.INCOME, r".+/合计", r".+/(?!合计|小计).+"),
        ),
    ),
    Rule(
        "T2-02",
        "收入总表：每栏类等于款之和、款等于项之和，合计等于类之和",
        ERROR,
        "2023年公开件表2（十七栏均成立）",
        "核对所指科目的下级科目。",
        down(Role.INCOME),
    ),
    Rule(
        "T3-01",
        "支出总表：每行合计等于各支出用途之和",
        ERROR,
        "两年公开件均成立；GBC BUD-102、BUD-110",
        "核对所指行的支出用途。",
        across(
            Role.EXPENDITURE,
            Column.WHOLE,
            r"基本支出/(?!小计).+|(?:.*/)?基本支出|(?:.*/)?项目支出|.*(?:经营支出|上缴上级支出|附属单位补助支出)",
        ),
    ),
    Rule(
        "T3-02",
        "支出总表：每栏类等于款之和、款等于项之和，合计等于类之和",
        ERROR,
        "两年公开件均成立",
        "核对所指科目的下级科目。",
        down(Role.EXPENDITURE),
    ),
    Rule(
        "T4-01",
        "财政拨款收支总表：财政拨款等于三本预算之和，总计等于本年加结转",
        ERROR,
        "两年公开件；GBC B-002",
        "核对三本预算和结转各行。",
        every(
            within(Role.FISCAL, "收入", r"本年财政拨款收入|收入总计", Label.BUDGETS),
            within(Role.FISCAL, "收入", "收入总计", rf"本年财政拨款收入|{Label.CARRIED_IN}"),
            within(Role.FISCAL, "支出", "支出总计", rf"本年支出合计|{Label.CARRIED_OUT}"),
            classes(Role.FISCAL, Label.EXPENDED),
        ),
    ),
    Rule(
        "T5-01",
        "一般公共预算支出表：每行合计等于基本支出加项目支出，基本支出等于人员加公用",
        ERROR,
        "两年公开件均成立",
        "核对所指行的支出用途。",
        every(
            across(Role.GENERAL, Column.WHOLE, rf"{Column.BASIC_PART}|{Column.PROJECT_PART}"),
            across(Role.GENERAL, "基本支出/小计", r"基本支出/(?!小计).+"),
        ),
    ),
    Rule(
        "T5-02",
        "一般公共预算支出表：每栏类等于款之和、款等于项之和，合计等于类之和",
        ERROR,
        "两年公开件均成立",
        "核对所指科目的下级科目。",
        down(Role.GENERAL),
    ),
    Rule(
        "T6-01",
        "基本支出表：每行合计等于人员经费加公用经费",
        ERROR,
        "两年公开件均成立；GBC BUD-103",
        "核对所指经济科目的支出用途。",
        across(Role.BASIC, Column.BASIC_WHOLE, rf"{Column.PERSONNEL}|{Column.OPERATING}"),
    ),
    Rule(
        "T6-02",
        "基本支出表：每栏类等于款之和，合计等于类之和",
        ERROR,
        "两年公开件均成立",
        "核对所指经济科目的下级科目。",
        down(Role.BASIC),
    ),
    Rule(
        "T6-03",
        "基本支出表：301、303只列人员经费，302、310只列公用经费",
        ERROR,
        "两年公开件均成立；上海市样表表六",
        "把所指科目的支出用途改正：冲销原记录后重新记录。",
        natures_keep_their_classes,
    ),
    Rule(
        "T7-01",
        "“三公”表：合计等于出国、接待、公车之和，公车等于购置加运行",
        ERROR,
        "两年公开件均成立；GBC C-001、BUD-104",
        "核对30212、30217、30231、31013四个科目。",
        every(
            across(Role.THREE_PUBLIC, Column.PUBLIC_WHOLE, rf"{Column.TRIPS}|{Column.RECEPTIONS}|{Column.VEHICLES}"),
            across(Role.THREE_PUBLIC, Column.VEHICLES, rf"{Column.PURCHASE}|{Column.RUNNING}"),
        ),
    ),
    Rule(
        "T7-02",
        "“三公”表：合计行等于各单位之和",
        ERROR,
        "两年公开件均成立",
        "核对汇总的单位是否齐全。",
        down(Role.THREE_PUBLIC),
    ),
    Rule(
        "T8-01",
        "政府性基金表：合计等于基本支出加项目支出；没有时保留空表并注明",
        ERROR,
        "两年公开件的注；GBC BUD-106；上海市样表",
        "没有政府性基金时，在表样里写明空表的注。",
        kept_when_empty(Role.FUND, rf"{Column.BASIC_PART}|{Column.PROJECT_PART}"),
    ),
    Rule(
        "T9-01",
        "国有资本经营表：合计等于项目支出；没有时保留空表并注明",
        ERROR,
        "两年公开件的注",
        "没有国有资本经营预算时，在表样里写明空表的注。",
        kept_when_empty(Role.CAPITAL, rf"{Column.BASIC_PART}|{Column.PROJECT_PART}"),
    ),
    Rule(
        "T10-01",
        "项目支出表：每行总计等于各资金来源之和，合计等于各项目之和",
        ERROR,
        "两年公开件均成立",
        "核对所指项目的资金来源。",
        every(across(Role.PROJECTS, Column.GRAND, r"资金来源/.+"), down(Role.PROJECTS)),
    ),
    Rule(
        "T11-01",
        "绩效表：合计等于各项目之和，每个项目都有绩效目标",
        ERROR,
        "两年公开件均成立",
        "用 budget project 为所指项目登记绩效目标。",
        every(down(Role.TARGETS), targets_are_stated),
    ),
)
