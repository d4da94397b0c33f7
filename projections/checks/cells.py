"""Cells found by meaning: a table by its title, a row by its label or code, a column by its headings.

A place that the edition does not have raises Lacking. Patterns are regular expressions that a whole
label, or a whole heading path joined with "/", must match; numbering (一、) and 其中： do not count.
"""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from events.errors import Fault, fault
from events.money import Money, total
from projections.checks.material import Material
from projections.checks.outcome import Lacking
from projections.checks.places import Label, Role
from projections.checks.rule import Check
from projections.figures.table import Cell, Row, Side, Table

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、])?(?:其中：)?")


class Spot(NamedTuple):
    """An amount and where it stands."""

    name: Fault
    amount: Money


class Sheet(NamedTuple):
    """One side of a table."""

    table: Table
    side: Side

    def columns(self, heading: str) -> list[int]:
        """The columns whose heading path matches."""
        paths = ["/".join(path) for path in self.side.columns]
        return [index for index, path in enumerate(paths) if re.fullmatch(heading, path)]

    def column(self, heading: str) -> int:
        """The first column whose heading path matches; the first of all where none is asked for."""
        found = self.columns(heading) if heading else [0]
        if not found:
            raise Lacking(fault("表{table}没有这条规则要看的栏目。", table=self.table.number))
        return found[0]

    def rows(self, label: str) -> list[Row]:
        """The rows whose label matches."""
        return [row for row in self.side.rows if re.fullmatch(label, plain_label(row))]

    def row(self, label: str) -> Row:
        """The first row whose label matches."""
        found = self.rows(label) or self._only_row(label)
        if not found:
            raise Lacking(fault("表{table}没有这条规则要看的行。", table=self.table.number))
        return found[0]

    def _only_row(self, label: str) -> list[Row]:
        """The one row of a table that, having no other, prints no total."""
        return list(self.side.rows) if label == Label.TOTAL and len(self.side.rows) == 1 else []

    def at_level(self, level: int) -> list[Row]:
        """The rows of one level that stand for a 科目."""
        return [row for row in self.side.rows if row.level == level and row.code]

    def spot(self, row: Row, column: int) -> Spot:
        """A cell of a row; a blank is nothing."""
        heading = "/".join(self.side.columns[column])
        label = f"{row.code} {row.labels[-1]}" if row.code else " ".join(filter(None, row.labels))
        name = fault("表{table}〔{row}·{column}〕", table=self.table.number, row=label, column=heading)
        return Spot(name, money(row.cells[column]))

    def at(self, label: str, heading: str = "") -> Spot:
        """The cell of a label and a heading. A table kept empty has nothing everywhere."""
        column = self.column(heading)
        if not self.side.rows:
            return Spot(fault("表{table}", table=self.table.number), Money(0))
        return self.spot(self.row(label), column)

    def of_code(self, code: str, heading: str = "") -> Spot:
        """The cell of a 科目; a 科目 without a row has nothing."""
        column = self.column(heading)
        for row in self.side.rows:
            if row.code == code:
                return self.spot(row, column)
        return Spot(fault("表{table}〔{code}〕", table=self.table.number, code=code), Money(0))

    def codes(self, level: int) -> list[str]:
        """The codes of one level, in printed order."""
        return [row.code for row in self.at_level(level) if row.code]


class Place(NamedTuple):
    """Where to look for an amount."""

    role: Role
    row: str
    column: str = ""
    side: str = ""

    def spot(self, material: Material) -> Spot:
        """The amount in this place."""
        return sheet(material, self.role, self.side).at(self.row, self.column)


def sheet(material: Material, role: Role, side: str = "") -> Sheet:
    """The side of the table with this role."""
    for table in material.tables:
        if re.search(role.title, table.title):
            return Sheet(table, _side(table, side))
    raise Lacking(fault("本年表样没有{role}。", role=fault(role.label)))


