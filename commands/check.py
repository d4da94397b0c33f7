"""``budget check``: every rule of a year's tables, text and events, and what to do about those that fail."""

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from events.errors import Refused
from events.vocabulary import Measure
from projections.answers.check import Report, report_grid, report_json
from projections.checks import failed, run
from projections.checks.material import gather
from projections.checks.rule import Severity


@click.command(help=_("逐条检查勾稽规则：通过、未通过或不适用及原因。有错误级的规则未通过时，退出码为 1。"))
@options.year
@options.budget_measure
@options.viewing
@pass_session
def command(session: Session, year: int, measure: Measure, view: View) -> None:
    """Check a year."""
    question = session.question(view, year, measure)
    material = gather(session.reader, question)
    results = run(material)
    report = Report(material.unit, year, measure, question.cut, tuple(results))
    show(
        view,
        lambda: report_json(report, session.reader.digest(question.cut), translated, _),
        lambda: report_grid(report, translated),
    )
    if errors := failed(results, Severity.ERROR):
        raise Refused("{count} 条必须成立的规则没有通过。", count=len(errors))
