"""``budget template``: an edition tried against a year."""

from datetime import date, datetime

import click

from commands.desk import options
from commands.desk.messages import _
from commands.desk.session import Session, pass_session
from events.vocabulary import Measure
from projections import formats
from projections.publishing.publication import document_of
from projections.reading.reader import Question


@click.group(help=_("试用表样和模板。"))
def command() -> None:
    """Group what concerns template editions."""


@command.command(help=_("用某年度试一遍表样和文字模板：有错就指出文件、行和名称。"))
@options.year
@options.measure
@options.unit
@options.as_of
@options.known_at
@pass_session
def check(
    session: Session, year: int, measure: Measure, unit: str | None, as_of: date | None, known_at: datetime | None
) -> None:
    """Try an edition against a year."""
    question = Question(unit, year, measure, session.cut(as_of, known_at, year))
    document = document_of(session.reader, question)
    if document.letterhead:
        formats.write(document, "docx")
    click.echo(
        _(
            "可用：{edition}，{tables} 张表，{blocks} 段。",
            edition=document.evidence.edition,
            tables=len(document.tables),
            blocks=len(document.blocks),
        )
    )
