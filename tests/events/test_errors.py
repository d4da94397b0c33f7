"""Errors keep the sentence and its details apart, and speak when asked."""

from events.errors import BudgetError, Conflict, Faulty, Invalid, Refused, fault


def test_a_fault_fills_its_sentence_with_its_details():
    assert str(fault("科目 {code} 无效。", code="2012901")) == "科目 2012901 无效。"


def test_an_error_keeps_its_sentence_for_another_language():
    error = Conflict("{stream} 已被他人先行写入。", stream="101/2024")
    assert error.fault == fault("{stream} 已被他人先行写入。", stream="101/2024")
    assert str(error) == "101/2024 已被他人先行写入。"


def test_braces_in_a_detail_are_only_text():
    assert str(Refused("原因：{reason}", reason="{count}")) == "原因：{count}"


def test_a_faulty_input_counts_and_keeps_its_faults():
    faults = [fault("一。"), fault("二。")]
    error = Faulty(faults, "有 {count} 处不符合规则，没有记录。")
    assert str(error) == "有 2 处不符合规则，没有记录。"
    assert error.faults == tuple(faults)


def test_an_invalid_value_is_told_to_pydantic_as_a_value_error():
    assert issubclass(Invalid, ValueError)
    assert issubclass(Invalid, BudgetError)
