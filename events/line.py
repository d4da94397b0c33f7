"""A budget line (预算明细): one signed amount, and the key it counts under.

A line is stored as an array of two, the key as one text and the amount in 分, so that a thousand of them stay
readable and small: ``["general/this_year/2012901/personnel/30101",69630000]``. A year says the same of few keys, so
each is read and held against its types once: see ``docs/decisions/0017-a-line-is-a-key-and-an-amount.md``.
"""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from events.codes import economic_item, function_item
from events.errors import EvidenceBroken, Fault, Invalid, fault
from events.money import FEN_MAX, Money
from events.text import seen
from events.vocabulary import FundSource, Nature, Origin, tokens

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

PROJECT_NAME_MAX = 200
KEYS_KEPT = 20_000
SEPARATORS_MAX = 5  # a key has no more ``/`` than this outside the name of its project

_ABSENT = ("",) * (SEPARATORS_MAX + 1)
_FUND_SOURCES, _ORIGINS, _NATURES = tokens(FundSource), tokens(Origin), tokens(Nature)


class LineKey(NamedTuple):
    """What two lines share when they are about the same money."""

    fund_source: FundSource
    origin: Origin
    function_code: str
    nature: Nature | None
    economic_code: str | None
    project: str | None

    def __str__(self) -> str:
        fund_source = None if self.fund_source is FundSource.GENERAL else self.fund_source.label
        origin = None if self.origin is Origin.THIS_YEAR else self.origin.label
        nature = self.nature and self.nature.label
        parts = (self.function_code, nature, self.economic_code, self.project, fund_source, origin)
        return "/".join(part for part in parts if part)


class Line(NamedTuple):
    """One signed amount as it is stored: its key as a text, and so many 分. An explicit 0 is a fact, not an absence."""

    text: str
    fen: int

    @classmethod
    def of(cls, key: LineKey, amount: Money) -> Self:
        """The line of an amount; whoever takes it in holds the key against its types."""
        return cls(stored_text(key), amount.fen)

    @property
    def key(self) -> LineKey:
        """What the amount counts under."""
        return stored_key(self.text)

    @property
    def amount(self) -> Money:
        """How much it is."""
        return Money(self.fen)

    def under(self, **places: Any) -> "Line":
        """The same amount under a key that differs in some places."""
        return Line(stored_text(self.key._replace(**places)), self.fen)

    def __neg__(self) -> "Line":
        return Line(self.text, -self.fen)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema as schema

        text = schema.no_info_after_validator_function(_known, schema.str_schema(strict=True))
        fen = schema.int_schema(strict=True, gt=-FEN_MAX, lt=FEN_MAX)
        return schema.no_info_after_validator_function(partial(tuple.__new__, cls), schema.tuple_schema([text, fen]))


@lru_cache(KEYS_KEPT)
def stored_key(text: str) -> LineKey:
    """The key that is stored as a text; Invalid if it is none. Only the name of a project may contain ``/``."""
    written = text.split("/", SEPARATORS_MAX)
    if not written[-1]:
        raise Invalid("明细“{text}”末尾多写了“/”。", text=text)
    source, origin, function, nature, economic, project = (*written, *_ABSENT[len(written) :])
    return LineKey(
        _FUND_SOURCES.get(source) or FundSource.of(source),  # which says what is wrong
        _ORIGINS.get(origin) or Origin.of(origin),
        function_item(function),
        (_NATURES.get(nature) or Nature.of(nature)) if nature else None,
        economic_item(economic) if economic else None,
        _stored_project(project) if project else None,
    )


def kept_key(text: str) -> LineKey:
    """The key of a line that is kept, and was held against its types before; EvidenceBroken if it cannot have been."""
    try:
        return stored_key(text)
    except Invalid as invalid:
        raise EvidenceBroken("存储的明细不能读取：{what}请运行 budget verify。", what=invalid.fault) from invalid


@lru_cache(KEYS_KEPT)
def _known(text: str) -> str:
    """The text itself if a key is stored as it, else Invalid."""
    stored_key(text)
    return text


@lru_cache(KEYS_KEPT)
def stored_text(key: LineKey) -> str:
    """How a key is stored: its places parted by ``/``, those at the end left out that say nothing."""
    source, origin, function, nature, economic, project = key
    text = "/".join((source, origin, function, nature or "", economic or ""))
    if text.count("/") > SEPARATORS_MAX - 1:
        raise Invalid("明细“{text}”里有一处不应含“/”。", text=text)
    return f"{text}/{project}" if project else text.rstrip("/")


def project_name(text: str) -> str:
    """The name of a project as somebody typed it, without the blanks around it; else Invalid."""
    name = seen(text)
    if len(name) > PROJECT_NAME_MAX:
        raise Invalid("项目名称有 {count} 个字，最多 {limit} 个。", count=len(name), limit=PROJECT_NAME_MAX)
    return name


def _stored_project(name: str) -> str:
    if project_name(name) != name:
        raise Invalid("项目名称“{name}”前后不应有空格。", name=name)
    return name


def line_faults(key: LineKey) -> Iterator[Fault]:
    """What a line of a budget lacks (《预算法》第四十六条: 功能分类到项, 基本支出经济分类到款)."""
    nature = key.nature
    if nature is None:
        yield fault("功能科目 {code} 的预算没有写支出用途。", code=key.function_code)
    elif key.economic_code is None and nature.is_basic:
        yield fault("{nature} 属于基本支出，必须写经济科目编码（5 位，到款）。", nature=nature.label)
    elif key.project is None and nature is Nature.PROJECT:
        yield fault("项目支出必须写项目名称。")
    elif key.project is not None and nature is not Nature.PROJECT:
        yield fault("{nature} 不应写项目“{project}”。", nature=nature.label, project=key.project)


def complete(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines themselves if a budget may be made of them, else Invalid."""
    for text, _ in lines:
        for found in _lacks(text):
            raise Invalid.of(found)
    return lines


@lru_cache(KEYS_KEPT)
def _lacks(text: str) -> tuple[Fault, ...]:
    return tuple(line_faults(stored_key(text)))
