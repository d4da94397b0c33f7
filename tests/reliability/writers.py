"""Who writes in a simulated history, and what he asks for."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from drawing_intents import Wish
from striking import Strike, opened

from ledger.recording import Order
from ledger.verifying.integrity import verify
from projections.entries.read_model import ReadModel

Guest = Callable[[], None] | None


class Writer:
    """Somebody with a connection of his own."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.store = opened(path)
        self.entries = ReadModel(self.store)

    def prepare(self, strike: Strike | None, guest: Guest = None) -> None:
        self.store.connection.prepare_strike(strike, guest)

    @property
    def digest(self) -> str:
        """The digest as he sees it now."""
        return verify(self.store).digest

    def leave(self) -> None:
        """End, as a process does: what was not committed is gone."""
        self.store.connection.rollback()
        self.store.close()


class Attempt(NamedTuple):
    """What a writer asked for; it may be asked again."""

    wish: Wish
    order: Order


def word(value: object) -> str | None:
    """A word as its stored text."""
    return None if value is None else str(value)
