"""A publication: the document of a year at a cut, and the files it goes out as."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from events.errors import WrongUsage
from events.record import digest_of_bytes, digest_of_content
from projections import formats
from projections.documents.document import Block, ChartBlock, Document, Evidence, TableBlock
from projections.documents.table_layout import table_grid
from projections.figures.table import Table
from projections.narrative.figures import figures
from projections.narrative.template import Piece, Reference, pieces, used_files
from projections.publishing.charts import Charts
from projections.reading.reader import Question, Reader
from projections.reading.tables import tables


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
        blocks=tuple(_blocks(template, made, Charts(reader, question))),
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


def _blocks(template: Sequence[Piece], made: Sequence[Table], charts: Charts) -> Iterator[Block]:
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
