"""A budget line (预算明细): one signed amount with every dimension it counts under.

A line is stored as an array, in the order of its fields, so that a thousand of them stay readable
and small: ``["general","this_year","2012901","personnel","30101",null,69630000]``.
"""

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


class LineKey(NamedTuple):
    """What two lines share when they are about the same money."""

    fund_source: FundSource
    origin: Origin
    function_code: str
    nature: Nature | None
    economic_code: str | None
    project: str | None

    def __str__(self) -> str:
        parts = (self.function_code, self.nature and self.nature.label, self.economic_code or self.project)
        return "/".join(part for part in parts if part)


class Line(NamedTuple):
    """One signed amount. ``amount`` is in 分; an explicit 0 is a fact, not an absence."""

    fund_source: FundSource
    origin: Origin
    function_code: str
    nature: Nature | None
    economic_code: str | None
    project: str | None
    amount: Money

    @property
    def key(self) -> LineKey:
        """The line without its amount."""
        return LineKey(*self[:-1])

    def __neg__(self) -> "Line":
        return self._replace(amount=-self.amount)

    @classmethod
    def from_row(cls, row: tuple[str, str, str, str | None, str | None, str | None, int]) -> "Line":
        """A line from its stored array."""
        fund_source, origin, function_code, nature, economic_code, project, fen = row
        return cls(
            FundSource.of(fund_source),
            Origin.of(origin),
            function_item(function_code),
            Nature.of(nature) if nature is not None else None,
            economic_item(economic_code) if economic_code is not None else None,
            seen(project) if project is not None else None,
            Money.from_fen(fen),
        )

    def to_row(self) -> tuple[str, str, str, str | None, str | None, str | None, int]:
        """The stored array of the line."""
        return (*self[:-1], self.amount.fen)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema as schema

        text = schema.str_schema(strict=True, min_length=1, max_length=PROJECT_NAME_MAX)
        optional = schema.nullable_schema(text)
        fen = schema.int_schema(strict=True)
        row = schema.tuple_schema([text, text, text, optional, optional, optional, fen])
        from_row = schema.no_info_after_validator_function(cls.from_row, row)
        to_row = schema.no_info_after_validator_function(cls.to_row, schema.is_instance_schema(cls))
        return schema.json_or_python_schema(
            json_schema=from_row,
            python_schema=schema.chain_schema([to_row, from_row]),
            serialization=schema.plain_serializer_function_ser_schema(cls.to_row),
        )


def line_faults(key: LineKey) -> list[Fault]:
    """What a line of a budget lacks (《预算法》第四十六条: 功能分类到项, 基本支出经济分类到款)."""
    if key.nature is None:
        return [fault("功能科目 {code} 的预算没有写支出用途。", code=key.function_code)]
    if key.nature.is_basic and key.economic_code is None:
        return [fault("{nature} 属于基本支出，必须写经济科目编码（5 位，到款）。", nature=key.nature.label)]
    if key.nature is Nature.PROJECT and key.project is None:
        return [fault("项目支出必须写项目名称。")]
    if key.nature is not Nature.PROJECT and key.project is not None:
        return [fault("{nature} 不应写项目“{project}”。", nature=key.nature.label, project=key.project)]
    return []


def complete(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines themselves if a budget may be made of them, else Invalid."""
    for line in lines:
        for found in line_faults(line.key):
            raise Invalid(found.template, **found.details)
    return lines
