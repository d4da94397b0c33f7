"""Wiring: which ledger, whose hand, what time. The one place where the parts are put together.

What only reading needs is imported here; what recording needs comes when something is recorded.
"""

from collections.abc import Collection
from contextlib import ExitStack
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from events.errors import EvidenceBroken, WrongUsage
from events.instant import day_in_china
from events.text import seen
from events.vocabulary import Measure
from ledger.catalogue import builtin
from ledger.clock import utc_now
from ledger.keeping.sqlite import SqliteStore
from projections.cut import Cut
from projections.entries.read_model import UNFAITHFUL, ReadModel
from projections.places import forms_folder
from projections.reading.reader import Question, Reader

if TYPE_CHECKING:
    from commands.desk.options import View
    from ledger.recording import Ledger

SQLITE_SCHEME = "sqlite:///"


class Session:
    """One run of the program."""

    def __init__(self, ledger: str, actor: str | None, edition: str) -> None:
        self._address = ledger
        self._actor = actor
        self._edition = edition
        self._closing = ExitStack()

    @property
    def path(self) -> Path:
        """The file of the ledger."""
        plain = self._address.removeprefix(SQLITE_SCHEME)
        if "://" in plain:
            raise WrongUsage("不支持账本地址 {address}；可用文件路径或 sqlite:///路径。", address=self._address)
        return Path(plain)

    @property
    def actor(self) -> str:
        """Who records: as given, else who is logged in."""
        import getpass

        if self._actor is not None and not self._actor.strip():
            raise WrongUsage("经办人不能为空；请改 --actor 或 BUDGET_ACTOR，或不写。")
        return seen(self._actor) if self._actor is not None else getpass.getuser()

    def now(self) -> datetime:
        """The instant it is."""
        return utc_now()

    def today(self) -> date:
        """The day it is in China."""
        return day_in_china(self.now())

    def cut(self, as_of: date | None = None, known_at: datetime | None = None, year: int | None = None) -> Cut:
        """A cut; what is left out is today, and the last instant at which anything was recorded.

        Nothing is recorded at that instant any more, so the answer to such a cut stays as it is. Of a year
        yet to come, the first day is meant: what was approved for it counts from there.
        """
        today = max(self.today(), date(year, 1, 1)) if year else self.today()
        return Cut(as_of or today, known_at or self.store.last_instant())

    def question(self, view: "View", year: int, measure: Measure) -> Question:
        """What is asked of a year."""
        cut = self.cut(view.as_of, view.known_at, year)
        return Question(view.unit, year, measure, cut, view.consolidated)

    @cached_property
    def store(self) -> SqliteStore:
        """The opened ledger file."""
        store = SqliteStore.open(self.path)
        self._closing.callback(store.close)
        return store

    @cached_property
    def entries(self) -> ReadModel:
        """The read model beside the events."""
        return ReadModel(self.store)

    @cached_property
    def reader(self) -> Reader:
        """Whom to ask."""
        return Reader(self.store, self.entries, builtin(), forms_folder(self._edition))

    @cached_property
    def ledger(self) -> "Ledger":
        """Where to record."""
        from ledger.recording import Ledger

        return Ledger(self.store, self.entries.follow, builtin(), self.now)

    def require_faithful(self, units: Collection[str] = ()) -> None:
        """EvidenceBroken if the figures of some units, or of all, are not what follows from their events."""
        if not self.entries.is_faithful(units):
            raise EvidenceBroken.of(UNFAITHFUL)

    def close(self) -> None:
        """Let go of what was opened."""
        self._closing.close()


pass_session = click.make_pass_decorator(Session)
