"""A published table as a value: headings, rows, cells in exact money. Everything printed comes from it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple

from events.codes import level as level_of
from events.codes import lineage
from events.money import Money
from events.vocabulary import Measure
from projections.cut import Cut
from projections.edition import ColumnForm, Condition, RowForm, SideForm, TableForm
from projections.entries.read_model import Amount
from projections.registers.naming import Names
from projections.registers.projects import Projects
from projections.registers.units import Unit

Cell = Money | str | None
Sums = list[int]  # in 分, one to a column

LOOKED_AT = ("stage", "fund_source", "origin", "nature", "economic_code")  # by conditions, of an amount


class CellPlace(NamedTuple):
    """Where a cell stands: table, side, code and labels of its row, headings of its column, each joined with "/"."""

    table: int
    side: str
    row: str
    column: str


class Row(NamedTuple):
    """One line of a table. ``labels`` has one text per row heading; ``level`` 0 is a total."""

    code: str | None
    labels: tuple[str, ...]
    level: int
    cells: tuple[Cell, ...]


class Side(NamedTuple):
    """One side: the headings of its labels, the heading paths of its columns, its rows."""

    name: str
    heading: str
    headings: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """One table at a cut. A cell is None where the table leaves a blank."""

    number: int
    title: str
    unit: Unit
    year: int
    measure: Measure
    amount_unit: str
    prints_amount_unit: bool
    cut: Cut
    sides: tuple[Side, ...]
    notes: tuple[str, ...]
    foot: int


@dataclass(frozen=True)
class Scope:
    """Whose year a table is about. ``units`` are all that are added up, ``unit`` the one named on top.

    Looked up when a table asks: which units have begun the year, ``projects`` of a unit, by its code, and
    ``indicators`` of all units together.
    """

    unit: Unit
    units: tuple[Unit, ...]
    year: int
    measure: Measure
    cut: Cut
    names: Names
    begun: Callable[[], Sequence[str]]
    projects: Callable[[str], Projects]
    indicators: Callable[[], Mapping[str, Money]]


class _Place(NamedTuple):
    """Where on an axis an amount stands: what it sorts by, and what the row says."""

    order: tuple[object, ...]
    code: str | None
    unit: str
    name: str
    level: int
    target: str | None = None

    def label(self, kind: str) -> str:
        """What a label of this kind says: the part of a code that is new at a level stands at that level."""
        code = self.code or ""
        parts = {"class": code[:3], "group": code[3:5], "item": code[5:7]}
        said = {"unit": self.unit, "name": self.name, "code": code} | parts
        return said[kind]


def build(form: TableForm, scope: Scope, amounts: Iterable[Amount], *, blanks: bool = True) -> Table:
    """The table of a form from the amounts of a cut (in 分, at the stages of the measure).

    Without ``blanks`` the cells and rows that come to nothing stay, for those who ask what cancelled out.
    """
    axes = _Axes(scope, f"table-{form.number}", blanks=blanks)
    relevant = _counted(amounts, form.where)
    sides = tuple(_side(side, relevant, axes) for side in form.sides)
    is_empty = blanks and bool(form.empty_note) and not _has_amounts(sides)
    return Table(
        number=form.number,
        title=form.title.format(year=scope.year),
        unit=scope.unit,
        year=scope.year,
        measure=scope.measure,
        amount_unit=form.amount_unit,
        prints_amount_unit=form.prints_amount_unit,
        cut=scope.cut,
        sides=tuple(side._replace(rows=()) for side in sides) if is_empty else sides,
        notes=(form.empty_note,) if is_empty else (),
        foot=form.foot,
    )


def cells_of(tables: Iterable[Table]) -> dict[CellPlace, Cell]:
    """Every cell of some tables by its place."""
    return {
        CellPlace(table.number, side.name, row_name(row), "/".join(path)): cell
        for table in tables
        for side in table.sides
        for row in side.rows
        for path, cell in zip(side.columns, row.cells, strict=True)
    }


def row_name(row: Row) -> str:
    """The code and the labels of a row."""
    return "/".join(filter(None, (row.code, *row.labels)))


def _has_amounts(sides: Iterable[Side]) -> bool:
    return any(isinstance(cell, Money) for side in sides for row in side.rows for cell in row.cells)


def _counted(amounts: Iterable[Amount], where: Condition) -> list[Amount]:
    return list(amounts) if where == Condition() else [amount for amount in amounts if where.holds(amount)]


def _side(form: SideForm, amounts: Sequence[Amount], axes: "_Axes") -> Side:
    relevant, columns = _counted(amounts, form.where), _Columns(form.columns)
    rows = tuple(
        row for block in form.rows for row in _rows(block, form, _counted(relevant, block.where), columns, axes)
    )
    return Side(form.name, form.heading, form.headings, tuple(column.path for column in form.columns), rows)


def _rows(
    block: RowForm, side: SideForm, amounts: Sequence[Amount], columns: "_Columns", axes: "_Axes"
) -> Iterator[Row]:
    if not block.axis:
        padding = ("",) * (len(side.headings) - 1)
        cells = axes.cells(side.columns, columns.total(amounts), block.sign)
        yield Row(None, (*padding, block.name), block.level, cells)
        return
    for place, sums in axes.spread(block, amounts, columns):
        cells = axes.cells(side.columns, sums, block.sign, place.target)
        if block.axis == "unit" or any(isinstance(cell, Money) for cell in cells):
            labels = tuple(place.label(kind) for kind in side.labels)
            yield Row(place.code, labels, place.level, cells)


class _Columns:
    """Adds amounts up under the columns that count them.

    Which these are is asked once for all amounts that are alike in what conditions look at.
    """

    _kind = attrgetter(*LOOKED_AT)

    def __init__(self, columns: Sequence[ColumnForm]) -> None:
        self._conditions = [column.where for column in columns]
        self._counting: dict[object, list[int]] = {}

    def blank(self) -> Sums:
        """The sums of a row in which nothing has been counted."""
        return [0] * len(self._conditions)

    def count(self, amount: Amount, rows: Iterable[Sums]) -> None:
        """Add an amount to some rows, in every column that counts it."""
        kind = self._kind(amount)
        counting = self._counting.get(kind)
        if counting is None:
            counting = self._counting[kind] = [n for n, where in enumerate(self._conditions) if where.holds(amount)]
        fen = amount.fen
        for sums in rows:
            for number in counting:
                sums[number] += fen

    def total(self, amounts: Iterable[Amount]) -> Sums:
        """The sums of a row that takes in everything."""
        sums = self.blank()
        for amount in amounts:
            self.count(amount, (sums,))
        return sums


class _Axes:
    """The ways in which amounts spread over rows. An axis has a stand for every amount, and a stand its places."""

    _STANDS: ClassVar[Mapping[str, Callable[[Amount], Any]]] = {
        "function": attrgetter("function_code"),
        "economic": attrgetter("economic_code"),
        "unit": attrgetter("unit"),
        "project": attrgetter("unit", "project"),
    }

    def __init__(self, scope: Scope, place: str, *, blanks: bool) -> None:
        self._scope = scope
        self._place = place
        self._blanks = blanks
        self._units = {unit.code: unit for unit in scope.units}
        self._subject = cache(self._subject_place)

    def cells(
        self, columns: Sequence[ColumnForm], sums: Sums, sign: int, target: str | None = None
    ) -> tuple[Cell, ...]:
        """The cells of a row: sums, a project's target, or an indicator of the unit."""
        return tuple(self._cell(column, sign * fen, target) for column, fen in zip(columns, sums, strict=True))

    def _cell(self, column: ColumnForm, fen: int, target: str | None) -> Cell:
        if column.shows == "target":
            return target
        if column.shows == "indicator":
            return self._scope.indicators().get(column.indicator)
        return Money(fen) if fen or not self._blanks else None

    def spread(self, block: RowForm, amounts: Sequence[Amount], columns: _Columns) -> list[tuple[_Place, Sums]]:
        """The sums of the amounts by their place on the block's axis, in printed order."""
        rows: dict[_Place, Sums] = {}
        places: Callable[[Any], Iterable[_Place]] = getattr(self, f"_{block.axis}_places")

        @cache
        def rows_of(stand: Any) -> list[Sums]:
            found = (place for place in places(stand) if not block.levels or place.level in block.levels)
            return [rows.setdefault(place, columns.blank()) for place in found]

        if block.axis == "unit":
            for unit in self._scope.begun():  # whether it has money or not
                rows_of(unit)
        stand_of = self._STANDS[block.axis]
        for amount in amounts:
            columns.count(amount, rows_of(stand_of(amount)))
        return sorted(rows.items(), key=lambda item: item[0].order)

    def _function_places(self, code: str) -> list[_Place]:
        """A 科目 and those above it."""
        return [self._subject(ancestor) for ancestor in lineage(code)]

    def _economic_places(self, code: str | None) -> list[_Place]:
        return self._function_places(code or "")

    def _unit_places(self, code: str) -> list[_Place]:
        unit = self._units[code]
        return [_Place((code,), code, unit.name, unit.name, 1)]

    def _project_places(self, stand: tuple[str, str | None]) -> list[_Place]:
        code, project = stand
        name, unit, known = project or "", self._units[code], self._scope.projects(code)
        order = (code, *known.order(name))
        return [_Place(order, known.codes.get(name), unit.name, name, 1, known.targets.get(name))]

    def _subject_place(self, code: str) -> _Place:
        name = self._scope.names.subject(code, self._place)
        return _Place((code,), code, self._scope.unit.name, name, level_of(code))
