"""How far something long has come, told on the terminal and nowhere else."""

import sys
from collections.abc import Callable, Iterable, Iterator

import click

from commands.desk.messages import told
from events.errors import Fault
from events.record import Record
from ledger.every_record import Watch

STEP = 1_000


class Watcher:
    """Shows a bar for a pass over all records; nothing where nobody looks on."""

    def __init__(self, total: Callable[[], int]) -> None:
        self._total = total

    def __call__(self, what: Fault) -> Watch:
        """The watch over one pass."""

        def watch(records: Iterable[Record]) -> Iterable[Record]:
            return self._shown(records, told(what)) if sys.stderr.isatty() else records

        return watch

    def _shown(self, records: Iterable[Record], label: str) -> Iterator[Record]:
        with click.progressbar(length=self._total(), label=label, file=sys.stderr) as bar:
            for count, record in enumerate(records, start=1):
                if count % STEP == 0:
                    bar.update(STEP)
                yield record
            bar.finish()
