"""``budget late``: what was recorded long after it counted, or dated back behind a closing or a publication."""

from datetime import date

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from events.errors import Refused, WrongUsage
from projections.answers.late import late_grid, late_json
from projections.tracing.lateness import DAYS, lateness


@click.command(
    help=_(
        "列出倒填过关账或公开的事件，以及记录日比生效日晚超过 N 天的事件；最严重的在前。"
        "有倒填过关账或公开的，退出码为 1。"
    )
)
@options.any_year
@click.option("--days", type=options.Bounded(min=0), default=DAYS, metavar="N", help=_("晚超过多少天；默认 30。"))
@options.viewing_in(*options.FORMS, cut=options.CUT_OF_ALL_DAYS)
@pass_session
def command(session: Session, year: int | None, days: int, view: View) -> None:
    """Print what was recorded late."""
    if view.consolidated:
        raise WrongUsage("迟记按单位逐个查，不能汇总。")
    cut = session.cut(view.as_of or date.max, view.known_at)
    found = lateness(session.reader, view.unit, year, cut, days)
    show(
        view,
        lambda: late_json(found, session.reader.digest(cut)),
        lambda: late_grid(found, translated),
    )
    if found.backdated:
        raise Refused("{count} 个事件倒填过了关账或公开。", count=len(found.backdated))
