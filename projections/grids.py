"""How tables, comparisons, standings and histories are laid out as grids."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from events.money import Money
from projections.comparison import ComparedRow, Comparison, Status
from projections.cut import Cut
from projections.difference import Difference
from projections.grid import Grid, GridCell, heading_rows, plain_headings
from projections.history import Happening
from projections.progress import Progress, ProgressRow
from projections.table import Cell, Row, Side, Table

COMPARISON_HEADINGS = ("编码", "名称", "本年", "增减额", "增减%", "说明")
PROGRESS_HEADINGS = ("编码", "科目", "年初", "追加/追减", "调剂", "结转", "变动后", "执行", "执行率%", "结余")
HISTORY_HEADINGS = ("编号", "记录时刻（UTC）", "生效日", "类型", "状态", "内容", "金额", "文号", "经办", "事由")
DIFFERENCE_HEADINGS = ("表或事件", "行或内容", "列或生效日", "之前", "之后", "变动")
STATUS_WORDS = {
    Status.INCREASED: "增加",
    Status.DECREASED: "减少",
    Status.LEVEL: "与上年持平",
    Status.NEARLY_LEVEL: "与上年基本持平",
    Status.NEW: "上年无此项",
    Status.DISCONTINUED: "本年未安排",
}


def in_unit(amount: Money, amount_unit: str) -> str:
    """An amount as a plain decimal string in 万元 or 元."""
    return amount.wan() if amount_unit == "万元" else amount.yuan()


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


def comparison_grid(comparison: Comparison) -> Grid:
    """A comparison, the total last."""
    rows = [*comparison.rows, *([comparison.total] if comparison.total else [])]
    unit = comparison.amount_unit
    return Grid(
        title=f"{comparison.year}年{comparison.about}{comparison.measure.label}与{comparison.basis.label}比较",
        above=(f"单位名称：{comparison.unit.name}", f"单位：{unit}"),
        headings=plain_headings(*COMPARISON_HEADINGS[:3], comparison.basis.label, *COMPARISON_HEADINGS[3:]),
        body=tuple(_compared_cells(row, unit) for row in rows),
        notes=tuple(f"注：{note}" for note in comparison.notes),
    )


def progress_grid(progress: Progress) -> Grid:
    """How a year stands."""
    return Grid(
        title=f"{progress.year}年预算执行情况",
        above=(f"单位名称：{progress.unit.name}", f"单位：{progress.amount_unit}"),
        headings=plain_headings(*PROGRESS_HEADINGS),
        body=tuple(_progress_cells(row, progress.amount_unit) for row in progress.rows),
    )


def history_grid(happenings: Iterable[Happening], amount_unit: str = "万元") -> Grid:
    """What happened, in order of recording."""
    return Grid(
        title="事件记录",
        above=("", f"单位：{amount_unit}"),
        headings=plain_headings(*HISTORY_HEADINGS),
        body=tuple(_happening_cells(item, amount_unit) for item in happenings),
    )


def difference_grid(found: Difference) -> Grid:
    """The cells that differ, then the events in between."""
    cells = [
        (
            f"表{cell.table}",
            "／".join(filter(None, (cell.side, cell.row))),
            cell.column,
            cell.before,
            cell.after,
            cell.change,
        )
        for cell in found.cells
    ]
    moved = [("+", item) for item in found.came] + [("-", item) for item in found.went]
    events = [
        (f"{sign} {item.event_id}", f"{item.title} {item.subject}", item.effective_on, None, None, item.amount)
        for sign, item in moved
    ]
    return Grid(
        title=f"{found.after.year}年两个截点的差异",
        above=(f"{_cut_text(found.before.cut)} — {_cut_text(found.after.cut)}", "单位：万元"),
        headings=plain_headings(*DIFFERENCE_HEADINGS),
        body=tuple(_difference_cells(*row) for row in (*cells, *events)),
        notes=() if cells or events else ("没有差异。",),
    )


def _difference_cells(place: str, row: str, column: str, *amounts: Cell) -> tuple[GridCell, ...]:
    return (GridCell(place), GridCell(row), GridCell(column), *(_cell(amount, "万元") for amount in amounts))


def _cut_text(cut: Cut) -> str:
    return f"{cut.as_of}@{cut.known_at_text[:19]}Z"


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
    return (*labels, *(_cell(cell, amount_unit) for cell in row.cells))


def _cell(cell: Cell, amount_unit: str) -> GridCell:
    if isinstance(cell, Money):
        return GridCell(in_unit(cell, amount_unit), is_amount=True)
    return GridCell(cell or "", is_amount=cell is None)


def _amount(amount: Money | None, amount_unit: str) -> GridCell:
    return GridCell("" if amount is None else in_unit(amount, amount_unit), is_amount=True)


def _compared_cells(row: ComparedRow, unit: str) -> tuple[GridCell, ...]:
    return (
        GridCell(row.code or ""),
        GridCell(row.name),
        _amount(row.current, unit),
        _amount(row.base, unit),
        _amount(row.change, unit),
        GridCell(row.percent or "", is_amount=True),
        GridCell(STATUS_WORDS[row.status]),
    )


def _progress_cells(row: ProgressRow, unit: str) -> tuple[GridCell, ...]:
    before = (row.initial, row.adjusted, row.transferred, row.carried, row.current, row.execution)
    return (
        GridCell(row.code or ""),
        GridCell(row.name, indent=max(row.level - 1, 0)),
        *(_amount(amount, unit) for amount in before),
        GridCell(row.rate or "", is_amount=True),
        _amount(row.balance, unit),
    )


def _happening_cells(item: Happening, unit: str) -> tuple[GridCell, ...]:
    return (
        GridCell(item.event_id),
        GridCell(item.recorded_at[:19].replace("T", " ")),
        GridCell(item.effective_on),
        GridCell(item.title),
        GridCell("已冲销" if item.is_reversed else ""),
        GridCell(item.subject),
        _amount(item.amount, unit),
        GridCell(item.document or ""),
        GridCell(item.actor),
        GridCell(item.reason or ""),
    )
