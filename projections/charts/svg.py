"""Charts drawn as SVG: self-contained text for a page, and for the PDF.

Up is red and down is green, as is usual in China; the sign stands beside the colour. Amounts are
printed as tables print them, and to the 分 for who points at a bar. No text runs into another or out
of the picture: names are wrapped by their measured width, never cut, and one too long for its tile
stands in the list below.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import NamedTuple

from events.money import Money, percent, total
from events.record import digest_of_content
from projections.amounts import in_unit
from projections.charts.chart import Bar, Chart, Pair, PairedBars, Share, Treemap, Waterfall
from projections.charts.svg_shapes import (
    LINE,
    PAPER,
    QUIET,
    Box,
    Pen,
    Scale,
    balanced,
    lines_below,
    number,
    rectangle,
    rule,
    squarified,
    text,
    text_width,
    wrapped,
)

NARROW, BROAD, PAD, GAP = 480, 640, 16, 12
FIGURES_MAX = 94
BAR, SWATCH = 15, 16
LABEL_ROOM, MAP_HEIGHT = 150, 260
TILE_PAD, TILE_GAP = 7, 0.6
FONTS = "'Source Han Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', SimHei, sans-serif"
NOW, BEFORE, UP, DOWN = "#2b5c8a", "#a9bdd0", "#c0392b", "#1e7b4c"
TILES = ("#2b5c8a", "#8a5a2b", "#5b6770", "#6a4c8c", "#22707a", "#7a6a1f", "#8c4a6b", "#3f5fa8")
LEFT, RIGHT, FAINT, FAINT_RIGHT = Pen(), Pen(anchor="end"), Pen(QUIET), Pen(QUIET, "end")
TITLE = Pen(size=16, bold=True)
EMPTY = "没有数据"


class Part(NamedTuple):
    """Elements of a picture, and where they end below."""

    elements: list[str]
    bottom: float


class Row(NamedTuple):
    """A row of a bar chart: where it lies, and its name in lines."""

    top: float
    height: float
    name: list[str]


def draw(chart: Chart) -> str:
    """The chart as one SVG element, with a title and a description for those who do not see it."""
    width = BROAD if max(map(text_width, _printed(chart)), default=0) > FIGURES_MAX else NARROW
    header = _header(chart, width)
    body = _body(chart, header.bottom, width)
    name = digest_of_content(chart.title, *figures(chart))[-12:]
    height = number(body.bottom + PAD)
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t{name}" aria-describedby="d{name}"',
        f' font-family="{FONTS}">',
        f'<title id="t{name}">{escape(chart.title)}</title>',
        f'<desc id="d{name}">{escape("；".join([f"单位：{chart.amount_unit}", *figures(chart)]))}</desc>',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        *header.elements,
        *body.elements,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def figures(chart: Chart) -> list[str]:
    """What a chart shows, in words: one text for every bar, pair or share, with the figures it prints."""
    unit = chart.amount_unit
    if isinstance(chart, Waterfall):
        return [f"{bar.label}：{_step(bar, unit)}" for bar in chart.bars]
    if isinstance(chart, PairedBars):
        return [_pair_in_words(pair, chart.names, unit) for pair in chart.pairs]
    texts = ((share.label, *_share_texts(share, chart)) for share in _descending(chart))
    return [f"{label}：{amount}" + (f"，占{part}" if part else "") for label, amount, part in texts]


def _printed(chart: Chart) -> list[str]:
    """Every figure as it stands in the chart."""
    unit = chart.amount_unit
    if isinstance(chart, Waterfall):
        return [_step(bar, unit) for bar in chart.bars]
    if isinstance(chart, PairedBars):
        sides = [amount for pair in chart.pairs for amount in (pair.current, pair.base)]
        return [
            *(_amount(side, unit) for side in sides),
            *(text for pair in chart.pairs for text in _change(pair, unit)),
        ]
    return [text for share in chart.shares for text in _share_texts(share, chart)]


def _header(chart: Chart, width: int) -> Part:
    unit = f"单位：{chart.amount_unit}"
    lines = wrapped(chart.title, width - 2 * PAD - GAP - text_width(unit), TITLE.size)
    titles = [text(PAD, PAD + 16 + 22 * count, line, TITLE) for count, line in enumerate(lines) if line]
    return Part([*titles, text(width - PAD, PAD + 16, unit, FAINT_RIGHT)], PAD + 22 * len(lines) + GAP)


def _body(chart: Chart, top: float, width: int) -> Part:
    if isinstance(chart, Waterfall) and chart.bars:
        return _waterfall(chart, top, width)
    if isinstance(chart, PairedBars) and chart.pairs:
        return _paired(chart, top, width)
    if isinstance(chart, Treemap) and chart.shares:
        return _treemap(chart, top, width)
    return Part(lines_below(PAD, top, [EMPTY], FAINT), top + LINE)


def _waterfall(chart: Waterfall, top: float, width: int) -> Part:
    spans = list(_spans(chart.bars))
    amounts = [_step(bar, chart.amount_unit) for bar in chart.bars]
    rows = _rows([bar.label for bar in chart.bars], top, least=LINE)
    scale = _scale(rows, width - PAD - max(map(text_width, amounts)), [end for span in spans for end in span])
    elements = [_axis(scale, rows)]
    for row, below, span in zip(rows, rows[1:], spans, strict=False):
        x = scale.at(span[1])
        elements.append(rule((x, row.top + row.height / 2), (x, below.top + below.height / 2), dashed=True))
    for row, bar, span, amount in zip(rows, chart.bars, spans, amounts, strict=True):
        middle = row.top + row.height / 2
        pen = LEFT if bar.is_total else Pen(_colour(bar.amount))
        box = scale.bar(*span, middle - BAR / 2, BAR)
        elements.append(rectangle(box, NOW if bar.is_total else pen.fill, f"{bar.label}：{_exact(bar.amount)}"))
        elements += lines_below(PAD, row.top, row.name, LEFT._replace(bold=bar.is_total))
        elements += lines_below(width - PAD, middle - LINE / 2, [amount], pen._replace(anchor="end", bold=bar.is_total))
    return Part(elements, rows[-1].top + rows[-1].height)


def _spans(bars: Sequence[Bar]) -> Iterator[tuple[int, int]]:
    """From where to where each bar reaches, in 分."""
    standing = 0
    for bar in bars:
        start = 0 if bar.is_total else standing
        standing = start + bar.amount.fen
        yield start, standing


def _paired(chart: PairedBars, top: float, width: int) -> Part:
    key = _key(chart.names, top, width)
    rows = _rows([pair.label for pair in chart.pairs], key.bottom + GAP / 2, least=2 * LINE)
    amounts = [amount for pair in chart.pairs for amount in (pair.current, pair.base)]
    changes = [_change(pair, chart.amount_unit) for pair in chart.pairs]
    change_room = max(text_width(words) for words in ["增减", *(words for both in changes for words in both)])
    amount_room = max(text_width(_amount(amount, chart.amount_unit)) for amount in amounts)
    amounts_end = width - PAD - change_room - 1.5 * GAP
    scale = _scale(rows, amounts_end - amount_room, [amount.fen for amount in amounts])
    elements = [*key.elements]
    for row, pair, change in zip(rows, chart.pairs, changes, strict=True):
        line = row.top - GAP / 2
        elements.append(rule((PAD, line), (width - PAD, line)))
        elements += lines_below(PAD, row.top, row.name, LEFT)
        elements += _sides(pair, chart, row, scale, amounts_end)
        elements += lines_below(width - PAD, row.top, change, Pen(_colour(pair.current - pair.base), "end"))
    return Part([*elements, _axis(scale, rows)], rows[-1].top + rows[-1].height)


def _sides(pair: Pair, chart: PairedBars, row: Row, scale: Scale, amounts_end: float) -> list[str]:
    """The two bars of a pair and their amounts."""
    elements: list[str] = []
    looks = ((pair.current, NOW, RIGHT), (pair.base, BEFORE, FAINT_RIGHT))
    for count, (name, (amount, fill, pen)) in enumerate(zip(chart.names, looks, strict=True)):
        y = row.top + LINE * count
        box = scale.bar(0, amount.fen, y + (LINE - BAR) / 2, BAR)
        elements.append(rectangle(box, fill, f"{pair.label}，{name}：{_exact(amount)}"))
        elements += lines_below(amounts_end, y, [_amount(amount, chart.amount_unit)], pen)
    return elements


def _key(names: tuple[str, str], top: float, width: int) -> Part:
    """What the two colours stand for, side by side if there is room; at the right, what the last column is."""
    room = width - 2 * PAD - text_width("增减") - 2 * GAP
    widths = [SWATCH + 6 + text_width(name) for name in names]
    fits = widths[0] + 2 * GAP + widths[1] <= room
    elements = lines_below(width - PAD, top, ["增减"], FAINT_RIGHT)
    x: float = PAD
    for name, fill, taken in zip(names, (NOW, BEFORE), widths, strict=True):
        lines = wrapped(name, room - SWATCH - 6)
        elements += [rectangle(Box(x, top + 3, BAR, BAR - 2), fill), *lines_below(x + SWATCH + 6, top, lines, FAINT)]
        x, top = (x + taken + 2 * GAP, top) if fits else (x, top + LINE * len(lines))
    return Part(elements, top + (LINE if fits else 0) + GAP / 2)


def _rows(labels: Sequence[str], top: float, least: float) -> list[Row]:
    """Rows as high as their wrapped names, and at least so high."""
    rows: list[Row] = []
    for label in labels:
        name = balanced(label, LABEL_ROOM)
        rows.append(Row(top, max(least, LINE * len(name)), name))
        top += rows[-1].height + GAP
    return rows


def _scale(rows: Sequence[Row], right: float, ends: Sequence[int]) -> Scale:
    """The stretch between the names and the figures, which begin at ``right``; zero is always on it."""
    left = PAD + max(text_width(line) for row in rows for line in row.name) + GAP
    return Scale(left, right - GAP - left, min(0, *ends), max(0, *ends))


def _axis(scale: Scale, rows: Sequence[Row]) -> str:
    """The line on which amounts stand: zero."""
    return rule((scale.at(0), rows[0].top), (scale.at(0), rows[-1].top + rows[-1].height))


def _treemap(chart: Treemap, top: float, width: int) -> Part:
    """Tiles for all that is more than nothing, and below a list of what finds no room in its tile."""
    shares = _descending(chart)
    drawn = [share.amount.fen for share in shares if share.amount.fen > 0]
    tiles = squarified(drawn, Box(PAD, top, width - 2 * PAD, MAP_HEIGHT))
    elements: list[str] = []
    listed: list[tuple[Share, str]] = []
    for count, tile in enumerate(tiles):
        fill, share = TILES[count % len(TILES)], shares[count]
        elements.append(rectangle(tile.within(TILE_GAP), fill, f"{share.label}：{_exact(share.amount)}"))
        inside = _inside(share.label, _share_texts(share, chart), tile)
        if not inside:
            listed.append((share, fill))
            inside = _mark(str(len(listed)), tile)
        elements += inside
    listed += [(share, PAPER) for share in shares[len(tiles) :]]
    below = _list(listed, chart, top + MAP_HEIGHT + GAP if tiles else top, width)
    return Part([*elements, *below.elements], below.bottom)


def _inside(label: str, texts: Sequence[str], tile: Box) -> list[str]:
    """A share's name and figures in its tile; nothing if they do not fit."""
    room = tile.width - 2 * TILE_PAD
    name = wrapped(label, room)
    if LINE * len([*name, *texts]) > tile.height - TILE_PAD or max(map(text_width, [*name, *texts])) > room:
        return []
    x, y = tile.x + TILE_PAD, tile.y + TILE_PAD / 2
    below = lines_below(x, y + LINE * len(name), texts, Pen(PAPER))
    return [*lines_below(x, y, name, Pen(PAPER, bold=True)), *below]


