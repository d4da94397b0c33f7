"""Pages and sections: upright, and on their side for wide tables."""

from typing import NamedTuple, Self

from docx.document import Document as Word
from docx.enum.section import WD_ORIENTATION
from docx.section import Section
from docx.shared import Length, Mm, Twips

from projections.formats.word.elements import field, run, w

SIDEWAYS_MARGIN = Mm(20)


class Page(NamedTuple):
    """A sheet of paper and its margins."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int

    @classmethod
    def of(cls, section: Section) -> Self:
        """The page of a section."""
        edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        return cls(section.page_width or Mm(210), section.page_height or Mm(297), *(edge or Mm(0) for edge in edges))

    @property
    def is_sideways(self) -> bool:
        """Whether it lies on its side."""
        return self.width > self.height

    @property
    def text_width(self) -> int:
        """How wide text may be, in twips."""
        return (self.width - self.left - self.right) // Twips(1)

    def sideways(self) -> "Page":
        """The same sheet on its side."""
        return Page(max(self[:2]), min(self[:2]), *(SIDEWAYS_MARGIN,) * 4)

    def lay(self, section: Section) -> None:
        """Make a section look like this."""
        section.orientation = WD_ORIENTATION.LANDSCAPE if self.is_sideways else WD_ORIENTATION.PORTRAIT
        section.page_width, section.page_height = Length(self.width), Length(self.height)
        section.top_margin, section.bottom_margin = Length(self.top), Length(self.bottom)
        section.left_margin, section.right_margin = Length(self.left), Length(self.right)


OFFICIAL = Page(Mm(210), Mm(297), Mm(37), Mm(35), Mm(28), Mm(26))  # GB/T 9704


def new_section(word: Word) -> Section:
    """A section on a new page; the paragraph that ends the one before takes no room."""
    section: Section = word.add_section()
    section.different_first_page_header_footer = False
    body = word.element.body
    for start in body.sectPr.xpath("./w:pgNumType"):
        body.sectPr.remove(start)
    body.xpath("./w:p[w:pPr/w:sectPr]")[-1].style = word.styles["分节"].style_id
    return section


def number_pages(word: Word, section: Section) -> None:
    """Page numbers from 1 in the footer of the last section, as GB/T 9704 has them: — 1 —."""
    section.footer.is_linked_to_previous = False
    line = section.footer.paragraphs[0]
    line.style = word.styles["Footer"]
    line._p.extend([run("— "), *field("PAGE", run("1")), run(" —")])  # noqa: SLF001 (no public way to add a field)
    word.element.body.sectPr.insert_element_before(w("pgNumType", start=1), "w:cols", "w:docGrid")
