"""One year's whole document, written in each form; and its web page turned into a PDF by WeasyPrint."""

import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

from benchmarks.clock import Clock
from benchmarks.scratch import room_beside
from events.instant import end_of_day
from events.vocabulary import Measure
from ledger.catalogue import builtin
from ledger.keeping.sqlite import SqliteStore
from projections import formats
from projections.cut import Cut
from projections.documents.document import Document
from projections.entries.read_model import ReadModel
from projections.publishing.publication import document_of
from projections.reading.reader import Question, Reader

BUDGET = Path(sys.executable).parent / "budget"
DAY = date(2024, 2, 28)


def make(clock: Clock, target: str, lines: int) -> None:  # noqa: ARG001 (the sample has its own size)
    """The sample ledger: three years of a real unit."""
    with room_beside(target) as folder:
        subprocess.run([BUDGET, "demo", "--out", folder], check=True, stdout=subprocess.DEVNULL)
        (folder / "budget.db").replace(target)


def assemble(clock: Clock, ledger: str) -> int:
    """The document put together from the ledger: narrative, tables, charts."""
    reader, question = _question(ledger)
    with clock:
        document = document_of(reader, question)
    return len(document.blocks)


def write(clock: Clock, ledger: str, form: str) -> None:
    """The files of one form, the first in this process, its modules loaded before."""
    document = document_of(*_question(ledger))
    import_module(f"projections.formats.{form}")
    with clock:
        formats.write(document, form)


def weasyprint(clock: Clock, ledger: str) -> None:
    """The PDF that WeasyPrint makes of the document's page."""
    from weasyprint import HTML

    page = _page(document_of(*_question(ledger)))
    with clock:
        HTML(string=page).write_pdf()


def _page(document: Document) -> str:
    (content,) = formats.write(document, "html").values()
    return content.decode()


def _question(ledger: str) -> tuple[Reader, Question]:
    store = SqliteStore.open(Path(ledger))
    reader = Reader(store, ReadModel(store), builtin())
    return reader, Question(None, DAY.year, Measure.INITIAL, Cut(DAY, end_of_day(DAY)))
