"""The document as a workbook: contents and evidence, a sheet for each table, native charts.

Amounts are real numbers in the table's unit, as exact as the ledger; texts are texts, whatever they
begin with. The narrative is not in it.
"""

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from projections.documents.archive import rezipped
from projections.documents.document import Document
from projections.formats.excel.charts import SHEET as CHARTS
from projections.formats.excel.charts import add_charts
from projections.formats.excel.looks import OPTIONS, Looks
from projections.formats.excel.tables import ROW, add_table, set_up_page, sheet_name

CONTENTS = "目录"
WIDTHS = (22, 62, 12)


def write(document: Document) -> dict[str, bytes]:
    """The document as one .xlsx."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    _describe(book, document)
    looks = Looks(book)
    _add_contents(book, looks, document)
    for block in document.tables:
        add_table(book, looks, block)
    if document.charts:
        add_charts(book, looks, document.charts)
    book.close()
    return {f"{document.year}年度单位预算.xlsx": rezipped(target.getvalue())}


def _describe(book: Any, document: Document) -> None:
    """Title and author; the time of the cut and not of the clock."""
    unit = document.unit.name
    created = datetime.combine(document.evidence.cut.as_of, time())
    book.set_properties({"title": f"{unit}{document.title}", "author": unit, "company": unit, "created": created})


def _add_contents(book: Any, looks: Looks, document: Document) -> None:
    """The first sheet: links to all others, and what holds the document against the ledger."""
    sheet = book.add_worksheet(CONTENTS)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, len(WIDTHS) - 1, "", looks.of("title"))
    sheet.write_string(0, 0, f"{document.unit.name}{document.title}", looks.of("title"))
    sheet.set_default_row(ROW)
    sheet.set_row(0, 2 * ROW)
    entries = [(sheet_name(block), block.table.title, block.grid.above[1]) for block in document.tables]
    entries += [(CHARTS, "、".join(chart.title for chart in document.charts), "")] if document.charts else []
    _write_row(sheet, looks, 2, ("工作表", "名称", "金额单位"), ("heading",) * 3)
    for row, (name, title, unit) in enumerate(entries, start=3):
        _write_row(sheet, looks, row, ("", title, unit.removeprefix("单位：")), ("link", "text", "text"))
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.of("link"), name)
    _write_evidence(sheet, looks, document, 5 + len(entries))
    set_up_page(sheet, is_landscape=False)


def _write_evidence(sheet: Any, looks: Looks, document: Document, first: int) -> None:
    sheet.merge_range(first, 0, first, 2, "", looks.of("heading"))
    sheet.write_string(first, 0, "核对信息", looks.of("heading"))
    for row, (name, fact) in enumerate(document.facts.items(), start=first + 1):
        sheet.write_string(row, 0, name, looks.of("text"))
        sheet.merge_range(row, 1, row, 2, "", looks.of("text"))
        sheet.write_string(row, 1, fact, looks.of("text"))
    sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:B{first + 1 + len(document.facts)}"})


def _write_row(sheet: Any, looks: Looks, row: int, texts: tuple[str, ...], names: tuple[str, ...]) -> None:
    for column, (text, name) in enumerate(zip(texts, names, strict=True)):
        sheet.write_string(row, column, text, looks.of(name))
