"""A cell filled in by mistake far away is named before the workbook is read; what merely looks large is read."""

import pytest
from approved_sheet import APPROVED, approve
from at_the_desk import Answer, Desk, as_workbook
from making_workbooks import as_ods, as_xls, members_of, packed, xlsx_with

from commands.sheets import workbook_extent

LETTERS = "ABCDEFGHIJ"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def xlsx_row(cells: list[str], number: int) -> str:
    places = zip(LETTERS, cells, strict=False)
    told = "".join(f'<c r="{letter}{number}" t="str"><v>{cell}</v></c>' for letter, cell in places)
    return f'<row r="{number}">{told}</row>'


def ods_row(cells: list[str]) -> str:
    told = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in cells
    )
    return f"<table:table-row>{told}</table:table-row>"


XLSX_ROWS = "".join(xlsx_row(cells, number) for number, cells in enumerate(APPROVED, start=1))
ODS_ROWS = "".join(map(ods_row, APPROVED))
XLS_CELLS = [(row, column, cell) for row, line in enumerate(APPROVED) for column, cell in enumerate(line)]
ODS_GAP = f'<table:table-row table:number-rows-repeated="{LAST_ROW - len(APPROVED) - 1}"><table:table-cell/></table:table-row>'
ODS_FAR = f'<table:table-row><table:table-cell table:number-columns-repeated="{LAST_COLUMN - 1}"/><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'

FAR = {
    "the last cell of an XLSX": (xlsx_with(XLSX_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "XFD1048576"),
    "a cell that only its row places": (xlsx_with(XLSX_ROWS + f'<row r="1048576">{"<c/>" * 9}<c><v>1</v></c></row>'), "J1048576"),
    "a cell that nothing places": (
        xlsx_with(XLSX_ROWS + '<row r="1048575"/><row><c r="E1048576"><is><t>误</t></is></c></row>'),
        "E1048576",
    ),
    "two cells far apart": (xlsx_with('<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="1"><c r="J1"><v>1</v></c></row>'), "J1"),
    "names with a prefix": (xlsx_with('<x:row xmlns:x="u" r="1048576"><x:c r="J1048576"><x:v>1</x:v></x:c></x:row>'), "J1048576"),
    "the last cell of an ODS": (as_ods(ODS_ROWS + ODS_GAP + ODS_FAR), "XFD1048576"),
    "an ODS row that stands for many": (
        as_ods(ODS_ROWS + ODS_FAR.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1000">')),
        "XFD1005",
    ),
    "the last cell of an XLS": (as_xls([*XLS_CELLS, (65_535, 255, "误填")]), "IV65536"),
}  # fmt: skip


def read(desk: Desk, content: bytes) -> Answer:
    return approve(desk, content, "明细.xlsx")


@pytest.mark.parametrize("case", FAR)
def test_a_cell_far_away_is_named_and_nothing_is_recorded(desk, case):
    content, cell = FAR[case]
    before = desk.digest
    answer = read(desk, content)
    assert (answer.code, answer.out) == (2, "")
    assert f"明细.xlsx 的第 1 张工作表在单元格 {cell} 处还有内容，到那里共 " in answer.err
    assert "请清除那里的内容，保存后再试。" in answer.err
    assert desk.digest == before


def with_second_sheet() -> bytes:
    """The lines in the first sheet, and a far cell in one behind it that nobody reads."""
    members = members_of(xlsx_with(XLSX_ROWS))
    far = members_of(xlsx_with('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    book, links, types = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    grown = {
        book: members[book].replace(b"</sheets>", b'<sheet name="B" sheetId="2" r:id="rId99"/></sheets>'),
        links: members[links].replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
        ),
        types: members[types],
        "xl/worksheets/sheet2.xml": far["xl/worksheets/sheet1.xml"],
    }
    return packed(members | grown)


READ = {
    "an XLSX that says it is large": xlsx_with(XLSX_ROWS, "A1:XFD1048576"),
    "an XLSX with a format down to the last cell": xlsx_with(
        XLSX_ROWS + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    ),
    "an XLSX with a far cell in its second sheet": with_second_sheet(),
    "an ODS with empty rows and columns to its end": as_ods(ODS_ROWS + ODS_GAP.replace("<table:table-cell/>", (
        f'<table:table-cell table:number-columns-repeated="{LAST_COLUMN}"/>'))),
    "an XLS": as_xls(XLS_CELLS, (len(APPROVED), len(APPROVED[0]))),
    "an XLS that says it is large": as_xls(XLS_CELLS, (65_536, 256)),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_a_workbook_that_only_looks_large_is_read(desk, said_plainly, case):
    assert read(desk, READ[case]).code == 0
    assert desk.payloads[-1] == said_plainly


UNSOUND = {
    "an XLS that says it has more rows than there are": as_xls(XLS_CELLS, (2**32 - 1, 256)),
    "an XLS in which a part follows itself": as_xls(XLS_CELLS).replace(
        b"\x03\0\0\0\x04\0\0\0", b"\x02\0\0\0\x04\0\0\0"
    ),
    "an XLS cut short": as_xls(XLS_CELLS)[:700],
    "an XLSX whose sheet is no XML": xlsx_with("<row><c></row>"),
    "an XLSX with a place that is none": xlsx_with('<row r="1"><c r="A"><v>1</v></c></row>'),
    "an XLSB": packed({"xl/workbook.bin": b"", "[Content_Types].xml": "<Types/>"}),
}


@pytest.mark.parametrize("case", UNSOUND)
def test_a_workbook_that_cannot_be_read_is_said_to_be_none(desk, case):
    answer = read(desk, UNSOUND[case])
    assert (answer.code, answer.out) == (2, "")
    assert "明细.xlsx 不是能读取的 Excel 文件" in answer.err or "明细.xlsx 是 XLSB 文件，请另存为 XLSX。" in answer.err


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(desk, monkeypatch):
    monkeypatch.setattr(workbook_extent, "UNPACKED_BYTES_MAX", 1_000)
    answer = read(desk, as_workbook(APPROVED))
    assert (answer.code, answer.out) == (2, "")
    assert "明细.xlsx 解压后大于 1000 字节" in answer.err
