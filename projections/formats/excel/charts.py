"""The sheet of charts: the figures, and native charts drawn from them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from events.money import Money, percent, total
from projections.amounts import amount_cell
from projections.charts.chart import Bar, Chart, PairedBars, Share, Treemap, Waterfall
from projections.formats.excel.looks import AMOUNT, BEFORE, DOWN, NOW, UP, Looks
from projections.formats.excel.tables import number, set_up_page

SHEET = "图"
COLUMNS = (40, 14, 14, 14, 14, 14)  # half-width characters
ROW = 24  # pixels
WIDTH, LEAST, BAR = 800, 340, 44  # pixels
SCALE = 62  # percent
PALE = {"color": "#D9D9D9"}
Figure = tuple[str | float | None, str]


class Figures(NamedTuple):
    """A chart's figures: headings, and rows of values with their looks."""

    headings: tuple[str, ...]
    rows: list[tuple[Figure, ...]]


class Place(NamedTuple):
    """Where a chart's figures stand: the first and the last row, below the headings."""

    first: int
    last: int

    def column(self, column: int) -> list[str | int]:
        """A column of figures, as a chart names it."""
        return [SHEET, self.first, column, self.last, column]

    def series(self, column: int, **more: Any) -> dict[str, Any]:
        """A series: a column against the labels in the first."""
        name = [SHEET, self.first - 1, column]
        return {"name": name, "categories": self.column(0), "values": self.column(column), "gap": 60, **more}


def add_charts(book: Any, looks: Looks, charts: Sequence[Chart]) -> None:
    """A sheet with every chart below its figures."""
    sheet = book.add_worksheet(SHEET)
    sheet.set_default_row(ROW * 3 / 4)
    for column, width in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
    starts = [0]
    for chart in charts:
        starts.append(_add_chart(book, sheet, looks, chart, starts[-1]))
    set_up_page(sheet, is_landscape=False)
    sheet.set_print_scale(SCALE)  # in place of fitting, which would ignore the page breaks
    sheet.set_h_pagebreaks(starts[1:-1])


def _add_chart(book: Any, sheet: Any, looks: Looks, chart: Chart, row: int) -> int:
    """The figures and the picture of a chart; the row where the next one may begin."""
    figures = _figures(chart)
    sheet.write_string(row, 0, f"{chart.title}（单位：{chart.amount_unit}）", looks.of("left"))
    for column, heading in enumerate(figures.headings):
        sheet.write_string(row + 1, column, heading, looks.of("heading"))
    for below, cells in enumerate(figures.rows, start=row + 2):
        for column, cell in enumerate(cells):
            _write(sheet, (below, column), cell, looks)
    below = row + 3 + len(figures.rows)
    if not figures.rows:
        return below
    height = max(LEAST, 100 + BAR * len(figures.rows))
    picture = _picture(book, chart, Place(row + 2, row + 1 + len(figures.rows)))
    picture.set_title({"name": chart.title, "overlay": False, "name_font": {"size": 14}})
    picture.set_size({"width": WIDTH, "height": height})
    sheet.insert_chart(below, 0, picture, {"description": f"{chart.title}，数字见上方"})
    return below + height // ROW + 2


def _write(sheet: Any, place: tuple[int, int], figure: Figure, looks: Looks) -> None:
    value, look = figure
    if isinstance(value, str):
        sheet.write_string(*place, value, looks.of(look))
    elif value is None:
        sheet.write_blank(*place, None, looks.of(look))
    else:
        sheet.write_number(*place, value, looks.of(look))


def _figures(chart: Chart) -> Figures:
    if isinstance(chart, Waterfall):
        return _steps(chart)
    return _pairs(chart) if isinstance(chart, PairedBars) else _shares(chart)


def _picture(book: Any, chart: Chart, place: Place) -> Any:
    if isinstance(chart, Waterfall):
        return _waterfall(book, place, chart)
    return _paired(book, place) if isinstance(chart, PairedBars) else _bars(book, place, chart)


