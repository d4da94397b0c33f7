"""Words for the tests of the open forms: the sample documents, a small reader of HTML, another process.

Run as a program it prints the digests of the files of a form, so that a test can make them elsewhere.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from commands.demo import _record as record_step
from commands.demo.story import UNIT, steps
from events.instant import end_of_day
from events.money import Money
from events.record import digest_of_bytes
from events.vocabulary import Measure
from ledger.catalogue import builtin
from ledger.keeping.sqlite import SqliteStore
from projections import formats
from projections.charts.chart import Bar, Pair, PairedBars, Share, Treemap, Waterfall
from projections.cut import Cut
from projections.documents.document import ChartBlock, Document, Evidence, Heading, Paragraph, TableBlock
from projections.documents.table_layout import table_grid
from projections.entries.read_model import ReadModel
from projections.grid import Grid
from projections.reading.reader import Question, Reader
from projections.reading.tables import tables

YEARS = (2023, 2024)
PRINTED = [(year, number) for year in YEARS for number in range(1, 12)]
TRICKY = "1. 甲 < 乙 & “丙”，*不是强调*，<script>alert('x')</script>，| 竖线"
ROOM = tempfile.TemporaryDirectory()  # gone when the process ends
VOID = {"meta", "br", "link", "img", "hr", "input", "col"}


@cache
def sample() -> Reader:
    """A reader of the sample ledger."""
    store = SqliteStore.create(Path(ROOM.name) / "budget.db")
    entries = ReadModel(store)
    for number, step in enumerate(steps(), start=1):
        record_step(store, entries, step, number)
    return Reader(store, entries, builtin())


def wan(number: str) -> Money:
    return Money.from_wan(number)


WATERFALL = Waterfall(
    "2024年预算变动与执行",
    "万元",
    (
        Bar("年初", wan("10026.26"), is_total=True),
        Bar("追加追减", wan("1204.50")),
        Bar("调剂", wan("-310.27")),
        Bar("变动后", wan("10920.49"), is_total=True),
        Bar("执行", wan("9876.54"), is_total=True),
    ),
)
PAIRED = PairedBars(
    "2024年预算与上年执行数",
    "万元",
    ("2024年预算", "2023年执行数"),
    (
        Pair("行政运行", wan("5143.23"), wan("4772.14")),
        Pair("机关事业单位基本养老保险缴费支出", wan("399.98"), wan("400.18")),
        Pair("其他群众团体事务支出", wan("161.15"), wan("161.15")),
        Pair("科技成果转化与扩散", wan("21.60"), wan("0")),
        Pair("其他人力资源和社会保障管理事务支出", wan("0"), wan("56")),
    ),
)
TREEMAP = Treemap(
    "2024年支出结构",
    "万元",
    (
        Share("行政运行", wan("5143.23")),
        Share("其他社会保障和就业支出", wan("2900")),
        Share("机关事业单位基本养老保险缴费支出", wan("399.98")),
        Share("科技成果转化与扩散", wan("21.60")),
    ),
)
CHARTS = (WATERFALL, PAIRED, TREEMAP)


@cache
def document(year: int) -> Document:
    """A document of the sample unit with every kind of block."""
    reader = sample()
    day = date(year, 2, 28)
    cut = Cut(day, end_of_day(day))
    made = tables(reader, Question(UNIT.unit, year, Measure.INITIAL, cut))
    return Document(
        unit=made[0].unit,
        year=year,
        title=f"{year}年度单位预算",
        evidence=Evidence(cut, reader.digest(cut), f"hangzhou/{year}", "sha256:" + "0" * 64),
        blocks=(
            Heading(1, "一、单位基本情况"),
            Paragraph("本单位性质为行政单位。"),
            Heading(1, "二、预算安排情况说明"),
            Heading(2, "（一）收支预算情况的总体说明（详见表1-3）"),
            Paragraph(f"{year}年收支总预算……\n另起一行。"),
            Heading(3, "1. 机关运行经费"),
            Paragraph(TRICKY),
            Heading(1, "三、预算公开表"),
            *(TableBlock(table, table_grid(table)) for table in made),
            Heading(1, "四、图示 & 说明"),
            *map(ChartBlock, CHARTS),
        ),
    )


def grid(year: int, number: int) -> Grid:
    """The grid of a table of a document."""
    return next(block.grid for block in document(year).tables if block.table.number == number)


@dataclass
class Cell:
    """A cell of an HTML table."""

    tag: str
    scope: str | None
    columns: int
    rows: int
    text: str = ""


@dataclass
class HtmlTable:
    """A table as read from HTML: its caption, and its rows of cells."""

    caption: str = ""
    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)


class Page(HTMLParser):
    """A page read back: tables, headings, links, ids; an unclosed or crossed tag is an error."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[HtmlTable] = []
        self.headings: list[tuple[int, str]] = []
        self.paragraphs: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.title = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.append((tag, known))
        if "id" in known:
            self.ids.append(known["id"])
        if tag == "a":
            self.links.append(known)
        if tag == "br":
            self.handle_data("\n")
        if tag not in VOID:
            self._open.append(tag)
        self._begin(tag, known)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def _begin(self, tag, known):
        if tag == "table":
            self.tables.append(HtmlTable())
        elif tag == "tr":
            self._rows().append([])
        elif tag in {"th", "td"}:
            spans = (int(known.get("colspan") or 1), int(known.get("rowspan") or 1))
            self._rows()[-1].append(Cell(tag, known.get("scope"), *spans))
        elif tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append((int(tag[1]), ""))
        elif tag == "p":
            self.paragraphs.append("")

    def _rows(self):
        return self.tables[-1].head if "thead" in self._open else self.tables[-1].body

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if "caption" in self._open:
            self.tables[-1].caption += data
        elif self._open and self._open[-1] in {"th", "td"}:
            self._rows()[-1][-1].text += data
        elif self._open and self._open[-1] in {"h1", "h2", "h3", "h4"}:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)
        elif self._open and self._open[-1] == "p":
            self.paragraphs[-1] += data
        elif self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data


def made_elsewhere(form: str, **surroundings: str) -> dict[str, str]:
    """The digests of the files of a form, made by another process in other surroundings."""
    made = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), form],
        env={**os.environ, **surroundings},
        cwd=tempfile.gettempdir(),
        check=True,
        capture_output=True,
    )
    return json.loads(made.stdout)


def digests(form: str) -> dict[str, str]:
    """The digests of the files of a form, of both years."""
    return {
        f"{year}/{name}": digest_of_bytes(content)
        for year in YEARS
        for name, content in formats.write(document(year), form).items()
    }


def assert_the_same_everywhere(form: str) -> None:
    """The bytes depend on no time zone, language, hash seed or folder."""
    here = digests(form)
    assert here == made_elsewhere(form, TZ="America/New_York", LANG="C", LC_ALL="C", PYTHONHASHSEED="1")
    assert here == made_elsewhere(form, TZ="Asia/Shanghai", LANG="zh_CN.UTF-8", PYTHONHASHSEED="4242", PYTHONUTF8="1")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(digests(sys.argv[1])))
