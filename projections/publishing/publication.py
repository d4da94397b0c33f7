"""A publication: the document of a year at a cut, and the files it goes out as."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from events.errors import WrongUsage
from events.money import Money
from events.record import digest_of_bytes, digest_of_content
from events.vocabulary import Basis, Measure
from projections import formats
from projections.charts.chart import Bar, Chart, Pair, PairedBars, Share, Treemap, Waterfall
from projections.documents.document import Block, ChartBlock, Document, Evidence, TableBlock
from projections.documents.table_layout import table_grid
from projections.figures.comparison import Comparison
from projections.figures.progress import Progress
from projections.figures.table import Table
from projections.narrative.figures import figures
from projections.narrative.template import Piece, Reference, pieces, used_files
from projections.reading.comparisons import compare_subjects
from projections.reading.reader import Question, Reader
from projections.reading.standing import progress
from projections.reading.tables import tables

ITEM_LEVEL = 3  # 项


def document_of(reader: Reader, question: Question) -> Document:
    """The whole document of a unit's year at a cut."""
    edition = reader.edition(question.year)
    made = tables(reader, question)
    template = pieces(reader.forms, f"{edition.first_year}.md", figures(reader, question))
    return Document(
        unit=made[0].unit,
        year=question.year,
        title=edition.document_title.format(year=question.year),
        evidence=Evidence(
            cut=question.cut,
            ledger_digest=reader.digest(question.cut, made[0].unit.code),
            edition=f"{reader.forms.name}/{edition.first_year}",
            edition_digest=edition_digest(reader.forms, edition.first_year),
        ),
        blocks=tuple(_blocks(template, made, _Charts(reader, question))),
        letterhead=_letterhead(reader.forms, edition.first_year),
    )


def files_of(document: Document, forms: Iterable[str]) -> dict[str, bytes]:
    """Every file of a document in these forms, by name."""
    return {name: content for form in forms for name, content in formats.write(document, form).items()}


def file_digests(files: dict[str, bytes]) -> dict[str, str]:
    """The digest of every file."""
    return {name: digest_of_bytes(content) for name, content in files.items()}


def edition_digest(folder: Path, first_year: int) -> str:
    """The digest of an edition: its forms, its template, the files that takes words from, its letterhead."""
    texts = [folder / f"{first_year}.toml", *(folder / name for name in used_files(folder, f"{first_year}.md"))]
    parts = [part for path in texts for part in (path.name, path.read_text(encoding="utf-8"))]
    letterhead = _letterhead(folder, first_year)
    return digest_of_content(*parts, *([digest_of_bytes(letterhead.read_bytes())] if letterhead else []))


def _letterhead(folder: Path, first_year: int) -> Path | None:
    """An office's own .docx beside its forms, named by the year as they are."""
    path = folder / f"{first_year}.docx"
    return path if path.is_file() else None


def _blocks(template: Sequence[Piece], made: Sequence[Table], charts: "_Charts") -> Iterator[Block]:
    by_number = {str(table.number): table for table in made}
    for piece in template:
        if not isinstance(piece, Reference):
            yield piece
        elif piece.kind == "图":
            yield ChartBlock(charts.named(piece.name))
        elif piece.name in by_number:
            yield TableBlock(by_number[piece.name], table_grid(by_number[piece.name]))
        else:
            raise WrongUsage("模板要求表 {number}，而表样里没有它。", number=piece.name)


class _Charts:
    """The charts a template can ask for, made when asked."""

    def __init__(self, reader: Reader, question: Question) -> None:
        self._reader = reader
        self._question = question

    def named(self, name: str) -> Chart:
        made = {"预算执行": self._waterfall, "与上年比较": self._paired, "支出结构": self._treemap}.get(name)
        if made is None:
            raise WrongUsage("没有名为“{name}”的图，可选：预算执行、与上年比较、支出结构。", name=name)
        return made()

    def _waterfall(self) -> Chart:
        return waterfall(progress(self._reader, self._question))

    def _paired(self) -> Chart:
        return paired(compare_subjects(self._reader, self._question, Basis.EXECUTION))

    def _treemap(self) -> Chart:
        return treemap(progress(self._reader, self._question), self._question.measure)


def waterfall(standing: Progress) -> Waterfall:
    """年初 → 调整 → 变动后 → 执行; steps in which nothing happened are left out."""
    row = standing.rows[-1]
    steps = [Bar("追加追减", row.adjusted), Bar("调剂", row.transferred), Bar("结转", row.carried)]
    bars = [Bar("年初", row.initial, is_total=True), *(step for step in steps if step.amount)]
    bars.append(Bar("变动后", row.current, is_total=True))
    if row.execution:
        bars.append(Bar("执行", row.execution, is_total=True))
    return Waterfall(f"{standing.year}年预算变动与执行", standing.amount_unit, tuple(bars))


def paired(comparison: Comparison) -> PairedBars:
    """A year beside the one before, 科目 by 科目, discontinued ones too."""
    none = Money(0)
    pairs = tuple(Pair(row.name, row.current or none, row.base or none) for row in comparison.rows)
    names = (f"{comparison.year}年", f"{comparison.year - 1}年执行数")
    return PairedBars(f"{comparison.year}年预算与上年执行数", comparison.amount_unit, names, pairs)


def treemap(standing: Progress, measure: Measure) -> Treemap:
    """Where the money goes, by functional 项."""
    items = [row for row in standing.rows if row.level == ITEM_LEVEL]
    amounts = [(row.name, row.initial if measure is Measure.INITIAL else row.current) for row in items]
    shares = tuple(Share(name, amount) for name, amount in amounts if amount.fen > 0)
    return Treemap(f"{standing.year}年支出结构", standing.amount_unit, shares)
