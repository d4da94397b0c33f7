"""The closed lists of words: a stable token in storage, a Chinese label on paper."""

import pytest

from events.errors import Invalid
from events.vocabulary import (
    Aspect,
    Basis,
    FundSource,
    Ground,
    Measure,
    Nature,
    Origin,
    ProjectKind,
    Stage,
    Term,
)

LISTS = (FundSource, Origin, Nature, Ground, Stage, Measure, Basis, Aspect, ProjectKind)
TERMS = [term for words in LISTS for term in words]
by_term = pytest.mark.parametrize("term", TERMS, ids=lambda term: f"{type(term).__name__}-{term}")


@by_term
def test_a_term_is_found_by_its_stored_token(term: Term):
    assert type(term).of(term.value) is term


@by_term
def test_a_term_is_found_by_its_label_and_by_its_token(term: Term):
    assert type(term).named(term.label) is type(term).named(term.value) is term


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words.__name__)
def test_no_two_terms_of_a_list_share_a_label(words: type[Term]):
    assert len({term.label for term in words}) == len(words)


def test_a_stored_token_that_is_unknown_is_refused():
    with pytest.raises(Invalid, match="一般公共预算"):
        FundSource.of("一般公共预算")


def test_an_unknown_word_is_refused_with_those_that_would_do():
    with pytest.raises(Invalid, match="不认识“现金”，可以写：本年、上年结转"):
        Origin.named("现金")


def test_only_personnel_and_operating_are_basic_expenditure():
    assert [nature for nature in Nature if nature.is_basic] == [Nature.PERSONNEL, Nature.OPERATING]


def test_the_changed_budget_is_every_stage_but_the_execution():
    assert set(Measure.CURRENT.stages) == set(Stage) - {Stage.EXECUTION}
    assert (Measure.INITIAL.stages, Measure.EXECUTION.stages) == ((Stage.INITIAL,), (Stage.EXECUTION,))
