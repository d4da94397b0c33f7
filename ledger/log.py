"""A log: the events of a ledger as lines of text, one JSON object a line, for another ledger to take in.

The form is described for strangers in ``docs/format.md``.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

from events.errors import Invalid, WrongUsage
from events.record import Record
from events.stream import Stream
from events.text import printable

LINE_BYTES_MAX = 64_000_000
NO_POSITION = 0
FIELDS: dict[str, type] = {
    "stream": str,
    "version": int,
    "event_id": str,
    "recorded_at": str,
    "actor": str,
    "command_id": str,
    "intent_digest": str,
    "type": str,
    "type_version": int,
    "payload": str,
    "hash": str,
}

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_INSTANT = re.compile(r"[0-8][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def line_of(record: Record) -> bytes:
    """A record as a line of a log, with its line feed."""
    return f"{_written(dict(zip(FIELDS, record[1:], strict=True)))}\n".encode()


def read_line(line: bytes) -> Record:
    """A record from a line of a log; it has no position yet. Invalid if the line is none."""
    told = _object(line)
    wrong = [name for name, kind in FIELDS.items() if type(told.get(name)) is not kind]
    if wrong or len(told) != len(FIELDS):
        fields = "、".join(wrong or sorted(set(told) - set(FIELDS)))
        raise Invalid("缺少、多出或写错了：{fields}。", fields=fields)
    _check(told)
    return Record(NO_POSITION, *(told[name] for name in FIELDS))


def read_lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, none so long that it would fill the memory."""
    while line := file.readline(LINE_BYTES_MAX + 1):
        if len(line) > LINE_BYTES_MAX:
            raise WrongUsage("日志中有一行超过 {limit} 字节，不是导出的日志。", limit=LINE_BYTES_MAX)
        yield line


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines with something on them, by their number in the file."""
    return ((number, line) for number, line in enumerate(lines, start=1) if not line.isspace())


def _object(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line.decode())
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Invalid("不是一个 UTF-8 的 JSON 对象。")
    return told


def _check(told: dict[str, Any]) -> None:
    """What must hold of the fields one by one."""
    if str(Stream.parse(told["stream"])) != told["stream"]:
        raise Invalid("“{text}”不是流的名称，应写成 单位代码 或 单位代码/年度。", text=told["stream"])
    if not _is_instant(told["recorded_at"]):
        raise Invalid("“{text}”不是记录时刻，应写成 2024-06-03T01:30:00.000000Z。", text=told["recorded_at"])
    if not _DIGEST.fullmatch(told["intent_digest"]):
        raise Invalid("“{text}”不是摘要，应写成 sha256: 和 64 位十六进制数字。", text=told["intent_digest"])
    if min(told["version"], told["type_version"]) < 1:
        raise Invalid("序号和版本应从 1 起。")
    for name in ("actor", "command_id"):
        printable(told[name])
    try:
        told["payload"].encode()
    except UnicodeEncodeError:
        raise Invalid("文字里有不可见的控制字符，请删去后重试。") from None


def _is_instant(text: str) -> bool:
    """Whether it is written as instants are stored, and is one; what follows needs room to be later."""
    try:
        return bool(_INSTANT.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False