def money(cell: Cell) -> Money:
    """What a cell adds to a sum."""
    return cell if isinstance(cell, Money) else Money(0)


def plain_label(row: Row) -> str:
    """A row's label without its numbering."""
    return _NUMBERING.sub("", row.labels[-1].strip())


def joined(spots: Sequence[Spot]) -> Spot:
    """Several amounts as one."""
    name = reduce(lambda left, right: fault("{left} + {right}", left=left, right=right), (s.name for s in spots))
    return Spot(name, total(spot.amount for spot in spots))


def equal(left: Spot, right: Spot) -> list[Fault]:
    """A fault where two amounts that say the same differ."""
    if left.amount == right.amount:
        return []
    return [
        fault(
            "{left} 为 {left_amount}，{right} 为 {right_amount}，相差 {difference}。",
            left=left.name,
            left_amount=left.amount,
            right=right.name,
            right_amount=right.amount,
            difference=abs(left.amount - right.amount),
        )
    ]


def sums(whole: Spot, parts: Sequence[Spot]) -> list[Fault]:
    """A fault where parts do not add up to their whole."""
    added = total(part.amount for part in parts)
    if whole.amount == added:
        return []
    return [
        fault(
            "{whole} 为 {amount}，各部分之和为 {added}，相差 {difference}。",
            whole=whole.name,
            amount=whole.amount,
            added=added,
            difference=abs(whole.amount - added),
        )
    ]


def across(role: Role, whole: str, parts: str) -> Check:
    """A check that in every row one column is the sum of others."""

    def check(material: Material) -> list[Fault]:
        found = sheet(material, role)
        column = found.column(whole)
        others = [found.column(parts), *found.columns(parts)[1:]]
        return [
            wrong
            for row in found.side.rows
            for wrong in sums(found.spot(row, column), [found.spot(row, other) for other in others])
        ]

    return check


def within(role: Role, side: str, whole: str, parts: str) -> Check:
    """A check that in one side one row is the sum of others."""

    def check(material: Material) -> list[Fault]:
        found = sheet(material, role, side)
        rows = [found.row(parts), *found.rows(parts)[1:]]
        return sums(found.at(whole), [found.spot(row, 0) for row in rows])

    return check


def down(role: Role) -> Check:
    """A check that in every amount column 类 = Σ款 = Σ项 and the total is the sum of the topmost."""

    def check(material: Material) -> list[Fault]:
        found = sheet(material, role)
        if len({row.level for row in found.side.rows}) == 1:
            raise Lacking(fault("表{table}的各行都在一层，没有合计可加。", table=found.table.number))
        return [wrong for column in _amount_columns(found) for wrong in _tree(found, column)]

    return check


def agree(left: Sequence[Place], right: Sequence[Place]) -> Check:
    """A check that the amounts in some places together are those in others."""

    def check(material: Material) -> list[Fault]:
        return equal(*(joined([place.spot(material) for place in places]) for places in (left, right)))

    return check


def _tree(found: Sheet, column: int) -> list[Fault]:
    """The faults of one column of a table whose rows form a tree, or a plain list below their total."""
    faults: list[Fault] = []
    levels = sorted({row.level for row in found.side.rows})
    for upper, lower in pairwise(levels):
        for parent in (row for row in found.side.rows if row.level == upper):
            below = [row for row in found.side.rows if row.level == lower and _stands_below(row, parent)]
            faults += sums(found.spot(parent, column), [found.spot(row, column) for row in below])
    return faults


def _stands_below(row: Row, parent: Row) -> bool:
    return not parent.level or (row.code or "").startswith(parent.code or "")


def _amount_columns(found: Sheet) -> list[int]:
    width = range(len(found.side.columns))
    return [column for column in width if not any(isinstance(row.cells[column], str) for row in found.side.rows)]


def _side(table: Table, name: str) -> Side:
    for side in table.sides:
        if not name or side.name == name:
            return side
    raise Lacking(fault("表{table}没有“{side}”一侧。", table=table.number, side=name))
