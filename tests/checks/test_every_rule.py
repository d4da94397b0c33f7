"""Every rule passes on what is right and fails on what was made wrong on purpose, saying what is wrong."""

import pytest
import rule_ids
import wrong_documents
import wrong_tables
import wrong_texts
from making_wrong import findings, verdict

from projections.checks.rule import Verdict

CASES = [
    *wrong_tables.TABLES,
    *wrong_tables.CROSS,
    *wrong_texts.NARRATIVE,
    *wrong_texts.DELTA,
    *wrong_texts.SHARE,
    *wrong_documents.FORMAT,
    *wrong_documents.LEDGER,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.words}")
def test_a_rule_passes_what_is_right_and_finds_what_is_wrong(materials, case):
    right = case.right(materials[case.base])
    assert verdict(right, case.rule).verdict is Verdict.PASSED, findings(verdict(right, case.rule))
    result = verdict(case.wrong(materials[case.base]), case.rule)
    assert result.verdict is Verdict.FAILED
    assert case.words in findings(result)


def test_there_is_a_case_for_every_rule():
    assert {case.rule for case in CASES} == set(rule_ids.ALL)
