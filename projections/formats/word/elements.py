"""The elements of a Word file: paragraphs, runs, fields, bookmarks.

Styles stand in elements by their name; ``append`` puts the id there that the style has in the file.
"""

import re
from collections.abc import Iterable

from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

TWIPS = 20  # in a point: the unit of most measures in Word
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"


def w(tag: str, *children: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """An element of the main namespace, its attributes too."""
    element = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    element.extend(children)
    return element


def paragraph(style: str, text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """A paragraph; its properties come first, so that more can be added."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), run(text))


def run(text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """A run of text. Lines and tabs are kept; what XML cannot hold becomes U+FFFD."""
    lines = UNPRINTABLE.sub(REPLACEMENT, re.sub("\r\n?", "\n", text))
    pieces = [_piece(piece) for piece in re.split("([\n\t])", lines) if piece]
    return w("r", *([w("rPr", *properties)] if properties else []), *pieces)


def field(instruction: str, *result: BaseOxmlElement, **begin: str) -> list[BaseOxmlElement]:
    """The runs of a field: begin, instruction, separator, result, end."""
    code = w("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    edges = [
        w("r", w("fldChar", fldCharType="begin", **begin)),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
    ]
    return [*edges, *result, w("r", w("fldChar", fldCharType="end"))]


def mark(place: int) -> str:
    """The name of the bookmark at a place; Word's own contents use such names."""
    return f"_Toc{place:08}"


def marked(line: BaseOxmlElement, place: int) -> BaseOxmlElement:
    """A paragraph that links can lead to."""
    line.insert(1, w("bookmarkStart", id=place, name=mark(place)))
    line.append(w("bookmarkEnd", id=place))
    return line


def append(word: Word, elements: Iterable[BaseOxmlElement]) -> None:
    """Elements at the end of a file."""
    ids = {style.name: style.style_id for style in word.styles}
    for element in elements:
        for style in element.iter(qn("w:pStyle"), qn("w:tblStyle")):
            style.set(qn("w:val"), ids[style.get(qn("w:val"))])
        word.element.body.sectPr.addprevious(element)


def _piece(text: str) -> BaseOxmlElement:
    if text in {"\n", "\t"}:
        return w("br") if text == "\n" else w("tab")
    element = w("t")
    element.set(qn("xml:space"), "preserve")
    element.text = text
    return element
