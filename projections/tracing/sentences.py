"""The sentences of a narrative, and every figure its template took into them.

The template is filled in as always, with names that mark what they print: around each figure stand
two signs nobody can type, which say which figure it is. Taken out again, they leave the sentences as
they were published.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from events.errors import WrongUsage
from events.money import Money, total
from projections.documents.document import Paragraph
from projections.narrative.figures import figures
from projections.narrative.template import FILTERS, Piece, Printing, pieces, trimmed, wan
from projections.reading.reader import Question, Reader
from projections.tracing.reader import tracing
from projections.tracing.trace import MarkedSentence, PrintedFigure, Sentence, Traced, Tracer
from projections.tracing.tracked import Tracked

Name = tuple[str, ...]
OPEN, CLOSE, END = "\ue000", "\ue001", "\ue002"  # of Unicode's private use
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}(.*?){END}", re.DOTALL)


Ratio = tuple[tuple[Name, Money], tuple[Name, Money]]


def sentences(reader: Reader, question: Question) -> list[MarkedSentence]:
    """Every sentence of the narrative at a cut."""
    edition = reader.edition(question.year)
    template = f"{edition.first_year}.md"
    marks = _Marks()
    names = _named(figures(tracing(reader), question), ())
    marked = pieces(reader.forms, template, names, marks.printing)
    plain = pieces(reader.forms, template, figures(reader, question))
    if [_plain(text) for text in _texts(marked)] != list(_texts(plain)):
        raise WrongUsage("模板 {file} 按印出的文字取舍语句，其文字不能逐句追溯。", file=template)
    parts = (part for text in _texts(marked) for part in re.findall("[^。]+。?", text))
    return [
        MarkedSentence(Sentence(number, _plain(part)), marks.within(part)) for number, part in enumerate(parts, start=1)
    ]


def chosen(found: list[MarkedSentence], wanted: str) -> list[MarkedSentence]:
    """The sentence with a number, or those that hold some words."""
    if wanted.isascii() and wanted.isdigit():
        picked = [one for one in found if one.sentence.number == int(wanted)]
    else:
        picked = [one for one in found if wanted in one.sentence.text]
    if not picked:
        raise WrongUsage("没有句子“{wanted}”；共 {count} 句，不写 --sentence 会列出。", wanted=wanted, count=len(found))
    return picked


def trace_sentences(reader: Reader, question: Question, picked: list[MarkedSentence]) -> Iterator[Traced]:
    """Every figure of some sentences; beside a percentage stand the two amounts it was divided from."""
    tracer = Tracer(reader, reader.edition(question.year).amount_unit)
    for one in picked:
        for traced in _traced(tracer, one.figures).values():
            yield replace(traced, sentence=one.sentence)


def _traced(tracer: Tracer, found: tuple[PrintedFigure, ...]) -> dict[Name, Traced]:
    made: dict[Name, Traced] = {}
    for name, value, _, ratio in found:
        if ratio is None:
            made[name] = tracer.traced(name, value, value)
            continue
        made[name] = Traced(name, value, "%", made_of=(ratio[0][0], ratio[1][0]))
        made |= {part: tracer.traced(part, amount, amount) for part, amount in ratio if part not in made}
    return made


@dataclass(frozen=True, slots=True, eq=False)
class _Amount(Money):
    """An amount that knows what it is called."""

    name: Name = ()


class _Count(int):
    """A number of things that knows what it is called."""

    name: Name
    number: int


class _Share(str):
    """A percentage that knows what it is called and what was divided."""

    __slots__ = ("name", "ratio")
    name: Name
    ratio: Ratio


class _Marks:
    """The figures printed so far, and how they are printed."""

    def __init__(self) -> None:
        self._figures: list[PrintedFigure] = []

    @property
    def printing(self) -> Printing:
        """The filters of a template, and what passes through none of them."""
        filters: dict[str, Callable[..., Any]] = {
            "万元": lambda amount: self._put(amount, wan(amount)),
            "百分比": lambda share: self._put(share, trimmed(share)),
        }
        return Printing(FILTERS | filters, lambda value: self._put(value, value))

    def within(self, text: str) -> tuple[PrintedFigure, ...]:
        """The figures of a marked text."""
        return tuple(self._figures[int(number)] for number, _ in _MARK.findall(text))

    def _put(self, value: Any, printed: Any) -> Any:
        if isinstance(value, _Amount):
            figure = PrintedFigure(value.name, Money(value.fen), str(printed))
        elif isinstance(value, _Count):
            figure = PrintedFigure(value.name, value.number, str(printed))
        elif isinstance(value, _Share):
            figure = PrintedFigure(value.name, str(value), str(printed), value.ratio)
        else:
            return printed
        self._figures.append(figure)
        return f"{OPEN}{len(self._figures) - 1}{CLOSE}{printed}{END}"


def _named(value: Any, name: Name) -> Any:
    """The names of a template with every figure under them named by its way."""
    if isinstance(value, dict):
        return {key: _named(inner, (*name, key)) for key, inner in value.items()} | _change_share(value, name)
    if isinstance(value, list):
        return _listed(value, name)
    if isinstance(value, Money):
        return _Amount(value.fen, name)
    if isinstance(value, Tracked):
        count = _Count(value)
        count.name, count.number = name, value
        return count
    return value


def _listed(items: list[Any], name: Name) -> list[Any]:
    """A list; its parts of a whole know the whole."""
    whole = total(item["金额"] for item in items if _is_part(item))
    named = []
    for number, item in enumerate(items, start=1):
        label = item["名称"] if isinstance(item, dict) and "名称" in item else str(number)
        inner = _named(item, (*name, label))
        if _is_part(item):
            ratio = (((*name, label, "金额"), item["金额"]), ((*name, "合计"), whole))
            inner["占比"] = _share(item["占比"], (*name, label, "占比"), ratio)
        named.append(inner)
    return named


def _is_part(item: Any) -> bool:
    return isinstance(item, dict) and {"金额", "占比"} <= set(item)


def _change_share(value: dict[str, Any], name: Name) -> dict[str, Any]:
    """The percentage of a comparison, if this is one and has one."""
    if not value.get("百分比"):
        return {}
    ratio = (((*name, "差额"), value["差额"]), ((*name, "上年"), value["上年"]))
    return {"百分比": _share(value["百分比"], (*name, "百分比"), ratio)}


def _share(text: str, name: Name, ratio: Ratio) -> _Share:
    share = _Share(text)
    share.name, share.ratio = name, ratio
    return share


def _texts(made: list[Piece]) -> Iterator[str]:
    return (piece.text for piece in made if isinstance(piece, Paragraph))


def _plain(text: str) -> str:
    return _MARK.sub(r"\2", text)
