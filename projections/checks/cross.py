"""Cross rules: what one table says, another says too."""

from events.codes import OVERSEAS_TRIPS, RECEPTION, VEHICLE_PURCHASE, VEHICLE_RUNNING
from events.errors import Fault, fault
from events.money import Money
from projections.checks.cells import Place, Sheet, Spot, agree, equal, joined, sheet
from projections.checks.material import Material
from projections.checks.outcome import NotApplicable, Outcome
from projections.checks.places import CLASS, ITEM, Column, Label, Role
from projections.checks.rule import Rule, Severity, every

ERROR, WARN, INFO = Severity.ERROR, Severity.WARN, Severity.INFO
INSURANCE = {("2080505",): ("30108",), ("2080506",): ("30109",), ("2101101", "2101102", "2101103"): ("30110", "30111")}
PENSIONER_ITEMS, PENSIONER_CODES = ("2080501", "2080502"), ("30301", "30302", "30307")
ONE_FUND_COLUMNS = (Column.WHOLE, Column.BASIC_PART, Column.PERSONNEL, Column.OPERATING, Column.PROJECT_PART)
ANNUITY_TOLERANCE = Money.from_wan("0.02")


def classes_agree(material: Material) -> list[Fault]:
    """T1's 类 are T3's."""
    left, right = sheet(material, Role.TOTALS, "支出"), sheet(material, Role.EXPENDITURE)
    return by_code(left, "", right, Column.WHOLE, CLASS)


def income_mirrors_expenditure(material: Material) -> Outcome:
    """By 项 T2's total is T3's, where nothing is carried into the next year."""
    carried = sheet(material, Role.TOTALS, "支出").at(Label.CARRIED_OUT)
    if carried.amount:
        return NotApplicable(fault("有结转下年 {amount}，收入和支出按项不必相等。", amount=carried.amount))
    return by_code(sheet(material, Role.INCOME), Column.WHOLE, sheet(material, Role.EXPENDITURE), Column.WHOLE, ITEM)


def fiscal_income_agrees(material: Material) -> list[Fault]:
    """T1's 财政拨款收入 with what came over from last year is T4's total."""
    this_year = sheet(material, Role.TOTALS, "收入").at("财政拨款收入")
    income = sheet(material, Role.INCOME)
    columns = income.columns(r"上年结转/(?:一般公共预算|政府性基金预算|国有资本经营预算)")
    carried = [income.spot(income.row(Label.TOTAL), column) for column in columns]
    brought = [spot for spot in carried if spot.amount]
    return equal(joined([this_year, *brought]), sheet(material, Role.FISCAL, "收入").at("收入总计"))


def fiscal_classes_agree(material: Material) -> list[Fault]:
    """T4's 类 are those of T5, T8 and T9 together."""
    left = sheet(material, Role.FISCAL, "支出")
    rights = [sheet(material, role) for role in (Role.GENERAL, Role.FUND, Role.CAPITAL)]
    codes = sorted({*left.codes(CLASS), *(code for right in rights for code in right.codes(CLASS))})
    return [
        found
        for code in codes
        for found in equal(left.of_code(code), joined([right.of_code(code, Column.WHOLE) for right in rights]))
    ]


def one_fund_one_table(material: Material) -> Outcome:
    """With nothing but 一般公共预算, T3 and T5 say the same line by line."""
    incomes = sheet(material, Role.TOTALS, "收入")
    if incomes.at("收入总计").amount != incomes.at(Label.GENERAL_BUDGET).amount:
        return NotApplicable(fault("除本年一般公共预算外还有别的资金，表3和表5不必逐行相等。"))
    left, right = sheet(material, Role.EXPENDITURE), sheet(material, Role.GENERAL)
    both = [heading for heading in ONE_FUND_COLUMNS if left.columns(heading) and right.columns(heading)]
    return [found for heading in both for found in by_code(left, heading, right, heading)]


def projects_agree_with_expenditure(material: Material) -> list[Fault]:
    """项目支出 of T3 is T10's total and T11's; 项目支出 of T5 is T10's 一般公共预算."""
    projects, targets = sheet(material, Role.PROJECTS), sheet(material, Role.TARGETS)
    whole = projects.at(Label.TOTAL, Column.GRAND)
    expected = _fiscal(projects, projects.row(Label.TOTAL).labels) if _is_fiscal(targets) else whole
    general = Place(Role.GENERAL, Label.TOTAL, Column.PROJECT_PART).spot(material)
    return [
        *equal(Place(Role.EXPENDITURE, Label.TOTAL, Column.PROJECT_PART).spot(material), whole),
        *equal(expected, targets.at(Label.TOTAL, Column.AMOUNT)),
        *equal(general, projects.at(Label.TOTAL, Column.GENERAL_FUND)),
    ]


