"""Money: an integer number of 分, and the only way into and out of 元 and 万元.

A bare number has no unit, so none is ever taken: every amount is made by a named constructor.
Amounts stay exact until they are printed; printing rounds half up (四舍五入).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

from events.errors import Invalid
from events.text import half_width

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

FEN_PER_YUAN = 100
FEN_PER_WAN = 10_000 * FEN_PER_YUAN
WAN_PLACES = 6  # as many as a 分 takes
FEN_PER_YI = 10_000 * FEN_PER_WAN
NUMBER_MAX = 100  # characters
FEN_MAX = 10**15  # ten trillion 元; thousands of such amounts add up inside a signed 64-bit integer

_UNITS = {"元": FEN_PER_YUAN, "万元": FEN_PER_WAN, "万": FEN_PER_WAN, "亿元": FEN_PER_YI}
_AMOUNT = re.compile(r"(?P<number>\S+?)\s*(?P<unit>亿元|万元|万|元)")
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True, init=False)
class Money:
    """An exact amount in 分. May be negative."""

    fen: int

    def __init__(self, fen: int) -> None:
        _put(self, fen)

    @classmethod
    def from_fen(cls, fen: int) -> Self:
        """From an integer number of 分."""
        amount = cls(fen)
        _storable(amount)
        return amount

    @classmethod
    def from_yuan(cls, number: str | int) -> Self:
        """From a decimal number of 元, exact to the 分."""
        return cls._scaled(str(number), FEN_PER_YUAN)

    @classmethod
    def from_wan(cls, number: str | int) -> Self:
        """From a decimal number of 万元, exact to the 分."""
        return cls._scaled(str(number), FEN_PER_WAN)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From an amount with its unit: 20万元, 200000元, full-width digits and commas too."""
        plain = _plain(text)
        match = _AMOUNT.fullmatch(plain)
        if match:
            return cls._scaled(match["number"], _UNITS[match["unit"]])
        if _NUMBER.fullmatch(plain):
            raise Invalid("金额“{text}”没有写单位，请写成 {text}万元 或 {text}元。", text=text)
        raise Invalid("“{text}”不是金额，请写成 20万元 或 200000元。", text=text)

    @classmethod
    def _scaled(cls, number: str, fen_per_unit: int) -> Self:
        match = _NUMBER.fullmatch(_plain(number)) if len(number) <= NUMBER_MAX else None
        if not match:
            raise Invalid("“{text}”不是数字。", text=number)
        part = match["part"] or ""
        digits = int(match["whole"].replace(",", "") + part)
        fen, rest = divmod(digits * fen_per_unit, 10 ** len(part))
        if rest:
            raise Invalid("金额“{text}”精确到了分以下，最多写到分。", text=number)
        return cls.from_fen(-fen if match["sign"] == "-" else fen)

    def yuan(self) -> str:
        """As a plain decimal string in 元, exact: ``200000.00``."""
        return decimal_text(self.fen, FEN_PER_YUAN)

    def wan(self, places: int = 2) -> str:
        """As a plain decimal string in 万元, rounded half up: ``5143.23``."""
        return decimal_text(self.fen, FEN_PER_WAN, places)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __neg__(self) -> "Money":
        return Money(-self.fen)

    def __abs__(self) -> "Money":
        return Money(abs(self.fen))

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        """In 万元, exact: with two places, or with as many more as it takes."""
        whole, _, part = self.wan(WAN_PLACES).partition(".")
        return f"{whole}.{part.rstrip('0').ljust(2, '0')}万元"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema as schema

        fen = schema.int_schema(strict=True, gt=-FEN_MAX, lt=FEN_MAX)
        return schema.json_or_python_schema(
            json_schema=schema.no_info_after_validator_function(cls, fen),
            python_schema=schema.no_info_after_validator_function(_storable, schema.is_instance_schema(cls)),
            serialization=schema.plain_serializer_function_ser_schema(
                attrgetter("fen"), return_schema=schema.int_schema()
            ),
        )


_put = vars(Money)["fen"].__set__  # half the time of what a frozen dataclass does; amounts are made by the million
ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """The sum; nothing adds up to zero."""
    return Money(sum(amount.fen for amount in amounts))


def decimal_text(number: int, divisor: int, places: int = 2) -> str:
    """``number / divisor`` as a decimal string, rounded half up away from zero."""
    scaled = half_up(number * 10**places, divisor)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def half_up(number: int, divisor: int) -> int:
    """``number / divisor`` to the nearest integer, a half away from zero (四舍五入)."""
    quotient = (2 * abs(number) + divisor) // (2 * divisor)
    return -quotient if number < 0 else quotient


def percent(part: Money, whole: Money, places: int = 2) -> str | None:
    """``part`` as a percentage of ``whole``, rounded half up; None where ``whole`` is zero."""
    if not whole:
        return None
    sign = -1 if whole.fen < 0 else 1
    return decimal_text(sign * part.fen * 100, abs(whole.fen), places)


def _storable(amount: Money) -> Money:
    if abs(amount.fen) >= FEN_MAX:
        raise Invalid("金额 {fen} 分超出可记录的范围。", fen=amount.fen)
    return amount


def _plain(text: str) -> str:
    return half_width(text).strip().replace("−", "-")
