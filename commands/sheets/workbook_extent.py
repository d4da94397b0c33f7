"""How far the sheets of a workbook reach, looked at before its reader asks for memory for every cell up to there.

One cell filled in by mistake at the end of a sheet makes it seventeen thousand million cells large. Only
cells that hold something count, as they do for the reader: formatted empty ones, and the size a sheet
says it has, cost nothing.
"""

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from commands.sheets.binary_workbook import cells_of_sheets, is_binary_workbook
from events.errors import WrongUsage

CELLS_MAX = 5_000_000
UNPACKED_BYTES_MAX = 1_000_000_000

DIGITS = "0123456789"
ODS_VALUES = {
    "office:value",
    "office:string-value",
    "office:date-value",
    "office:time-value",
    "office:boolean-value",
    "table:formula",
}
ODS_CELLS = ("table:table-cell", "table:covered-table-cell")

Attributes = dict[str, str]
UNREADABLE = (
    BadZipFile,
    zlib.error,
    ExpatError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    LookupError,
)


class TooFar(Exception):
    """A sheet, counted from 1, reaches so far that it cannot be read; ``row`` and ``column`` are of the last cell seen."""

    def __init__(self, sheet: int, row: int, column: int, cells: int) -> None:
        super().__init__()
        self.sheet, self.cell, self.cells = sheet, f"{_letters(column)}{row}", cells


def require_small_enough(content: bytes, path: Path) -> None:
    """WrongUsage, naming the cell, if a sheet that would be read reaches too far."""
    try:
        if is_binary_workbook(content):
            for sheet, cells in enumerate(cells_of_sheets(content)):
                extent = Extent(sheet)
                for row, column in cells:
                    extent.take(row, column)
        else:
            with ZipFile(io.BytesIO(content)) as archive:
                _look_into(archive, path)
    except TooFar as far:
        raise WrongUsage(
            "{path} 的第 {sheet} 张工作表在单元格 {cell} 处还有内容，到那里共 {cells} 格，超过能读的 {limit} 格；"
            "多半是误填，请清除那里的内容，保存后再试。",
            path=path,
            sheet=far.sheet,
            cell=far.cell,
            cells=far.cells,
            limit=CELLS_MAX,
        ) from None
    except UNREADABLE as error:
        raise WrongUsage("{path} 不是能读取的 Excel 文件（{detail}）。", path=path, detail=error) from error


class Extent:
    """How far one sheet reaches, as its cells go by; rows and columns are counted from 1."""

    def __init__(self, sheet: int) -> None:
        self._sheet = sheet
        self._rows = self._columns = 0

    def take(self, row: int, column: int) -> None:
        """One more cell with something in it; TooFar if the sheet is too large with it."""
        if row <= self._rows and column <= self._columns:
            return
        self._rows, self._columns = max(row, self._rows), max(column, self._columns)
        if (cells := self._rows * self._columns) > CELLS_MAX:
            raise TooFar(self._sheet, row, column, cells)


def _look_into(archive: ZipFile, path: Path) -> None:
    if sum(member.file_size for member in archive.infolist()) > UNPACKED_BYTES_MAX:
        raise WrongUsage("{path} 解压后大于 {limit} 字节，请分开。", path=path, limit=UNPACKED_BYTES_MAX)
    names = {_plain(name): name for name in archive.namelist()}
    if any(name.endswith("workbook.bin") for name in names):
        raise WrongUsage("{path} 是 XLSB 文件，请另存为 XLSX。", path=path)
    if first := _first_sheet(archive, names):
        with archive.open(first) as sheet:
            _parse(sheet, _xlsx_cells(Extent(1)))
    if "content.xml" in names:
        with archive.open(names["content.xml"]) as content:
            _parse(content, _ods_cells())


def _first_sheet(archive: ZipFile, names: Mapping[str, str]) -> str | None:
    """The member that holds the first sheet of an XLSX, the only one that is read."""
    book = next((name for name in names if name.endswith("workbook.xml")), None)
    folder = (book or "").removesuffix("workbook.xml")
    links = names.get(f"{folder}_rels/workbook.xml.rels")
    if book is None or links is None:
        return None
    sheets: list[str] = []
    targets: dict[str, str] = {}

    def listed(name: str, attributes: Attributes) -> None:
        if _local(name) == "sheet":
            sheets.extend(value for key, value in attributes.items() if _local(key) == "id")

    def linked(name: str, attributes: Attributes) -> None:
        if _local(name) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for member, started in ((names[book], listed), (links, linked)):
        with archive.open(member) as file:
            _parse(file, started)
    target = _plain(targets.get(sheets[0], "")) if sheets else ""
    return names.get(target[1:] if target.startswith("/") else folder + target)


def _xlsx_cells(extent: Extent) -> Callable[[str, Attributes], None]:
    """Follow the rows and cells of a sheet; where one does not say its place, it is the next."""
    row = column = cell_row = 0

    def started(name: str, attributes: Attributes) -> None:
        nonlocal row, column, cell_row
        match name if ":" not in name else _local(name):
            case "c" if "r" in attributes:
                cell_row, column = _place(attributes["r"])
            case "c":
                cell_row, column = row, column + 1
            case "v" | "is":
                extent.take(cell_row, column)
            case "row":
                row, column = _place(attributes["r"])[0] if "r" in attributes else row + 1, 0

    return started


def _ods_cells() -> Callable[[str, Attributes], None]:
    """Follow the tables of an ODS, all of which are read; rows and cells may stand for many."""
    sheet = rows = repeated = column = 0
    extent = Extent(sheet)

    def started(name: str, attributes: Attributes) -> None:
        nonlocal sheet, rows, repeated, column, extent
        if name == "table:table":
            sheet, rows, repeated = sheet + 1, 0, 0
            extent = Extent(sheet)
        elif name == "table:table-row":
            rows, column = rows + repeated, 0
            repeated = int(attributes.get("table:number-rows-repeated", 1))
        elif name in ODS_CELLS:
            column += int(attributes.get("table:number-columns-repeated", 1))
            if ODS_VALUES & attributes.keys() or attributes.get("office:value-type") == "string":
                extent.take(rows + repeated, column)

    return started


def _parse(file: IO[bytes], started: Callable[[str, Attributes], None]) -> None:
    parser = ParserCreate()
    parser.StartElementHandler = started
    parser.ParseFile(file)


def _place(reference: str) -> tuple[int, int]:
    """Row and column of ``B7``; of a row alone, column 0."""
    letters = reference.rstrip(DIGITS)
    return int(reference[len(letters) :]), _column(letters)


@cache
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _plain(name: str) -> str:
    """A member's name as others may write it."""
    return name.replace("\\", "/").lower()
