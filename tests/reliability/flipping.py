"""Single bits of a ledger file turned over, anywhere in it: each is noticed or changes nothing."""

import random
from pathlib import Path
from typing import NamedTuple

from noticing import Finding, Kept, copy, examined

IN_THE_LOG = 5  # one flip in so many strikes the log beside a ledger that was copied while open


class Flip(NamedTuple):
    """Where a bit was turned over, and what came of it."""

    ending: str
    byte: int
    bit: int
    finding: Finding


def flip(seed: int, closed: Kept, opened: Kept, scratch: Path) -> Flip:
    """Turn one bit over in a copy and examine it."""
    chance = random.Random(seed)
    is_in_log = chance.randrange(IN_THE_LOG) == 0
    kept, ending = (opened, "-wal") if is_in_log else (closed, "")
    copy(kept.path, scratch)
    file = scratch.with_name(scratch.name + ending)
    content = bytearray(file.read_bytes())
    byte, bit = chance.randrange(len(content)), chance.randrange(8)
    content[byte] ^= 1 << bit
    file.write_bytes(content)
    return Flip(ending, byte, bit, examined(scratch, kept))
