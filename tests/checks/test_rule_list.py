"""The list of rules is whole, and every rule says what it is, where it comes from and what to do."""

import rule_ids

from projections.answers.check import WORDS
from projections.checks import RULES, blocking, sentences
from projections.checks.rule import Result, Verdict


def test_every_rule_is_there_once_in_the_order_of_its_group():
    assert [rule.id for rule in RULES] == rule_ids.ALL
    assert len(RULES) == 84


def test_every_rule_weighs_what_it_should():
    assert {rule.id: rule.severity.value for rule in RULES} == rule_ids.SEVERITIES


def test_every_rule_stands_in_its_group():
    assert {rule.id: rule.group for rule in RULES} == {
        rule: group for group, rules in rule_ids.GROUPS.items() for rule in rules
    }


def test_every_rule_says_in_words_of_its_own_what_holds_and_what_to_do():
    assert len({rule.title for rule in RULES}) == len(RULES)
    assert all(rule.remedy.endswith("。") and not rule.title.endswith("。") and rule.source for rule in RULES)


def test_publishing_stops_on_errors_in_figures_alone():
    failed = [Result(rule, Verdict.FAILED) for rule in RULES]
    stopping = {result.rule.id for result in blocking(failed)}
    figures = {rule for group in ("table", "cross", "narrative", "delta", "share") for rule in rule_ids.GROUPS[group]}
    errors = {rule for rule, severity in rule_ids.SEVERITIES.items() if severity == "error"}
    assert stopping == figures & errors - {"N-05"}


def test_publishing_stops_on_nothing_that_passed_or_does_not_apply():
    others = [Result(rule, verdict) for rule in RULES for verdict in (Verdict.PASSED, Verdict.NOT_APPLICABLE)]
    assert blocking(others) == []


def test_what_the_rules_say_of_themselves_is_there_to_be_translated():
    said = sentences()
    assert {text for rule in RULES for text in (rule.title, rule.remedy, rule.source)} < said
    assert {"编号", "未通过", "提醒", "处理", "支出预算总表"} < said.union(WORDS)
