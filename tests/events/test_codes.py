"""科目 codes: text of a fixed length, with its level and its ancestors in its digits."""

import pytest

from events.codes import (
    economic_code,
    economic_item,
    function_code,
    function_item,
    is_economic,
    level,
    lineage,
    subject_code,
)
from events.errors import Invalid


@pytest.mark.parametrize("code", ["201", "20129", "2012901"])
def test_a_function_code_has_three_five_or_seven_digits(code: str):
    assert function_code(code) == subject_code(code) == code


@pytest.mark.parametrize("code", ["301", "30101"])
def test_an_economic_code_has_three_or_five_digits(code: str):
    assert economic_code(code) == subject_code(code) == code


@pytest.mark.parametrize(
    "text", ["", "2", "20", "2012", "201290", "20129011", "301", "10129", "2０1", "201 ", "20a", "类201"]
)
def test_what_is_no_function_code_is_refused(text: str):
    with pytest.raises(Invalid, match="2 开头"):
        function_code(text)


@pytest.mark.parametrize("text", ["", "3", "3010", "3010101", "201", "30１"])
def test_what_is_no_economic_code_is_refused(text: str):
    with pytest.raises(Invalid, match="3 开头"):
        economic_code(text)


@pytest.mark.parametrize("text", ["201", "20129", "30101"])
def test_a_line_needs_a_function_code_down_to_the_item(text: str):
    with pytest.raises(Invalid, match="到项"):
        function_item(text)


@pytest.mark.parametrize("text", ["301", "2012901"])
def test_a_line_needs_an_economic_code_down_to_the_item(text: str):
    with pytest.raises(Invalid, match="到款"):
        economic_item(text)


def test_an_item_code_is_the_text_itself():
    assert (function_item("2012901"), economic_item("30101")) == ("2012901", "30101")


def test_a_refusal_shows_what_was_written():
    with pytest.raises(Invalid, match="“2012”"):
        subject_code("2012")


def test_the_first_digit_says_which_classification_it_is():
    assert [is_economic(code) for code in ("301", "2012901")] == [True, False]


def test_the_length_says_the_level():
    assert [level(code) for code in ("201", "20129", "2012901", "301", "30101")] == [1, 2, 3, 1, 2]


@pytest.mark.parametrize(
    ("code", "line"), [("2012901", ("201", "20129", "2012901")), ("30101", ("301", "30101")), ("201", ("201",))]
)
def test_a_code_carries_its_ancestors_topmost_first(code: str, line: tuple[str, ...]):
    assert lineage(code) == line
