"""The verdicts on both sample years as they should come out: what fails fails rightly, what does not apply says why."""

import pytest
from making_wrong import findings

from projections.checks import blocking, run
from projections.checks.rule import Verdict

ALWAYS_FAILED = {
    # 20604 is printed 技术与开发 in some places and 研究与开发 in others; the catalogue says 技术研究与开发.
    "N-05": "“技术研究与开发”",
    # The published budgets print neither title nor date of the document they were approved by.
    "L-04": "没有标题、成文日期",
}
FAILED = {
    2023: ALWAYS_FAILED
    | {
        # 58.71 + 0.28 + 38.66 + 2.36: each share was rounded by itself.
        "S-02": "功能类的占比相加为 100.01%",
        # 2023's table 10 alone is printed without 单位：万元.
        "F-06": "表10没有写金额单位",
    },
    2024: ALWAYS_FAILED
    | {
        # 731.98 was published for 2023; 2024 compares with all of 2023's 公用经费 and does not say so.
        "N-10": "由“机关运行经费财政拨款预算”改为“全部公用经费”",
    },
}

ALWAYS_AWAY = {
    "D-11": "预算公开件不写完成率",
    "F-11": "还没有公开",
    "L-02": "没有调剂、追加或追减",
    "L-03": "没有追减或调剂",
    "L-05": "文号里没有年份",
    "L-06": "没有冲销",
    "L-07": "没有执行数和结转",
    "L-08": "还没有公开",
}
NOT_APPLICABLE = {
    2023: ALWAYS_AWAY | {"D-09": "没有声明同口径", "L-09": "年初没有把因公出国（境）费用编为 0"},
    2024: ALWAYS_AWAY,
}


def said(results, verdict):
    return {result.rule.id: findings(result) for result in results if result.verdict is verdict}


def agrees(found, expected):
    return found.keys() == expected.keys() and all(words in found[rule] for rule, words in expected.items())


@pytest.mark.parametrize("year", [2023, 2024])
def test_what_fails_and_what_does_not_apply(materials, year):
    results = run(materials[year])
    assert agrees(said(results, Verdict.FAILED), FAILED[year]), said(results, Verdict.FAILED)
    assert agrees(said(results, Verdict.NOT_APPLICABLE), NOT_APPLICABLE[year]), said(results, Verdict.NOT_APPLICABLE)
    assert len(results) == 84


@pytest.mark.parametrize("year", [2023, 2024])
def test_no_figure_of_the_sample_keeps_it_from_being_published(materials, year):
    assert blocking(run(materials[year])) == []


def test_in_a_ledger_where_everything_happens_no_rule_that_must_hold_fails(materials):
    results = run(materials["moving"])
    # A share for each of four sources, each rounded by itself; new 科目 whose reasons nobody recorded.
    assert set(said(results, Verdict.FAILED)) == {"S-02", "D-06"}
    assert set(said(results, Verdict.NOT_APPLICABLE)) == {"X-09", "N-09", "D-09", "D-11"}
