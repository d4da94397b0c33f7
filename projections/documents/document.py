"""The whole 单位预算 as one value. Every form is written from this value and cannot disagree with another.

A document is a cover and a list of blocks: headings, paragraphs, tables and charts. Its contents
follow from its headings; its bytes from nothing but itself.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from events.instant import CHINA
from projections.charts.chart import Chart
from projections.cut import Cut
from projections.figures.table import Table
from projections.grid import Grid
from projections.registers.units import Unit

LANDSCAPE_COLUMNS = 8


class Heading(NamedTuple):
    """A heading; level 1 is a part of the document, 2 and 3 stand inside it."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """A paragraph of the narrative."""

    text: str


class TableBlock(NamedTuple):
    """A published table: its value, for those who count, and its grid, for those who draw."""

    table: Table
    grid: Grid

    @property
    def is_landscape(self) -> bool:
        """Whether it needs a page on its side."""
        return self.grid.width >= LANDSCAPE_COLUMNS

    @property
    def file_stem(self) -> str:
        """The name of its file among the open data: ``table-05``."""
        return f"table-{self.table.number:02}"


class ChartBlock(NamedTuple):
    """A picture of figures that also stand in a table."""

    chart: Chart


Block = Heading | Paragraph | TableBlock | ChartBlock


@dataclass(frozen=True)
class Evidence:
    """What a reader needs to hold the document against the ledger: the cut, and the digests."""

    cut: Cut
    ledger_digest: str
    edition: str
    edition_digest: str


@dataclass(frozen=True)
class Document:
    """A document. ``title`` is its name on the cover; ``unit`` whose it is.

    ``letterhead`` is an office's own .docx, if its edition has one, on which the Word file is built.
    """

    unit: Unit
    year: int
    title: str
    evidence: Evidence
    blocks: tuple[Block, ...]
    letterhead: Path | None = None

    @property
    def facts(self) -> dict[str, str]:
        """The evidence as a file prints it under 核对信息: what each line is, and what it says."""
        return self._facts("截至记录时刻（UTC）", self.evidence.cut.as_json(self.evidence.ledger_digest)["known_at"])

    @property
    def facts_in_china_time(self) -> dict[str, str]:
        """The same where people read it more than programs."""
        return self._facts(
            "截至记录时刻", f"{self.evidence.cut.known_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}（北京时间）"
        )

    def _facts(self, which_instant: str, known_at: str) -> dict[str, str]:
        return {
            "单位": f"{self.unit.name}（{self.unit.code}）",
            "年度": str(self.year),
            "截至生效日": self.evidence.cut.as_of.isoformat(),
            which_instant: known_at,
            "账本摘要": self.evidence.ledger_digest,
            "表样": self.evidence.edition,
            "表样摘要": self.evidence.edition_digest,
        }

    @property
    def headings(self) -> list[Heading]:
        """The headings in order: the contents."""
        return [block for block in self.blocks if isinstance(block, Heading)]

    @property
    def tables(self) -> list[TableBlock]:
        """The tables in order."""
        return [block for block in self.blocks if isinstance(block, TableBlock)]

    @property
    def charts(self) -> list[Chart]:
        """The charts in order."""
        return [block.chart for block in self.blocks if isinstance(block, ChartBlock)]