def _mark(mark: str, tile: Box) -> list[str]:
    """The number under which a tile stands in the list, if it has room for it."""
    if min(tile.width - text_width(mark), tile.height - LINE) < 1:
        return []
    return lines_below(tile.x + tile.width / 2, tile.y + (tile.height - LINE) / 2, [mark], Pen(PAPER, "middle"))


def _list(listed: Sequence[tuple[Share, str]], chart: Treemap, top: float, width: int) -> Part:
    """One row for each share: its number in the colour of its tile, its name, its figures."""
    texts = [_share_texts(share, chart) for share, _ in listed]
    share_room, amount_room = (max((text_width(both[side]) for both in texts), default=0) for side in (1, 0))
    left = PAD + SWATCH + 12
    elements: list[str] = []
    for count, ((share, fill), (amount, part)) in enumerate(zip(listed, texts, strict=True), start=1):
        if fill != PAPER:
            swatch = Box(PAD, top + 1, SWATCH + 6, SWATCH + 1)
            elements += [rectangle(swatch, fill), *_mark(str(count), swatch._replace(y=top - 1, height=LINE + 2))]
        name = wrapped(share.label, width - PAD - left - share_room - amount_room - 3 * GAP)
        elements += lines_below(left, top, name, LEFT)
        elements += lines_below(width - PAD - share_room - 2 * GAP, top, [amount], RIGHT)
        elements += lines_below(width - PAD, top, [part], FAINT_RIGHT)
        top += LINE * len(name) + 3
    return Part(elements, top - GAP if not listed else top)


