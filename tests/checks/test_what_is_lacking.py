"""A rule that cannot look says why: no template engine, no narrative, other forms, an empty year."""

import sys
from dataclasses import replace
from datetime import date

import moving_ledger
import pytest
import rule_ids
from making_wrong import findings, verdict

from events.errors import fault
from events.instant import end_of_day
from events.vocabulary import Measure, Stage
from projections.checks import blocking, run
from projections.checks.material import Narrative, gather
from projections.checks.outcome import NotApplicable
from projections.checks.rule import Verdict, every
from projections.cut import Cut
from projections.documents.document import Heading, Paragraph
from projections.places import FOLDER
from projections.reading.reader import Question

# What cannot be said without the text; the rest of narrative, delta and share looks at figures too.
OF_THE_TEXT = [*rule_ids.NARRATIVE, *rule_ids.SHARE, "D-03", "D-05", "D-06", "D-09", "D-10", "D-11", "F-03", "F-10"]
STILL_THERE = {"N-05"}
SHANGHAI_FAILS = {
    2023: {"N-05", "D-06", "F-10", "L-04"},
    2024: {"N-05", "N-10", "D-06", "F-10", "L-04"},
}


def without_text(material):
    return replace(material, narrative=NotApplicable(fault("没有正文。")))


def test_without_the_template_engine_the_rules_of_the_text_say_so(sample, materials, monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.delitem(sys.modules, "projections.narrative.template")
    found = gather(sample, question("101", 2024))
    assert isinstance(found.narrative, NotApplicable)
    assert str(found.narrative.reason) == "没有安装 jinja2，读不到正文；可运行 pip install jinja2。"


def test_without_a_text_its_rules_do_not_apply_and_the_others_still_hold(materials):
    results = {result.rule.id: result for result in run(without_text(materials[2024]))}
    for rule in set(OF_THE_TEXT) - STILL_THERE:
        assert results[rule].verdict is Verdict.NOT_APPLICABLE, rule
        assert findings(results[rule]) == "没有正文。"
    others = set(rule_ids.ALL) - set(OF_THE_TEXT)
    assert {rule for rule in others if results[rule].verdict is Verdict.FAILED} == {"L-04"}


def test_a_text_without_the_sentences_looked_for_is_not_a_wrong_one(materials):
    bare = Narrative((Heading(1, "一、基本情况"), Paragraph("本单位为行政单位。")), ())
    results = {result.rule.id: result for result in run(replace(materials[2024], narrative=bare))}
    silent = {"N-01", "N-02", "N-03", "N-04", "N-06", "N-07", "N-08", "N-09", "N-11", "N-12", "D-03", "D-05", "D-06"}
    for rule in silent:
        assert results[rule].verdict is Verdict.NOT_APPLICABLE, rule
    assert {rule for rule, result in results.items() if result.verdict is Verdict.FAILED} == {
        "N-05",  # the tables still name 20604 otherwise than the catalogue
        "N-10",  # the new definition of 机关运行经费 is told nowhere
        "D-09",  # nor is 同口径
        "F-03",  # no table has a place
        "F-10",  # and no required part is there
        "L-04",
    }


def test_a_year_that_money_was_carried_out_of(moving):
    left = gather(moving, moving_ledger.asked(2023, day=date(2024, 12, 31)))
    assert findings(verdict(left, "X-04")) == "有结转下年 13.00万元，收入和支出按项不必相等。"
    for rule in ("T1-01", "T1-04", "T2-01", "X-05", "X-06", "X-10", "N-01", "D-01", "L-01", "L-07"):
        assert verdict(left, rule).verdict is Verdict.PASSED, rule
    kept_back = replace(left, amounts=tuple(amount for amount in left.amounts if amount.stage is not Stage.CARRIED_OUT))
    assert "结转 -13.00万元 之和不等于变动后 103.00万元" in findings(verdict(kept_back, "L-01"))


def test_a_year_before_which_no_budget_was_kept_is_not_held_against_its_carry_over(materials):
    later = materials["moving"]
    bare = tuple(amount for amount in later.base_amounts if amount.stage is Stage.CARRIED_OUT)
    assert verdict(replace(later, base_amounts=bare), "L-07").verdict is Verdict.PASSED


def test_a_template_that_does_not_work_is_the_reason_given(sample, tmp_path):
    for path in (FOLDER / "hangzhou").iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "2024.md").write_text("{{ 收人总计 }}", encoding="utf-8")
    found = gather(replace(sample, forms=tmp_path), question("101", 2024))
    assert "收人总计" in findings(verdict(found, "N-01"))


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_forms_of_another_place_are_checked_by_meaning(sample, year):
    shanghai = replace(sample, forms=FOLDER / "shanghai")
    results = run(gather(shanghai, question("101", year)))
    # F-10: its text lacks 国有资产 and 名词解释. D-06: it gives no reason beside totals.
    assert {result.rule.id for result in results if result.verdict is Verdict.FAILED} == SHANGHAI_FAILS[year]
    assert blocking(results) == []
    passed = {result.rule.id for result in results if result.verdict is Verdict.PASSED}
    assert {"T1-01", "T3-01", "T5-02", "T6-03", "T7-01", "X-01", "X-07", "X-08", "X-12", "N-01", "N-04"} <= passed


def test_other_forms_are_not_only_passed_over(sample):
    shanghai = gather(replace(sample, forms=FOLDER / "shanghai"), question("101", 2024))
    broken = replace(shanghai, tables=tuple(replace(table, sides=table.sides[:1]) for table in shanghai.tables))
    assert "没有“支出”一侧" in findings(verdict(broken, "T1-01"))
    without = replace(shanghai, tables=())
    assert findings(verdict(without, "T1-01")) == "本年表样没有收支预算总表。"


def test_a_year_with_nothing_but_execution_has_no_errors(sample):
    results = run(gather(sample, question("101", 2022, date(2024, 12, 31))))
    failed = {result.rule.id for result in results if result.verdict is Verdict.FAILED}
    assert failed == {"F-05", "F-06"}  # lists with nothing in them, and 2023's table 10


def test_a_check_made_of_several_applies_where_one_of_them_does(materials):
    lacks = lambda _: NotApplicable(fault("没有。"))  # noqa: E731 (a check in one line)
    assert every(lacks, lambda _: [])(materials[2024]) == []
    assert every(lacks, lacks)(materials[2024]) == NotApplicable(fault("没有。"))
    assert every(lacks, lambda _: [fault("错。")])(materials[2024]) == [fault("错。")]


def test_units_below_are_checked_with_the_one_above(moving):
    results = run(gather(moving, moving_ledger.asked(2024)._replace(consolidated=True)))
    assert not [result.rule.id for result in blocking(results)]


def question(unit, year, day=None):
    day = day or date(year, 2, 28)
    return Question(unit, year, Measure.INITIAL, Cut(day, end_of_day(day)))
