"""The verdicts on a year, laid out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from events.errors import Fault, fault
from events.vocabulary import Measure
from projections.answers.words import Translate, headings, own
from projections.checks.rule import Result, Severity, Verdict
from projections.cut import Cut
from projections.grid import Grid, GridCell
from projections.registers.units import Unit

HEADINGS = ("编号", "程度", "结果", "规则和发现")
FINDING, REASON, REMEDY, SOURCE = "发现", "原因", "处理", "依据"
SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARN: "提醒", Severity.INFO: "提示"}
VERDICT_WORDS = {Verdict.PASSED: "通过", Verdict.FAILED: "未通过", Verdict.NOT_APPLICABLE: "不适用"}
WORDS = (*HEADINGS, FINDING, REASON, REMEDY, SOURCE, *SEVERITY_WORDS.values(), *VERDICT_WORDS.values())

Word = Callable[[str], str]


@dataclass(frozen=True)
class Report:
    """The verdicts on one unit's year at a cut."""

    unit: Unit
    year: int
    measure: Measure
    cut: Cut
    results: tuple[Result, ...]

    def count(self, verdict: Verdict, severity: Severity | None = None) -> int:
        """How many rules have a verdict, of one severity or of any."""
        found = [result for result in self.results if result.verdict is verdict]
        return sum(1 for result in found if severity in (None, result.rule.severity))


def report_grid(report: Report, translated: Translate) -> Grid:
    """A line for every rule; below a failure what was found and what to do, below the rest why it does not apply."""
    return Grid(
        title=translated(fault("{year}年{measure}勾稽检查", year=report.year, measure=fault(report.measure.label))),
        above=(
            translated(fault("单位名称：{unit}", unit=report.unit.name)),
            translated(fault("截至 {day}", day=report.cut.as_of)),
        ),
        headings=headings(HEADINGS, translated),
        body=tuple(row for result in report.results for row in _rows(result, translated)),
        notes=(translated(_summary(report)),),
    )


def report_json(report: Report, digest: str, translated: Translate, word: Word) -> dict[str, Any]:
    """Every verdict with its findings; of a rule that does not apply the reason is its one finding."""
    counts = {verdict.value: report.count(verdict) for verdict in Verdict}
    return {
        "unit": {"code": report.unit.code, "name": report.unit.name},
        "year": report.year,
        "measure": report.measure.value,
        "cut": report.cut.as_json(digest),
        "results": [_result(result, translated, word) for result in report.results],
        **counts,
    }


def _rows(result: Result, translated: Translate) -> Iterator[tuple[GridCell, ...]]:
    rule = result.rule
    words = (SEVERITY_WORDS[rule.severity], VERDICT_WORDS[result.verdict], rule.title)
    yield (GridCell(rule.id), *(own(word, translated) for word in words))
    if result.verdict is Verdict.NOT_APPLICABLE:
        yield from (_below(REASON, reason, translated) for reason in result.findings)
    elif result.verdict is Verdict.FAILED:
        yield from (_below(FINDING, found, translated) for found in result.findings)
        yield _below(REMEDY, fault(rule.remedy), translated)
        yield _below(SOURCE, fault(rule.source), translated)


def _below(word: str, said: Fault, translated: Translate) -> tuple[GridCell, ...]:
    return (GridCell(""), GridCell(""), own(word, translated), GridCell(translated(said)))


def _summary(report: Report) -> Fault:
    failed = {severity.value: report.count(Verdict.FAILED, severity) for severity in Severity}
    return fault(
        "共 {all} 条规则：通过 {passed}，未通过 {failed}（错误 {error}、提醒 {warn}、提示 {info}），不适用 {not_applicable}。",
        all=len(report.results),
        **{verdict.value: report.count(verdict) for verdict in Verdict},
        **failed,
    )


def _result(result: Result, translated: Translate, word: Word) -> dict[str, Any]:
    rule = result.rule
    return {
        "id": rule.id,
        "group": rule.group,
        "title": word(rule.title),
        "severity": rule.severity.value,
        "verdict": result.verdict.value,
        "findings": [translated(found) for found in result.findings],
        "remedy": word(rule.remedy),
        "source": word(rule.source),
    }
