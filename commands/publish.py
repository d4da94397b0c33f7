"""``budget publish``: the whole document, and the record that it went out."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from commands.desk.session import Session
from commands.desk.staging import staged
from events.disclosure import DocumentPublished, PublishedFile
from events.errors import Conflict, Fault, Faulty, WrongUsage, fault
from events.vocabulary import Measure
from ledger.deciding.statement import Declare
from projections.checks import blocking, failed, run
from projections.checks.material import gather
from projections.checks.rule import Result, Severity
from projections.cut import Cut
from projections.documents.document import Document
from projections.formats import FORMATS, named
from projections.publishing.pins import makers
from projections.publishing.publication import document_of, file_digests, files_of
from projections.reading.reader import Question


@click.command(help=_("公开整本单位预算：封面、目录、说明、各表、图示和开放数据，写入 --out，并记录公开事件。"))
@options.out
@click.option(
    "--format",
    "forms",
    type=options.Parsed("F,F", named),
    default=",".join(FORMATS),
    help=_("形式，用逗号分隔；默认全部。"),
)
@options.as_of
@options.known_at
@click.option("--force", is_flag=True, help=_("勾稽不符也公开，并记录这是强行公开。"))
@options.budget_measure
@recording(dated=False)
def command(
    recorder: Recorder,
    out: Path,
    forms: tuple[str, ...],
    as_of: date | None,
    known_at: datetime | None,
    force: bool,
    measure: Measure,
) -> None:
    """Publish a year."""
    session, flags = recorder.session, recorder.flags
    if earlier := recorder.earlier(DocumentPublished):
        as_of, known_at = as_of or earlier.as_of, known_at or earlier.known_at
    session.require_faithful([recorder.unit_code])
    cut = _past(session, session.cut(as_of, known_at, flags.year))
    question = Question(recorder.unit_code, recorder.year, measure, cut)
    document = document_of(session.reader, question)
    results = run(gather(session.reader, question))
    failures = _failures(results)
    if failures and not force:
        raise Faulty(failures, "有 {count} 处勾稽不符，没有公开；确要公开请加 --force。")
    files = files_of(document, forms)
    fact = _fact(recorder.today(), document, question, forms, files)
    intent = Declare(fact=fact.model_copy(update={"forced": bool(failures)}))
    with nullcontext() if flags.dry_run else staged(out, files):
        recorder.record(intent, behind=cut.known_at, precondition=lambda: _require_unchanged(session, document))
    _remark(results)
    if not flags.dry_run:
        click.echo(_("{count} 个文件写入 {folder}", count=len(files), folder=out), err=True)


def _failures(results: Iterable[Result]) -> list[Fault]:
    """What the rules on its figures hold against a document."""
    return [
        fault("{rule} {title}：{what}", rule=result.rule.id, title=fault(result.rule.title), what=what)
        for result in blocking(results)
        for what in result.findings
    ]


def _remark(results: Sequence[Result]) -> None:
    """Tell of the rules that failed and stop no publication."""
    stopping = blocking(results)
    for result in failed(results, Severity.ERROR):
        if result not in stopping:
            title, count = fault(result.rule.title), len(result.findings)
            said = _(
                "提示：{rule} {title}：{count} 处不符，见 budget check。", rule=result.rule.id, title=title, count=count
            )
            click.echo(said, err=True)


def _require_unchanged(session: Session, document: Document) -> None:
    """Conflict if the ledger is no longer what the document was made of."""
    evidence = document.evidence
    if session.reader.digest(evidence.cut, document.unit.code) != evidence.ledger_digest:
        raise Conflict("公开期间有人记录了新的事件，没有公开，请重试。")


def _past(session: Session, cut: Cut) -> Cut:
    if cut.known_at > max(session.now(), session.store.last_instant()):
        raise WrongUsage("--known-at 不能晚于现在。")
    return cut


def _fact(
    day: date, document: Document, question: Question, forms: tuple[str, ...], files: dict[str, bytes]
) -> DocumentPublished:
    evidence = document.evidence
    pinned = [PublishedFile(name=name, digest=digest) for name, digest in sorted(file_digests(files).items())]
    return make(
        DocumentPublished,
        effective_on=day,
        as_of=evidence.cut.as_of,
        known_at=evidence.cut.known_at,
        ledger_digest=evidence.ledger_digest,
        edition=evidence.edition,
        edition_digest=evidence.edition_digest,
        measure=question.measure,
        forms=forms,
        files=tuple(pinned),
        made_with=makers(forms),
    )
