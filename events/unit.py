"""What is said of a unit itself: 登记 and 概况."""

from typing import Literal

from pydantic import Field

from events.model import Event, Name, Text


class UnitRegistered(Event):
    """单位登记: a unit begins to keep its budget here. Its code is the stream's name."""

    type: Literal["UnitRegistered"] = Field(default="UnitRegistered", exclude=True)
    name: Name
    parent: Name | None = None


class UnitDescribed(Event):
    """概况 (单位基本情况): nature, duties and departments as the document prints them."""

    type: Literal["UnitDescribed"] = Field(default="UnitDescribed", exclude=True)
    nature: Name | None = None
    duties: tuple[Text, ...] = ()
    departments: tuple[Name, ...] = ()
