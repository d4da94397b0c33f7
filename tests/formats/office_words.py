"""What the tests of office files say: the sample's documents, a table as printed, the bytes another machine makes.

Run as a program it prints the digests of a pickled document's files, under a clock of its own.
"""

import hashlib
import os
import pickle
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

from freezegun import freeze_time

from commands.demo import _record as record_step
from commands.demo.story import UNIT, steps
from events.instant import end_of_day
from events.money import Money
from events.vocabulary import Measure
from ledger.catalogue import builtin
from ledger.keeping.sqlite import SqliteStore
from projections.charts.chart import Bar, Waterfall
from projections.cut import Cut
from projections.documents.document import Block, ChartBlock, Document, TableBlock
from projections.documents.table_layout import table_grid
from projections.entries.read_model import ReadModel
from projections.figures.table import Cell
from projections.grid import Grid
from projections.publishing.publication import document_of
from projections.reading.reader import Question, Reader

ROOT = Path(__file__).parent.parent.parent
YEARS = (2023, 2024)
EVERY_TABLE = [(year, number) for year in YEARS for number in range(1, 12)]

# Texts a program could take for something else: formulas, links, numbers, codes of characters, line ends.
TRICKY = (
    "=1+1",
    "{=SUM(A1:A2)}",
    "+8613800000000",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "https://example.com",
    "mailto:a@example.com",
    "internal:'表1'!A1",
    "00123",
    "1e5",
    "TRUE",
    "#N/A",
    "_x0041_",
    "<b>&amp;</b>",
    "两行\n文字",
    "制\t表",
    "emoji 😀 与 𠮷",
    " 首尾空格 ",
)
UNPRINTABLE = "响\x07铃\x00终\x1b\ufffe"


def published(year: int) -> Document:
    """The document of a year of the sample, as of the end of February."""
    return _documents()[year]


@cache
def _documents() -> dict[int, Document]:
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.create(Path(folder) / "budget.db")
        entries = ReadModel(store)
        for number, step in enumerate(steps(), start=1):
            record_step(store, entries, step, number)
        made = {year: document_of(Reader(store, entries, builtin()), _february(year)) for year in YEARS}
        store.close()
    return made


def _february(year: int) -> Question:
    day = date(year, 2, 28)
    return Question(UNIT.unit, year, Measure.INITIAL, Cut(day, end_of_day(day)))


def table_of(year: int, number: int) -> TableBlock:
    (block,) = [block for block in published(year).tables if block.table.number == number]
    return block


def with_blocks(*blocks: Block) -> Document:
    """A document of nothing but these blocks."""
    return replace(published(2024), blocks=blocks)


def with_cells(*cells: Cell) -> TableBlock:
    """Table 10 of 2024, its first row with these cells in place of its own."""
    table = table_of(2024, 10).table
    (side,) = table.sides
    first, *rest = side.rows
    row = first._replace(cells=(*cells, *first.cells[len(cells) :]))
    changed = replace(table, sides=(side._replace(rows=(row, *rest)),))
    return TableBlock(changed, table_grid(changed))


def with_label(text: str) -> TableBlock:
    """Table 10 of 2024, its first project under this name."""
    table = table_of(2024, 10).table
    (side,) = table.sides
    total, first, *rest = side.rows
    row = first._replace(labels=(first.labels[0], text))
    changed = replace(table, sides=(side._replace(rows=(total, row, *rest)),))
    return TableBlock(changed, table_grid(changed))


def midyear() -> ChartBlock:
    """A year in which everything happened."""
    bars = (
        Bar("年初", Money.from_wan("10026.26"), is_total=True),
        Bar("追加追减", Money.from_wan("1250.50")),
        Bar("调剂", Money.from_wan("-320")),
        Bar("变动后", Money.from_wan("10956.76"), is_total=True),
        Bar("执行", Money.from_wan("9800"), is_total=True),
    )
    return ChartBlock(Waterfall("2024年预算变动与执行", "万元", bars))


def headings_in_first_cells(grid: Grid) -> list[list[str]]:
    """Headings as a sheet holds them: a merged one in the first of its cells."""
    rows = [[""] * grid.width for _ in grid.headings]
    for level, row in enumerate(grid.headings):
        for heading in row:
            rows[level][heading.column] = heading.text
    return rows


def headings_in_all_cells(grid: Grid) -> list[list[str]]:
    """Headings as Word gives them back: a merged one in every cell it covers."""
    rows = [[""] * grid.width for _ in grid.headings]
    for level, row in enumerate(grid.headings):
        for heading in row:
            for down in range(level, level + heading.rows):
                for column in range(heading.column, heading.column + heading.columns):
                    rows[down][column] = heading.text
    return rows


def digests_elsewhere(form: str, document: Document, folder: Path) -> list[str]:
    """What two machines make of a document: other clocks, zones, languages, hashes, folders."""
    pickled = folder / "document.pickle"
    pickled.write_bytes(pickle.dumps(document))
    east = {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}
    west = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "2024"}
    (other := folder / "别处").mkdir()
    return [
        _digests(form, pickled, "1999-12-31T23:59:59", east, ROOT),
        _digests(form, pickled, "2031-07-01T12:00:01", west, other),
    ]


def _digests(form: str, pickled: Path, clock: str, environment: dict[str, str], folder: Path) -> str:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    made = subprocess.run(
        [sys.executable, __file__, form, pickled, clock],
        env=os.environ | environment | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return made.stdout.decode()


def main(form: str, pickled: str, clock: str) -> None:
    document = pickle.loads(Path(pickled).read_bytes())
    with freeze_time(clock):
        files = import_module(f"projections.formats.{form}").write(document)
    for name, content in files.items():
        print(name, hashlib.sha256(content).hexdigest())  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
