"""``budget demo``: the main job on real figures, from events to both published years."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from commands.demo.story import UNIT, YEARS, Step, steps
from commands.desk.messages import _, translated
from commands.desk.output import save
from events.errors import EvidenceBroken, WrongUsage
from events.instant import end_of_day
from events.vocabulary import Basis, Measure
from ledger.catalogue import builtin
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from ledger.verifying.integrity import Verification, verify
from projections import formats
from projections.amounts import in_unit
from projections.answers.comparison import comparison_grid
from projections.cut import Cut
from projections.documents.document import Document
from projections.entries.read_model import ReadModel
from projections.figures.comparison import Comparison, Status
from projections.publishing.publication import document_of
from projections.reading.comparisons import compare_indicators, compare_subjects, compare_three_public
from projections.reading.reader import Question, Reader
from projections.registers.statements import statements
from projections.renderers import markdown


@click.command(help=_("用杭州市总工会 2022–2024 年的真实数据演示：记录为事件，重建两年的整本单位预算和比较。"))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"), help=_("放在哪里。"))
def command(out: Path) -> None:
    """Record the sample years and rebuild what was published."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / "budget.db"
    store = SqliteStore.open(file) if file.exists() else SqliteStore.create(file)
    entries = ReadModel(store)
    _verified(store)
    for number, step in enumerate(steps(), start=1):
        _record(store, entries, step, number)
    reader = Reader(store, entries, builtin())
    for year in YEARS:
        _publish(reader, year, out / str(year))
    _conclude(store, file)
    store.close()


def _record(store: SqliteStore, entries: ReadModel, step: Step, number: int) -> None:
    ledger = Ledger(store, entries.follow, builtin(), now=lambda: step.at)
    record(ledger, step.stream, step.intent, Order(actor="演示", command_id=f"demo-{number:03}"))


def _publish(reader: Reader, year: int, folder: Path) -> None:
    day = date(year, 2, 28)
    question = Question(UNIT.unit, year, Measure.INITIAL, Cut(day, end_of_day(day)))
    document = document_of(reader, question)
    click.echo(_("{year} 年：{count} 张表写入 {folder}", year=year, count=len(document.tables), folder=folder))
    for form in formats.FORMATS:
        _write(document, form, folder)
    comparisons = {
        "execution": compare_subjects(reader, question, Basis.EXECUTION),
        "three-public": compare_three_public(reader, question),
        "indicators": compare_indicators(reader, question),
    }
    for name, comparison in comparisons.items():
        save(folder / f"compare-{name}.md", markdown.render(comparison_grid(comparison, str)))
    for finding in _findings(reader, question, comparisons):
        click.echo(f"  {finding}")


def _write(document: Document, form: str, folder: Path) -> None:
    """One form of the document; what cannot be written here is said, and the rest goes on."""
    try:
        for name, content in formats.write(document, form).items():
            save(folder / name, content)
    except WrongUsage as missing:
        click.echo(_("  没有生成 {form}：{why}", form=form, why=translated(missing.fault)))


def _findings(reader: Reader, question: Question, comparisons: dict[str, Comparison]) -> Iterator[str]:
    """What the figures show that a reader of one document would miss."""
    subjects = comparisons["execution"]
    if subjects.total:
        yield _line(_("收支总预算与上年执行数"), subjects)
    for row in subjects.rows:
        if row.status is Status.DISCONTINUED and row.base:
            yield _(
                "{code} {name} 上年执行 {base} 万元，本年未安排；不计入它，各项基数之和就少于总基数。",
                code=row.code,
                name=row.name,
                base=in_unit(row.base, "万元"),
            )
    yield _line(_("“三公”经费与上年预算数"), comparisons["three-public"])
    for row in comparisons["three-public"].rows:
        if row.name == "同口径":
            yield _("同口径：{change} 万元，{percent}%", change=in_unit(row.change, "万元"), percent=row.percent)
    yield from _restated(reader, question)


def _line(title: str, comparison: Comparison) -> str:
    row = comparison.total
    if row is None or row.current is None or row.base is None:
        return title
    current, base, change = (in_unit(amount, "万元") for amount in (row.current, row.base, row.change))
    return _(
        "{title}：{current} / {base}，{change} 万元，{percent}%",
        title=title,
        current=current,
        base=base,
        change=change,
        percent=row.percent,
    )


def _restated(reader: Reader, question: Question) -> Iterator[str]:
    stream = UNIT._replace(year=question.year)
    for stated in statements(reader.store, stream, ["IndicatorRecorded"], question.cut):
        if restated := stated.payload.get("restates"):
            yield _(
                "{name} 的 {year} 年基数被重述：{reason}。",
                name=stated.payload["indicator"],
                year=restated,
                reason=stated.payload["reason"],
            )


def _conclude(store: SqliteStore, file: Path) -> None:
    outcome = _verified(store)
    click.echo(_("账本 {file}：{events} 个事件，核对完好，摘要：", file=file, events=outcome.events))
    click.echo(outcome.digest)
    click.echo(
        _("接着试试：{budget} --ledger {file} table 7 --year 2024 --measure initial", budget=sys.argv[0], file=file)
    )


def _verified(store: SqliteStore) -> Verification:
    """What verification says of a sound ledger, else EvidenceBroken with all that is wrong."""
    outcome = verify(store)
    if outcome.findings:
        broken = EvidenceBroken("账本未通过核对：{count} 处不符。", count=len(outcome.findings))
        raise broken.because_of([found.fault for found in outcome.findings])
    return outcome
