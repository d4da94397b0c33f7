"""Document numbers (文号): one spelling for however the brackets were typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from events.document import Document, document_number, document_year
from events.errors import Invalid


@pytest.mark.parametrize(
    "typed",
    [
        "杭财行〔2024〕5号",
        "杭财行[2024]5号",
        "杭财行（2024）5号",
        "杭财行(2024)5号",
        "杭财行【2024】5号",
        "杭财行［2024］5号",
        "杭财行[ 2024 ] 5 号",
        "杭财行〔2024〕第5号",
        "  杭财行〔2024〕5号\n",
    ],
)
def test_a_number_gets_the_brackets_of_the_standard(typed: str):
    assert document_number(typed) == "杭财行〔2024〕5号"


@pytest.mark.parametrize("typed", ["市委常委会第12次会议", "2024年部门预算批复", "浙财函 12"])
def test_a_number_of_another_form_is_kept_as_written(typed: str):
    assert document_number(typed) == typed


@pytest.mark.parametrize("typed", ["", " ", "　\n"])
def test_an_empty_number_is_refused(typed: str):
    with pytest.raises(Invalid, match="不能为空"):
        document_number(typed)


@given(st.text("杭财行[]（）【】〔〕 第2024号5", max_size=30).filter(str.strip))
def test_a_number_once_normalised_stays_as_it_is(typed: str):
    assert document_number(document_number(typed)) == document_number(typed)


def test_the_year_of_a_number_may_be_read_from_it():
    assert document_year("浙财预〔2023〕41号") == 2023


@pytest.mark.parametrize("number", ["市委常委会第12次会议", "杭财行[2024]5号", "杭财行〔24〕5号"])
def test_a_number_of_another_form_has_no_year(number: str):
    assert document_year(number) is None


def test_a_document_normalises_its_number():
    assert Document(number="杭财行[2024]5号", dated=date(2023, 12, 28)).number == "杭财行〔2024〕5号"


@pytest.mark.parametrize("number", ["函", "杭" * 100])
def test_a_number_may_have_one_character_or_a_hundred(number: str):
    assert Document(number=number).number == number


@pytest.mark.parametrize("number", ["", "  ", "杭" * 101])
def test_a_document_needs_a_number_of_sensible_length(number: str):
    with pytest.raises(ValidationError):
        Document(number=number)


def test_a_number_holds_no_control_characters():
    with pytest.raises(ValidationError, match="控制字符"):
        Document(number="杭财行\x07〔2024〕5号")
