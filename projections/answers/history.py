"""What happened, laid out."""

from collections.abc import Iterable
from typing import Any

from events.errors import fault
from projections.amounts import amount_cell, amount_text
from projections.answers.words import Translate, headings, in_which_unit, moment, own
from projections.figures.history import Happening
from projections.grid import Grid, GridCell

HEADINGS = ("编号", "记录时刻（UTC）", "生效日", "类型", "状态", "内容", "金额", "文号", "经办", "事由")
NAMED = 2


def history_grid(happenings: Iterable[Happening], translated: Translate, amount_unit: str = "万元") -> Grid:
    """What happened, in order of recording."""
    return Grid(
        title=translated(fault("事件记录")),
        above=("", in_which_unit(amount_unit, translated)),
        headings=headings(HEADINGS, translated),
        body=tuple(_happening_cells(item, amount_unit, translated) for item in happenings),
    )


def history_json(happenings: Iterable[Happening]) -> list[dict[str, Any]]:
    """Events as a list, amounts in 元."""
    return [_happening(item) for item in happenings]


def subject_of(item: Happening, translated: Translate = str) -> str:
    """What an event is about; of many lines the first are named."""
    named = "、".join(item.about[:NAMED])
    return (
        named
        if len(item.about) <= NAMED
        else translated(fault("{named} 等 {count} 条", named=named, count=len(item.about)))
    )


def _happening(item: Happening) -> dict[str, Any]:
    return {
        "event_id": item.event_id,
        "type": item.type,
        "recorded_at": item.recorded_at,
        "effective_on": item.effective_on,
        "title": item.title,
        "subject": subject_of(item),
        "about": item.about,
        "amount": amount_text(item.amount, "元"),
        "document": item.document,
        "actor": item.actor,
        "reason": item.reason,
        "is_reversed": item.is_reversed,
    }


def _happening_cells(item: Happening, unit: str, translated: Translate) -> tuple[GridCell, ...]:
    return (
        GridCell(item.event_id),
        GridCell(moment(item.recorded_at)),
        GridCell(item.effective_on),
        own(item.title, translated),
        own("已冲销" if item.is_reversed else "", translated),
        GridCell(subject_of(item, translated)),
        amount_cell(item.amount, unit),
        GridCell(item.document or ""),
        GridCell(item.actor),
        GridCell(item.reason or ""),
    )
