"""The shapes charts are drawn with: measured and wrapped text, boxes, rules, scales, tiles.

Only basic SVG, which browsers and resvg draw alike. Sums are sums of integers, so that the same
shapes are the same text on every machine.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

SIZE, LINE = 13, 19
INK, QUIET, RULE, PAPER = "#1f2933", "#5b6770", "#d5dbe1", "#ffffff"
NOT_FIRST = "，。、；：！？）》】〉”’％%"
BROAD_MARKS = "%@&MWmw"
SEEN = 1.5


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

    def cut(self, part: int, whole: int, *, across: bool) -> tuple["Box", "Box"]:
        """The box in two, at ``part / whole`` of its width (``across``) or of its height."""
        if across:
            width = self.width * part / whole
            return self._replace(width=width), Box(
                self.x + width, self.y, self.width * (whole - part) / whole, self.height
            )
        height = self.height * part / whole
        return self._replace(height=height), Box(
            self.x, self.y + height, self.width, self.height * (whole - part) / whole
        )

    def within(self, margin: float) -> "Box":
        """The box without a margin all around; it never turns inside out."""
        width, height = max(self.width - 2 * margin, 0), max(self.height - 2 * margin, 0)
        return Box(self.x + (self.width - width) / 2, self.y + (self.height - height) / 2, width, height)


class Scale(NamedTuple):
    """Amounts from ``low`` to ``high`` (分) laid over a stretch of the picture."""

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
        width = max(high - low, SEEN) if start != end else 0
        return Box(min(low, self.left + self.room - width), y, width, height)


def text_width(text: str, size: int = SIZE) -> float:
    """How wide a text is: Chinese characters 1 em, a few broad letters too, others 0.55 em."""
    return sum(map(_hundredths, text)) * size / 100


def wrapped(text: str, room: float, size: int = SIZE) -> list[str]:
    """The text in lines that fit the room; none begins with a closing mark."""
    lines = [""]
    for char in text:
        if lines[-1] and text_width(lines[-1] + char, size) > room:
            carried = lines[-1][-1] if char in NOT_FIRST and len(lines[-1]) > 1 else ""
            lines[-1] = lines[-1][: len(lines[-1]) - len(carried)]
            lines.append(carried)
        lines[-1] += char
    return [line.strip() for line in lines]


def balanced(text: str, room: float) -> list[str]:
    """The text in as few lines as fit the room, of about one length."""
    lines = wrapped(text, room)
    even = wrapped(text, min(room, text_width(text) / len(lines) + SIZE))
    return even if len(even) == len(lines) else lines


def text(x: float, y: float, words: str, pen: Pen) -> str:
    """One line of text standing on ``y``."""
    anchor = f' text-anchor="{pen.anchor}"' if pen.anchor != "start" else ""
    weight = ' font-weight="700"' if pen.bold else ""
    place = f'x="{number(x)}" y="{number(y)}" font-size="{pen.size}"'
    return f'<text {place} fill="{pen.fill}"{anchor}{weight}>{escape(words)}</text>'


def lines_below(x: float, top: float, lines: Sequence[str], pen: Pen) -> list[str]:
    """Lines of text one below the other from ``top``, each LINE high."""
    return [text(x, top + LINE * count + 0.74 * LINE, line, pen) for count, line in enumerate(lines) if line]


def rectangle(box: Box, fill: str, tip: str = "") -> str:
    """A filled box; ``tip`` is shown to who points at it."""
    place = " ".join(f'{name}="{number(value)}"' for name, value in zip(Box._fields, box, strict=True))
    inside = f"><title>{escape(tip)}</title></rect>" if tip else "/>"
    return f'<rect {place} fill="{fill}"{inside}'


def rule(start: tuple[float, float], end: tuple[float, float], *, dashed: bool = False) -> str:
    """A thin line."""
    style = f'stroke="{QUIET}" stroke-dasharray="2 2"' if dashed else f'stroke="{RULE}"'
    ends = f'x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" y2="{number(end[1])}"'
    return f'<line {ends} {style} stroke-width="1"/>'


def number(value: float) -> str:
    """A coordinate to two decimals, without trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def squarified(amounts: Sequence[int], box: Box) -> list[Box]:
    """A tile for each positive amount, descending, as square as may be (Bruls, Huizing, van Wijk)."""
    tiles: list[Box] = []
    while left := amounts[len(tiles) :]:
        count = 1
        while count < len(left) and _worst(left, count + 1, box) <= _worst(left, count, box):
            count += 1
        across = box.width >= box.height
        strip, box = box.cut(sum(left[:count]), sum(left), across=across)
        for index in range(count):
            tile, strip = strip.cut(left[index], sum(left[index:count]), across=not across)
            tiles.append(tile)
    return tiles


def _worst(amounts: Sequence[int], count: int, box: Box) -> float:
    """How far the first ``count`` amounts are from squares in a strip of their own; 1 is a square."""
    area = box.width * box.height / sum(amounts)
    strip = sum(amounts[:count]) * area / min(box.width, box.height)
    lengths = (amounts[0] * area / strip, amounts[count - 1] * area / strip)
    return max(max(length / strip, strip / length) for length in lengths)


def _hundredths(char: str) -> int:
    if east_asian_width(char) in "WFA" or char in BROAD_MARKS:
        return 100
    return 70 if char.isupper() else 55
