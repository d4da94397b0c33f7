"""The cells of an XLS: a stream of binary records inside a compound file ([MS-CFB], [MS-XLS])."""

import struct
from collections.abc import Callable, Iterator, Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0"
STREAMS = ("workbook", "book")
ENTRY_BYTES, MINI_SECTOR_BYTES = 128, 64
SECTOR_EXPONENTS = (9, 12)
LISTED_IN_HEADER = 109
SPECIAL = 0xFFFFFFFA  # sector numbers from here on say that there is none

BEGIN, END, DIMENSIONS, MANY_NUMBERS = 0x0809, 0x000A, 0x0200, 0x00BD
CELLS = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD}  # each begins with its row and column
ROWS_MAX, COLUMNS_MAX = 65_536, 256

Place = tuple[int, int]


def is_binary_workbook(content: bytes) -> bool:
    """Whether it is a compound file: an XLS, or one that is protected by a password."""
    return content.startswith(SIGNATURE)


def cells_of_sheets(content: bytes) -> Iterator[Iterator[Place]]:
    """Row and column, from 1, of the cells of each sheet in turn; ValueError or struct.error if it is no sound file.

    What stands before the first sheet comes as one without cells.
    """
    records = _records(_stream(content))
    for kind, _data in records:
        if kind == BEGIN:
            yield _cells(records)


def _cells(records: Iterator[tuple[int, bytes]]) -> Iterator[Place]:
    """The cells up to the end of a sheet; what is drawn on it stands between them, with an end of its own."""
    depth = 1
    for kind, data in records:
        depth += (kind == BEGIN) - (kind == END)
        if not depth:
            return
        if depth > 1:
            continue
        if kind in CELLS:
            row, column = struct.unpack_from("<HH", data)
            yield row + 1, column + 1
        elif kind == MANY_NUMBERS:
            (row,), (last,) = struct.unpack_from("<H", data), struct.unpack_from("<H", data[-2:])
            yield row + 1, last + 1
        elif kind == DIMENSIONS:
            _require_possible(data)


def _require_possible(dimensions: bytes) -> None:
    """The reader takes a sheet at its word here, and sets aside as many cells."""
    form = "<IIHH" if len(dimensions) >= 14 else "<HHHH"  # noqa: PLR2004 (BIFF8 has wider rows)
    first, behind, _, columns_behind = struct.unpack_from(form, dimensions)
    if max(first, behind) > ROWS_MAX or columns_behind > COLUMNS_MAX or first > max(behind, 1):
        raise ValueError(f"DIMENSIONS {first}:{behind}, {columns_behind}")


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _stream(content: bytes) -> bytes:
    """The stream with the records; empty where there is none, as behind a password."""
    if (exponent := _number(content, 30, "<H")) not in SECTOR_EXPONENTS:
        raise ValueError(f"sectors 2^{exponent}")
    size = 1 << exponent

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    table = _numbers(b"".join(map(sector, _table_sectors(content, sector))))
    directory = _chain(_number(content, 48), table, sector)
    entries = [directory[at : at + ENTRY_BYTES] for at in range(0, len(directory) - ENTRY_BYTES + 1, ENTRY_BYTES)]
    found = {_name(entry): entry for entry in entries}
    entry = next((found[name] for name in STREAMS if name in found), None)
    if entry is None:
        return b""
    start, length = struct.unpack_from("<II", entry, 116)
    if length >= _number(content, 56):
        return _chain(start, table, sector)[:length]
    small = _chain(_number(entries[0], 116), table, sector)
    small_table = _numbers(_chain(_number(content, 60), table, sector))
    mini = MINI_SECTOR_BYTES
    return _chain(start, small_table, lambda number: small[number * mini : (number + 1) * mini])[:length]


def _table_sectors(content: bytes, sector: Callable[[int], bytes]) -> list[int]:
    """Where the table of sectors lies: the first places are in the header, further ones in a chain of their own."""
    listed = list(struct.unpack_from(f"<{LISTED_IN_HEADER}I", content, 76))
    following, seen = _number(content, 68), set[int]()
    while following < SPECIAL and following not in seen:
        seen.add(following)
        *more, following = _numbers(sector(following))
        listed += more
    return [number for number in listed if number < SPECIAL]


def _chain(start: int, table: Sequence[int], sector: Callable[[int], bytes]) -> bytes:
    parts: dict[int, bytes] = {}
    while start < SPECIAL:
        if start >= len(table) or start in parts:
            raise ValueError(f"sector {start}")
        parts[start] = sector(start)
        start = table[start]
    return b"".join(parts.values())


def _name(entry: bytes) -> str:
    length = max(_number(entry, 64, "<H") - 2, 0)
    return entry[: min(length, 64)].decode("utf-16-le", errors="replace").lower()


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _number(data: bytes, at: int, form: str = "<I") -> int:
    (number,) = struct.unpack_from(form, data, at)
    return int(number)
