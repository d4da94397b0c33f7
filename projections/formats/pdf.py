"""The PDF form: typeset by Typst after GB/T 9704, tagged (PDF/UA-1), for keeping (PDF/A-3), data attached.

Python says what is printed and how wide columns are; ``typst/document.typ`` says how it looks. Texts
reach Typst as data, so no sign in them is markup. A character that no face has is an error.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from events.errors import WrongUsage, listed
from projections.documents.document import Block, ChartBlock, Document, Evidence, Heading, Paragraph, TableBlock
from projections.documents.fonts import families, installed, stacks
from projections.documents.table_layout import table_json
from projections.formats.typst.columns import Page, fit, row_lines
from projections.grid import Grid, GridCell
from projections.renderers import json_form

Json = dict[str, Any]

TEMPLATE = Path(__file__).parent / "typst" / "document.typ"
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-3a"]
PT_PER_MM = 72 / 25.4
UPRIGHT = Page(156 * PT_PER_MM, 225 * PT_PER_MM, readable=9.0)  # 版心; 小五
SIDEWAYS = Page(UPRIGHT.height, UPRIGHT.width, readable=7.5)  # 六号
TALL_ROW = 8  # lines; a row of more may go on overleaf
MISSING = re.compile(r'the (?:text|codepoint) `"((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
WORDS = {"contents": "目录", "evidence": "核对信息"}


def write(document: Document) -> dict[str, bytes]:
    """One PDF; WrongUsage where a face or a character in it is missing."""
    content = json.dumps(content_of(document), ensure_ascii=False)
    return {f"{file_name(document.title)}.pdf": _compiled(content, document.evidence)}


def file_name(title: str) -> str:
    """A title without what no file name may hold."""
    return re.sub(r'[\\/:*?"<>|\s]+', " ", title).strip()


def _compiled(content: str, evidence: Evidence) -> bytes:
    midnight = datetime.combine(evidence.cut.as_of, time(), UTC)
    try:
        pdf = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=installed(),
            sys_inputs={"data": content},
            pdf_standards=STANDARDS,
            timestamp=int(midnight.timestamp()),
        )
    except typst.TypstError as error:
        missing = missing_characters(str(error.diagnostic))
        if not missing:
            raise
        raise WrongUsage(
            "PDF 不能印出这些字符：{characters}。字体里没有它们，或它们是自造字；请改用别的字，或安装含有它们的字体。",
            characters=listed(missing),
        ) from error
    return bytes(pdf)


def missing_characters(diagnostic: str) -> list[str]:
    """The characters Typst cannot print, each with its code point: no face has them, or they are private."""
    found = "".join(ESCAPED.sub(_unescaped, text) for text in MISSING.findall(diagnostic))
    return [f"{character}（U+{ord(character):04X}）" for character in dict.fromkeys(found)]


def _unescaped(escape: re.Match[str]) -> str:
    code, plain = escape.groups()
    return chr(int(code, 16)) if code else plain


def content_of(document: Document) -> Json:
    """All that the template prints, as plain values."""
    day = document.evidence.cut.as_of
    name = document.unit.name
    return {
        "title": document.title if name in document.title else f"{name}{document.title}",
        "cover": [document.title] if name in document.title else [name, document.title],
        "unit": name,
        "keywords": [document.evidence.ledger_digest],  # the metadata stand in the file as plain bytes
        "date": [day.year, day.month, day.day],
        "words": WORDS,
        "fonts": stacks(families(installed())),
        "runs": list(_runs(document.blocks)),
        "evidence": _evidence(document.evidence),
        "attachment": _attachment(document),
    }


def _runs(blocks: Iterable[Block]) -> Iterator[Json]:
    """The blocks by the way their pages lie. Headings right before a wide table go with it."""
    upright: list[Json] = []
    level = 0
    for block in blocks:
        content, level = _block(block, level)
        if not (isinstance(block, TableBlock) and block.is_landscape):
            upright.append(content)
            continue
        before, headings = _without_last_headings(upright)
        if before:
            yield {"sideways": False, "blocks": before}
        yield {"sideways": True, "blocks": [*headings, content]}
        upright = []
    yield {"sideways": False, "blocks": upright}


def _without_last_headings(blocks: Sequence[Json]) -> tuple[list[Json], list[Json]]:
    end = len(blocks)
    while end and blocks[end - 1]["kind"] == "heading":
        end -= 1
    return list(blocks[:end]), list(blocks[end:])


def _block(block: Block, level: int) -> tuple[Json, int]:
    """A block as values, and the level of the heading it stands under. No level is left out on the way down."""
    if isinstance(block, Heading):
        level = min(block.level, level + 1)
        return {"kind": "heading", "level": level, "text": block.text}, level
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text}, level
    if isinstance(block, ChartBlock):
        return _chart(block), level
    return _table(block, level + 1), level


def _chart(block: ChartBlock) -> Json:
    from projections.charts.svg import draw, figures

    described = "；".join([block.chart.title, f"单位：{block.chart.amount_unit}", *figures(block.chart)])
    return {"kind": "chart", "svg": draw(block.chart), "alt": described}


def _table(block: TableBlock, level: int) -> Json:
    grid = block.grid
    fitted = fit(grid, SIDEWAYS if block.is_landscape else UPRIGHT)
    return {
        "kind": "table",
        "level": level,
        "sideways": block.is_landscape,
        "title": grid.title,
        "above": grid.above,
        "size": fitted.size,
        "widths": fitted.widths,
        "padding": fitted.padding / 2,
        "headings": _headings(grid),
        "body": [_row(row, is_tall=row_lines(row, fitted) > TALL_ROW) for row in grid.body],
        "notes": grid.notes,
    }


def _headings(grid: Grid) -> list[Json]:
    return [
        {"text": cell.text, "x": cell.column, "y": row, "columns": cell.columns, "rows": cell.rows}
        for row, cells in enumerate(grid.headings)
        for cell in cells
    ]


def _row(row: Sequence[GridCell], *, is_tall: bool) -> list[Json]:
    return [
        {"text": cell.printed, "amount": cell.is_amount, "indent": cell.indent, "breakable": is_tall} for cell in row
    ]


def _evidence(evidence: Evidence) -> list[str]:
    return [
        f"截至：{evidence.cut.as_of.isoformat()} 生效、{evidence.cut.known_at_text} 前已记录的事项",
        f"账本摘要：{evidence.ledger_digest}",
        f"表样和模板：{evidence.edition}",
        f"表样和模板摘要：{evidence.edition_digest}",
        "各表数据附于本文件（data.json）。",
    ]


def _attachment(document: Document) -> Json:
    digest = document.evidence.ledger_digest
    return {
        "name": "data.json",
        "content": json_form.dump([table_json(block.table, digest) for block in document.tables]),
        "description": f"{document.title}各表数据",
    }
