"""docs/templates.md names whatever an edition may say."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pages import DOCS, prose

from events.instant import end_of_day
from events.vocabulary import Measure
from ledger.catalogue import builtin
from ledger.keeping.sqlite import SqliteStore
from projections.cut import Cut
from projections.edition import AXES, CONDITIONS, LABELS, SHOWS
from projections.entries.read_model import ReadModel
from projections.narrative.figures import figures
from projections.narrative.template import FILTERS
from projections.places import FOLDER
from projections.reading.reader import Question, Reader

NAMED = set(re.findall(r"`([^`]+)`", prose(DOCS / "templates.md")))
OWN_NAMES = {"指标"}  # below it stand the names an office gave its own figures


def keys_of(value: Any, inside: str = "") -> Iterator[str]:
    """Every key of a nested value."""
    if isinstance(value, dict):
        for key, part in value.items():
            if inside not in OWN_NAMES:
                yield key
            yield from keys_of(part, key)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from keys_of(part, inside)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_key_of_an_edition_is_named(path: Path):
    assert set(keys_of(tomllib.loads(path.read_text(encoding="utf-8")))) <= NAMED


def test_every_word_of_an_edition_is_named():
    assert {*CONDITIONS, *AXES, *LABELS, *SHOWS} - {"amount"} <= NAMED


def test_every_filter_is_named():
    assert set(FILTERS) <= NAMED


def test_every_name_a_text_can_use_is_named(sample_folder: Path):
    store = SqliteStore.open(sample_folder / "demo" / "budget.db", read_only=True)
    try:
        day = date(2024, 2, 28)
        reader = Reader(store, ReadModel(store), builtin())
        names = figures(reader, Question("101", 2024, Measure.INITIAL, Cut(day, end_of_day(day))))
    finally:
        store.close()
    assert set(keys_of(names)) <= NAMED
