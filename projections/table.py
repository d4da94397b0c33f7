"""A published table as a value: headings, rows, cells in exact money. Everything printed comes from it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from events.codes import level as level_of
from events.codes import lineage
from events.money import Money
from events.vocabulary import Measure
from projections.cut import Cut
from projections.edition import ColumnForm, RowForm, SideForm, TableForm
from projections.entries import Amount
from projections.naming import Names
from projections.units import Unit

Cell = Money | str | None


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
    """Whose year a table is about. ``units`` are all that are added up, ``unit`` the one named on top."""

    unit: Unit
    units: tuple[Unit, ...]
    year: int
    measure: Measure
    cut: Cut
    names: Names
    targets: Mapping[str, str]
    indicators: Mapping[str, Money]


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
    relevant = [amount for amount in amounts if form.where.holds(amount)]
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


def _side(form: SideForm, amounts: Sequence[Amount], axes: "_Axes") -> Side:
    relevant = [amount for amount in amounts if form.where.holds(amount)]
    rows = tuple(row for block in form.rows for row in _rows(block, form, relevant, axes))
    return Side(form.name, form.heading, form.headings, tuple(column.path for column in form.columns), rows)


def _rows(block: RowForm, side: SideForm, amounts: Sequence[Amount], axes: "_Axes") -> Iterator[Row]:
    counted = [amount for amount in amounts if block.where.holds(amount)]
    if not block.axis:
        padding = ("",) * (len(side.headings) - 1)
        cells = axes.cells(side.columns, counted, block.sign)
        yield Row(None, (*padding, block.name), block.level, cells)
        return
    for place, members in axes.spread(block, counted):
        cells = axes.cells(side.columns, members, block.sign, place.target)
        if block.axis == "unit" or any(isinstance(cell, Money) for cell in cells):
            labels = tuple(place.label(kind) for kind in side.labels)
            yield Row(place.code, labels, place.level, cells)


class _Axes:
    """The ways in which amounts spread over rows."""

    def __init__(self, scope: Scope, place: str, *, blanks: bool) -> None:
        self._scope = scope
        self._place = place
        self._blanks = blanks
        self._lineage = cache(self._places_of)

    def cells(
        self, columns: Sequence[ColumnForm], amounts: Sequence[Amount], sign: int, target: str | None = None
    ) -> tuple[Cell, ...]:
        """The cells of a row: sums, a project's target, or an indicator of the unit."""
        shown = {"target": lambda _: target, "indicator": lambda column: self._scope.indicators.get(column.indicator)}
        sums = {"amount": lambda column: self._sum(column, amounts, sign)}
        return tuple((shown | sums)[column.shows](column) for column in columns)

    def _sum(self, column: ColumnForm, amounts: Sequence[Amount], sign: int) -> Money | None:
        fen = sum(amount.fen for amount in amounts if column.where.holds(amount))
        return Money(sign * fen) if fen or not self._blanks else None

    def spread(self, block: RowForm, amounts: Sequence[Amount]) -> list[tuple[_Place, list[Amount]]]:
        """The amounts by their place on the block's axis, in printed order."""
        places: dict[_Place, list[Amount]] = {}
        if block.axis == "unit":
            places = {self._unit(unit): [] for unit in self._scope.units}
        stand: Callable[[Amount], Iterable[_Place]] = getattr(self, f"_by_{block.axis}")
        for amount in amounts:
            for place in stand(amount):
                if not block.levels or place.level in block.levels:
                    places.setdefault(place, []).append(amount)
        return sorted(places.items(), key=lambda item: item[0].order)

    def _by_function(self, amount: Amount) -> Iterable[_Place]:
        return self._lineage(amount.function_code)

    def _by_economic(self, amount: Amount) -> Iterable[_Place]:
        return self._lineage(amount.economic_code or "")

    def _by_unit(self, amount: Amount) -> Iterator[_Place]:
        yield self._unit(self._unit_of(amount))

    def _by_project(self, amount: Amount) -> Iterator[_Place]:
        name, names = amount.project or "", self._scope.names
        unit = self._unit_of(amount)
        yield _Place(
            order=(unit.code, *names.project_order(name)),
            code=names.projects.get(name),
            unit=unit.name,
            name=name,
            level=1,
            target=self._scope.targets.get(name),
        )

    def _places_of(self, code: str) -> list[_Place]:
        """A 科目 and those above it."""
        return [
            _Place(
                (ancestor,),
                ancestor,
                self._scope.unit.name,
                self._scope.names.subject(ancestor, self._place),
                level_of(ancestor),
            )
            for ancestor in lineage(code)
        ]

    def _unit(self, unit: Unit) -> _Place:
        return _Place((unit.code,), unit.code, unit.name, unit.name, 1)

    def _unit_of(self, amount: Amount) -> Unit:
        return next(unit for unit in self._scope.units if unit.code == amount.unit)
