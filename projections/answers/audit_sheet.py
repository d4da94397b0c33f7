"""The audit sheet: a traced figure as a workbook, its lines as numbers that add up before one's eyes.

The only formulas are sums we write; texts of the ledger are texts, whatever they begin with.
"""

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from events.errors import fault
from events.money import FEN_PER_YUAN, Money
from projections.answers.trace import events_of, in_words, key_text, name_of
from projections.answers.words import Translate, moment
from projections.documents.archive import rezipped
from projections.formats.excel.looks import OPTIONS, Looks
from projections.formats.excel.tables import ROW, lines, set_up_page
from projections.tracing.trace import Contribution, Trace, Traced, Value, number_of

SHEET, PAPERS = "追溯", "文件"
COLUMNS = {  # heading: width in half-width characters
    "编号": 16,
    "类型": 10,
    "年度": 7,
    "行": 6,
    "明细": 46,
    "金额（元）": 18,
    "文号": 26,
    "事由": 28,
    "经办": 10,
    "生效日": 12,
    "记录时刻（UTC）": 21,
}
PAPER_COLUMNS = {
    "编号": 16,
    "类型": 10,
    "文号": 36,
    "文件标题": 40,
    "发文机关": 24,
    "成文日期": 12,
    "记录时刻（UTC）": 30,
    "哈希": 68,
}
FACTS = ("单位", "年度", "数的口径", "截至生效日", "截至记录时刻（UTC）", "账本摘要", "公开", "句子", "数")
SUMS = ("合计", "数", "差额")
WORDS = (SHEET, PAPERS, *COLUMNS, *PAPER_COLUMNS, *FACTS, *SUMS)
LABEL, AMOUNT_AT = 2, list(COLUMNS).index("金额（元）")
LINE = 15  # points


