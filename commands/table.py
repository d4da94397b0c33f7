"""``budget table``: one published table at a cut."""

import click

from commands.desk import options
from commands.desk.messages import _
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from events.vocabulary import Measure
from projections.documents.table_layout import table_grid, table_json
from projections.figures.table import Table
from projections.grid import Grid
from projections.reading.tables import tables


@click.command(help=_("输出表 N：任一天生效、任一时刻所知的公开表。"))
@click.argument("number", metavar="N", type=options.WHOLE)
@options.year
@options.measure
@options.viewing
@pass_session
def command(session: Session, number: int, year: int, measure: Measure, view: View) -> None:
    """Print a table."""
    question = session.question(view, year, measure)
    (table,) = tables(session.reader, question, [number])
    if not any(cell for side in table.sides for row in side.rows for cell in row.cells) and not table.notes:
        click.echo(
            _(
                "提示：截至 {day}，{year} 年的{measure}里没有表 {number} 的内容。",
                day=question.cut.as_of,
                year=year,
                measure=_(table.measure.label),
                number=number,
            ),
            err=True,
        )
    digest = session.reader.digest
    show(view, lambda: table_json(table, digest(question.cut)), lambda: _grid(table, view))


def _grid(table: Table, view: View) -> Grid:
    """The table as it is printed; on a screen it also says what of the year it shows, as its title does not."""
    grid = table_grid(table)
    return grid._replace(notes=(*grid.notes, f"注：{table.measure.label}")) if view.form == "text" else grid
