"""How far something long has come, told on the terminal and nowhere else."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import click

from commands.desk.messages import translated
from events.errors import Fault
from ledger.verifying.every_record import Watch

STEP = 1_000

T = TypeVar("T")


class Watcher:
    """Shows a bar for a pass over all records; nothing where nobody looks on."""

    def __init__(self, total: Callable[[], int]) -> None:
        self._total = total

    def __call__(self, what: Fault) -> Watch:
        """The watch over one pass."""

        def watch(passing: Iterable[T]) -> Iterable[T]:
            is_seen = sys.stderr is not None and sys.stderr.isatty()
            return self._shown(passing, translated(what)) if is_seen else passing

        return watch

    def _shown(self, passing: Iterable[T], label: str) -> Iterator[T]:
        with click.progressbar(length=self._total(), label=label, file=sys.stderr) as bar:
            for count, one in enumerate(passing, start=1):
                if count % STEP == 0:
                    bar.update(STEP)
                yield one
            bar.finish()
