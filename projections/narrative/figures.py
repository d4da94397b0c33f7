"""What a template can name: every figure, list and explanation of a year at a cut.

Keys are Chinese, for people who write templates and no Python. Amounts stay exact money; a template
prints them with the filter 万元. The list of names is in ``docs/templates.md``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from events.codes import lineage
from events.money import Money, total
from events.stream import Stream
from events.vocabulary import Basis, FundSource, Nature, Origin, Stage, Topic
from projections.edition import Edition
from projections.entries.read_model import Amount
from projections.figures.comparison import ComparedRow, Comparison, compared
from projections.figures.table import Scope
from projections.narrative.shares import shares
from projections.reading.comparisons import compare_indicators, compare_subjects, compare_three_public
from projections.reading.reader import Question, Reader
from projections.reading.scope import scope_of, year_amounts
from projections.registers.statements import in_force

TemplateNames = dict[str, Any]

FISCAL = (FundSource.GENERAL, FundSource.GOVERNMENT_FUND, FundSource.STATE_CAPITAL)
THREE_PUBLIC_KEYS = {
    Topic.THREE_PUBLIC: "合计",
    Topic.OVERSEAS_TRIPS: "出国",
    Topic.RECEPTION: "接待",
    Topic.VEHICLES: "公车",
    Topic.VEHICLE_PURCHASE: "购置",
    Topic.VEHICLE_RUNNING: "运行",
}
PROCUREMENT = ("货物", "工程", "服务")
VEHICLES = ("一般公务用车", "执法执勤用车", "特种专业技术用车", "其他用车")
EQUIPMENT = ("50万元以上通用设备", "100万元以上专用设备")


@dataclass(frozen=True)
class Explanations:
    """主要用途 and 主要原因 as recorded, by subject."""

    purposes: Mapping[str, str]
    causes: Mapping[tuple[str, str], str]

    def cause(self, subject: str, basis: Basis) -> str:
        """The reason recorded for a comparison, or nothing."""
        return self.causes.get((subject, basis.value), "")


def figures(reader: Reader, question: Question) -> TemplateNames:
    """Every name a template may use, with its value."""
    scope = scope_of(reader, question)
    edition = reader.edition(question.year)
    amounts = year_amounts(reader, scope, question.measure.stages)
    explained = _explanations(reader, scope)
    general = [amount for amount in amounts if amount.fund_source is FundSource.GENERAL]
    fiscal = [amount for amount in amounts if amount.fund_source in FISCAL]
    indicators = _indicators(reader, question, scope, explained)
    by_subject = compare_subjects(reader, question, Basis.EXECUTION)
    general_by_subject = compare_subjects(reader, question, Basis.EXECUTION, (FundSource.GENERAL,))
    return {
        "年度": question.year,
        "上年": question.year - 1,
        "单位": _one_line(scope.unit.name),
        **_description(reader, scope),
        **_totals(amounts),
        "收入来源": _by_source(amounts),
        "财政拨款收入来源": _by_source(fiscal),
        "功能类": _by_class(amounts, scope, edition),
        "支出用途": _by_nature(amounts, edition),
        "财政拨款功能类": _by_class(fiscal, scope, edition),
        "收入比较": _income_compared(by_subject, amounts, explained, edition),
        "收支比较": _totals_compared(by_subject, explained),
        "一般公共预算": _general(general_by_subject, scope, general, explained, edition),
        "三公": _three_public(reader, question, explained),
        "指标": indicators,
        "政府采购": _procurement(indicators),
        "车辆": _counted(indicators, VEHICLES),
        "设备": _counted(indicators, EQUIPMENT),
        "项目数": sum(1 for spent in _grouped(amounts, lambda a: a.project and (a.unit, a.project)).values() if spent),
        "停列科目": _discontinued(by_subject, scope),
    }


def comparison_names(row: ComparedRow, cause: str = "") -> TemplateNames:
    """A comparison as a template sees it; amounts without their sign, the direction in words."""
    rises = row.change.fen > 0
    share = row.percent.lstrip("-") if row.percent else None
    return {
        "本年": _or_nothing(row.current),
        "上年": _or_nothing(row.base),
        "差额": abs(row.change),
        "百分比": share,
        "状态": row.status.value,
        "方向": "增加" if rises else "减少",
        "升降": "增长" if rises else "下降",
        "原因": cause,
    }


def _income(amounts: Sequence[Amount]) -> list[Amount]:
    return [amount for amount in amounts if amount.stage is not Stage.CARRIED_OUT]


def _totals(amounts: Sequence[Amount]) -> TemplateNames:
    income = _income(amounts)
    fiscal = [amount for amount in income if amount.fund_source in FISCAL]
    return {
        "收入总计": _sum(income),
        "支出总计": _sum(amounts),
        "结转下年": _sum(income) - _sum(amounts),
        "财政拨款总计": _sum(fiscal),
        "政府性基金": _sum(a for a in amounts if a.fund_source is FundSource.GOVERNMENT_FUND),
        "国有资本经营": _sum(a for a in amounts if a.fund_source is FundSource.STATE_CAPITAL),
        "财政拨款项目支出": _sum(a for a in amounts if a.fund_source in FISCAL and a.nature is Nature.PROJECT),
    }


def _by_source(amounts: Sequence[Amount]) -> list[TemplateNames]:
    """Income of the year by fund source, then what came over from the year before: the rows of table 1."""
    income = _income(amounts)
    this_year = [amount for amount in income if amount.origin is Origin.THIS_YEAR]
    sums = [(source.label, _sum(a for a in this_year if a.fund_source is source)) for source in FundSource]
    carried = (Origin.CARRIED_OVER.label, _sum(income) - _sum(this_year))
    fiscal = {source.label for source in FISCAL}
    return [part | {"是财政拨款": part["名称"] in fiscal} for part in _parts([*sums, carried], "raw")]


def _by_class(amounts: Sequence[Amount], scope: Scope, edition: Edition) -> list[TemplateNames]:
    sums = _grouped(amounts, lambda amount: amount.function_code[:3])
    named = [(scope.names.subject(code, "narrative"), amount) for code, amount in sums.items()]
    return _parts(named, edition.shares["function"])


def _by_nature(amounts: Sequence[Amount], edition: Edition) -> list[TemplateNames]:
    sums = [(nature.label, _sum(a for a in amounts if a.nature is nature)) for nature in Nature]
    return _parts(sums, edition.shares["nature"])


def _parts(sums: Iterable[tuple[str, Money]], policy: str) -> list[TemplateNames]:
    kept = [(name, amount) for name, amount in sums if amount]
    parts = shares([amount for _, amount in kept], policy)
    return [{"名称": name, "金额": amount, "占比": share} for (name, amount), share in zip(kept, parts, strict=True)]


def _grouped(amounts: Iterable[Amount], key: Callable[[Amount], Any]) -> dict[Any, Money]:
    """The sums of amounts that share a key, in the order of the keys; amounts without one are left out."""
    sums: dict[Any, Money] = {}
    for amount in amounts:
        if group := key(amount):
            sums[group] = sums.get(group, Money(0)) + Money(amount.fen)
    return dict(sorted(sums.items()))


def _general(
    comparison: Comparison, scope: Scope, amounts: Sequence[Amount], explained: Explanations, edition: Edition
) -> TemplateNames:
    natures = {nature: [a for a in amounts if a.nature is nature] for nature in (Nature.PERSONNEL, Nature.OPERATING)}
    rows = {row.code: row for row in comparison.rows}
    codes = [code for code, amount in _grouped(amounts, lambda amount: amount.function_code).items() if amount]
    return {
        "合计": _sum(amounts),
        "比较": comparison_names(_total(comparison), explained.cause(Topic.TOTAL, Basis.EXECUTION)),
        "功能类": _by_class(amounts, scope, edition),
        "项": [_item(code, amounts, scope, rows[code], explained) for code in codes],
        "基本支出": _sum([*natures[Nature.PERSONNEL], *natures[Nature.OPERATING]]),
        "人员经费": _sum(natures[Nature.PERSONNEL]),
        "公用经费": _sum(natures[Nature.OPERATING]),
        "人员经费科目": _economic_names(natures[Nature.PERSONNEL], scope),
        "公用经费科目": _economic_names(natures[Nature.OPERATING], scope),
    }


def _item(
    code: str, amounts: Sequence[Amount], scope: Scope, row: ComparedRow, explained: Explanations
) -> TemplateNames:
    section, group, item = (scope.names.subject(part, "narrative") for part in lineage(code))
    return {
        "编码": code,
        "类": section,
        "款": group,
        "名称": item,
        "金额": _sum(a for a in amounts if a.function_code == code),
        "用途": explained.purposes.get(code, ""),
        "比较": comparison_names(row, explained.cause(code, Basis.EXECUTION)),
    }


def _economic_names(amounts: Sequence[Amount], scope: Scope) -> list[str]:
    sums = _grouped(amounts, lambda amount: amount.economic_code)
    return [scope.names.subject(code, "narrative") for code, amount in sums.items() if amount]


def _income_compared(
    comparison: Comparison, amounts: Sequence[Amount], explained: Explanations, edition: Edition
) -> TemplateNames:
    base = _total(comparison).base
    row = compared(None, "收入", _sum(_income(amounts)), base, edition.nearly_level_percent)
    return comparison_names(row, explained.cause(Topic.TOTAL, Basis.EXECUTION))


def _totals_compared(comparison: Comparison, explained: Explanations) -> TemplateNames:
    return comparison_names(_total(comparison), explained.cause(Topic.TOTAL, Basis.EXECUTION))


def _three_public(reader: Reader, question: Question, explained: Explanations) -> TemplateNames:
    comparison = compare_three_public(reader, question)
    rows = {row.name: row for row in (_total(comparison), *comparison.rows)}
    names: TemplateNames = {
        key: {
            "金额": _or_nothing(rows[topic.label].current),
            "比较": comparison_names(rows[topic.label], explained.cause(topic, Basis.BUDGET)),
            "用途": explained.purposes.get(topic, ""),
        }
        for topic, key in THREE_PUBLIC_KEYS.items()
    }
    comparable = rows.get("同口径")
    return names | {"同口径": comparison_names(comparable) if comparable else None}


def _indicators(reader: Reader, question: Question, scope: Scope, explained: Explanations) -> TemplateNames:
    amounts = {
        row.name: {
            "金额": _or_nothing(row.current),
            "比较": comparison_names(row, explained.cause(row.name, Basis.BUDGET)),
        }
        for row in compare_indicators(reader, question).rows
    }
    stream = Stream(scope.unit.code, scope.year)
    stated = (item.payload for item in reader.statements(stream, ["IndicatorRecorded"], scope.cut))
    return amounts | {item["indicator"]: {"数量": item["count"]} for item in stated if "count" in item}


def _procurement(indicators: TemplateNames) -> TemplateNames | None:
    """政府采购 by kind, a kind that was not recorded being 0; None where none was."""
    known = {
        kind: figure["金额"] for kind in PROCUREMENT if "金额" in (figure := indicators.get(f"政府采购{kind}", {}))
    }
    kinds = dict.fromkeys(PROCUREMENT, Money(0)) | known
    return {"总额": total(kinds.values())} | kinds if known else None


def _counted(indicators: TemplateNames, kinds: Sequence[str]) -> TemplateNames | None:
    """How many there are of each kind, 0 of one that was not recorded; None where none was."""
    known = {kind: figure["数量"] for kind in kinds if "数量" in (figure := indicators.get(kind, {}))}
    return {"合计": sum(known.values())} | dict.fromkeys(kinds, 0) | known if known else None


def _discontinued(comparison: Comparison, scope: Scope) -> list[TemplateNames]:
    """科目 with an execution last year and nothing this year, be it no line or an explicit 0."""
    return [
        {"名称": scope.names.subject(row.code or "", "narrative"), "编码": row.code, "上年": row.base}
        for row in comparison.rows
        if row.base and not row.current
    ]


def _description(reader: Reader, scope: Scope) -> TemplateNames:
    stated = reader.statements(Stream(scope.unit.code), ["UnitDescribed"], scope.cut)
    said = in_force(stated)
    known = said.payload if said else {}
    return {
        "单位性质": _one_line(known.get("nature") or ""),
        "职能": [_one_line(duty) for duty in known.get("duties", [])],
        "内设机构": [_one_line(name) for name in known.get("departments", [])],
    }


def _explanations(reader: Reader, scope: Scope) -> Explanations:
    stream = Stream(scope.unit.code, scope.year)
    stated = [item.payload for item in reader.statements(stream, ["ExplanationRecorded"], scope.cut)]
    causes = {(e["subject"], e.get("basis", "")): _one_line(e["text"]) for e in stated if e["aspect"] == "cause"}
    purposes = {e["subject"]: _one_line(e["text"]) for e in stated if e["aspect"] == "purpose"}
    return Explanations(purposes, causes)


def _one_line(text: str) -> str:
    """A recorded text without its line ends: in a template, a line of its own could pass for a heading or a table."""
    return "".join(line.strip() for line in text.splitlines())


def _or_nothing(amount: Money | None) -> Money:
    return Money(0) if amount is None else amount


def _total(comparison: Comparison) -> ComparedRow:
    if comparison.total is not None:
        return comparison.total
    raise AssertionError(comparison)


def _sum(amounts: Iterable[Amount]) -> Money:
    return total(Money(amount.fen) for amount in amounts)
