"""The document (文件) on which a budget fact rests, and its number (文号)."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from events.errors import Invalid
from events.model import Name, Value
from events.text import printable

_NUMBER = re.compile(r"(?P<agency>.*?)〔(?P<year>\d{4})〕(?P<serial>\d+)号", re.ASCII)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_AS_PRINTED = re.compile(r"[^\s\[［【（(〔０-９]+〔[0-9]{4}〕[0-9]+号")
_WRITTEN = re.compile(r"\s*[\[［【（(〔]\s*(\d{4})\s*[\]］】）)〕]\s*第?\s*(\d+)\s*号", re.ASCII)


def document_number(text: str) -> str:
    """The number with the brackets of GB/T 9704 around its year: 杭财行〔2024〕5号.

    A number of another form (a meeting, a letter) is kept as it is written.
    """
    if _AS_PRINTED.fullmatch(text):
        return text
    plain = " ".join(text.translate(_DIGITS).split())
    if not plain:
        raise Invalid("文号不能为空。")
    return _WRITTEN.sub(r"〔\1〕\2号", plain)


def document_year(number: str) -> int | None:
    """The year a number was given in; it may differ from the fiscal year (提前下达)."""
    match = _NUMBER.fullmatch(number)
    return int(match["year"]) if match else None


Number = Annotated[
    str, StringConstraints(min_length=1, max_length=100), AfterValidator(printable), AfterValidator(document_number)
]


class Document(Value):
    """文号, 标题, 发文机关, 成文日期. Ministry fields COR_BGT_DOC_NO, BGT_DOC_TITLE, DOC_DATE."""

    number: Number
    title: Name | None = None
    issuer: Name | None = None
    dated: date | None = None
