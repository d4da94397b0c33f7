"""What is said of a unit itself: 登记 and 概况."""

from typing import ClassVar

from events.model import Event, Name, Text


class UnitRegistered(Event):
    """单位登记: a unit begins to keep its budget here. Its code is the stream's name."""

    is_reversible: ClassVar[bool] = False

    name: Name
    parent: Name | None = None


class UnitDescribed(Event):
    """概况 (单位基本情况): nature, duties and departments as the document prints them."""

    nature: Name | None = None
    duties: tuple[Text, ...] = ()
    departments: tuple[Name, ...] = ()
