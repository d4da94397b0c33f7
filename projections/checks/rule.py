"""A rule (勾稽规则), its verdict on a year, and how the one leads to the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from events.errors import Fault
from projections.checks.material import Material
from projections.checks.outcome import Lacking, NotApplicable, Outcome

Check = Callable[[Material], Outcome]

GROUPS: Mapping[str, str] = {
    "T": "table",
    "X": "cross",
    "N": "narrative",
    "D": "delta",
    "S": "share",
    "F": "format",
    "L": "ledger",
}


class Severity(StrEnum):
    """How much weighs on a rule: an error must be mended, a warning looked at, the rest is for information."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Verdict(StrEnum):
    """What a rule says of a year."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Rule:
    """One rule. ``remedy`` says what to do when it fails, ``source`` where it comes from."""

    id: str
    title: str
    severity: Severity
    source: str
    remedy: str
    check: Check

    @property
    def group(self) -> str:
        """The group that the first letter of the id stands for."""
        return GROUPS[self.id[0]]


class Result(NamedTuple):
    """A rule's verdict. ``findings`` has the faults, or the one reason why the rule does not apply."""

    rule: Rule
    verdict: Verdict
    findings: tuple[Fault, ...] = ()


def judge(rule: Rule, material: Material) -> Result:
    """What a rule says of a year."""
    try:
        outcome = rule.check(material)
    except Lacking as lacking:
        outcome = NotApplicable(lacking.reason)
    if isinstance(outcome, NotApplicable):
        return Result(rule, Verdict.NOT_APPLICABLE, (outcome.reason,))
    return Result(rule, Verdict.FAILED if outcome else Verdict.PASSED, tuple(outcome))


def every(*checks: Check) -> Check:
    """A check that finds what all of these find; those that lack something are left out while one applies."""

    def check(material: Material) -> Outcome:
        faults: list[Fault] = []
        lacking: list[NotApplicable] = []
        for part in checks:
            try:
                outcome = part(material)
            except Lacking as missing:
                outcome = NotApplicable(missing.reason)
            if isinstance(outcome, NotApplicable):
                lacking.append(outcome)
            else:
                faults += outcome
        return lacking[0] if len(lacking) == len(checks) else faults

    return check
