"""``budget history``: what happened, in order of recording."""

from datetime import date

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from projections.answers.history import history_grid, history_json
from projections.reading.happened import history


@click.command(help=_("列出单位的事件：编号、记录时刻、生效日、内容、金额、文号、经办、事由。"))
@options.any_year
@options.viewing_in(*options.FORMS, cut=options.CUT_OF_ALL_DAYS)
@pass_session
def command(session: Session, year: int | None, view: View) -> None:
    """Print the history."""
    happened = history(
        session.reader,
        view.unit,
        year,
        session.cut(view.as_of or date.max, view.known_at),
        consolidated=view.consolidated,
    )
    show(view, lambda: history_json(happened), lambda: history_grid(happened, translated))
