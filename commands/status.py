"""``budget status``: how a year stands, 科目 by 科目."""

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from events.vocabulary import Measure
from projections.answers.status import status_grid, status_json
from projections.reading.status import status_of


@click.command(help=_("预算执行情况：年初、追加/追减、调剂、结转、变动后、执行、执行率、结余，按科目。"))
@options.year
@options.viewing
@pass_session
def command(session: Session, year: int, view: View) -> None:
    """Print how a year stands."""
    question = session.question(view, year, Measure.CURRENT)
    status = status_of(session.reader, question)
    digest = session.reader.digest
    show(view, lambda: status_json(status, digest(question.cut)), lambda: status_grid(status, translated))
