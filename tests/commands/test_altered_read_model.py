"""Somebody alters the read model, which no trigger guards: no figure of it is published or followed to an event."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from at_the_desk import Desk

from ledger.keeping.schema import TRIGGERS

TRACED = ("trace", "--year", 2024, "--table", 3, "--row", "2012901", "--column", "合计")
SAID = ("2012901", "用于人员经费", "--aspect", "主要用途", "--year", 2024, "--yes")
APPEND_ONLY = TRIGGERS["events_no_delete"]


def alter(desk: Desk, statement: str) -> None:
    with closing(sqlite3.connect(desk.ledger)) as connection, connection:
        connection.execute(statement)


@pytest.fixture
def altered(sample: Desk) -> Desk:
    """One amount of the sample ledger is a million 元 more."""
    alter(sample, "UPDATE entries SET fen = fen + 100000000 WHERE line = 12")
    return sample


@pytest.mark.parametrize(
    "asked", [TRACED, ("publish", "--year", 2024, "--format", "md", "--yes")], ids=["trace", "publish"]
)
def test_an_altered_figure_is_neither_traced_nor_published(altered: Desk, tmp_path: Path, asked: tuple[object, ...]):
    digest = altered.digest
    out = ("--out", tmp_path / "out") if asked[0] == "publish" else ()
    answer = altered(*asked, *out)
    assert answer.code == 4
    assert "budget rebuild" in answer.err
    assert not (tmp_path / "out").exists()
    assert altered.digest == digest


DAMAGES = {
    "a code that no word has": "nature = 99",
    "a project that is not there": "project = 99",
    "half a 分": "fen = fen + 0.5",
    "a text for an amount": "fen = 'abc'",
}
READING = [("table", 10), ("status",), ("compare",), ("check",)]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("asked", READING, ids=str)
def test_what_no_read_model_says_is_not_printed(sample: Desk, damage: str, asked: tuple[object, ...]):
    alter(sample, f"UPDATE entries SET {damage} WHERE year = 2024 AND project <> 0")
    answer = sample(*asked, "--year", 2024)
    assert answer.code == 4
    assert answer.out == ""
    assert answer.err == "读模型与事件不符，数字不可信；请先运行 budget verify，再用 budget rebuild 重建。\n"


def test_made_anew_the_figures_are_those_of_the_events_again(altered: Desk):
    altered.does("rebuild")
    altered.does(*TRACED)


@pytest.fixture
def shortened(sample: Desk) -> Desk:
    """Somebody cut off the last three events, and left the read model as it was."""
    for statement in (
        "DROP TRIGGER events_no_delete",
        "DELETE FROM events WHERE position > (SELECT max(position) - 3 FROM events)",
        APPEND_ONLY,
    ):
        alter(sample, statement)
    return sample


@pytest.mark.parametrize("asked", [("table", 1, "--year", 2024), ("verify",), ("explain", *SAID)])
def test_a_read_model_that_has_seen_more_than_there_is_tells_of_lost_events(shortened: Desk, asked: tuple[object, ...]):
    kept = shortened.payloads
    answer = shortened(*asked)
    assert answer.code == 4
    assert f"读模型已记到位置 {len(kept) + 3}，事件只到位置 {len(kept)}：末尾的事件被截去" in answer.err
    assert "事件完好" not in answer.err
    assert shortened.payloads == kept


def test_a_read_model_set_back_is_made_anew(sample: Desk):
    alter(sample, "UPDATE entry_progress SET position = position - 5")
    answer = sample("verify")
    assert answer.code == 4
    assert "读模型与事件不符；事件完好，请运行 budget rebuild 重建。" in answer.err
    sample.does("rebuild")
    sample.does("verify")


def test_a_read_model_set_back_is_told_of_by_whoever_reads_it(sample: Desk):
    alter(sample, "UPDATE entry_progress SET position = 10")
    answer = sample("status", "--year", 2024)
    assert (answer.code, answer.out) == (4, "")
    assert answer.err.startswith("读模型与事件不符")


@pytest.mark.parametrize(
    "statement", ["UPDATE entry_progress SET position = position - 5", "ALTER TABLE events RENAME TO ev2"]
)
def test_tables_that_do_not_fit_end_in_a_sentence(sample: Desk, statement: str):
    alter(sample, statement)
    answer = sample("table", 7, "--year", 2024)
    assert answer.code == 4
    assert "budget verify" in answer.err
