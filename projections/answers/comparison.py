"""A comparison with last year, laid out."""

from typing import Any

from events.errors import Fault, fault
from events.money import ZERO
from projections.amounts import amount_cell, amount_text, differs_in_print, in_unit
from projections.answers.words import ROUNDED_APART, Translate, headings, of_whom, own
from projections.figures.comparison import ComparedRow, Comparison, Status
from projections.grid import Grid, GridCell

HEADINGS = ("编码", "名称", "本年", "增减额", "增减%", "说明")
STATUS_WORDS = {
    Status.INCREASED: "增加",
    Status.DECREASED: "减少",
    Status.LEVEL: "与上年持平",
    Status.NEARLY_LEVEL: "与上年基本持平",
    Status.NEW: "上年无此项",
    Status.DISCONTINUED: "本年未安排",
}


def comparison_grid(comparison: Comparison, translated: Translate) -> Grid:
    """A comparison, the total last."""
    unit = comparison.amount_unit
    rows = [_compared_cells(GridCell(row.name), row, unit, translated) for row in comparison.rows]
    if comparison.total:
        rows.append(_compared_cells(own(comparison.total.name, translated), comparison.total, unit, translated))
    return Grid(
        title=translated(fault("{year}年{what}", year=comparison.year, what=comparison.name)),
        above=of_whom(comparison.unit.name, unit, translated),
        headings=headings((*HEADINGS[:3], comparison.basis.label, *HEADINGS[3:]), translated),
        body=tuple(rows),
        notes=tuple(translated(fault("注：{note}", note=note)) for note in _notes(comparison)),
    )


def _notes(comparison: Comparison) -> list[Fault]:
    """What stands below: notes on the figures, and on how they were rounded where it shows."""
    rows = [*comparison.rows, *([comparison.total] if comparison.total else [])]
    amounts = [(row.change, row.current or ZERO, row.base or ZERO) for row in rows]
    is_apart = any(differs_in_print(*each, comparison.amount_unit) for each in amounts)
    return [*comparison.notes, *([ROUNDED_APART] if is_apart else [])]


def comparison_json(value: Comparison, digest: str) -> dict[str, Any]:
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
        "notes": list(map(str, _notes(value))),
    }


def _compared_cells(name: GridCell, row: ComparedRow, unit: str, translated: Translate) -> tuple[GridCell, ...]:
    return (
        GridCell(row.code or ""),
        name,
        amount_cell(row.current, unit),
        amount_cell(row.base, unit),
        amount_cell(row.change, unit),
        GridCell(row.percent or "", is_amount=True),
        own(STATUS_WORDS[row.status], translated),
    )


def _compared(row: ComparedRow, amount_unit: str) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "current": amount_text(row.current, amount_unit),
        "base": amount_text(row.base, amount_unit),
        "change": in_unit(row.change, amount_unit),
        "percent": row.percent,
        "status": row.status.value,
    }
