"""``budget compare``: a year against the one before."""

import click

from commands.desk import options
from commands.desk.messages import _, told
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from events.errors import WrongUsage
from events.vocabulary import Basis, Measure
from projections.answers.comparison import comparison_grid, comparison_json
from projections.reading.comparisons import compare_indicators, compare_subjects, compare_three_public
from projections.reading.reader import Question


@click.command(help=_("与上年比较：按科目对上年执行数或上年预算数，含本年未安排的科目；三公经费和指标对上年预算数。"))
@options.year
@click.option(
    "--measure",
    type=click.Choice([Measure.INITIAL.value, Measure.CURRENT.value]),
    default=Measure.CURRENT.value,
    help=_("initial 年初预算数，current 变动后预算数。"),
)
@click.option(
    "--basis",
    type=click.Choice([basis.value for basis in Basis]),
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
def command(session: Session, year: int, measure: str, basis: str | None, by: str, view: View) -> None:
    """Print a comparison."""
    if by != "function" and basis == Basis.EXECUTION.value:
        raise WrongUsage("三公经费和指标只与上年预算数比较，请不要写 --basis {basis}。", basis=basis)
    cut = session.cut(view.as_of, view.known_at, year)
    question = Question(view.unit, year, Measure.of(measure), cut, view.consolidated)
    if by == "function":
        comparison = compare_subjects(session.reader, question, Basis.of(basis or Basis.EXECUTION.value))
    elif by == "sangong":
        comparison = compare_three_public(session.reader, question)
    else:
        comparison = compare_indicators(session.reader, question)
    digest = session.reader.digest
    show(
        view,
        lambda: comparison_json(comparison, digest(cut)),
        lambda: comparison_grid(comparison, told),
    )
