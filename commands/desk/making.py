"""Values made from options; what keeps one from being made is told in a person's words."""

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from commands.desk.messages import _, told
from events.errors import Invalid, WrongUsage
from events.model import Value

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

V = TypeVar("V", bound=Value)

REASONS = {
    "missing": "没有填写。",
    "string_too_short": "不能为空。",
    "string_too_long": "太长，最多 {max_length} 个字。",
    "string_pattern_mismatch": "写法不对，应符合 {pattern}。",
    "too_short": "至少要有 {min_length} 项。",
    "too_long": "太多，最多 {max_length} 项。",
}


def make(kind: type[V], /, **fields: Any) -> V:
    """A value from its fields, or WrongUsage saying which of them will not do."""
    try:
        return kind(**fields)
    except ValidationError as error:
        raise WrongUsage("输入有误：{details}", details="；".join(map(_detail, error.errors()))) from error


def _detail(found: "ErrorDetails") -> str:
    context = found.get("ctx", {})
    cause = context.get("error")
    field = "/".join(map(str, found["loc"]))
    if isinstance(cause, Invalid):
        return _("{field}：{reason}", field=field, reason=told(cause.fault)) if field else told(cause.fault)
    reason = _(REASONS.get(found["type"], found["msg"])).format(**context)
    return _("{field}：{reason}", field=field, reason=reason)
