"""A budget line (预算明细): one signed amount, and the key it counts under.

A line is stored as an array of two, the key as one text and the amount in 分, so that a thousand of them stay
readable and small: ``["general/this_year/2012901/personnel/30101",69630000]``. A year says the same of few keys, so
each is read and held against its types once: see ``docs/decisions/0002-lines-as-pairs.md``.
"""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from events.codes import economic_item, function_item
from events.errors import Fault, Invalid, fault
from events.money import Money
from events.text import seen
from events.vocabulary import FundSource, Nature, Origin

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

PROJECT_NAME_MAX = 200
KEYS_KEPT = 20_000

_ABSENT = ("",) * 6


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
        detail = self.economic_code or self.project
        parts = (self.function_code, self.nature and self.nature.label, detail, fund_source, origin)
        return "/".join(part for part in parts if part)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema as schema

        return schema.json_or_python_schema(
            json_schema=schema.no_info_after_validator_function(stored_key, schema.str_schema(strict=True)),
            python_schema=schema.no_info_after_validator_function(storable, schema.is_instance_schema(cls)),
            serialization=schema.plain_serializer_function_ser_schema(stored_text, return_schema=schema.str_schema()),
        )


class Line(NamedTuple):
    """One signed amount. An explicit 0 is a fact, not an absence."""

    key: LineKey
    amount: Money

    def under(self, **places: Any) -> "Line":
        """The same amount under a key that differs in some places."""
        return Line(self.key._replace(**places), self.amount)

    def __neg__(self) -> "Line":
        return Line(self.key, -self.amount)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema as schema

        pair = schema.tuple_schema([handler.generate_schema(LineKey), handler.generate_schema(Money)])
        return schema.no_info_after_validator_function(partial(tuple.__new__, cls), pair)


@lru_cache(KEYS_KEPT)
def stored_key(text: str) -> LineKey:
    """The key that is stored as a text; Invalid if it is none. Only the name of a project may contain ``/``."""
    written = text.split("/", len(LineKey._fields) - 1)
    if not written[-1]:
        raise Invalid("明细“{text}”末尾多写了“/”。", text=text)
    source, origin, function, nature, economic, project = (*written, *_ABSENT[len(written) :])
    return LineKey(
        FundSource.of(source),
        Origin.of(origin),
        function_item(function),
        Nature.of(nature) if nature else None,
        economic_item(economic) if economic else None,
        _project(project) if project else None,
    )


@lru_cache(KEYS_KEPT)
def stored_text(key: LineKey) -> str:
    """How a key is stored: its places parted by ``/``, those at the end left out that say nothing."""
    places = [place or "" for place in key]
    while not places[-1]:
        places.pop()
    return "/".join(places)


def _project(name: str) -> str:
    if seen(name) != name or len(name) > PROJECT_NAME_MAX:
        raise Invalid("项目名称“{name}”前后不应有空格，最多 {limit} 个字。", name=name, limit=PROJECT_NAME_MAX)
    return name


def storable(key: LineKey) -> LineKey:
    """The key itself if it is read back as it is stored, else Invalid."""
    if stored_key(text := stored_text(key)) != key:
        raise Invalid("明细“{text}”写法不对。", text=text)
    return key


@lru_cache(KEYS_KEPT)
def line_faults(key: LineKey) -> tuple[Fault, ...]:
    """What a line of a budget lacks (《预算法》第四十六条: 功能分类到项, 基本支出经济分类到款)."""
    return tuple(_line_faults(key))


def _line_faults(key: LineKey) -> Iterator[Fault]:
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
    for key, _ in lines:
        for found in line_faults(key):
            raise Invalid.of(found)
    return lines
