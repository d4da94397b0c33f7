"""How a year stands, laid out."""

from typing import Any

from events.errors import fault
from projections.amounts import amount_cell, in_unit
from projections.answers.words import Translate, headings, of_whom, own
from projections.figures.status import StatusRow, YearStatus
from projections.grid import Grid, GridCell

HEADINGS = ("编码", "科目", "年初", "追加/追减", "调剂", "结转", "变动后", "执行", "执行率%", "结余")


def status_grid(status: YearStatus, translated: Translate) -> Grid:
    """How a year stands."""
    return Grid(
        title=translated(fault("{year}年预算执行情况", year=status.year)),
        above=of_whom(status.unit.name, status.amount_unit, translated),
        headings=headings(HEADINGS, translated),
        body=tuple(_cells(row, status.amount_unit, translated) for row in status.rows),
    )


def status_json(status: YearStatus, digest: str) -> dict[str, Any]:
    """How a year stands; the total is apart."""
    *rows, total = (_row(row, status.amount_unit) for row in status.rows)
    return {
        "unit": {"code": status.unit.code, "name": status.unit.name},
        "year": status.year,
        "amount_unit": status.amount_unit,
        "cut": status.cut.as_json(digest),
        "rows": rows,
        "total": total,
    }


def _cells(row: StatusRow, unit: str, translated: Translate) -> tuple[GridCell, ...]:
    before = (row.initial, row.adjusted, row.transferred, row.carried, row.current, row.execution)
    return (
        GridCell(row.code or ""),
        GridCell(row.name, indent=max(row.level - 1, 0)) if row.code else own(row.name, translated),
        *(amount_cell(amount, unit) for amount in before),
        GridCell(row.rate or "", is_amount=True),
        amount_cell(row.balance, unit),
    )


def _row(row: StatusRow, amount_unit: str) -> dict[str, Any]:
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
