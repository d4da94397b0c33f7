"""The columns that text takes in a terminal, held against a library made for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from projections.width import width_of


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", 0),
        ("5143.23", 7),
        ("行政运行", 8),
        ("因公出国（境）费用", 18),
        ("“三公”经费", 10),
        ("—", 1),
        ("培\u0301训", 4),
    ],
)
def test_a_chinese_character_takes_two_columns(text: str, taken: int):
    assert width_of(text) == taken == wcswidth(text)


@given(st.text("0123456789.,-+% 年初批复追加（）〔〕“”、。：—…×杭州市ＡＢ"))
def test_words_of_the_budget_are_as_wide_as_the_library_says(text: str):
    assert width_of(text) == wcswidth(text)