def _steps(chart: Waterfall) -> Figures:
    """Every step, and what it is drawn as: an unseen base and a bar on it. A budget is never below zero."""
    rows: list[tuple[Figure, ...]] = []
    level = Money(0)
    for bar in chart.bars:
        before, level = level, bar.amount if bar.is_total else level + bar.amount
        drawn: list[Money | None] = [None, bar.amount, None, None]
        if not bar.is_total:
            drawn = [min(before, level), None, max(bar.amount, Money(0)) or None, max(-bar.amount, Money(0)) or None]
        helpers = [(None if amount is None else number(amount, chart.amount_unit), "helper") for amount in drawn]
        rows.append(((bar.label, "text"), _amount(bar.amount, chart, is_signed=not bar.is_total), *helpers))
    return Figures(("步骤", "金额", "底（作图用）", "合计", "增加", "减少"), rows)


def _amount(amount: Money, chart: Chart, *, is_signed: bool = False) -> Figure:
    sign = (amount.fen > 0) - (amount.fen < 0) if is_signed else 0
    return (number(amount, chart.amount_unit), ("amount", "rise", "fall")[sign])


def _waterfall(book: Any, place: Place, chart: Waterfall) -> Any:
    """Columns on an unseen base, which bears the labels: a small step is thinner than its figure."""
    picture = book.add_chart({"type": "column", "subtype": "stacked"})
    labels = {"value": True, "position": "inside_end", "custom": [_label(bar, chart.amount_unit) for bar in chart.bars]}
    picture.add_series(place.series(2, fill={"none": True}, border={"none": True}, data_labels=labels))
    totals = {"value": True, "num_format": AMOUNT, "font": {"color": "white"}}
    picture.add_series(place.series(3, fill={"color": NOW}, data_labels=totals))
    picture.add_series(place.series(4, fill={"color": UP}))
    picture.add_series(place.series(5, fill={"color": DOWN}))
    picture.set_legend({"position": "bottom", "delete_series": [0]})
    scale = {"name": chart.amount_unit, "min": 0, "num_format": "#,##0"}
    picture.set_y_axis(scale | {"major_gridlines": {"visible": True, "line": PALE}})
    return picture


def _label(bar: Bar, unit: str) -> dict[str, Any]:
    if bar.is_total:
        return {"delete": True}
    sign, color = ("+", UP) if bar.amount.fen > 0 else ("", DOWN)
    return {"value": sign + _printed(bar.amount, unit), "font": {"color": color}}


def _printed(amount: Money, unit: str) -> str:
    return amount_cell(amount, unit).printed


def _pairs(chart: PairedBars) -> Figures:
    rows: list[tuple[Figure, ...]] = [
        (
            (pair.label, "text"),
            _amount(pair.current, chart),
            _amount(pair.base, chart),
            _amount(pair.current - pair.base, chart, is_signed=True),
        )
        for pair in chart.pairs
    ]
    return Figures(("科目", *chart.names, "增减"), rows)


def _paired(book: Any, place: Place) -> Any:
    picture = book.add_chart({"type": "bar"})
    for column, color in ((1, NOW), (2, BEFORE)):
        labels = {"value": True, "num_format": AMOUNT}
        picture.add_series(place.series(column, fill={"color": color}, data_labels=labels))
    picture.set_legend({"position": "bottom"})
    return _downwards(picture)


def _shares(chart: Treemap) -> Figures:
    rows: list[tuple[Figure, ...]] = [
        ((share.label, "text"), _amount(share.amount, chart), (float(part), "amount")) for share, part in _parts(chart)
    ]
    return Figures(("科目", "金额", "占比%"), rows)


def _parts(chart: Treemap) -> list[tuple[Share, str]]:
    """The shares and their percentages, the largest first."""
    whole = total(share.amount for share in chart.shares)
    shares = sorted(chart.shares, key=lambda share: -share.amount.fen)
    return [(share, percent(share.amount, whole) or "0.00") for share in shares]


def _bars(book: Any, place: Place, chart: Treemap) -> Any:
    """Bars in place of a treemap, which the library cannot draw; amount and share stand beside each."""
    picture = book.add_chart({"type": "bar"})
    printed = [(_printed(share.amount, chart.amount_unit), part) for share, part in _parts(chart)]
    labels = {"value": True, "custom": [{"value": f"{amount}（{part}%）"} for amount, part in printed]}
    picture.add_series(place.series(1, fill={"color": NOW}, data_labels=labels))
    picture.set_legend({"none": True})
    return _downwards(picture)


def _downwards(picture: Any) -> Any:
    """Bars from the top down, as the table has them; the labels say what an axis would."""
    picture.set_y_axis({"reverse": True})  # of a bar chart the library's y axis is that of the names
    picture.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return picture