def write(trace: Trace, translated: Translate) -> bytes:
    """The workbook: a sheet for each figure, and one for the events and their documents."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    created = datetime.combine(trace.cut.as_of, time())
    book.set_properties({"title": translated(fault(SHEET)), "author": trace.unit.name, "created": created})
    looks = Looks(book)
    for number, figure in enumerate(trace.figures, start=1):
        name = translated(fault(SHEET))
        sheet = book.add_worksheet(name if len(trace.figures) == 1 else f"{name}{number}")
        _Sheet(sheet, looks, translated).figure(trace, figure)
    _Sheet(book.add_worksheet(translated(fault(PAPERS))), looks, translated).papers(trace)
    book.close()
    return rezipped(target.getvalue())


class _Sheet:
    """One worksheet while it is being written."""

    def __init__(self, sheet: Any, looks: Looks, translated: Translate) -> None:
        self._sheet, self._looks, self._translated = sheet, looks, translated

    def figure(self, trace: Trace, figure: Traced) -> None:
        """A figure: what was asked, the lines, their sum beside the figure itself."""
        self._columns(COLUMNS)
        self._title(name_of(figure, self._translated), len(COLUMNS))
        below = self._facts(trace, figure)
        self._headings(below, COLUMNS)
        for row, item in enumerate(figure.contributions, start=below + 1):
            self._line(row, item)
        self._total(below + 1, figure)
        self._sheet.freeze_panes(below + 1, 1)
        self._sheet.repeat_rows(below)
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        set_up_page(self._sheet, is_landscape=True)

    def papers(self, trace: Trace) -> None:
        """The events, each once, with the document it rests on and its hash."""
        self._columns(PAPER_COLUMNS)
        self._title(self._translated(fault(PAPERS)), len(PAPER_COLUMNS))
        self._headings(2, PAPER_COLUMNS)
        for row, event in enumerate(events_of(trace.figures), start=3):
            paper = tuple(part or "" for part in event.document) if event.document else ("",) * 4
            texts = (event.event_id, self._translated(fault(event.title)), *paper, event.recorded_at, event.hash)
            self._texts(row, texts, PAPER_COLUMNS)
        self._sheet.freeze_panes(3, 0)
        self._sheet.repeat_rows(2)
        set_up_page(self._sheet, is_landscape=True)

    def _columns(self, columns: dict[str, int]) -> None:
        for column, width in enumerate(columns.values()):
            self._sheet.set_column(column, column, width)

    def _title(self, text: str, width: int) -> None:
        self._sheet.merge_range(0, 0, 0, width - 1, "", self._looks.of("title"))
        self._sheet.write_string(0, 0, text, self._looks.of("title"))
        self._sheet.set_row(0, 2 * ROW)

    def _headings(self, row: int, columns: dict[str, int]) -> None:
        for column, heading in enumerate(columns):
            self._sheet.write_string(row, column, self._translated(fault(heading)), self._looks.of("heading"))
        self._sheet.set_row(row, ROW)

    def _facts(self, trace: Trace, figure: Traced) -> int:
        """What was asked and of what; the row where the lines may begin."""
        cut = trace.cut.as_json(trace.ledger_digest)
        facts = (
            f"{trace.unit.name}（{trace.unit.code}）",
            str(trace.year),
            self._translated(fault(trace.measure.label)),
            cut["as_of"],
            cut["known_at"],
            trace.ledger_digest,
            trace.publication,
            figure.sentence.text if figure.sentence else None,
            self._translated(in_words(figure, self._translated)),
        )
        stated = [(name, fact) for name, fact in zip(FACTS, facts, strict=True) if fact]
        for row, (name, fact) in enumerate(stated, start=1):
            self._sheet.merge_range(row, 0, row, LABEL - 1, "", self._looks.of("text"))
            self._sheet.write_string(row, 0, self._translated(fault(name)), self._looks.of("text"))
            self._sheet.merge_range(row, LABEL, row, len(COLUMNS) - 1, "", self._looks.of("text"))
            self._sheet.write_string(row, LABEL, fact, self._looks.of("text"))
            self._sheet.set_row(row, _height([(fact, sum(list(COLUMNS.values())[LABEL:]))]))
        return len(stated) + 2

    def _line(self, row: int, item: Contribution) -> None:
        event = item.event
        number = event.document.number if event.document else ""
        line = "" if item.line is None else str(item.line)
        key = item.value if isinstance(item.value, str) else key_text(item)
        reason = f"{event.reason or ''}（{event.reverses}）" if event.reverses else event.reason or ""
        before = (event.event_id, self._translated(fault(event.title)), str(item.year), line, key, "")
        after = (number, reason, event.actor, event.effective_on, moment(event.recorded_at))
        self._texts(row, (*before, *after), COLUMNS)
        self._number((row, AMOUNT_AT), item.value)

    def _texts(self, row: int, texts: tuple[str, ...], columns: dict[str, int]) -> None:
        for column, text in enumerate(texts):
            self._sheet.write_string(row, column, text, self._looks.of("text"))
        self._sheet.set_row(row, _height(list(zip(texts, columns.values(), strict=True))))

    def _total(self, first: int, figure: Traced) -> None:
        """The sum of the lines as a formula, the figure as a number, and what parts them: nothing."""
        last = first + len(figure.contributions)
        if figure.made_of or isinstance(figure.value, str):
            return
        exact = number_of(figure.value) / _divisor(figure.value)
        cells = [xl_rowcol_to_cell(row, AMOUNT_AT) for row in (first, last - 1, last, last + 1)]
        total = f"=SUM({cells[0]}:{cells[1]})" if figure.contributions else "=0"
        sums = ((total, exact), (None, exact), (f"=ROUND({cells[2]}-{cells[3]},2)", 0))
        for row, (name, (formula, value)) in enumerate(zip(SUMS, sums, strict=True), start=last):
            self._texts(row, (self._translated(fault(name)), *("",) * (len(COLUMNS) - 1)), COLUMNS)
            if formula:
                self._sheet.write_formula(row, AMOUNT_AT, formula, self._looks.of("amount"), value)
            else:
                self._sheet.write_number(row, AMOUNT_AT, value, self._looks.of("amount"))

    def _number(self, place: tuple[int, int], value: Value) -> None:
        if value is not None and not isinstance(value, str):
            self._sheet.write_number(*place, number_of(value) / _divisor(value), self._looks.of("amount"))


def _divisor(value: Value) -> int:
    """Amounts stand in 元; things are counted one by one."""
    return FEN_PER_YUAN if isinstance(value, Money) or value is None else 1


def _height(texts: list[tuple[str, int]]) -> float:
    return ROW - LINE + LINE * max(lines(text, width) for text, width in texts)
