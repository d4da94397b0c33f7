"""``budget compare``: a year against the one before."""

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from events.errors import WrongUsage
from events.vocabulary import Basis, Measure
from projections.answers.comparison import comparison_grid, comparison_json
from projections.reading.comparisons import compare_indicators, compare_subjects, compare_three_public


@click.command(help=_("与上年比较：按科目对上年执行数或上年预算数，含本年未安排的科目；三公经费和指标对上年预算数。"))
@options.year
@options.budget_measure
@click.option(
    "--basis",
    type=options.Token(Basis),
    help=_("科目的基数：execution 上年执行数（默认），budget 上年预算数。"),
)
@click.option(
    "--by",
    type=click.Choice(["function", "sangong", "indicator"]),
    default="function",
    help=_("function 功能科目，sangong 三公经费，indicator 指标。"),
)
@options.viewing
@pass_session
def command(session: Session, year: int, measure: Measure, basis: Basis | None, by: str, view: View) -> None:
    """Print a comparison."""
    if by != "function" and basis is Basis.EXECUTION:
        raise WrongUsage("三公经费和指标只与上年预算数比较，请不要写 --basis {basis}。", basis=basis)
    question = session.question(view, year, measure)
    if by == "function":
        comparison = compare_subjects(session.reader, question, basis or Basis.EXECUTION)
    elif by == "sangong":
        comparison = compare_three_public(session.reader, question)
    else:
        comparison = compare_indicators(session.reader, question)
    digest = session.reader.digest
    show(
        view,
        lambda: comparison_json(comparison, digest(question.cut)),
        lambda: comparison_grid(comparison, translated),
    )
