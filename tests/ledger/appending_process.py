"""A writer in a process of its own: ``appending_process.py FILE WRITER COMMANDS``.

Says ``ready``, waits for a line, then gives its commands, three facts each: in turn to a stream that all writers
share and to one of its own. Each event id is printed once it is acknowledged.
"""

# ruff: noqa: T201 (it speaks to its parent)

import sys
from pathlib import Path

from store_words import NOON, YEAR, command, fact

from ledger.keeping.sqlite import SqliteStore
from ledger.keeping.store import ANY_VERSION

FACTS = 3


def main(path: str, writer: str, commands: str) -> None:
    store = SqliteStore.open(Path(path))
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(int(commands)):
        stream = f"{writer}/2024" if turn % 2 else YEAR
        drafts = [fact(f"{writer} {turn} {part}") for part in range(FACTS)]
        records = store.append(stream, ANY_VERSION, drafts, command(f"{writer}-{turn}"), NOON)
        print("\n".join(record.event_id for record in records), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
