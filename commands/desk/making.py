"""Values made from options; what keeps one from being made is told in a person's words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from commands.desk.messages import _, translated
from events.errors import Fault, WrongUsage, fault
from events.model import Value
from events.reasons import reason

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

V = TypeVar("V", bound=Value)

FIELDS: Mapping[str, Fault] = {  # what people type as text, so that it may turn out too long or not to be seen
    "name": fault("名称"),
    "code": fault("代码"),
    "number": fault("文号"),
    "title": fault("文件标题"),
    "issuer": fault("发文机关"),
    "reason": fault("事由"),
    "nature": fault("单位性质"),
    "duties": fault("主要职能"),
    "departments": fault("内设机构"),
    "indicator": fault("指标"),
    "definition": fault("口径"),
    "text": fault("说明"),
    "project": fault("项目"),
    "target": fault("绩效目标"),
    "officer": fault("签名人"),
}


def make(kind: type[V], /, **fields: Any) -> V:
    """A value from its fields, or WrongUsage saying which of them will not do."""
    try:
        return kind(**fields)
    except ValidationError as error:
        raise WrongUsage("输入有误：{details}", details="；".join(map(_detail, error.errors()))) from error


def _detail(found: "ErrorDetails") -> str:
    where, why = "/".join(map(_place, found["loc"])), translated(reason(found))
    return _("{field}：{reason}", field=where, reason=why) if where else why


def _place(step: str | int) -> str:
    """A field as people call it; a place in a list counts from 1."""
    if isinstance(step, int):
        return str(step + 1)
    return translated(FIELDS[step]) if step in FIELDS else step
