"""What tables, rows and columns are called, as patterns, so that a rule finds them in any edition."""

from enum import Enum, StrEnum

CLASS, ITEM = 1, 3


class Role(Enum):
    """What a table is there for: its name, and how a title tells."""

    TOTALS = "收支预算总表", r"^(?!.*财政拨款).*收支.*总表"
    INCOME = "收入预算总表", r"^(?!.*收支).*收入.*总表"
    EXPENDITURE = "支出预算总表", r"^(?!.*收支)(?!.*项目).*支出.*总表"
    FISCAL = "财政拨款收支预算总表", r"财政拨款收支"
    GENERAL = "一般公共预算支出预算表", r"^(?!.*(?:基本支出|三公)).*一般公共预算.*支出"
    BASIC = "一般公共预算基本支出预算表", r"一般公共预算基本支出"
    THREE_PUBLIC = "“三公”经费预算表", r"三公"
    FUND = "政府性基金预算支出预算表", r"政府性基金"
    CAPITAL = "国有资本经营预算支出预算表", r"国有资本经营"
    PROJECTS = "项目支出预算表", r"^(?!.*(?:财政拨款|绩效)).*项目支出"
    TARGETS = "项目绩效目标表", r"绩效|财政拨款项目支出"

    def __init__(self, label: str, title: str) -> None:
        self.label = label
        self.title = title


class Label(StrEnum):
    """Rows, by the whole of their label without numbering."""

    TOTAL = r"(?:支出|收入)?合计"
    RECEIVED = r"本年收入合计|收入总计"
    EXPENDED = r"本年支出合计|支出总计"
    GENERAL_BUDGET = r"一般公共预算(?:资金)?"
    BUDGETS = r"一般公共预算(?:资金)?|政府性基金(?:预算)?|国有资本经营预算"
    OTHER_SOURCES = (
        r"财政专户管理资金|事业收入.*|事业单位经营收入|上级补助收入|附属单位上缴收入|其他收入|用事业基金弥补收支差额"
    )
    CARRIED_IN = r"上年结转(?:结余)?"
    CARRIED_OUT = r"年终结转结余|结转下年"


class Column(StrEnum):
    """Columns, by the whole of their headings joined with "/"."""

    WHOLE = r"(?:.*/)?合计"
    BASIC_WHOLE = r"(?:.*/)?(?:合计|小计)"
    BASIC_PART = r"(?:.*/)?基本支出(?:/小计)?"
    PROJECT_PART = r"(?:.*/)?项目支出"
    PERSONNEL = r"(?:.*/)?人员(?:经费|支出)"
    OPERATING = r"(?:.*/)?公用经费"
    FISCAL_FUNDS = r"(?:.*/)?财政拨款收入/.+"
    GENERAL_FUND = r"(?:.*/)?一般公共预算(?:资金)?"
    GRAND = r"(?:.*/)?总计"
    AMOUNT = r"(?:.*/)?金额"
    TARGET = r"(?:.*/)?绩效目标"
    PUBLIC_WHOLE = r".*合计"
    TRIPS = r"(?:.*/)?因公出国.*"
    RECEPTIONS = r"(?:.*/)?公务接待费"
    VEHICLES = r".*公务用车.*/小计"
    PURCHASE = r".*/(?:公务用车)?购置费"
    RUNNING = r".*/(?:公务用车)?运行(?:维护)?费"
