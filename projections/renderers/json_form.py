"""Values as JSON for programs: English keys, amounts as decimal strings, null where a table is blank."""

import json
from collections.abc import Iterable
from typing import Any

from events.money import Money
from projections.comparison import ComparedRow, Comparison
from projections.difference import ChangedCell, Difference
from projections.grids import in_unit
from projections.history import Happening
from projections.progress import Progress, ProgressRow
from projections.table import Cell, Row, Side, Table

Json = dict[str, Any]


def dump(value: Json | list[Json]) -> str:
    """One value as readable JSON text."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def table(value: Table, digest: str) -> Json:
    """A table; those with two sides have ``sides`` instead of columns and rows."""
    sides = [_side(side, value.amount_unit) for side in value.sides]
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


def comparison(value: Comparison, digest: str) -> Json:
    """A comparison with its total."""
    return {
        "unit": {"code": value.unit.code, "name": value.unit.name},
        "year": value.year,
        "measure": value.measure.value,
        "basis": value.basis.value,
        "amount_unit": value.amount_unit,
        "cut": value.cut.as_json(digest),
        "rows": [_compared(row, value.amount_unit) for row in value.rows],
        "total": _compared(value.total, value.amount_unit) if value.total else None,
        "notes": list(value.notes),
    }


def progress(value: Progress, digest: str) -> Json:
    """How a year stands; the total is apart."""
    *rows, total = (_progress(row, value.amount_unit) for row in value.rows)
    return {
        "unit": {"code": value.unit.code, "name": value.unit.name},
        "year": value.year,
        "amount_unit": value.amount_unit,
        "cut": value.cut.as_json(digest),
        "rows": rows,
        "total": total,
    }


def history(happenings: Iterable[Happening]) -> list[Json]:
    """Events as a list, amounts in 元."""
    return [{**item._asdict(), "amount": _yuan(item.amount)} for item in happenings]


def difference(value: Difference) -> Json:
    """Two cuts of a year: changed cells and the events that lie between, amounts in 元."""
    return {
        "year": value.after.year,
        "before": {"as_of": value.before.cut.as_of.isoformat(), "known_at": value.before.cut.known_at_text},
        "after": {"as_of": value.after.cut.as_of.isoformat(), "known_at": value.after.cut.known_at_text},
        "cells": [_changed(cell) for cell in value.cells],
        "events": {"came": history(value.came), "went": history(value.went)},
    }


def _changed(cell: ChangedCell) -> Json:
    texts = {"before": cell.before, "after": cell.after, "change": cell.change}
    amounts = {key: text.yuan() if isinstance(text, Money) else text for key, text in texts.items()}
    return {"table": cell.table, "side": cell.side, "row": cell.row, "column": cell.column} | amounts


def _named(sides: tuple[Side, ...], contents: list[Json]) -> list[Json]:
    return [{"name": side.name, **content} for side, content in zip(sides, contents, strict=True)]


def _side(side: Side, amount_unit: str) -> Json:
    return {
        "columns": ["/".join(path) for path in side.columns],
        "rows": [_row(row, side, amount_unit) for row in side.rows],
    }


def _row(row: Row, side: Side, amount_unit: str) -> Json:
    *before, name = row.labels
    headings = ["/".join(path) for path in side.headings]
    labels = dict(zip(headings, before, strict=False)) if any(before) else {}
    cells = [_cell(cell, amount_unit) for cell in row.cells]
    return {"code": row.code, "name": name, "level": row.level, "cells": cells} | ({"labels": labels} if labels else {})


def _cell(cell: Cell, amount_unit: str) -> str | None:
    return in_unit(cell, amount_unit) if isinstance(cell, Money) else cell


def _compared(row: ComparedRow, amount_unit: str) -> Json:
    return {
        "code": row.code,
        "name": row.name,
        "current": _maybe(row.current, amount_unit),
        "base": _maybe(row.base, amount_unit),
        "change": in_unit(row.change, amount_unit),
        "percent": row.percent,
        "status": row.status.value,
    }


def _progress(row: ProgressRow, amount_unit: str) -> Json:
    amounts = {
        "initial": row.initial,
        "adjusted": row.adjusted,
        "transferred": row.transferred,
        "carried": row.carried,
        "current": row.current,
        "execution": row.execution,
        "balance": row.balance,
    }
    head = {"code": row.code, "name": row.name, "level": row.level}
    return head | {key: in_unit(amount, amount_unit) for key, amount in amounts.items()} | {"rate": row.rate}


def _maybe(amount: Money | None, amount_unit: str) -> str | None:
    return None if amount is None else in_unit(amount, amount_unit)


def _yuan(amount: Money | None) -> str | None:
    return None if amount is None else amount.yuan()
