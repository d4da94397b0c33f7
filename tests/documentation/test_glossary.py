"""The glossary's words are those of the code, and none of the code's closed lists is left out."""

import re
from pathlib import Path

import pytest
from pages import DOCS, ROOT, table_under

from events.upcasting import TYPES
from events.vocabulary import Term
from projections.answers.comparison import STATUS_WORDS
from projections.figures.comparison import Status

ROWS = table_under(DOCS / "glossary.md", "Glossary")
LAYERS = ("events", "ledger", "projections", "commands")
WORDS = {term for row in ROWS for term in re.findall(r"`(\w+)`", row[1])}
MEANT = {(row[0], term) for row in ROWS for term in re.findall(r"`(\w+)`", row[1])}


@pytest.fixture(scope="module")
def code() -> str:
    files = [path for layer in LAYERS for path in sorted(Path(ROOT / layer).rglob("*.py"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_row_has_a_word_a_meaning_and_a_source():
    assert all(len(row) == 4 and all(row) for row in ROWS)
    assert all(re.search(r"`\w+`", row[1]) for row in ROWS)


@pytest.mark.parametrize("word", sorted(WORDS))
def test_the_code_uses_the_word(code: str, word: str):
    assert re.search(rf"\b{word}\b", code, re.IGNORECASE)


@pytest.mark.parametrize("term", [term for kind in Term.__subclasses__() for term in kind], ids=repr)
def test_every_word_of_a_closed_list_is_explained(term: Term):
    assert any(chinese.startswith(_stem(term)) and word == term.value for chinese, word in MEANT)


def test_every_closed_list_and_every_event_is_explained():
    assert {kind.__name__ for kind in Term.__subclasses__()} <= WORDS
    assert set(TYPES) <= WORDS


@pytest.mark.parametrize("status", Status)
def test_every_status_of_a_comparison_is_explained_as_it_is_printed(status: Status):
    assert (STATUS_WORDS[status], status.value) in MEANT


def _stem(term: Term) -> str:
    """What a label means without saying that it is a number: 年初预算数 is about 年初批复."""
    return {"年初预算数": "年初", "变动后预算数": "变动后"}.get(term.label, term.label)
