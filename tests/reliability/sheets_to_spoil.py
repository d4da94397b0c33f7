"""Good sheets, as a CSV and as a workbook, and a workbook with a cell at the far end of the page."""

import io
from contextlib import closing

import xlsxwriter

ROWS = [
    ["资金来源", "功能科目编码", "功能科目名称", "支出用途", "经济科目编码", "项目", "金额（万元）", "预算年度"],
    ["一般公共预算", "2012901", "行政运行", "公用经费", "30211", "", "1,234.50", "2024"],
    ["其他收入", "2012902", "", "项目支出", "", "“双百”培训", "0.50", "2024"],
    ["", "２０１２９０１", "", "人员支出", "30101", "", "0.01", ""],
    ["合计", "", "", "", "", "", "1235.01", ""],
]
CSV = "".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\r\n" for row in ROWS)
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


def workbook(*further: tuple[int, int, str]) -> bytes:
    """The rows as an XLSX, with further cells."""
    file = io.BytesIO()
    with closing(xlsxwriter.Workbook(file, {"in_memory": True})) as book:
        page = book.add_worksheet()
        for at, row in enumerate(ROWS):
            page.write_row(at, 0, row)
        for at, column, cell in further:
            page.write_string(at, column, cell)
    return file.getvalue()


WORKBOOK = workbook()
WORKBOOK_WITH_A_FAR_CELL = workbook((LAST_ROW, LAST_COLUMN, "误填"))
