"""What was recorded late, laid out."""

from typing import Any

from events.errors import Fault, fault
from projections.amounts import amount_cell, amount_text
from projections.answers.history import subject_of
from projections.answers.words import Translate, headings, in_which_unit, moment, own
from projections.grid import Grid, GridCell
from projections.tracing.lateness import Crossed, Late, Lateness

HEADINGS = (
    "编号",
    "类型",
    "迟记天数",
    "倒填越过",
    "金额",
    "生效日",
    "记录时刻（UTC）",
    "内容",
    "文号",
    "经办",
    "事由",
)


def late_grid(found: Lateness, translated: Translate) -> Grid:
    """A line for every event; what was dated back behind a closing or a publication stands first."""
    when = fault("{known_at} 所知", known_at=found.cut.known_at_text)
    summary = fault(
        "共 {count} 个：倒填过关账或公开 {backdated} 个，其余迟记超过 {days} 天。",
        count=len(found.found),
        backdated=len(found.backdated),
        days=found.days,
    )
    return Grid(
        title=translated(fault("{unit}迟记的事件", unit=found.unit.name)),
        above=(translated(when), in_which_unit("万元", translated)),
        headings=headings(HEADINGS, translated),
        body=tuple(_cells(one, translated) for one in found.found),
        notes=(translated(summary),),
    )


def late_json(found: Lateness, digest: str) -> dict[str, Any]:
    """The same; amounts in 元."""
    return {
        "unit": {"code": found.unit.code, "name": found.unit.name},
        "year": found.year,
        "days": found.days,
        "cut": found.cut.as_json(digest),
        "backdated": len(found.backdated),
        "late": len(found.found) - len(found.backdated),
        "events": [_late(one) for one in found.found],
    }


def _cells(one: Late, translated: Translate) -> tuple[GridCell, ...]:
    event = one.event
    return (
        GridCell(event.event_id),
        own(event.title, translated),
        GridCell(str(one.days), is_amount=True),
        GridCell("、".join(translated(_crossing(crossed)) for crossed in one.crossed)),
        amount_cell(one.amount, "万元"),
        GridCell(event.effective_on),
        GridCell(moment(event.recorded_at)),
        GridCell(subject_of(one.happening, translated)),
        GridCell(event.document.number if event.document else ""),
        GridCell(event.actor),
        GridCell(event.reason or ""),
    )


def _crossing(crossed: Crossed) -> Fault:
    title = fault(crossed.event.title)
    return fault("{title} {event}（{day}）", title=title, event=crossed.event.event_id, day=crossed.as_of)


def _late(one: Late) -> dict[str, Any]:
    event = one.event
    return {
        "event_id": event.event_id,
        "type": event.type,
        "title": event.title,
        "subject": subject_of(one.happening),
        "amount": amount_text(one.amount, "元"),
        "days": one.days,
        "crossed": [_crossed(crossed) for crossed in one.crossed],
        "effective_on": event.effective_on,
        "recorded_at": event.recorded_at,
        "document": event.document._asdict() if event.document else None,
        "actor": event.actor,
        "reason": event.reason,
        "hash": event.hash,
    }


def _crossed(crossed: Crossed) -> dict[str, Any]:
    event = crossed.event
    return {
        "event_id": event.event_id,
        "type": event.type,
        "title": event.title,
        "as_of": crossed.as_of,
        "recorded_at": event.recorded_at,
    }
