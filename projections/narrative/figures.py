"""What a template can name: every figure, list and explanation of a year at a cut.

Keys are Chinese, for people who write templates and no Python. Amounts stay exact money; a template
prints them with the filter 万元. The list of names is in ``docs/templates.md``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from events.codes import lineage
from events.money import Money, total
from events.stream import Stream
from events.vocabulary import Basis, FundSource, Nature, Stage
from projections.comparison import THREE_PUBLIC_TOTAL, ComparedRow, Comparison, Status
from projections.edition import Edition
from projections.entries import Amount
from projections.narrative.shares import shares
from projections.reading import (
    Question,
    Reader,
    compare_indicators,
    compare_subjects,
    compare_three_public,
    subject_of,
    year_amounts,
)
from projections.statements import statements
from projections.table import Subject

Names = dict[str, Any]

FISCAL = (FundSource.GENERAL, FundSource.GOVERNMENT_FUND, FundSource.STATE_CAPITAL)
THREE_PUBLIC_KEYS = {
    THREE_PUBLIC_TOTAL: ("合计", "sangong_total"),
    "因公出国（境）费用": ("出国", "overseas"),
    "公务接待费": ("接待", "reception"),
    "公务用车购置及运行维护费": ("公车", "vehicles"),
    "公务用车购置费": ("购置", "vehicle_purchase"),
    "公务用车运行维护费": ("运行", "vehicle_running"),
}


@dataclass(frozen=True)
class Explanations:
    """主要用途 and 主要原因 as recorded, by subject."""

    purposes: Mapping[str, str]
    causes: Mapping[tuple[str, str], str]

    def cause(self, subject: str, basis: Basis) -> str:
        """The reason recorded for a comparison, or nothing."""
        return self.causes.get((subject, basis.value), "")


def figures(reader: Reader, question: Question) -> Names:
    """Every name a template may use, with its value."""
    subject = subject_of(reader, question)
    edition = reader.edition(question.year)
    amounts = year_amounts(reader, subject, question.measure.stages)
    explained = _explanations(reader, subject)
    general = [amount for amount in amounts if amount.fund_source is FundSource.GENERAL]
    return {
        "年度": question.year,
        "上年": question.year - 1,
        "单位": subject.unit.name,
        **_description(reader, subject),
        **_totals(amounts),
        "收入来源": _by_source(amounts),
        "功能类": _by_class(amounts, subject, edition),
        "支出用途": _by_nature(amounts, edition),
        "财政拨款功能类": _by_class([a for a in amounts if a.fund_source in FISCAL], subject, edition),
        "收支比较": _totals_compared(reader, question, explained),
        "一般公共预算": _general(reader, question, subject, general, explained, edition),
        "三公": _three_public(reader, question, explained),
        "指标": _indicators(reader, question, subject, explained),
        "项目数": len({(a.unit, a.project) for a in amounts if a.project and a.fen}),
        "停列科目": _discontinued(reader, question),
    }


def comparison_names(row: ComparedRow, cause: str = "") -> Names:
    """A comparison as a template sees it; amounts without their sign, the direction in words."""
    rises = row.change.fen > 0
    share = row.percent.lstrip("-") if row.percent else None
    return {
        "本年": row.current or Money(0),
        "上年": row.base or Money(0),
        "差额": abs(row.change),
        "百分比": share,
        "状态": row.status.value,
        "方向": "增加" if rises else "减少",
        "升降": "增长" if rises else "下降",
        "原因": cause,
    }


def _totals(amounts: Sequence[Amount]) -> Names:
    income = [amount for amount in amounts if amount.stage is not Stage.CARRIED_OUT]
    fiscal = [amount for amount in income if amount.fund_source in FISCAL]
    return {
        "收入总计": _sum(income),
        "支出总计": _sum(amounts),
        "结转下年": _sum(income) - _sum(amounts),
        "财政拨款总计": _sum(fiscal),
        "政府性基金": _sum(a for a in amounts if a.fund_source is FundSource.GOVERNMENT_FUND),
        "国有资本经营": _sum(a for a in amounts if a.fund_source is FundSource.STATE_CAPITAL),
        "财政拨款项目支出": _sum(a for a in fiscal if a.nature is Nature.PROJECT),
    }


def _by_source(amounts: Sequence[Amount]) -> list[Names]:
    sources = {source: _sum(a for a in amounts if a.fund_source is source) for source in FundSource}
    kept = {source: amount for source, amount in sources.items() if amount}
    parts = shares(list(kept.values()), "raw")
    return [
        {"名称": source.label, "金额": amount, "占比": share, "是财政拨款": source in FISCAL}
        for (source, amount), share in zip(kept.items(), parts, strict=True)
    ]


def _by_class(amounts: Sequence[Amount], subject: Subject, edition: Edition) -> list[Names]:
    codes = sorted({amount.function_code[:3] for amount in amounts})
    sums = {code: _sum(a for a in amounts if a.function_code.startswith(code)) for code in codes}
    return _parts(
        {subject.names.subject(code, "narrative"): amount for code, amount in sums.items()}, edition.shares["function"]
    )


def _by_nature(amounts: Sequence[Amount], edition: Edition) -> list[Names]:
    sums = {nature.label: _sum(a for a in amounts if a.nature is nature) for nature in Nature}
    return _parts(sums, edition.shares["nature"])


def _parts(sums: Mapping[str, Money], policy: str) -> list[Names]:
    kept = {name: amount for name, amount in sums.items() if amount}
    parts = shares(list(kept.values()), policy)
    return [
        {"名称": name, "金额": amount, "占比": share} for (name, amount), share in zip(kept.items(), parts, strict=True)
    ]


def _general(
    reader: Reader,
    question: Question,
    subject: Subject,
    amounts: Sequence[Amount],
    explained: Explanations,
    edition: Edition,
) -> Names:
    natures = {nature: [a for a in amounts if a.nature is nature] for nature in (Nature.PERSONNEL, Nature.OPERATING)}
    compared_rows = compare_subjects(reader, question, Basis.EXECUTION)
    rows = {row.code: row for row in compared_rows.rows}
    codes = sorted({amount.function_code for amount in amounts if amount.fen})
    return {
        "合计": _sum(amounts),
        "比较": comparison_names(_total(compared_rows), explained.cause("total", Basis.EXECUTION)),
        "功能类": _by_class(amounts, subject, edition),
        "项": [_item(code, amounts, subject, rows[code], explained) for code in codes],
        "基本支出": _sum([*natures[Nature.PERSONNEL], *natures[Nature.OPERATING]]),
        "人员经费": _sum(natures[Nature.PERSONNEL]),
        "公用经费": _sum(natures[Nature.OPERATING]),
        "人员经费科目": _economic_names(natures[Nature.PERSONNEL], subject),
        "公用经费科目": _economic_names(natures[Nature.OPERATING], subject),
    }


def _item(code: str, amounts: Sequence[Amount], subject: Subject, row: ComparedRow, explained: Explanations) -> Names:
    section, group, item = (subject.names.subject(part, "narrative") for part in lineage(code))
    return {
        "编码": code,
        "类": section,
        "款": group,
        "名称": item,
        "金额": _sum(a for a in amounts if a.function_code == code),
        "用途": explained.purposes.get(code, ""),
        "比较": comparison_names(row, explained.cause(code, Basis.EXECUTION)),
    }


def _economic_names(amounts: Sequence[Amount], subject: Subject) -> list[str]:
    codes = sorted({amount.economic_code for amount in amounts if amount.economic_code and amount.fen})
    return [subject.names.subject(code, "narrative") for code in codes]


def _totals_compared(reader: Reader, question: Question, explained: Explanations) -> Names:
    row = _total(compare_subjects(reader, question, Basis.EXECUTION))
    return comparison_names(row, explained.cause("total", Basis.EXECUTION))


def _three_public(reader: Reader, question: Question, explained: Explanations) -> Names:
    comparison = compare_three_public(reader, question)
    rows = {row.name: row for row in (_total(comparison), *comparison.rows)}
    names: Names = {
        key: {
            "金额": rows[name].current or Money(0),
            "比较": comparison_names(rows[name], explained.cause(token, Basis.BUDGET)),
            "用途": explained.purposes.get(token, ""),
        }
        for name, (key, token) in THREE_PUBLIC_KEYS.items()
    }
    comparable = rows.get("同口径")
    return names | {"同口径": comparison_names(comparable) if comparable else None}


def _indicators(reader: Reader, question: Question, subject: Subject, explained: Explanations) -> Names:
    amounts = {
        row.name: {
            "金额": row.current or Money(0),
            "比较": comparison_names(row, explained.cause(row.name, Basis.BUDGET)),
        }
        for row in compare_indicators(reader, question).rows
    }
    stream = Stream(subject.unit.code, subject.year)
    stated = (item.payload for item in statements(reader.store, stream, ["IndicatorRecorded"], subject.cut))
    return amounts | {item["indicator"]: {"数量": item["count"]} for item in stated if "count" in item}


def _discontinued(reader: Reader, question: Question) -> list[Names]:
    rows = compare_subjects(reader, question, Basis.EXECUTION).rows
    return [{"名称": row.name, "编码": row.code, "上年": row.base} for row in rows if row.status is Status.DISCONTINUED]


def _description(reader: Reader, subject: Subject) -> Names:
    stated = statements(reader.store, Stream(subject.unit.code), ["UnitDescribed"], subject.cut)
    known = stated[-1].payload if stated else {}
    return {
        "单位性质": known.get("nature", ""),
        "职能": known.get("duties", []),
        "内设机构": known.get("departments", []),
    }


def _explanations(reader: Reader, subject: Subject) -> Explanations:
    stream = Stream(subject.unit.code, subject.year)
    stated = [item.payload for item in statements(reader.store, stream, ["ExplanationRecorded"], subject.cut)]
    causes = {(e["subject"], e.get("basis", "")): e["text"] for e in stated if e["aspect"] == "cause"}
    purposes = {e["subject"]: e["text"] for e in stated if e["aspect"] == "purpose"}
    return Explanations(purposes, causes)


def _total(comparison: Comparison) -> ComparedRow:
    if comparison.total is not None:
        return comparison.total
    raise AssertionError(comparison)


def _sum(amounts: Iterable[Amount]) -> Money:
    return total(Money(amount.fen) for amount in amounts)
