"""``budget diff``: two publications, or two cuts, against each other."""

from datetime import date, datetime

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from events.errors import WrongUsage
from events.instant import parse_day, parse_instant
from events.vocabulary import Measure
from projections.answers.difference import difference_grid, difference_json
from projections.reading.reader import Question
from projections.tracing.difference import difference


@click.command(
    help=_(
        "比较 BEFORE 与 AFTER：公开记录的编号（101/2024/40），或截点 生效日@记录时刻（2024-06-30@2024-07-15）。"
        "列出每个不同的单元格和其间的全部事件。"
    )
)
@click.argument("before")
@click.argument("after")
@click.option("--year", type=options.YEAR, metavar="Y", help=_("预算年度；比较截点时必写。"))
@options.measure
@options.viewing_in(*options.FORMS, cut=options.NO_CUT)
@pass_session
def command(session: Session, before: str, after: str, year: int | None, measure: Measure, view: View) -> None:
    """Print what differs."""
    if all(map(_is_publication, (before, after))):
        _require_nothing_more(year, view)
    sides = [_question(session, text, year, measure, view) for text in (before, after)]
    if len({(session.reader.roll(side.cut).find(side.unit).code, side.year) for side in sides}) > 1:
        raise WrongUsage("两侧应是同一单位的同一年度。")
    found = difference(session.reader, *sides)
    show(view, lambda: difference_json(found), lambda: difference_grid(found, translated))


def _is_publication(text: str) -> bool:
    return "@" not in text and text.count("/") == 2  # noqa: PLR2004 (unit/year/version)


def _require_nothing_more(year: int | None, view: View) -> None:
    if year is not None or view.unit or view.consolidated or options.is_chosen("measure"):
        raise WrongUsage(
            "两侧都是公开记录，已定单位、年度、口径和截点，不要再写 --unit、--year、--measure 或 --consolidated。"
        )


def _question(session: Session, text: str, year: int | None, measure: Measure, view: View) -> Question:
    if _is_publication(text):
        from projections.publishing.pins import pins_of

        return pins_of(session.reader, text).question
    if year is None:
        raise WrongUsage("比较截点时请用 --year 指定年度。")
    as_of, _at, known_at = text.partition("@")
    cut = session.cut(_day(as_of), _instant(known_at))
    return Question(view.unit, year, measure, cut, view.consolidated)


def _day(text: str) -> date | None:
    return parse_day(text) if text else None


def _instant(text: str) -> datetime | None:
    return parse_instant(text) if text else None
