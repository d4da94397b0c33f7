"""What lies between two cuts, laid out."""

from typing import Any

from events.errors import fault
from events.money import Money
from projections.amounts import in_unit
from projections.answers.history import history_json, subject_of
from projections.answers.words import Translate, headings, in_which_unit
from projections.documents.table_layout import table_cell
from projections.figures.history import Happening
from projections.figures.table import Cell
from projections.grid import Grid, GridCell
from projections.reading.reader import Question
from projections.tracing.difference import ChangedCell, Difference

NOTHING = "没有差异。"
HEADINGS = ("表或事件", "行或内容", "列或生效日", "之前", "之后", "变动", "由哪些事件")


def difference_grid(found: Difference, translated: Translate) -> Grid:
    """The cells that differ, then the events in between."""
    cells = [
        (
            translated(fault("表{number}", number=cell.table)),
            "／".join(filter(None, (cell.side, cell.row))),
            cell.column,
            cell.before,
            cell.after,
            cell.change,
            _accounts(cell, found.amount_unit),
        )
        for cell in found.cells
    ]
    moved = [("+", item) for item in found.came] + [("-", item) for item in found.went]
    events = [
        (f"{sign} {item.event_id}", _what(item, translated), item.effective_on, None, None, item.amount, "")
        for sign, item in moved
    ]
    return Grid(
        title=translated(fault("{year}年两个截点的差异", year=found.after.year)),
        above=(
            " — ".join(_side_text(side, found, translated) for side in (found.before, found.after)),
            in_which_unit(found.amount_unit, translated),
        ),
        headings=headings(HEADINGS, translated),
        body=tuple(_difference_cells(found.amount_unit, *row) for row in (*cells, *events)),
        notes=() if cells or events else (translated(fault(NOTHING)),),
    )


def difference_json(value: Difference) -> dict[str, Any]:
    """Two cuts of a year: changed cells and the events that lie between, amounts in 元."""
    return {
        "year": value.after.year,
        "before": _side(value.before),
        "after": _side(value.after),
        "cells": [_changed(cell) for cell in value.cells],
        "events": {"came": history_json(value.came), "went": history_json(value.went)},
    }


def _side(side: Question) -> dict[str, str]:
    cut = side.cut
    return {"as_of": cut.as_of.isoformat(), "known_at": cut.known_at_text, "measure": side.measure.value}


def _what(item: Happening, translated: Translate) -> str:
    return f"{translated(fault(item.title))} {subject_of(item, translated)}"


def _difference_cells(unit: str, place: str, row: str, column: str, *cells: Cell) -> tuple[GridCell, ...]:
    *amounts, accounts = (table_cell(cell, unit) for cell in cells)
    return (GridCell(place), GridCell(row), GridCell(column), *amounts, accounts._replace(is_amount=False))


def _accounts(cell: ChangedCell, unit: str) -> str:
    """The events that account for a change, each with its part of it."""
    parts = [(one.event_id, "" if one.amount is None else f" {in_unit(one.amount, unit)}") for one in cell.accounts]
    return "、".join(f"{event}{part}" for event, part in parts)


def _side_text(side: Question, found: Difference, translated: Translate) -> str:
    """A cut, and its measure where the two sides differ in it."""
    text = f"{side.cut.as_of}@{side.cut.known_at_text[:19]}Z"
    measure = translated(fault(side.measure.label))
    return text if found.before.measure is found.after.measure else f"{text} {measure}"


def _changed(cell: ChangedCell) -> dict[str, Any]:
    texts = {"before": cell.before, "after": cell.after, "change": cell.change}
    amounts = {key: text.yuan() if isinstance(text, Money) else text for key, text in texts.items()}
    accounts = [
        {"event_id": one.event_id, "amount": None if one.amount is None else one.amount.yuan()} for one in cell.accounts
    ]
    return {**cell.place._asdict(), **amounts, "accounts": accounts}
