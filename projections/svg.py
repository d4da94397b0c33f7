"""Charts drawn as SVG: self-contained text for a page, and for the PDF (basic shapes only, for resvg).

Up is red and down is green, as is usual in China; the sign stands beside the colour. No text runs into
another or out of the picture: names are wrapped by their measured width, never cut, and a name too
long for its tile stands in the list below. Sums are sums of integers, so that the same chart is the
same text on every machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

from events.money import Money, percent, total
from events.record import digest_of_content
from projections.chart import Bar, Chart, Pair, PairedBars, Share, Treemap, Waterfall
from projections.grids import in_unit

WIDTH, PAD, GAP = 640, 16, 12
SIZE, LINE, BAR = 13, 19, 15
LABELS_MAX, MAP_HEIGHT = 212, 300
FONTS = "'Source Han Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', SimHei, sans-serif"
INK, QUIET, RULE, PAPER = "#1f2933", "#5b6770", "#d5dbe1", "#ffffff"
MAIN, BASE, UP, DOWN = "#2b5c8a", "#a9bdd0", "#c0392b", "#1e7b4c"
TILES = ("#2b5c8a", "#8a5a2b", "#5b6770", "#6a4c8c", "#22707a", "#7a6a1f", "#8c4a6b", "#3f5fa8")
NOT_FIRST = "，。、；：！？）》】〉”’％%"
BROAD = "%@&MWmw"
EMPTY = "没有可画的数据"


class Pen(NamedTuple):
    """How a text is written. ``anchor`` is the side that stands at its place."""

    fill: str = INK
    anchor: str = "start"
    size: int = SIZE
    bold: bool = False


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


class Scale(NamedTuple):
    """Amounts between ``low`` and ``high`` (分) laid over a stretch of the picture."""

    left: float
    room: float
    low: int
    high: int

    def at(self, fen: int) -> float:
        """Where an amount lies."""
        return self.left + self.room * (fen - self.low) / max(self.high - self.low, 1)

    def bar(self, start: int, end: int, y: float, height: float) -> Box:
        """The bar between two amounts; one that is not nothing can be seen."""
        low, high = sorted((self.at(start), self.at(end)))
        width = max(high - low, 1.5) if start != end else 0
        return Box(min(low, self.left + self.room - width), y, width, height)


class Part(NamedTuple):
    """Elements of a picture, and where they end below."""

    elements: list[str]
    bottom: float


LEFT, RIGHT = Pen(), Pen(anchor="end")
FAINT, TITLE = Pen(QUIET), Pen(size=16, bold=True)


def draw(chart: Chart) -> str:
    """The chart as one SVG element, with a title and a description for those who do not see it."""
    header = _header(chart)
    body = _body(chart, header.bottom)
    name = digest_of_content(chart.title, *figures(chart))[7:19]
    height = _n(body.bottom + PAD)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="t{name} d{name}" font-family="{FONTS}">',
        f'<title id="t{name}">{escape(chart.title)}</title>',
        f'<desc id="d{name}">{escape("；".join([*figures(chart), f"单位：{chart.amount_unit}"]))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        *header.elements,
        *body.elements,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def figures(chart: Chart) -> list[str]:
    """What a chart shows, in words: one text for every bar, pair or share."""
    unit = chart.amount_unit
    if isinstance(chart, Waterfall):
        return [f"{bar.label} {_step(bar, unit)}" for bar in chart.bars]
    if isinstance(chart, PairedBars):
        return [_compared(pair, chart.names, unit) for pair in chart.pairs]
    whole = total(share.amount for share in chart.shares)
    return [
        " ".join((share.label, _amount(share.amount, unit), _share(share, whole))).strip() for share in chart.shares
    ]


def text_width(text: str, size: int = SIZE) -> float:
    """How wide a text is at most: Chinese characters 1 em, others 0.55 em, a few broad letters between."""
    return sum(_hundredths(char) for char in text) * size / 100


def wrapped(text: str, room: float, size: int = SIZE) -> list[str]:
    """The text in lines that fit the room; none begins with a closing mark."""
    lines = [""]
    for char in text:
        if lines[-1] and text_width(lines[-1] + char, size) > room:
            carried = lines[-1][-1:] if char in NOT_FIRST and len(lines[-1]) > 1 else ""
            lines[-1] = lines[-1].removesuffix(carried) if carried else lines[-1]
            lines.append(carried)
        lines[-1] += char
    return [line.strip() for line in lines]


def _hundredths(char: str) -> int:
    if east_asian_width(char) in "WFA" or char in BROAD:
        return 100
    return 70 if char.isupper() else 55


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _amount(amount: Money, unit: str) -> str:
    return f"{Decimal(in_unit(amount, unit)):,}"


def _signed(amount: Money, unit: str) -> str:
    return ("+" if amount.fen > 0 else "") + _amount(amount, unit)


def _step(bar: Bar, unit: str) -> str:
    return _amount(bar.amount, unit) if bar.is_total else _signed(bar.amount, unit)


def _share(share: Share, whole: Money) -> str:
    part = percent(share.amount, whole) if share.amount.fen > 0 else None
    return f"{part}%" if part else ""


def _change(pair: Pair, unit: str) -> tuple[str, str]:
    """The change and its percentage, in words where there is no figure."""
    change = pair.current - pair.base
    if not change:
        return "持平", ""
    share = percent(change, pair.base)
    sign = "+" if share and not share.startswith("-") else ""
    return _signed(change, unit), f"{sign}{share}%" if share else "上年无此项"


def _compared(pair: Pair, names: tuple[str, str], unit: str) -> str:
    sides = (f"{name} {_amount(amount, unit)}" for name, amount in zip(names, (pair.current, pair.base), strict=True))
    return f"{pair.label} {'，'.join(sides)}，{' '.join(_change(pair, unit)).strip()}"


def _colour(change: Money) -> str:
    return UP if change.fen > 0 else DOWN if change.fen < 0 else QUIET


def _text(x: float, y: float, text: str, pen: Pen = LEFT) -> str:
    weight = ' font-weight="700"' if pen.bold else ""
    anchor = f' text-anchor="{pen.anchor}"' if pen.anchor != "start" else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{pen.size}" fill="{pen.fill}"{anchor}{weight}>{escape(text)}</text>'
    )


def _lines(x: float, top: float, lines: Sequence[str], pen: Pen = LEFT) -> list[str]:
    """Lines of text below ``top``, LINE apart."""
    return [_text(x, top + LINE * (number + 0.75), line, pen) for number, line in enumerate(lines) if line]


def _rect(box: Box, fill: str, tip: str = "") -> str:
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" fill="{fill}"'
    return f"<rect {place}><title>{escape(tip)}</title></rect>" if tip else f"<rect {place}/>"


def _rule(x1: float, y1: float, x2: float, y2: float, dashes: str = "") -> str:
    extra = f' stroke-dasharray="{dashes}"' if dashes else ""
    place = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {place} stroke="{QUIET if dashes else RULE}" stroke-width="1"{extra}/>'


def _header(chart: Chart) -> Part:
    unit = f"单位：{chart.amount_unit}"
    lines = wrapped(chart.title, WIDTH - 2 * PAD - GAP - text_width(unit), TITLE.size)
    titles = [_text(PAD, PAD + 16 + 22 * number, line, TITLE) for number, line in enumerate(lines)]
    return Part([*titles, _text(WIDTH - PAD, PAD + 16, unit, Pen(QUIET, "end"))], PAD + 22 * len(lines) + GAP)


def _body(chart: Chart, top: float) -> Part:
    if isinstance(chart, Waterfall) and chart.bars:
        return _waterfall(chart, top)
    if isinstance(chart, PairedBars) and chart.pairs:
        return _paired(chart, top)
    if isinstance(chart, Treemap) and chart.shares:
        return _treemap(chart, top)
    return Part([_text(PAD, top + LINE, EMPTY, FAINT)], top + 2 * LINE)


class Rows(NamedTuple):
    """Rows of a bar chart: names wrapped at the left, bars, figures at the right."""

    labels: list[list[str]]
    scale: Scale
    tops: list[float]
    bottom: float


def _rows(labels: Sequence[str], room_right: float, spread: Sequence[int], top: float, least: float) -> Rows:
    """Where the rows of a bar chart lie. ``least`` is the height of a row with a short name."""
    room = min(max(map(text_width, labels)) + 1, LABELS_MAX)
    names = [wrapped(label, room) for label in labels]
    left = PAD + room + GAP
    scale = Scale(left, WIDTH - PAD - room_right - GAP - left, min(0, *spread), max(0, *spread))
    tops = [top]
    for lines in names:
        tops.append(tops[-1] + max(least, LINE * len(lines)) + GAP)
    return Rows(names, scale, tops[:-1], tops[-1])


def _waterfall(chart: Waterfall, top: float) -> Part:
    spans = list(_spans(chart.bars))
    amounts = [_step(bar, chart.amount_unit) for bar in chart.bars]
    ends = [end for span in spans for end in span]
    rows = _rows([bar.label for bar in chart.bars], max(map(text_width, amounts)), ends, top, LINE)
    elements = [_rule(rows.scale.at(0), top, rows.scale.at(0), rows.bottom)]
    for number, bar in enumerate(chart.bars):
        y, height = rows.tops[number], LINE * max(1, len(rows.labels[number]))
        fill = MAIN if bar.is_total else _colour(bar.amount)
        box = rows.scale.bar(*spans[number], y + height / 2 - BAR / 2, BAR)
        if number + 1 < len(chart.bars):
            x = rows.scale.at(spans[number][1])
            elements.append(_rule(x, box.y + BAR, x, rows.tops[number + 1] + 2, "2 2"))
        elements += _lines(PAD, y, rows.labels[number], LEFT._replace(bold=bar.is_total))
        elements.append(_rect(box, fill, f"{bar.label}：{_exact(bar.amount)}"))
        pen = Pen(INK if bar.is_total else fill, "end", bold=bar.is_total)
        elements += _lines(WIDTH - PAD, y + (height - LINE) / 2, [amounts[number]], pen)
    return Part(elements, rows.bottom - GAP)


def _spans(bars: Iterable[Bar]) -> Iterator[tuple[int, int]]:
    """From where to where each bar reaches, in 分."""
    standing = 0
    for bar in bars:
        start = 0 if bar.is_total else standing
        standing = start + bar.amount.fen
        yield start, standing


def _exact(amount: Money) -> str:
    return f"{Decimal(amount.yuan()):,}元"


def _paired(chart: PairedBars, top: float) -> Part:
    unit = chart.amount_unit
    sides = [amount for pair in chart.pairs for amount in (pair.current, pair.base)]
    changes = [_change(pair, unit) for pair in chart.pairs]
    amount_room = max(text_width(_amount(amount, unit)) for amount in sides)
    change_room = max(text_width(text) for texts in [*changes, ("增减",)] for text in texts)
    key = _key(chart.names, top)
    labels = [pair.label for pair in chart.pairs]
    rows = _rows(labels, amount_room + GAP + change_room, [side.fen for side in sides], key.bottom, 2 * LINE)
    columns = (WIDTH - PAD - change_room - GAP, WIDTH - PAD)
    elements = [*key.elements, *_lines(WIDTH - PAD, key.bottom - LINE - GAP / 2, ["增减"], Pen(QUIET, "end"))]
    for number, pair in enumerate(chart.pairs):
        y = rows.tops[number]
        elements += [_rule(PAD, y - GAP / 2, WIDTH - PAD, y - GAP / 2), *_lines(PAD, y, rows.labels[number])]
        for side, (name, amount) in enumerate(zip(chart.names, (pair.current, pair.base), strict=True)):
            box = rows.scale.bar(0, amount.fen, y + LINE * side + 2, BAR)
            elements.append(_rect(box, BASE if side else MAIN, f"{pair.label}，{name}：{_exact(amount)}"))
            pen = Pen(QUIET if side else INK, "end")
            elements += _lines(columns[0], y + LINE * side, [_amount(amount, unit)], pen)
        pen = Pen(_colour(pair.current - pair.base), "end")
        elements += _lines(columns[1], y, changes[number], pen)
    zero = rows.scale.at(0)
    return Part([*elements, _rule(zero, rows.tops[0], zero, rows.bottom - GAP)], rows.bottom - GAP)


def _key(names: tuple[str, str], top: float) -> Part:
    """What the two colours stand for; side by side if there is room, and beside the last line the change."""
    room = WIDTH - 2 * PAD - 20 - text_width("增减") - GAP
    fits = text_width(names[0]) + text_width(names[1]) + 20 + 2 * GAP <= room
    elements: list[str] = []
    x: float = PAD
    for name, fill in zip(names, (MAIN, BASE), strict=True):
        lines = wrapped(name, room)
        elements += [_rect(Box(x, top + 3, BAR - 2, BAR - 2), fill), *_lines(x + 20, top, lines)]
        if fits:
            x += 20 + text_width(name) + 2 * GAP
        else:
            top += LINE * len(lines)
    return Part(elements, top + (LINE if fits else 0) + GAP)


def _treemap(chart: Treemap, top: float) -> Part:
    """Tiles for what is more than nothing; what has no room in its tile, or has no tile, is listed below."""
    shares = sorted(chart.shares, key=lambda share: -share.amount.fen)
    whole = total(share.amount for share in shares)
    drawn = [share for share in shares if share.amount.fen > 0]
    tiles = squarified([share.amount.fen for share in drawn], Box(PAD, top, WIDTH - 2 * PAD, MAP_HEIGHT))
    y = top + MAP_HEIGHT + GAP if drawn else top
    elements: list[str] = []
    listed = 0
    for number, share in enumerate(shares):
        texts = [_amount(share.amount, chart.amount_unit), _share(share, whole)]
        tile = tiles[number] if number < len(drawn) else None
        fill = TILES[number % len(TILES)] if tile else PAPER
        if tile:
            elements.append(_rect(tile, fill, f"{share.label}：{_exact(share.amount)}"))
            elements.append(_outline(tile))
        label = _label(share.label, texts, tile) if tile else []
        if not label:
            listed += 1
            row = _listed(share.label, texts, y, (str(listed), fill))
            label = [*row.elements, *(_mark(str(listed), tile) if tile else [])]
            y = row.bottom
        elements += label
    return Part(elements, y - GAP if drawn and not listed else y)


def squarified(amounts: Sequence[int], box: Box) -> list[Box]:
    """One tile for each positive amount, descending, as square as may be (Bruls, Huizing, van Wijk)."""
    tiles: list[Box] = []
    while len(tiles) < len(amounts):
        left = amounts[len(tiles) :]
        count = 1
        while count < len(left) and _worst(left[: count + 1], left, box) <= _worst(left[:count], left, box):
            count += 1
        strip, box = _parted(box, sum(left[:count]), sum(left))
        for index in range(count):
            rest = left[index:count]
            tile, strip = _parted(strip, rest[0], sum(rest), across=box.width and strip.width < strip.height)
            tiles.append(tile)
    return tiles
