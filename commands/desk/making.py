"""Values made from options; what keeps one from being made is told in a person's words."""

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from commands.desk.messages import _, told
from events.errors import WrongUsage
from events.model import Value
from events.reasons import reason

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

V = TypeVar("V", bound=Value)


def make(kind: type[V], /, **fields: Any) -> V:
    """A value from its fields, or WrongUsage saying which of them will not do."""
    try:
        return kind(**fields)
    except ValidationError as error:
        raise WrongUsage("输入有误：{details}", details="；".join(map(_detail, error.errors()))) from error


def _detail(found: "ErrorDetails") -> str:
    field, why = "/".join(map(str, found["loc"])), told(reason(found))
    return _("{field}：{reason}", field=field, reason=why) if field else why
