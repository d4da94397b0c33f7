"""Good input spoiled a little: bytes cut, doubled, exchanged; parts of a workbook; parts of a JSON value."""

import io
import re
import zipfile
from typing import Any

from hypothesis import strategies as st

SCRAP_MAX = 12
OPERATIONS = ("cut", "double", "overwrite", "insert", "end", "flip")


@st.composite
def spoiled(draw: st.DrawFn, good: bytes) -> bytes:
    """Up to four operations on bytes."""
    content = good
    for operation in draw(st.lists(st.sampled_from(OPERATIONS), min_size=1, max_size=4)):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        to = min(len(content), at + draw(st.integers(1, 60)))
        scrap = draw(st.binary(min_size=1, max_size=SCRAP_MAX))
        content = _operated(content, operation, (at, to), scrap)
    return content


def _operated(content: bytes, operation: str, place: tuple[int, int], scrap: bytes) -> bytes:
    at, to = place
    before, part, behind = content[:at], content[at:to], content[to:]
    return {
        "cut": before + behind,
        "double": before + part + part + behind,
        "overwrite": before + scrap + content[at + len(scrap) :],
        "insert": before + scrap + part + behind,
        "end": before,
        "flip": before + bytes(byte ^ 1 << scrap[0] % 8 for byte in part[:1]) + part[1:] + behind,
    }[operation]


@st.composite
def spoiled_workbook(draw: st.DrawFn, good: bytes) -> bytes:
    """A workbook whose archive is whole while one of its members is spoiled."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = draw(st.sampled_from(sorted(members)))
    members[chosen] = draw(spoiled(members[chosen]))
    if draw(st.booleans()):
        del members[draw(st.sampled_from(sorted(members)))]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


TOKEN = re.compile(r'"[^"]*"|[A-Za-z_]\w*|-?\d+|[\[\]{}=,]|\s+|.', re.DOTALL)
TOKENS = (
    '"x"',
    '""',
    '"function"',
    "5",
    "-1",
    "1e400",
    "nan",
    "true",
    "[]",
    "{}",
    "[[]]",
    "=",
    "[",
    "]",
    "2024-01-01",
    "\n",
)


@st.composite
def spoiled_words(draw: st.DrawFn, good: str) -> str:
    """A text in which up to three words, numbers or brackets are others, are missing or change places."""
    tokens = TOKEN.findall(good)
    for _ in range(draw(st.integers(1, 3))):
        one, other = (draw(st.integers(0, len(tokens) - 1)) for _ in range(2))
        tokens[one] = draw(st.sampled_from(TOKENS) | st.just(tokens[other]) | st.just(""))
    return "".join(tokens)


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**19), 10**19)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["", "general", "2012901", "30201", "2024", "2024-05-20", "9999-12-31", "\u202e", "101/2024/1"])
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


@st.composite
def spoiled_value(draw: st.DrawFn, good: Any) -> Any:
    """A JSON value of which one part, at any depth, is another, is missing, or is there twice."""
    if isinstance(good, dict) and good and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(good)))
        return good | {key: draw(spoiled_value(good[key]))}
    if isinstance(good, list) and good and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(good) - 1))
        return [*good[:at], draw(spoiled_value(good[at])), *good[at + 1 :]]
    if isinstance(good, dict) and good and draw(st.booleans()):
        return {key: value for key, value in good.items() if key != draw(st.sampled_from(sorted(good)))}
    if isinstance(good, list) and draw(st.booleans()):
        return good + good
    return draw(VALUES)
