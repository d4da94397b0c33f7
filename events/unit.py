"""What is said of a unit itself: 登记 and 概况."""

from typing import ClassVar, Self

from pydantic import model_validator

from events.document import Document
from events.errors import Invalid
from events.model import Event, Name, Text


class UnitRegistered(Event):
    """单位登记: a unit begins to keep its budget here. Its code is the stream's name."""

    is_reversible: ClassVar[bool] = False
    is_of_unit: ClassVar[bool] = True

    name: Name
    parent: Name | None = None


class UnitChanged(Event):
    """单位变更: from a day on a unit has another name, or another unit above it; what is left out stays as it was."""

    is_of_unit: ClassVar[bool] = True

    name: Name | None = None
    parent: Name | None = None
    document: Document | None = None
    reason: Text

    @model_validator(mode="after")
    def _some_change(self) -> Self:
        if self.name is None and self.parent is None:
            raise Invalid("单位变更应写明新的名称或新的上级单位。")
        return self


class UnitDescribed(Event):
    """概况 (单位基本情况): nature, duties and departments as the document prints them."""

    is_of_unit: ClassVar[bool] = True

    nature: Name | None = None
    duties: tuple[Text, ...] = ()
    departments: tuple[Name, ...] = ()
