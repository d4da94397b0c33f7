"""Why a model does not take a value, in a person's words."""

import re
from typing import TYPE_CHECKING

from events.errors import Fault, Invalid, fault

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_NO_DAY = fault("应为日期，写成 2024-02-06。")
_NO_INSTANT = fault("应为带时区的时刻，写成 2024-02-06T01:00:00Z。")
_NO_INTEGER = fault("应为整数。")
_NO_TEXT = fault("应为文字。")
_NO_LIST = fault("应为列表。")
_NO_OBJECT = fault("应为一组有名称的内容。")
_NO_CHOICE = fault("不认识，可以写：{expected}。")
_PLACE = re.compile(r"at line (?P<line>\d+) column (?P<column>\d+)$")
_TEMPLATES = {
    "missing": fault("没有填写。"),
    "extra_forbidden": fault("不应有这一项。"),
    "string_type": _NO_TEXT,
    "string_too_short": fault("不能为空。"),
    "string_too_long": fault("太长，最多 {max_length} 个字。"),
    "string_pattern_mismatch": fault("写法不对，应符合 {pattern}。"),
    "tuple_type": _NO_LIST,
    "list_type": _NO_LIST,
    "too_short": fault("至少要有 {min_length} 项。"),
    "too_long": fault("太多，最多 {max_length} 项。"),
    "model_type": _NO_OBJECT,
    "enum": _NO_CHOICE,
    "literal_error": _NO_CHOICE,
    "int_type": _NO_INTEGER,
    "int_parsing_size": _NO_INTEGER,
    "greater_than": fault("应大于 {gt}。"),
    "less_than": fault("应小于 {lt}。"),
    "date_type": _NO_DAY,
    "date_parsing": _NO_DAY,
    "date_from_datetime_parsing": _NO_DAY,
    "date_from_datetime_inexact": _NO_DAY,
    "timezone_aware": _NO_INSTANT,
    "datetime_type": _NO_INSTANT,
    "datetime_parsing": _NO_INSTANT,
    "datetime_from_date_parsing": _NO_INSTANT,
}


def reason(found: "ErrorDetails") -> Fault:
    """What one error of a model comes to; its own words where there are none of ours for it."""
    context = found.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, Invalid):
        return cause.fault
    if found["type"] == "json_invalid":
        return no_json(cause)
    template = _TEMPLATES.get(found["type"])
    return Fault(template.template, context) if template else fault("{said}。", said=found["msg"])


def no_json(error: object) -> Fault:
    """Where a text stops being JSON, as whoever reads it says in ``error``."""
    place = _PLACE.search(str(error))
    return fault("不是 JSON（第 {line} 行第 {column} 列）。", **place.groupdict()) if place else fault("不是 JSON。")
