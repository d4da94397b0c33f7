"""Every relative link leads somewhere, its section included, and every page is reached from an index."""

import re
from pathlib import Path

import pytest
from pages import DOCS, PAGES, name_of, prose

DECISIONS = DOCS / "decisions"
PARTS = ["Context", "Decision", "Alternatives", "Consequences"]

_LINK = re.compile(r"\]\((?![a-z]+:)(?P<target>[^)#\s]*)(?:#(?P<section>[^)\s]*))?\)")


def links(page: Path) -> list[tuple[Path, str | None]]:
    """The files a page leads to, and the sections in them."""
    return [
        ((page.parent / match["target"]).resolve() if match["target"] else page, match["section"])
        for match in _LINK.finditer(prose(page))
    ]


def sections(page: Path) -> set[str]:
    """The names under which a page's headings are reached."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page: Path):
    for target, section in links(page):
        assert target.exists(), target
        assert section is None or section in sections(target), f"{target.name}#{section}"


def test_every_page_is_reached_from_the_index_of_the_documentation():
    reached = {target for target, _ in links(DOCS / "README.md")}
    assert {page for page in DOCS.glob("*.md") if page.name != "README.md"} <= reached


def test_every_decision_is_in_the_index_of_decisions():
    reached = {target for target, _ in links(DECISIONS / "README.md")}
    assert set(DECISIONS.glob("[0-9]*.md")) <= reached


def test_decisions_are_numbered_without_gaps():
    numbers = [page.name[:4] for page in sorted(DECISIONS.glob("[0-9]*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("page", sorted(DECISIONS.glob("[0-9]*.md")), ids=name_of)
def test_a_decision_has_its_number_and_its_four_parts(page: Path):
    first, *rest = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    assert first.startswith(page.name[:4])
    assert rest == PARTS
