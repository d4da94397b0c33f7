"""``budget trace``: from a figure to the events, lines and documents it is made of."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.options import View
from commands.desk.output import show
from commands.desk.session import Session, pass_session
from events.errors import WrongUsage
from events.vocabulary import Basis, Measure
from projections.answers.trace import sentences_grid, sentences_json, trace_grid, trace_json, trace_sheet_grid
from projections.grid import Grid
from projections.reading.reader import Question, Reader
from projections.tracing.cells import Pointer, trace_cell
from projections.tracing.rows import COMPARISONS, Compared, trace_comparison, trace_status
from projections.tracing.trace import Trace, Traced


class Asked(NamedTuple):
    """What is to be traced: a cell of a table, a comparison, a figure of how a year stands, or a sentence."""

    table: int | None
    compare: str | None
    basis: Basis
    status: bool
    sentence: str | None
    side: str | None
    row: str | None
    column: str | None


class Place(NamedTuple):
    """Of whom it is asked: a reader with the right forms, a question, and the publication it came from."""

    reader: Reader
    question: Question
    publication: str | None


@click.command(
    help=_(
        "由一个数查到它的事件、明细、文件和经办人；带符号的金额之和恰好等于该数。"
        "用 --table、--compare、--status 或 --sentence 指定是哪个数；用 --publication 查一次公开里的数，"
        "只写 --publication 或 --year 则列出说明中的句子。"
    )
)
@click.option("--year", type=options.YEAR, metavar="Y", help=_("预算年度。"))
@click.option("--publication", metavar="ID", help=_("公开记录的编号（如 101/2024/40）；年度、截点和口径随之而定。"))
@click.option("--table", type=options.WHOLE, metavar="N", help=_("表号；配合 --row、--column，两侧的表可加 --side。"))
@click.option("--compare", type=click.Choice(list(COMPARISONS)), help=_("与上年比较，同 budget compare 的 --by。"))
@click.option(
    "--basis",
    type=options.Token(Basis),
    default=Basis.EXECUTION.value,
    help=_("execution 上年执行数，budget 上年预算数。"),
)
@click.option("--status", is_flag=True, help=_("预算执行情况，同 budget status。"))
@click.option("--sentence", metavar="TEXT", help=_("说明中的句子：其中的文字，或句子的序号。"))
@click.option("--row", metavar="ROW", help=_("行：编码或名称，如 2012901、合计。"))
@click.option("--column", metavar="COLUMN", help=_("列：表头，上下级用 / 连接，如 基本支出/小计。"))
@click.option("--side", metavar="SIDE", help=_("表的一侧，如 支出。"))
@options.measure
@options.viewing_in(*options.FORMS, "xlsx")
@pass_session
def command(session: Session, /, *, publication: str | None, measure: Measure, view: View, **rest: Any) -> None:
    """Print what a figure is made of."""
    year = rest.pop("year")
    if publication and options.is_chosen("measure"):
        raise WrongUsage("公开记录已定口径，不要再写 --measure。")
    place = _place(session, year, publication, measure, view)
    session.require_faithful(_units(place))
    _answer(place, Asked(**rest), view)


def _answer(place: Place, wanted: Asked, view: View) -> None:
    ways = [wanted.table is not None, wanted.compare is not None, wanted.status, wanted.sentence is not None]
    if sum(ways) > 1:
        raise WrongUsage("--table、--compare、--status、--sentence 只能写一个。")
    if wanted.sentence is not None and not wanted.sentence.strip():
        raise WrongUsage("--sentence 是空的：请写句中的文字或句子的序号；不写 --sentence 会列出全部句子。")
    if any(ways):
        _show(view, _trace(place, tuple(_figures(place, wanted))))
    elif wanted.row or wanted.column or wanted.side or view.form == "xlsx":
        raise WrongUsage("请用 --table、--compare、--status 或 --sentence 指定是哪个数。")
    else:
        _show_sentences(place, view)


def _units(place: Place) -> list[str]:
    """Whose figures are asked for."""
    reader, question, _publication = place
    roll = reader.roll(question.cut)
    return [unit.code for unit in roll.asked(question.unit, consolidated=question.consolidated)]


def _show_sentences(place: Place, view: View) -> None:
    from projections.tracing.sentences import sentences

    found = sentences(place.reader, place.question)
    show(view, lambda: sentences_json(found), lambda: sentences_grid(found, translated))


def _place(session: Session, year: int | None, publication: str | None, measure: Measure, view: View) -> Place:
    if publication is None:
        if year is None:
            raise WrongUsage("请用 --year 指定年度，或用 --publication 指定公开记录。")
        return Place(session.reader, session.question(view, year, measure), None)
    if year is not None or view.as_of or view.known_at or view.unit or view.consolidated:
        raise WrongUsage(
            "公开记录已定单位、年度和截点，不要再写 --unit、--year、--as-of、--known-at 或 --consolidated。"
        )
    return _published(session, publication)


def _published(session: Session, publication: str) -> Place:
    from projections.publishing.pins import pins_of, with_forms_of
    from projections.publishing.publication import edition_digest

    pins = pins_of(session.reader, publication)
    reader = with_forms_of(session.reader, pins)
    if edition_digest(reader.forms, reader.edition(pins.question.year).first_year) != pins.edition_digest:
        click.echo(_("提示：表样或模板已与公开时不同，文字和位置可能与公开件不一致。"), err=True)
    return Place(reader, pins.question, publication)


def _figures(place: Place, asked: Asked) -> Iterator[Traced]:
    reader, question, _publication = place
    if asked.table is not None:
        yield trace_cell(reader, question, asked.table, Pointer(asked.side, asked.row, asked.column))
    elif asked.compare is not None:
        compared = Compared(asked.compare, asked.basis)
        yield from trace_comparison(reader, question, compared, asked.row, asked.column)
    elif asked.status:
        yield from trace_status(reader, question, asked.row, asked.column)
    else:
        from projections.tracing.sentences import chosen, sentences, trace_sentences

        picked = chosen(sentences(reader, question), (asked.sentence or "").strip())
        yield from trace_sentences(reader, question, picked)


def _trace(place: Place, figures: tuple[Traced, ...]) -> Trace:
    reader, question, publication = place
    unit = reader.roll(question.cut).find(question.unit)
    if not figures:
        raise WrongUsage("这些句子里没有由账本得出的数。")
    digest = reader.digest(question.cut, unit.code if publication else None)
    return Trace(unit, question.year, question.measure, question.cut, digest, figures, publication)


def _show(view: View, trace: Trace) -> None:
    def as_sheet() -> bytes:
        from projections.answers.audit_sheet import write

        return write(trace, translated)

    def as_grid() -> Grid:
        return trace_sheet_grid(trace, translated) if view.form == "csv" else trace_grid(trace, translated)

    show(view, lambda: trace_json(trace), as_grid, as_sheet)
