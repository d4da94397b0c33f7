"""The PDF read back: its text, its contents, its pages on their side, the data inside, the same bytes anywhere."""

import io
import json
import unicodedata
from functools import cache

import pytest
from office_words import EVERY_TABLE, YEARS, digests_elsewhere, published, table_of
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from projections.formats import pdf

pytestmark = pytest.mark.fonts

A4_WIDTH, A4_HEIGHT = 595, 842  # points


@cache
def content(year: int) -> bytes:
    (made,) = pdf.write(published(year)).values()
    return made


@cache
def reader(year: int) -> PdfReader:
    return PdfReader(io.BytesIO(content(year)))


@cache
def text(year: int) -> str:
    """All its text without blanks: where lines break is the page's business."""
    pages = "".join(page.extract_text() for page in reader(year).pages)
    return "".join(unicodedata.normalize("NFKC", pages).split())


def folded(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


@pytest.mark.parametrize(("year", "number"), EVERY_TABLE)
def test_every_amount_and_name_of_a_table_can_be_read_in_it(year, number):
    cells = [cell for row in table_of(year, number).grid.body for cell in row if cell.text]
    assert [cell.printed for cell in cells if folded(cell.printed) not in text(year)] == []


@pytest.mark.parametrize("year", YEARS)
def test_every_sentence_can_be_read_in_it(year):
    paragraphs = [block.text for block in published(year).blocks if hasattr(block, "text")]
    unread = [words for words in paragraphs if folded(words)[:12] not in text(year)]
    assert unread == []


@pytest.mark.parametrize("year", YEARS)
def test_bookmarks_lead_to_every_part(year):
    marks = [mark.title for mark in reader(year).outline if not isinstance(mark, list)]
    parts = [heading.text for heading in published(year).headings if heading.level == 1]
    assert set(parts) <= set(marks)


@pytest.mark.parametrize("year", YEARS)
def test_wide_tables_lie_on_their_side_and_the_rest_stands_upright(year):
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader(year).pages}
    assert sizes == {(A4_WIDTH, A4_HEIGHT), (A4_HEIGHT, A4_WIDTH)}


def test_the_tables_are_inside_as_data():
    (attached,) = reader(2024).attachments.values()
    tables = json.loads(attached[0])
    assert [table["table"] for table in tables] == list(range(1, 12))


def test_it_says_what_it_is_and_in_which_language_and_follows_the_standards_for_keeping_and_access():
    root = reader(2024).trailer["/Root"]
    root = root.get_object() if isinstance(root, IndirectObject) else root
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert root["/Lang"].startswith("zh")
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_its_date_is_the_days_of_the_cut_and_not_of_the_clock():
    assert reader(2024).metadata.creation_date_raw.startswith("D:20240228")


def test_another_machine_makes_the_same_bytes(tmp_path):
    east, west = digests_elsewhere("pdf", published(2024), tmp_path)
    assert east == west
