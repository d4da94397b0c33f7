"""Workbooks as other programs write them: an XLSX whose sheet is given as it is, an ODS, an XLS."""

import io
import struct
import zipfile
from collections.abc import Iterable

from at_the_desk import as_workbook

SECTOR_BYTES = 512
FREE, END_OF_CHAIN, TABLE_ITSELF = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BOOK, SHEET = 5, 16

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("manifest", "manifest"))
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def packed(members: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def members_of(workbook: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx_with(rows: str, dimension: str = "A1") -> bytes:
    """An XLSX whose only sheet holds these rows, as XML."""
    sheet = f"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>"""
    return packed(members_of(as_workbook([])) | {"xl/worksheets/sheet1.xml": sheet})


def as_ods(rows: str) -> bytes:
    """An ODS whose only sheet holds these rows, as XML."""
    content = f"""<office:document-content {NAMESPACES}><office:body><office:spreadsheet>
        <table:table table:name="明细">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
    manifest = f'<manifest:manifest {NAMESPACES}><manifest:file-entry manifest:full-path="/"/></manifest:manifest>'
    return packed({"mimetype": ODS, "META-INF/manifest.xml": manifest, "content.xml": content})


def as_xls(cells: Iterable[tuple[int, int, str]], reach: tuple[int, int] = (1, 1)) -> bytes:
    """An XLS of one sheet: cells by row and column, and how many rows and columns the sheet says it has."""
    begun = _record(0x0809, "<HHHHII", 0x0600, BOOK, 0, 0, 0, 0)
    end = _record(0x000A, "<")
    place = len(begun) + 4 + 8 + len("页".encode("utf-16-le")) + len(end)
    listed = _record(0x0085, "<IHBB2s", place, 0, 1, 1, "页".encode("utf-16-le"))
    said = _record(0x0200, "<IIHHH", 0, reach[0], 0, reach[1], 0)
    labels = b"".join(_label(row, column, text) for row, column, text in cells)
    sheet = _record(0x0809, "<HHHHII", 0x0600, SHEET, 0, 0, 0, 0) + said + labels + end
    return _compound(begun + listed + end + sheet)


def _label(row: int, column: int, text: str) -> bytes:
    written = text.encode("utf-16-le")
    return _record(0x0204, f"<HHHHB{len(written)}s", row, column, 0, len(text), 1, written)


def _record(kind: int, form: str, *values: object) -> bytes:
    data = struct.pack(form, *values)
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream: its table in sector 0, its directory in 1, the stream behind them."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR_BYTES) * SECTOR_BYTES), b"\0")
    last = 1 + len(stream) // SECTOR_BYTES
    table = [TABLE_ITSELF, END_OF_CHAIN, *range(3, last + 1), END_OF_CHAIN]
    table += [FREE] * (SECTOR_BYTES // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END_OF_CHAIN, 0,
                          END_OF_CHAIN, 0, 0)  # fmt: skip
    header += struct.pack("<108I", *[FREE] * 108)
    directory = _entry("Root Entry", 5, END_OF_CHAIN, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    return header + struct.pack("<128I", *table) + directory.ljust(SECTOR_BYTES, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII36xIQ", written, len(written), kind, 1, FREE, FREE, child, start, size)
