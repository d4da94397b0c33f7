"""Checks (勾稽): every rule of a published budget and of its ledger, each one small pure function in a list.

A rule never stays silent: it passes, it fails with findings, or it says why it does not apply. A new
rule is a function in the file of its group and a line in that file's list.
"""

from collections.abc import Iterable

from projections.checks import cross, delta, ledger, narrative, share, table
from projections.checks import format as form
from projections.checks.material import Material
from projections.checks.places import Role
from projections.checks.rule import Result, Rule, Severity, Verdict, judge

RULES: tuple[Rule, ...] = (
    *table.RULES,
    *cross.RULES,
    *narrative.RULES,
    *delta.RULES,
    *share.RULES,
    *form.RULES,
    *ledger.RULES,
)

FIGURE_GROUPS = ("table", "cross", "narrative", "delta", "share")
ABOUT_NAMES = ("N-05",)  # an unusual name of a 科目 is to be mended, but it makes no figure wrong


def run(material: Material) -> list[Result]:
    """The verdict of every rule."""
    return [judge(rule, material) for rule in RULES]


def failed(results: Iterable[Result], severity: Severity) -> list[Result]:
    """The failures of one severity."""
    return [result for result in results if result.verdict is Verdict.FAILED and result.rule.severity is severity]


def blocking(results: Iterable[Result]) -> list[Result]:
    """The failures on which publishing stops: errors in what the document says in figures."""
    errors = failed(results, Severity.ERROR)
    return [result for result in errors if result.rule.group in FIGURE_GROUPS and result.rule.id not in ABOUT_NAMES]


def sentences() -> set[str]:
    """What is said of the rules otherwise than through a fault: their own words."""
    said = {text for rule in RULES for text in (rule.title, rule.remedy, rule.source)}
    return said.union(role.label for role in Role)
