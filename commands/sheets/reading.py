"""Sheets of lines: CSV or XLSX with a heading row, columns in any order, headed in Chinese or English.

Above the heading row a sheet may have a title, as one does that is meant to be printed.

A sheet is read as a whole; every fault is reported at once, with its row and column, and a sheet
with a fault yields nothing.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple, TypeVar

from events.codes import economic_item, function_item
from events.errors import Fault, Faulty, Invalid, WrongUsage, fault, listed
from events.line import Line, LineKey, line_faults, project_name
from events.money import Money, total
from events.text import half_width
from events.vocabulary import FundSource, Nature, Origin
from projections.registers.naming import Names

ROWS_MAX = 100_000
BYTES_MAX = 50_000_000
TITLE_ROWS_MAX = 10
DELIMITERS = ",\t;，"

HEADINGS = {
    "fund_source": ("资金来源", "fund_source"),
    "origin": ("资金年度", "资金结转", "origin"),
    "function_code": ("功能科目编码", "function_code"),
    "function_name": ("功能科目名称", "function_name"),
    "nature": ("支出用途", "nature"),
    "economic_code": ("经济科目编码", "economic_code"),
    "economic_name": ("经济科目名称", "economic_name"),
    "project": ("项目", "项目名称", "project"),
    "amount_wan": ("金额(万元)", "amount_wan"),
    "amount_yuan": ("金额(元)", "amount_yuan"),
    "fiscal_year": ("预算年度", "年度", "fiscal_year"),
}
_FIELD_OF = {heading: name for name, headings in HEADINGS.items() for heading in headings}
_TOTALS = ("合计", "总计")

T = TypeVar("T")
Numbered = tuple[int, list[str]]


class Purpose(NamedTuple):
    """What a sheet is for: which year it belongs to, whether a line must be complete, and how much it is at least."""

    year: int
    is_budget: bool
    least: Money | None = None


@dataclass
class Reading:
    """What was read so far: good lines with their rows, faults, and remarks that stop nothing."""

    lines: list[tuple[int, Line]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def read_lines(path: Path, purpose: Purpose, names: Names) -> tuple[list[Line], list[Fault]]:
    """The lines of a sheet and remarks on it; Faulty with all its faults if it has any."""
    reading = Reading()
    rows = [(number, row) for number, row in _numbered(_rows(path, reading)) if any(row)]
    headings, *rows = _below_title(rows, reading)
    if not rows:
        raise WrongUsage("{path} 没有明细：第一行应为表头，其下为明细。", path=path).because_of(reading.remarks)
    columns = _columns(*headings, reading)
    if not reading.faults:
        for number, row in rows:
            _check_headed(number, row, headings[1], reading)
            _read_row(_Row(number, columns, row, reading), purpose, names)
        _check_repeats(reading)
    if reading.faults:
        faulty = Faulty(reading.faults, "{path} 有 {count} 处错误，没有记录。", path=path)
        raise faulty.because_of([*reading.faults, *reading.remarks])
    return [line for _, line in reading.lines], reading.remarks


class _Row:
    """One row: its cells by field, and where faults in it go."""

    def __init__(self, number: int, columns: dict[str, int], cells: Sequence[str], reading: Reading) -> None:
        self.number = number
        self.reading = reading
        self._columns = columns
        self._cells = cells

    def text(self, name: str) -> str:
        index = self._columns.get(name)
        text = self._cells[index] if index is not None and index < len(self._cells) else ""
        return "".join(half_width(text).split()) if name.endswith(("_code", "_year")) else text

    def parsed(self, name: str, parse: Callable[[str], T], otherwise: T | None = None) -> T | None:
        """The value of a cell; a fault if it cannot be read; ``otherwise`` if it is empty."""
        text = self.text(name)
        if not text:
            return otherwise
        try:
            return parse(text)
        except Invalid as invalid:
            self.fail(name, invalid.fault)
            return None

    def fail(self, name: str, found: Fault) -> None:
        self.reading.faults.append(
            fault("第 {row} 行“{column}”列：{what}", row=self.number, column=HEADINGS[name][0], what=found)
        )

    @property
    def amount_field(self) -> str:
        return "amount_wan" if "amount_wan" in self._columns else "amount_yuan"

    @property
    def is_total(self) -> bool:
        code = self.text("function_code")
        return code in _TOTALS or (not code and any(_folded(cell) in _TOTALS for cell in self._cells))


def _below_title(rows: list[Numbered], reading: Reading) -> list[Numbered]:
    """The rows from the headings on: the first that head the codes, if they stand near the beginning."""
    headed = (index for index, (_, row) in enumerate(rows[:TITLE_ROWS_MAX]) if _has_code_heading(row))
    start = next(headed, 0)
    if start:
        above = listed(number for number, _ in rows[:start])
        reading.remarks.append(fault("表头之上的第 {rows} 行没有使用。", rows=above))
    return rows[start:] or [(1, [])]


def _has_code_heading(cells: Iterable[str]) -> bool:
    return any(_folded(cell) in HEADINGS["function_code"] for cell in cells)


def _columns(row: int, headings: Sequence[str], reading: Reading) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, heading in enumerate(headings):
        name = _FIELD_OF.get(_folded(heading))
        if name is None:
            if heading:
                reading.remarks.append(fault("第 {column} 列“{heading}”没有使用。", column=index + 1, heading=heading))
        elif name in columns:
            reading.faults.append(fault("第 {row} 行：“{heading}”列重复。", row=row, heading=heading))
        else:
            columns[name] = index
    if "function_code" not in columns:
        reading.faults.append(fault("第 {row} 行：缺少“功能科目编码”列。", row=row))
    if ("amount_wan" in columns) == ("amount_yuan" in columns):
        reading.faults.append(
            fault("第 {row} 行：应有且只有一列金额，表头写明单位：金额（万元）或 金额（元）。", row=row)
        )
    return columns


def _check_headed(number: int, row: Sequence[str], headings: Sequence[str], reading: Reading) -> None:
    """Nothing is dropped in silence: 1,000.50 without quotes makes a cell too many of itself."""
    for column, (cell, heading) in enumerate(zip_longest(row, headings, fillvalue=""), start=1):
        if cell and not heading:
            reading.faults.append(
                fault(
                    "第 {row} 行第 {column} 格“{cell}”上面没有表头；CSV 里有千位逗号的金额要加引号。",
                    row=number,
                    column=column,
                    cell=cell,
                )
            )


def _read_row(row: _Row, purpose: Purpose, names: Names) -> None:
    amount = row.parsed(row.amount_field, Money.from_wan if row.amount_field == "amount_wan" else Money.from_yuan)
    if row.is_total:
        _check_total(row, amount)
        return
    faults_before = len(row.reading.faults)
    function_code = row.parsed("function_code", function_item)
    key = LineKey(
        row.parsed("fund_source", FundSource.named, FundSource.GENERAL) or FundSource.GENERAL,
        row.parsed("origin", Origin.named, Origin.THIS_YEAR) or Origin.THIS_YEAR,
        function_code or "",
        row.parsed("nature", Nature.named),
        row.parsed("economic_code", economic_item),
        row.parsed("project", project_name),
    )
    _check_presence(row, amount)
    _check_year(row, purpose)
    for name, code in (("function", function_code), ("economic", key.economic_code)):
        if code:
            _check_subject(row, name, code, names)
    _check_least(row, amount, purpose)
    if len(row.reading.faults) > faults_before or amount is None:
        return
    for found in line_faults(key) if purpose.is_budget else ():
        row.reading.faults.append(fault("第 {row} 行：{what}", row=row.number, what=found))
    row.reading.lines.append((row.number, Line.of(key, amount)))


def _check_presence(row: _Row, amount: Money | None) -> None:
    if not row.text("function_code"):
        row.fail("function_code", fault("没有填写；合并的单元格只算第一行，请每行都写。"))
    if amount is None and not row.text(row.amount_field):
        row.fail(row.amount_field, fault("没有填写；确为零时请写 0，合并的单元格只算第一行。"))


def _check_least(row: _Row, amount: Money | None, purpose: Purpose) -> None:
    if amount is not None and purpose.least is not None and amount < purpose.least:
        what = fault("{amount} 应大于 0。", amount=amount) if purpose.least else fault("{amount} 为负。", amount=amount)
        row.fail(row.amount_field, what)


def _check_year(row: _Row, purpose: Purpose) -> None:
    written = row.text("fiscal_year")
    if written and written != str(purpose.year):
        row.fail("fiscal_year", fault("写的是 {written}，而记录的是 {year} 年度。", written=written, year=purpose.year))


def _check_subject(row: _Row, kind: str, code: str, names: Names) -> None:
    unknown = None if names.is_named(code) else names.catalogue.unknown(code, names.year)
    if unknown:
        row.fail(f"{kind}_code", unknown)
        return
    written = row.text(f"{kind}_name")
    if written and _folded(written) not in map(_folded, names.every(code)):
        row.fail(
            f"{kind}_name",
            fault(
                "{code} 的名称是“{name}”，而写的是“{written}”。", code=code, name=names.subject(code), written=written
            ),
        )


def _check_total(row: _Row, amount: Money | None) -> None:
    lines = total(line.amount for _, line in row.reading.lines)
    if amount is not None and amount != lines and not row.reading.faults:
        row.fail(row.amount_field, fault("合计 {amount} 与以上明细之和 {lines} 不等。", amount=amount, lines=lines))


def _check_repeats(reading: Reading) -> None:
    first: dict[LineKey, int] = {}
    for number, line in reading.lines:
        if line.key in first:
            reading.remarks.append(
                fault(
                    "第 {row} 行与第 {first} 行是同一条明细（{line}），已相加。",
                    row=number,
                    first=first[line.key],
                    line=line.key,
                )
            )
        first.setdefault(line.key, number)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _numbered(rows: Iterable[Sequence[str]]) -> Iterator[Numbered]:
    for number, row in enumerate(rows, start=1):
        if number > ROWS_MAX + 1:
            raise WrongUsage("明细超过 {limit} 行，请分开。", limit=ROWS_MAX)
        yield number, [cell.strip() for cell in row]


def _rows(path: Path, reading: Reading) -> Iterable[Sequence[str]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WrongUsage("{path} 不能读取（{detail}）。", path=path, detail=error.strerror) from error
    if len(content) > BYTES_MAX:
        raise WrongUsage("{path} 大于 {limit} 字节，请分开。", path=path, limit=BYTES_MAX)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from commands.sheets.workbook import first_sheet

        sheet = first_sheet(content, path, ROWS_MAX + 1)
        if sheet.others:
            others = listed(sheet.others)
            reading.remarks.append(
                fault("只读第一张工作表“{first}”，没有读：{others}。", first=sheet.name, others=others)
            )
        return sheet.rows
    return _csv_rows(content, path)


def _csv_rows(content: bytes, path: Path) -> list[list[str]]:
    text = _decoded(content, path)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise WrongUsage("{path} 不是完好的 CSV（{detail}）。", path=path, detail=error) from error


def _delimiter(text: str) -> str:
    """What parts the columns, counted in the row of headings."""
    lines = list(islice(io.StringIO(text), TITLE_ROWS_MAX)) or [""]
    headings = next(filter(_is_heading_line, lines), lines[0])
    return max(DELIMITERS, key=headings.count)


def _is_heading_line(line: str) -> bool:
    return any(_has_code_heading(line.replace('"', "").split(mark)) for mark in DELIMITERS)


def _decoded(content: bytes, path: Path) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongUsage("{path} 的文字编码认不出来，请另存为 UTF-8 的 CSV 或 XLSX。", path=path)
