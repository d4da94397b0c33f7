"""A published table, laid out as it is printed, and in the JSON that programs are promised."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from events.money import Money
from projections.amounts import amount_cell, in_unit
from projections.figures.table import Cell, Row, Side, Table
from projections.grid import Grid, GridCell, heading_rows


def table_grid(table: Table) -> Grid:
    """A published table; the two sides of tables 1 and 4 stand side by side."""
    is_two_sided = len(table.sides) > 1
    paths = [path for side in table.sides for path in _paths(side, is_named=is_two_sided)]
    body = [_joined(rows) for rows in zip_longest(*(_side_rows(table, side) for side in _levelled(table)))]
    return Grid(
        title=f"表{table.number}：{table.title}",
        above=(f"单位名称：{table.unit.name}", f"单位：{table.amount_unit}" if table.prints_amount_unit else ""),
        headings=heading_rows(paths),
        body=tuple(body),
        notes=tuple(f"注：{note}" for note in table.notes),
    )


def _paths(side: Side, *, is_named: bool) -> list[tuple[str, ...]]:
    above = (side.heading,) if is_named else ()
    return [(*above, *path) for path in (*side.headings, *side.columns)]


def _levelled(table: Table) -> list[Side]:
    """Sides of one height: the last ``foot`` rows stay at the bottom."""
    height = max(len(side.rows) for side in table.sides)
    return [_stretched(side, height, table.foot) for side in table.sides]


def _stretched(side: Side, height: int, foot: int) -> Side:
    blank = Row(None, ("",) * len(side.headings), 0, (None,) * len(side.columns))
    split = len(side.rows) - foot
    return side._replace(rows=(*side.rows[:split], *[blank] * (height - len(side.rows)), *side.rows[split:]))


def _side_rows(table: Table, side: Side) -> list[tuple[GridCell, ...]]:
    return [_cells(row, table.amount_unit) for row in side.rows]


def _joined(rows: Sequence[tuple[GridCell, ...] | None]) -> tuple[GridCell, ...]:
    return tuple(cell for row in rows for cell in row or ())


def _cells(row: Row, amount_unit: str) -> tuple[GridCell, ...]:
    *before, name = row.labels
    labels = [*(GridCell(label) for label in before), GridCell(name, indent=max(row.level - 1, 0))]
    return (*labels, *(table_cell(cell, amount_unit) for cell in row.cells))


def table_cell(cell: Cell, amount_unit: str) -> GridCell:
    """A cell of a table in a grid."""
    if isinstance(cell, Money):
        return amount_cell(cell, amount_unit)
    return GridCell(cell or "", is_amount=cell is None)


def table_json(value: Table, digest: str) -> dict[str, Any]:
    """A table; those with two sides have ``sides`` instead of columns and rows."""
    sides = [_json_side(side, value.amount_unit) for side in value.sides]
    content = sides[0] if len(sides) == 1 else {"sides": _named(value.sides, sides)}
    return {
        "table": value.number,
        "title": value.title,
        "unit": {"code": value.unit.code, "name": value.unit.name},
        "year": value.year,
        "measure": value.measure.value,
        "amount_unit": value.amount_unit,
        "cut": value.cut.as_json(digest),
        **content,
        "notes": list(value.notes),
    }


def _named(sides: tuple[Side, ...], contents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"name": side.name, **content} for side, content in zip(sides, contents, strict=True)]


def _json_side(side: Side, amount_unit: str) -> dict[str, Any]:
    return {
        "columns": ["/".join(path) for path in side.columns],
        "rows": [_json_row(row, side, amount_unit) for row in side.rows],
    }


def _json_row(row: Row, side: Side, amount_unit: str) -> dict[str, Any]:
    *before, name = row.labels
    headings = ["/".join(path) for path in side.headings]
    labels = dict(zip(headings, before, strict=False)) if any(before) else {}
    cells = [_json_cell(cell, amount_unit) for cell in row.cells]
    return {"code": row.code, "name": name, "level": row.level, "cells": cells} | ({"labels": labels} if labels else {})


def _json_cell(cell: Cell, amount_unit: str) -> str | None:
    return in_unit(cell, amount_unit) if isinstance(cell, Money) else cell
