"""The styles of the document, under the names Word knows or, where it knows none, Chinese ones."""

from typing import NamedTuple

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles import BabelFish

from projections.formats.word.elements import TWIPS, w

LATIN = "Times New Roman"
TABLE_STYLE = "Table Grid"
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
# Where an official face is not installed, its nearest relative comes in its place.
RELATIVES = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "华文中宋"}
UNNEEDED_PARTS = ("stylesWithEffects", "thumbnail", "customXml")
WORD_2013 = "15"


class Style(NamedTuple):
    """A paragraph style: measures in points, indents in characters. ``outline`` 1 to 3 is in the contents."""

    name: str
    font: str = "仿宋_GB2312"
    size: float = 16
    align: str = "both"
    first: int = 0
    left: int = 0
    before: float = 0
    after: float = 0
    line: float = 0
    is_bold: bool = False
    is_kept: bool = False
    outline: int = 0


STYLES = (
    Style("Normal"),
    Style("Title", "方正小标宋简体", 36, "center", before=24, after=24),
    Style("Subtitle", "方正小标宋简体", 26, "center", before=150, after=24),
    Style("Heading 1", "黑体", first=2, before=12, after=6, line=28, is_kept=True, outline=1),
    Style("Heading 2", "楷体_GB2312", first=2, before=6, line=28, is_kept=True, outline=2),
    Style("Heading 3", first=2, line=28, is_bold=True, is_kept=True, outline=3),
    Style("Body Text", first=2, line=28),
    Style("TOC Heading", "黑体", 18, "center", after=12),
    Style("toc 1", "黑体", 12, "left", before=4, line=16),
    Style("toc 2", size=12, align="left", left=2, line=16),
    Style("toc 3", size=12, align="left", left=4, line=16),
    Style("Footer", "宋体", 14, "center"),
    Style("封面说明", "楷体_GB2312", align="center", before=240),
    Style("表题", "黑体", align="center", after=6, is_kept=True, outline=2),
    Style("图题", "黑体", 14, "center", before=18, after=6, is_kept=True),
    Style("表上说明", size=12, align="left", after=3, is_kept=True),
    Style("表头文字", "黑体", 10.5, "center"),
    Style("表内文字", "宋体", 10.5, "left"),
    Style("表注", size=12, align="left", before=6),
    Style("分节", size=1, line=1),
)


def make_plain(word: Word) -> None:
    """Strip the library's template of its own styles, previews and language."""
    styles = word.styles.element
    for style in styles.xpath("./w:style[not(@w:default='1') or @w:styleId='Normal']"):
        styles.remove(style)
    defaults = w("rPrDefault", w("rPr", w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")))
    styles.replace(styles.find(qn("w:docDefaults")), w("docDefaults", defaults, w("pPrDefault")))
    settings = word.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    settings.xpath(".//w:compatSetting[@w:name='compatibilityMode']")[0].set(qn("w:val"), WORD_2013)
    fonts = next(part for part in word.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts._blob = _font_table()  # noqa: SLF001 (the library knows no fonts)
    for holder in (word.part, word.part.package):
        for key in [key for key, rel in holder.rels.items() if rel.reltype.endswith(UNNEEDED_PARTS)]:
            del holder.rels[key]


def add_styles(word: Word) -> None:
    """Add the styles a file lacks; those it has stay as they are."""
    styles = word.styles
    for style in STYLES:
        if style.name not in styles:
            default = styles.default(WD_STYLE_TYPE.PARAGRAPH)
            styles.element.append(_element(style, based_on=default.style_id if default else ""))
    if TABLE_STYLE not in styles:
        styles.element.append(_table_style())


def _element(style: Style, based_on: str) -> BaseOxmlElement:
    name = BabelFish.ui2internal(style.name)
    kind = {"customStyle": 1} if not name.isascii() else {} if based_on else {"default": 1}
    paragraph = [
        *([w("keepNext"), w("keepLines")] if style.is_kept else []),
        w("spacing", before=_twips(style.before), after=_twips(style.after), **_line(style)),
        w("ind", **_indent("left", style.left, style.size), **_indent("firstLine", style.first, style.size)),
        w("jc", val=style.align),
        *([w("outlineLvl", val=style.outline - 1)] if style.outline else []),
    ]
    font = w("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=style.font, cs=LATIN)
    text = [
        font,
        *([w("b")] if style.is_bold else []),
        w("sz", val=round(2 * style.size)),
        w("szCs", val=round(2 * style.size)),
    ]
    return w(
        "style",
        w("name", val=name),
        *([w("basedOn", val=based_on)] if based_on else []),
        w("qFormat"),
        w("pPr", *paragraph),
        w("rPr", *text),
        type="paragraph",
        styleId=style.name.replace(" ", ""),
        **kind,
    )


def _table_style() -> BaseOxmlElement:
    borders = w("tblBorders", *(w(edge, val="single", sz=4, space=0, color="auto") for edge in EDGES))
    return w("style", w("name", val=TABLE_STYLE), w("tblPr", borders), type="table", styleId="TableGrid")


def _font_table() -> bytes:
    fonts = (w("font", w("altName", val=relative), name=font) for font, relative in RELATIVES.items())
    return serialize_part_xml(w("fonts", *fonts))


def _twips(points: float) -> int:
    return round(points * TWIPS)


def _line(style: Style) -> dict[str, str | int]:
    return {"line": _twips(style.line), "lineRule": "exact"} if style.line else {"line": 240, "lineRule": "auto"}


def _indent(edge: str, characters: int, size: float) -> dict[str, int]:
    """An indent in characters, and in twips for those who do not know characters."""
    return {f"{edge}Chars": 100 * characters, edge: _twips(characters * size)}
