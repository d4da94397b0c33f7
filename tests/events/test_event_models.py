"""Every event is frozen, strict and closed; each holds what its own fields demand."""

import json
from datetime import date

import pytest
from every_event import DAY, EXAMPLES, PAPER, SALARIES, TRAINING
from pydantic import ValidationError

from events.budget import (
    BudgetCarriedOver,
    BudgetReduced,
    BudgetSupplemented,
    BudgetTransferred,
    InitialBudgetApproved,
)
from events.disclosure import (
    ComparabilityDeclared,
    DocumentPublished,
    IndicatorRecorded,
    PerformanceTargetSet,
    ProjectRegistered,
    PublishedFile,
    SubjectNamed,
)
from events.line import Line
from events.model import Event
from events.money import Money
from events.reversal import EventReversed
from events.unit import UnitDescribed, UnitRegistered
from events.vocabulary import Nature

NOTHING = SALARIES._replace(fen=0)

by_type = pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.type)


@by_type
def test_an_event_cannot_be_changed(event: Event):
    with pytest.raises(ValidationError, match="frozen"):
        event.effective_on = date(2025, 1, 1)


@by_type
def test_an_event_takes_nothing_extra(event: Event):
    with pytest.raises(ValidationError, match="Extra inputs"):
        type(event).model_validate({**dict(event), "balance": 0})


@by_type
def test_a_payload_with_something_extra_is_not_read(event: Event):
    with pytest.raises(ValidationError, match="Extra inputs"):
        type(event).model_validate_json(json.dumps({**json.loads(event.model_dump_json()), "balance": 0}))


@by_type
def test_an_event_converts_nothing_silently(event: Event):
    with pytest.raises(ValidationError, match="valid date"):
        type(event).model_validate({**dict(event), "effective_on": "2024-02-06"})


@by_type
def test_an_event_needs_the_day_it_counts_from(event: Event):
    fields = dict(event)
    del fields["effective_on"]
    with pytest.raises(ValidationError, match="effective_on"):
        type(event).model_validate(fields)


@by_type
def test_the_type_of_an_event_is_not_repeated_in_its_payload(event: Event):
    assert "type" not in event.model_dump()


@pytest.mark.parametrize("name", ["", "  ", "长" * 201, "响\x07铃", "零宽\u200b空格", "反\u202e向"])
def test_a_name_is_visible_text_of_sensible_length(name: str):
    with pytest.raises(ValidationError):
        UnitRegistered(effective_on=DAY, name=name)


@pytest.mark.parametrize("name", ["甲", "长" * 200])
def test_a_name_may_have_one_character_or_two_hundred(name: str):
    assert UnitRegistered(effective_on=DAY, name=name).name == name


@pytest.mark.parametrize("name", ["\U00031350", "\ue000"], ids=["newest extension", "private use"])
def test_a_name_may_hold_a_character_this_python_does_not_know(name: str):
    assert UnitRegistered(effective_on=DAY, name=name).name == name


def test_a_text_ends_at_twenty_thousand_characters():
    assert len(UnitDescribed(effective_on=DAY, duties=("长" * 20_000,)).duties[0]) == 20_000
    with pytest.raises(ValidationError, match="20000"):
        UnitDescribed(effective_on=DAY, duties=("长" * 20_001,))


def test_a_name_loses_the_blanks_around_it():
    assert UnitRegistered(effective_on=DAY, name="　杭州市妇女联合会 \n").name == "杭州市妇女联合会"


def test_a_text_keeps_its_lines():
    assert UnitDescribed(effective_on=DAY, duties=("第一行\n第二行",)).duties == ("第一行\n第二行",)


def test_a_text_may_hold_the_wide_blank_that_chinese_is_typed_with():
    assert UnitDescribed(effective_on=DAY, duties=("一、　主要职责",)).duties == ("一、　主要职责",)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_decision_gives_its_reason(reason: str):
    with pytest.raises(ValidationError):
        InitialBudgetApproved(effective_on=DAY, document=PAPER, reason=reason, lines=(SALARIES,))


def test_a_decision_names_its_document():
    with pytest.raises(ValidationError, match="document"):
        InitialBudgetApproved(effective_on=DAY, reason="年初批复", lines=(SALARIES,))


def test_a_reversal_gives_its_reason():
    with pytest.raises(ValidationError, match="reason"):
        EventReversed(effective_on=DAY, event_id="101/2024/1")


@pytest.mark.parametrize("figure", [{}, {"amount": Money.from_wan(1), "count": 1}])
def test_an_indicator_has_exactly_one_figure(figure: dict[str, object]):
    with pytest.raises(ValidationError, match="有且只有一个数"):
        IndicatorRecorded(effective_on=DAY, indicator="公务用车", **figure)