def _descending(chart: Treemap) -> list[Share]:
    return sorted(chart.shares, key=lambda share: -share.amount.fen)


def _share_texts(share: Share, chart: Treemap) -> tuple[str, str]:
    """The amount and its percentage of the whole; without one where parts are not all above zero."""
    whole = total(each.amount for each in chart.shares)
    is_part = all(each.amount.fen >= 0 for each in chart.shares)
    part = percent(share.amount, whole) if is_part else None
    return _amount(share.amount, chart.amount_unit), f"{part}%" if part else ""


def _change(pair: Pair, unit: str) -> tuple[str, str]:
    """The change and its percentage; in words where there is no figure."""
    change = pair.current - pair.base
    if not change:
        return "持平", ""
    part = percent(abs(change), abs(pair.base))
    return _signed(change, unit), f"{_sign(change)}{part}%" if part else "上年无此项"


def _pair_in_words(pair: Pair, names: tuple[str, str], unit: str) -> str:
    sides = zip(names, (pair.current, pair.base), strict=True)
    amounts = "，".join(f"{name} {_amount(amount, unit)}" for name, amount in sides)
    change, part = _change(pair, unit)
    return f"{pair.label}：{amounts}，" + (f"增减 {change}（{part}）" if part else change)


def _step(bar: Bar, unit: str) -> str:
    return _amount(bar.amount, unit) if bar.is_total else _signed(bar.amount, unit)


def _amount(amount: Money, unit: str) -> str:
    return f"{Decimal(in_unit(amount, unit)):,}"


def _signed(amount: Money, unit: str) -> str:
    """With its sign, even where it is too small to show a figure."""
    return _sign(amount) + _amount(abs(amount), unit)


def _sign(amount: Money) -> str:
    return "+" if amount.fen > 0 else "-" if amount.fen < 0 else ""


def _exact(amount: Money) -> str:
    return f"{Decimal(amount.yuan()):,}元"


def _colour(change: Money) -> str:
    return UP if change.fen > 0 else DOWN if change.fen < 0 else QUIET
