"""Cells of published tables with their sources: one that a person points at, or all of them."""

from collections.abc import Sequence
from typing import NamedTuple

from events.errors import Listed, WrongUsage, listed
from projections.figures.table import Cell, CellPlace, Row, Side, Table, cells_of, row_name
from projections.reading.reader import Question, Reader
from projections.reading.tables import tables
from projections.tracing.reader import tracing
from projections.tracing.trace import Traced, Tracer

SHOWN = 60  # rows or columns named in a message


class Pointer(NamedTuple):
    """How a person points at a cell: a code or a label, a heading or a path of headings, joined with "/"."""

    side: str | None
    row: str | None
    column: str | None


def trace_cell(reader: Reader, question: Question, number: int, pointer: Pointer) -> Traced:
    """The cell a person points at; WrongUsage naming the sides, rows or columns there are."""
    (printed,) = tables(reader, question, [number])
    (tracked,) = tables(tracing(reader), question, [number], blanks=False)
    place = _place(tracked, pointer)
    tracer = Tracer(reader, printed.amount_unit)
    name = (f"表{number}", *filter(None, place[1:]))
    return tracer.traced(name, cells_of([printed]).get(place), cells_of([tracked])[place])


def tracked_cells(reader: Reader, question: Question, numbers: Sequence[int] = ()) -> dict[CellPlace, Cell]:
    """Every cell with its sources, those that come to nothing too."""
    return cells_of(tables(tracing(reader), question, numbers, blanks=False))


def _place(table: Table, pointer: Pointer) -> CellPlace:
    side, row = _side_and_row(table, pointer)
    return CellPlace(table.number, side.name, row_name(row), "/".join(_column(table, side, pointer.column)))


def _side_and_row(table: Table, pointer: Pointer) -> tuple[Side, Row]:
    sides = [side for side in table.sides if pointer.side in (None, side.name)]
    if not sides:
        known = listed(side.name for side in table.sides if side.name)
        raise WrongUsage(
            "表 {table} 没有“{side}”一侧，可选：{known}。", table=table.number, side=pointer.side, known=known
        )
    rows = [(side, row) for side in sides for row in side.rows]
    if pointer.row is None:
        known = _listed([_named(side, row) for side, row in rows])
        raise WrongUsage("请用 --row 指定表 {table} 的行：{known}。", table=table.number, known=known)
    found = [(side, row) for side, row in rows if pointer.row in (row.code, row_name(row))]
    found = found or [(side, row) for side, row in rows if pointer.row in row.labels]
    found = found or [(side, row) for side, row in rows if row.labels[-1].endswith(pointer.row)]
    if len(found) == 1:
        return found[0]
    known = _listed([_named(side, row) for side, row in found or rows])
    if found:
        raise WrongUsage("表 {table} 有几行“{row}”：{known}。", table=table.number, row=pointer.row, known=known)
    raise WrongUsage("表 {table} 没有行“{row}”，可选：{known}。", table=table.number, row=pointer.row, known=known)


def _column(table: Table, side: Side, wanted: str | None) -> tuple[str, ...]:
    if wanted is None and len(side.columns) == 1:
        return side.columns[0]
    found = [path for path in side.columns if wanted == "/".join(path)]
    found = found or [path for path in side.columns if wanted == path[-1]]
    if len(found) == 1:
        return found[0]
    known = _listed(["/".join(path) for path in found or side.columns])
    if found:
        raise WrongUsage("表 {table} 有几列“{column}”：{known}。", table=table.number, column=wanted, known=known)
    if wanted is None:
        raise WrongUsage("请用 --column 指定表 {table} 的列：{known}。", table=table.number, known=known)
    raise WrongUsage("表 {table} 没有列“{column}”，可选：{known}。", table=table.number, column=wanted, known=known)


def _named(side: Side, row: Row) -> str:
    return "：".join(filter(None, (side.name, row_name(row))))


def _listed(names: Sequence[str]) -> Listed:
    return listed([*names[:SHOWN], *(["……"] if len(names) > SHOWN else [])])