def project_lists_agree(material: Material) -> list[Fault]:
    """T10 and T11 list the same projects with the same amounts."""
    projects, targets = sheet(material, Role.PROJECTS), sheet(material, Role.TARGETS)
    whole, amount = projects.column(Column.GRAND), targets.column(Column.AMOUNT)
    left = {row.labels: projects.spot(row, whole) for row in projects.side.rows if row.level}
    if _is_fiscal(targets):
        left = {labels: _fiscal(projects, labels) for labels in left}
    right = {row.labels: targets.spot(row, amount) for row in targets.side.rows if row.level}
    needed = {labels for labels, spot in left.items() if spot.amount}
    return [
        *(_missing(targets, labels) for labels in sorted(needed - set(right))),
        *(_missing(projects, labels) for labels in sorted(set(right) - set(left))),
        *(found for labels in sorted(set(left) & set(right)) for found in equal(left[labels], right[labels])),
    ]


def three_public_holds_its_basic_part(material: Material) -> list[Fault]:
    """What T6 has under the four economic 款 is not more than T7 has."""
    basic, public = sheet(material, Role.BASIC), sheet(material, Role.THREE_PUBLIC)
    pairs = {
        OVERSEAS_TRIPS: Column.TRIPS,
        RECEPTION: Column.RECEPTIONS,
        VEHICLE_RUNNING: Column.RUNNING,
        VEHICLE_PURCHASE: Column.PURCHASE,
    }
    return [
        fault(
            "{part} 为 {part_amount}，多于{whole} 的 {whole_amount}。",
            part=part.name,
            part_amount=part.amount,
            whole=whole.name,
            whole_amount=whole.amount,
        )
        for code, heading in pairs.items()
        for part, whole in [(basic.of_code(code, Column.BASIC_WHOLE), public.at(Label.TOTAL, heading))]
        if part.amount.fen > whole.amount.fen
    ]


def insurance_is_one_in_both_classifications(material: Material) -> Outcome:
    """养老, 年金 and 医保 have one amount by function and by economic 款."""
    functions, economic = sheet(material, Role.GENERAL), sheet(material, Role.BASIC)
    pairs = [
        (
            joined([functions.of_code(code, Column.WHOLE) for code in items]),
            joined([economic.of_code(code, Column.BASIC_WHOLE) for code in codes]),
        )
        for items, codes in INSURANCE.items()
    ]
    if not any(left.amount or right.amount for left, right in pairs):
        return NotApplicable(fault("本年没有养老、年金和医疗保险缴费。"))
    return [found for left, right in pairs for found in equal(left, right)]


def annuity_is_half_of_pension(material: Material) -> Outcome:
    """职业年金 (8 %) is half of 养老保险 (16 %), give or take rounding."""
    economic = sheet(material, Role.BASIC)
    pension, annuity = (economic.of_code(code, Column.BASIC_WHOLE) for code in ("30108", "30109"))
    if not pension.amount and not annuity.amount:
        return NotApplicable(fault("本年没有养老保险和职业年金缴费。"))
    difference = abs(pension.amount - annuity.amount - annuity.amount)
    if difference.fen <= ANNUITY_TOLERANCE.fen:
        return []
    return [
        fault(
            "职业年金 {annuity} 的两倍与养老保险 {pension} 相差 {difference}。",
            annuity=annuity.amount,
            pension=pension.amount,
            difference=difference,
        )
    ]


def pensioners_are_plausible(material: Material) -> Outcome:
    """人员经费 of 离退休 is what 离休费, 退休费 and 医疗费补助 come to, where the unit codes it so."""
    functions, economic = sheet(material, Role.GENERAL), sheet(material, Role.BASIC)
    left = joined([functions.of_code(code, Column.PERSONNEL) for code in PENSIONER_ITEMS])
    right = joined([economic.of_code(code, Column.BASIC_WHOLE) for code in PENSIONER_CODES])
    if not left.amount and not right.amount:
        return NotApplicable(fault("本年没有离退休人员经费。"))
    return equal(left, right)


def by_code(left: Sheet, left_heading: str, right: Sheet, right_heading: str, level: int | None = None) -> list[Fault]:
    """Faults where a 科目 has another amount here than there: at one level, or at all."""
    levels = [level] if level else sorted({row.level for row in (*left.side.rows, *right.side.rows) if row.code})
    codes = sorted({code for depth in levels for code in (*left.codes(depth), *right.codes(depth))})
    return [
        found for code in codes for found in equal(left.of_code(code, left_heading), right.of_code(code, right_heading))
    ]


def _fiscal(projects: Sheet, labels: tuple[str, ...]) -> Spot:
    """A project's 财政拨款, or that of all."""
    row = next(row for row in projects.side.rows if row.labels == labels)
    spots = [projects.spot(row, column) for column in projects.columns(Column.FISCAL_FUNDS)]
    return joined([spot for spot in spots if spot.amount] or spots)


def _is_fiscal(targets: Sheet) -> bool:
    return "财政拨款" in targets.table.title


def _missing(where: Sheet, labels: tuple[str, ...]) -> Fault:
    return fault("表{table}没有项目“{project}”。", table=where.table.number, project=labels[-1])


