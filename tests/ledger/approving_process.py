"""An officer in a process of its own: ``approving_process.py FILE AMOUNT``.

Says ``ready``, waits for a line, then records an initial approval and says how it went.
"""

# ruff: noqa: T201 (it speaks to its parent)

import sys
from pathlib import Path

from budget_words import approve, salaries
from store_words import NOON

from events.errors import Refused
from events.stream import Stream
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record


def main(path: str, amount: str) -> None:
    ledger = Ledger(SqliteStore.open(Path(path)), project=lambda _records: None, now=lambda: NOON)
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        record(ledger, Stream("101", 2024), approve(salaries(amount)), Order("王会计"))
    except Refused:
        print("refused", flush=True)
    else:
        print("recorded", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
