"""A budget line (预算明细): one signed amount with every dimension it counts under.

A line is stored as an array, in the order of its fields, so that a thousand of them stay readable
and small: ``["general","this_year","2012901","personnel","30101",null,69630000]``. Its places are
held against these types by the compiled half of pydantic, with no call into Python but the two that
make Money and Line: see ``docs/decisions/0002-lines-as-arrays.md``.
"""

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from events.codes import ECONOMIC_ITEM, FUNCTION_ITEM
from events.errors import Fault, Invalid, fault
from events.money import Money
from events.text import SEEN
from events.vocabulary import FundSource, Nature, Origin, tokens

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
        fund_source = None if self.fund_source is FundSource.GENERAL else self.fund_source.label
        origin = None if self.origin is Origin.THIS_YEAR else self.origin.label
        detail = self.economic_code or self.project
        parts = (self.function_code, self.nature and self.nature.label, detail, fund_source, origin)
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
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema as schema

        function_code = schema.str_schema(strict=True, pattern=FUNCTION_ITEM)
        economic_code = schema.str_schema(strict=True, pattern=ECONOMIC_ITEM)
        project = schema.str_schema(
            strict=True, min_length=1, max_length=PROJECT_NAME_MAX, strip_whitespace=True, pattern=SEEN
        )
        row = schema.tuple_schema(
            [
                FundSource.stored(),
                Origin.stored(),
                function_code,
                schema.nullable_schema(Nature.stored()),
                schema.nullable_schema(economic_code),
                schema.nullable_schema(project),
                handler.generate_schema(Money),
            ]
        )
        return schema.no_info_after_validator_function(partial(tuple.__new__, cls), row)


@lru_cache(maxsize=10_000)  # a year says the same of few lines
def stored_key(
    source: str, origin: str, function: str, nature: str | None, economic: str | None, project: str | None
) -> LineKey:
    """The key of a stored line, which was held against its types when it was recorded."""
    return LineKey(
        tokens(FundSource)[source],
        tokens(Origin)[origin],
        function,
        tokens(Nature)[nature] if nature else None,
        economic,
        project,
    )


def line_faults(line: Line | LineKey) -> list[Fault]:
    """What a line of a budget lacks (《预算法》第四十六条: 功能分类到项, 基本支出经济分类到款)."""
    nature = line.nature
    if nature is None:
        return [fault("功能科目 {code} 的预算没有写支出用途。", code=line.function_code)]
    if line.economic_code is None and nature.is_basic:
        return [fault("{nature} 属于基本支出，必须写经济科目编码（5 位，到款）。", nature=nature.label)]
    if line.project is None:
        return [fault("项目支出必须写项目名称。")] if nature is Nature.PROJECT else []
    if nature is not Nature.PROJECT:
        return [fault("{nature} 不应写项目“{project}”。", nature=nature.label, project=line.project)]
    return []


def complete(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines themselves if a budget may be made of them, else Invalid. Lines alike in what matters count as one."""
    shapes = {(line.nature, line.economic_code is None, line.project is None): line for line in reversed(lines)}
    for line in shapes.values():
        for found in line_faults(line):
            raise Invalid.of(found)
    return lines
