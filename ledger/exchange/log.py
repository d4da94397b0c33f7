"""A log: the events of a ledger as lines of text, one JSON object a line, for another ledger to take in.

The form is described for strangers in ``docs/format.md``.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from pydantic_core import SchemaValidator, ValidationError
from pydantic_core import core_schema as schema

from events.errors import Fault, Invalid, WrongUsage, fault, listed
from events.record import Record, record_of
from events.stream import STREAM_NAME
from events.text import printable

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, ErrorDetails

LINE_BYTES_MAX = 64_000_000
NO_POSITION = 0

_TEXT = schema.str_schema(strict=True)
_NUMBER = schema.int_schema(strict=True, ge=1)
_DIGEST = schema.str_schema(strict=True, pattern="^sha256:[0-9a-f]{64}$")
_INSTANT = schema.str_schema(
    strict=True, pattern=r"^[0-8][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$"
)
FIELDS: dict[str, "CoreSchema"] = {
    "stream": schema.str_schema(strict=True, pattern=STREAM_NAME),
    "version": _NUMBER,
    "event_id": _TEXT,
    "recorded_at": _INSTANT,
    "actor": _TEXT,
    "command_id": _TEXT,
    "intent_digest": _DIGEST,
    "type": _TEXT,
    "type_version": _NUMBER,
    "payload": _TEXT,
    "hash": _TEXT,
}

_fields_of = SchemaValidator(
    schema.typed_dict_schema(
        {name: schema.typed_dict_field(kind) for name, kind in FIELDS.items()}, extra_behavior="forbid"
    )
).validate_json
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_NO_OBJECT = fault("不是一个 UTF-8 的 JSON 对象。")
_NO_INSTANT = fault("“{text}”不是记录时刻，应写成 2024-06-03T01:30:00.000000Z。")
_NO_NUMBER = fault("序号和版本应从 1 起。")
_SAID_WRONGLY = {
    "stream": fault("“{text}”不是流的名称，应写成 单位代码 或 单位代码/年度。"),
    "recorded_at": _NO_INSTANT,
    "intent_digest": fault("“{text}”不是摘要，应写成 sha256: 和 64 位十六进制数字。"),
    "version": _NO_NUMBER,
    "type_version": _NO_NUMBER,
}


def line_of(record: Record) -> bytes:
    """A record as a line of a log, with its line feed."""
    return f"{_written(dict(zip(FIELDS, record[1:], strict=True)))}\n".encode()


def read_line(line: bytes) -> Record:
    """A record from a line of a log; it has no position yet. Invalid if the line is none."""
    try:
        record = record_of((NO_POSITION, *_fields_of(line).values()))
    except ValidationError as error:
        raise Invalid.of(_fault_of(error.errors(include_url=False))) from None
    if not _is_day(record.recorded_at):
        raise Invalid(_NO_INSTANT.template, text=record.recorded_at)
    printable(record.actor)
    printable(record.command_id)
    return record


def read_lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, none so long that it would fill the memory."""
    while line := file.readline(LINE_BYTES_MAX + 1):
        if len(line) > LINE_BYTES_MAX:
            raise WrongUsage("日志中有一行超过 {limit} 字节，不是导出的日志。", limit=LINE_BYTES_MAX)
        yield line


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines with something on them, by their number in the file; what editors put before UTF-8 is no part of it."""
    return (
        (number, line.removeprefix(BOM_UTF8) if number == 1 else line)
        for number, line in enumerate(lines, start=1)
        if not line.isspace()
    )


def _fault_of(errors: "list[ErrorDetails]") -> Fault:
    """What is wrong with a line that is no record; fields that are missing or of another kind come first."""
    if not errors[0]["loc"]:
        return _NO_OBJECT
    said_wrongly = [error for error in errors if error["type"] in ("string_pattern_mismatch", "greater_than_equal")]
    others = [str(error["loc"][0]) for error in errors if error not in said_wrongly]
    if others:
        return fault("缺少、多出或写错了：{fields}。", fields=listed(others))
    first = said_wrongly[0]
    return fault(_SAID_WRONGLY[str(first["loc"][0])].template, text=first["input"])


def _is_day(instant: str) -> bool:
    """Whether the calendar and the clock have what is written as an instant."""
    try:
        return bool(datetime.fromisoformat(instant))
    except ValueError:
        return False