RULES = (
    Rule(
        "X-01",
        "收支总表的本年支出等于支出总表的合计",
        ERROR,
        "两年公开件均成立；GBC V33-201、BUD-105",
        "核对两表的支出合计。",
        agree([Place(Role.TOTALS, Label.EXPENDED, side="支出")], [Place(Role.EXPENDITURE, Label.TOTAL, Column.WHOLE)]),
    ),
    Rule(
        "X-02",
        "收支总表的本年收入、收入总计等于收入总表的小计、合计",
        ERROR,
        "2023年公开件；GBC V33-200",
        "核对收入总表的本年收入和上年结转。",
        every(
            agree(
                [Place(Role.TOTALS, "本年收入合计", side="收入")], [Place(Role.INCOME, Label.TOTAL, "本年收入/小计")]
            ),
            agree([Place(Role.TOTALS, "收入总计", side="收入")], [Place(Role.INCOME, Label.TOTAL, Column.WHOLE)]),
        ),
    ),
    Rule(
        "X-03",
        "收支总表的各功能类等于支出总表的各类",
        ERROR,
        "两年公开件均成立",
        "核对所指类在两表的金额。",
        classes_agree,
    ),
    Rule(
        "X-04",
        "没有结转下年时，收入总表的各项等于支出总表的各项",
        ERROR,
        "2023年公开件；GBC CMM-004",
        "核对所指科目的收入和支出。",
        income_mirrors_expenditure,
    ),
    Rule(
        "X-05",
        "收支总表的财政拨款（含结转）等于财政拨款收支总表的收入总计",
        ERROR,
        "两年公开件均成立；GBC V33-204",
        "核对财政拨款的本年数和上年结转。",
        fiscal_income_agrees,
    ),
    Rule(
        "X-06",
        "财政拨款收支总表的支出等于三本预算支出表合计之和",
        ERROR,
        "两年公开件均成立；GBC B-002",
        "核对三本预算的支出合计。",
        agree(
            [Place(Role.FISCAL, Label.EXPENDED, side="支出")],
            [Place(role, Label.TOTAL, Column.WHOLE) for role in (Role.GENERAL, Role.FUND, Role.CAPITAL)],
        ),
    ),
    Rule(
        "X-07",
        "财政拨款收支总表的各类等于三本预算支出表同类之和",
        ERROR,
        "两年公开件均成立",
        "核对所指类在三本预算中的金额。",
        fiscal_classes_agree,
    ),
    Rule(
        "X-08",
        "一般公共预算支出表的基本支出、人员经费、公用经费等于基本支出表",
        ERROR,
        "两年公开件均成立；GBC V33-203",
        "核对基本支出的功能分类和经济分类。",
        every(
            agree(
                [Place(Role.GENERAL, Label.TOTAL, Column.BASIC_PART)],
                [Place(Role.BASIC, Label.TOTAL, Column.BASIC_WHOLE)],
            ),
            agree(
                [Place(Role.GENERAL, Label.TOTAL, Column.PERSONNEL)], [Place(Role.BASIC, Label.TOTAL, Column.PERSONNEL)]
            ),
            agree(
                [Place(Role.GENERAL, Label.TOTAL, Column.OPERATING)], [Place(Role.BASIC, Label.TOTAL, Column.OPERATING)]
            ),
        ),
    ),
    Rule(
        "X-09",
        "只有一般公共预算时，支出总表与一般公共预算支出表逐行相等",
        ERROR,
        "两年公开件均成立",
        "核对所指科目的资金来源。",
        one_fund_one_table,
    ),
    Rule(
        "X-10",
        "支出总表的项目支出等于项目支出表、绩效表的合计，一般公共预算部分也相等",
        ERROR,
        "两年公开件均成立；天保、GBC BUD-108",
        "核对项目支出的项目和资金来源。",
        projects_agree_with_expenditure,
    ),
    Rule(
        "X-11",
        "项目支出表与绩效表的项目和金额一致",
        ERROR,
        "两年公开件均成立（引号只见于2023年）",
        "核对所指项目在两表的名称和金额。",
        project_lists_agree,
    ),
    Rule(
        "X-12",
        "基本支出表的“三公”科目不多于“三公”表",
        ERROR,
        "GBC V33-CROSS-SAN-GONG-ECON；两年公开件相等",
        "核对30212、30217、30231、31013四个科目。",
        three_public_holds_its_basic_part,
    ),
    Rule(
        "X-13",
        "养老、年金、医保的功能科目与经济科目金额相等",
        WARN,
        "两年公开件均成立；本地编码习惯，不是法定",
        "核对2080505、2080506、2101101、2101102与30108、30109、30110；有意不同时可不改。",
        insurance_is_one_in_both_classifications,
    ),
    Rule(
        "X-14",
        "职业年金约为养老保险的一半",
        INFO,
        "两年公开件均成立（8%与16%）",
        "核对两项的缴费基数；有补缴时可不改。",
        annuity_is_half_of_pension,
    ),
    Rule(
        "X-15",
        "离退休人员经费与离休费、退休费、医疗费补助相称",
        INFO,
        "两年公开件均相等；只看是否合理，不是恒等式",
        "核对离退休的功能科目和经济科目；有别的补助列入时可不改。",
        pensioners_are_plausible,
    ),
)