@pytest.mark.parametrize("figure", [{"amount": Money.from_fen(0)}, {"count": 0}])
def test_an_indicator_of_zero_is_a_figure(figure: dict[str, object]):
    assert IndicatorRecorded(effective_on=DAY, indicator="公务用车", **figure).indicator == "公务用车"


def test_restating_an_earlier_base_needs_a_reason():
    with pytest.raises(ValidationError, match="重述 2023 年“机关运行经费”必须说明原因"):
        IndicatorRecorded(effective_on=DAY, indicator="机关运行经费", amount=Money.from_wan(1), restates=2023)


@pytest.mark.parametrize("excluded", [(), ("301",), ("2012901",)])
def test_comparability_leaves_out_at_least_one_economic_item(excluded: tuple[str, ...]):
    with pytest.raises(ValidationError):
        ComparabilityDeclared(effective_on=DAY, excluded=excluded, reason="口径调整")


@pytest.mark.parametrize("name", ["培训\n班", "培训\u2028班", "培训\u2029班"])
def test_a_name_is_written_in_one_line(name):
    with pytest.raises(ValidationError, match="名称应写在一行里"):
        ProjectRegistered(effective_on=DAY, name=name)
    line = SALARIES.under(nature=Nature.PROJECT, economic_code=None, project=name)
    with pytest.raises(ValidationError, match="名称应写在一行里"):
        InitialBudgetApproved(effective_on=DAY, document=PAPER, reason="年初批复", lines=(line,))


@pytest.mark.parametrize(
    ("kind", "lines", "told"),
    [
        (InitialBudgetApproved, [-SALARIES], "的年初批复数 .* 为负"),
        (BudgetSupplemented, [NOTHING], "的追加金额 0.00万元 应大于 0"),
        (BudgetSupplemented, [-SALARIES], "的追加金额 -.* 应大于 0"),
        (BudgetReduced, [SALARIES], "的追减金额 -.* 应大于 0"),
        (BudgetTransferred, [SALARIES], "一般公共预算的调剂合计应为 0"),
        (BudgetTransferred, [NOTHING], "的调剂金额为 0"),
        (BudgetCarriedOver, [SALARIES], "不是上年结转"),
        (BudgetCarriedOver, [-TRAINING], "的结转金额 -.* 应大于 0"),
    ],
)
def test_amounts_have_the_sign_of_what_they_do(kind: type[Event], lines: list[Line], told: str):
    (like,) = [event for event in EXAMPLES if type(event) is kind]
    with pytest.raises(ValidationError, match=told):
        kind.model_validate({**dict(like), "lines": tuple(lines)})


def test_a_text_may_have_several_lines():
    assert PerformanceTargetSet(effective_on=DAY, project="培训", target="一、甲\n二、乙").target.count("\n") == 1


def test_comparability_may_leave_out_a_single_economic_item():
    assert ComparabilityDeclared(effective_on=DAY, excluded=("30103",), reason="口").excluded == ("30103",)


@pytest.mark.parametrize("place", [None, "narrative", "table-1", "table-11"])
def test_a_printed_name_holds_everywhere_or_in_one_place(place: str | None):
    assert SubjectNamed(effective_on=DAY, code="201", name="一般公共服务", place=place).place == place


@pytest.mark.parametrize("place", ["", "table-0", "table-100", "table-1\n", "cover"])
def test_a_printed_name_holds_in_no_place_that_does_not_exist(place: str):
    with pytest.raises(ValidationError):
        SubjectNamed(effective_on=DAY, code="201", name="一般公共服务", place=place)


@pytest.mark.parametrize("code", ["2012", "401", "科目"])
def test_only_a_subject_can_be_named(code: str):
    with pytest.raises(ValidationError, match="编码"):
        SubjectNamed(effective_on=DAY, code=code, name="行政运行")


@pytest.mark.parametrize("digest", ["", "0" * 64, f"sha256:{'0' * 63}", f"sha256:{'A' * 64}", f"md5:{'0' * 64}"])
def test_a_publication_pins_every_file_by_a_whole_digest(digest: str):
    with pytest.raises(ValidationError):
        PublishedFile(name="预算.docx", digest=digest)


def test_a_publication_was_not_forced_unless_it_says_so():
    example = next(event for event in EXAMPLES if isinstance(event, DocumentPublished))
    fields = {name: value for name, value in example if name not in ("forced", "type")}
    assert DocumentPublished(**fields).forced is False
