"""The first sheet of a workbook as rows of text."""

import io
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from commands.sheets.workbook_extent import require_small_enough
from events.errors import WrongUsage

COLUMNS_MAX = 200


class FirstSheet(NamedTuple):
    """The rows of the first sheet, its name, and the names of those behind it, which nobody reads."""

    rows: list[list[str]]
    name: str
    others: tuple[str, ...]


def first_sheet(content: bytes, path: Path, rows_max: int) -> FirstSheet:
    """What a workbook has in its first sheet; WrongUsage if it is too large, or is no workbook at all."""
    from python_calamine import CalamineError, CalamineWorkbook

    require_small_enough(content, path)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _unreadable(path, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a damaged XLS makes of its reader
            raise
        raise _unreadable(path, error) from error
    if sheet.total_height > rows_max or sheet.total_width > COLUMNS_MAX:
        raise WrongUsage(
            "{path} 的第一张工作表有 {rows} 行 {columns} 列，太大；远处若有误填的单元格请清除。",
            path=path,
            rows=sheet.total_height,
            columns=sheet.total_width,
        )
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    return FirstSheet(texts, sheet.name, tuple(workbook.sheet_names[1:]))


def _unreadable(path: Path, error: BaseException) -> WrongUsage:
    return WrongUsage("{path} 不是能读取的 Excel 文件（{detail}）。", path=path, detail=error)


def _cell_text(cell: object) -> str:
    """A cell as its user sees it: 15 significant digits, whole numbers without a point."""
    if isinstance(cell, float):
        return format(Decimal(f"{cell:.15g}"), "f")
    return str(cell)
