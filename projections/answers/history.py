"""What happened, laid out."""

from collections.abc import Iterable
from typing import Any

from events.errors import fault
from projections.answers.amounts import amount_cell, amount_text
from projections.answers.words import Told, in_which_unit
from projections.grid import Grid, GridCell, plain_headings
from projections.history import Happening

HEADINGS = ("编号", "记录时刻（UTC）", "生效日", "类型", "状态", "内容", "金额", "文号", "经办", "事由")


def history_grid(happenings: Iterable[Happening], told: Told, amount_unit: str = "万元") -> Grid:
    """What happened, in order of recording."""
    return Grid(
        title=told(fault("事件记录")),
        above=("", in_which_unit(amount_unit, told)),
        headings=plain_headings(*HEADINGS),
        body=tuple(_happening_cells(item, amount_unit) for item in happenings),
    )


def history_json(happenings: Iterable[Happening]) -> list[dict[str, Any]]:
    """Events as a list, amounts in 元."""
    return [{**item._asdict(), "amount": amount_text(item.amount, "元")} for item in happenings]


def _happening_cells(item: Happening, unit: str) -> tuple[GridCell, ...]:
    return (
        GridCell(item.event_id),
        GridCell(item.recorded_at[:19].replace("T", " ")),
        GridCell(item.effective_on),
        GridCell(item.title),
        GridCell("已冲销" if item.is_reversed else ""),
        GridCell(item.subject),
        amount_cell(item.amount, unit),
        GridCell(item.document or ""),
        GridCell(item.actor),
        GridCell(item.reason or ""),
    )
