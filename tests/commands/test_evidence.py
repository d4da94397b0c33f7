"""Whether the ledger is what was recorded: verify, digest, rebuild, and reading where nothing can be written."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from at_the_desk import PAPER, Desk
from breaking import approval, inside, rewrite

from ledger.keeping.schema import TRIGGERS

YEAR = ("--year", 2024)
READINGS = [("table", 1), ("table", 7, "-O", "json"), ("compare",), ("compare", "--by", "indicator"), ("status",),
            ("history",)]  # fmt: skip
SUPPLEMENT = ("supplement", "--function-code", 2012901, "--nature", "公用经费", "--economic-code", 30201,
              "--ground", "预备费", "--amount", "1万元", "--reason", "增列", *PAPER, "--yes")  # fmt: skip

TAMPERINGS = {
    "an amount": "payload = replace(payload, '69630000', '79630000')",
    "a reason": "payload = replace(payload, '年初批复', '年初批准')",
    "whose hand it was": "actor = '别人'",
    "when it was recorded": "recorded_at = '2024-02-07T01:00:00.000000Z'",
    "its hash too": f"payload = replace(payload, '69630000', '7'), hash = '{'0' * 64}'",
}


def test_a_clean_ledger_is_whole_and_its_digest_can_be_checked(sample):
    answer = sample.does("verify", "--digest", sample.digest)
    assert answer.out.splitlines()[:2] == [f"账本完好：{len(sample.payloads)} 个事件，4 条流。", sample.digest]
    assert answer.err == ""


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_changed_is_found_and_named_although_the_triggers_are_back(sample, what):
    event = approval(sample)
    with inside(sample) as connection:
        connection.execute(f"UPDATE events SET {TAMPERINGS[what]} WHERE event_id = ?", (event,))
    answer = sample("verify")
    assert (answer.code, answer.out) == (4, "")
    assert event in answer.err
    assert "账本未通过核对" in answer.err


def test_missing_triggers_alone_are_found(sample):
    with inside(sample, leaving_no_trace=False):
        pass
    answer = sample("verify")
    assert answer.code == 4
    for name in TRIGGERS:
        assert f"只增触发器 {name} 缺失或被改写。" in answer.err


def test_an_event_taken_out_of_the_middle_is_found(sample):
    with inside(sample) as connection:
        connection.execute("DELETE FROM events WHERE event_id = '101/2024/7'")
    answer = sample("verify")
    assert answer.code == 4
    assert "101/2024/8" in answer.err


def test_a_tail_cut_off_is_found_by_the_digest_alone(sample):
    digest = sample.digest
    with inside(sample) as connection:
        connection.execute("DELETE FROM events WHERE position = (SELECT max(position) FROM events)")
    sample.does("rebuild")
    sample.does("verify")
    answer = sample("verify", "--digest", digest)
    assert answer.code == 4
    assert digest in answer.err
    assert "可能截去了末尾" in answer.err


@pytest.mark.parametrize("asked", [("check",), ("publish", "--format", "md", "--out", "made")], ids=str)
def test_an_event_that_is_none_of_its_kind_is_told_though_every_hash_fits(sample, tmp_path, asked):
    sample.does(*SUPPLEMENT, *YEAR)
    event = sample.json("history", *YEAR)[-1]["event_id"]
    rewrite(sample, "payload = replace(payload, ',1000000]', ',-1000000]')", event)
    sample.does("rebuild")
    answer = sample(*(tmp_path / word if word == "made" else word for word in asked), *YEAR)
    assert answer.code == 4
    assert "请运行 budget verify" in answer.err
    assert event in sample("verify").err


def test_a_wrong_digest_ends_with_4(sample):
    answer = sample("verify", "--digest", f"sha256:{'0' * 64}")
    assert answer.code == 4
    assert sample.digest in answer.err


def test_a_digest_of_a_day_stays_the_same_whatever_is_recorded_later(sample):
    of_february = sample.does("digest", "--known-at", "2024-02-29").out
    assert of_february == sample.digest + "\n"
    before = sample.digest
    sample.does("indicator", "一般公务用车", "--count", 3, *YEAR)
    assert sample.does("digest", "--known-at", "2024-02-29").out == of_february
    assert sample.digest != before
    assert sample.json("table", 1, *YEAR, "--known-at", "2024-02-29")["cut"]["digest"] == of_february.strip()


def spoil(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.ledger)) as connection, connection:
        connection.execute("UPDATE entries SET fen = fen + 1 WHERE line = 0")


def test_a_spoilt_read_model_is_found_and_rebuilt_to_the_same_tables(sample):
    before = [sample.does(*reading, *YEAR).out for reading in READINGS]
    spoil(sample)
    answer = sample("verify")
    assert answer.code == 4
    assert "读模型与事件不符；事件完好，请运行 budget rebuild 重建。" in answer.err
    sample.does("rebuild")
    sample.does("verify")
    assert [without_cut(sample.does(*reading, *YEAR).out) for reading in READINGS] == list(map(without_cut, before))


def test_a_rebuild_of_a_sound_model_changes_no_table(sample):
    asked = [(*reading, *YEAR, "--as-of", "2024-02-28", "--known-at", "2024-02-28") for reading in READINGS]
    before = [sample.does(*question).out for question in asked]
    assert "条分录" in sample.does("rebuild").out
    assert [sample.does(*question).out for question in asked] == before


def without_cut(text: str) -> list[str]:
    return [line for line in text.splitlines() if "known_at" not in line]


@pytest.fixture
def on_a_disc(sample: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A ledger on media that nobody can write: for the program; root may write anywhere."""
    able = os.access
    monkeypatch.setattr(os, "access", lambda path, mode, **more: mode != os.W_OK and able(path, mode, **more))
    return sample


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: " ".join(map(str, reading)))
def test_a_ledger_that_cannot_be_written_answers_the_same(sample, reading, request):
    before = sample.does(*reading, *YEAR).out
    request.getfixturevalue("on_a_disc")
    content = sample.ledger.read_bytes()
    assert without_cut(sample.does(*reading, *YEAR).out) == without_cut(before)
    assert sample.ledger.read_bytes() == content


def test_a_ledger_that_cannot_be_written_answers_although_its_read_model_is_gone(sample, request):
    before = sample.does("table", 1, *YEAR).out
    with closing(sqlite3.connect(sample.ledger)) as connection, connection:
        for table in ("entries", "entry_units", "entry_projects", "entry_progress"):
            connection.execute(f"DROP TABLE {table}")
    request.getfixturevalue("on_a_disc")
    content = sample.ledger.read_bytes()
    assert sample.does("table", 1, *YEAR).out == before
    assert sample.ledger.read_bytes() == content


@pytest.mark.parametrize("command", [("indicator", "一般公务用车", "--count", 3, *YEAR), ("rebuild",)])
def test_a_ledger_that_cannot_be_written_takes_nothing_and_says_so(on_a_disc, command):
    before = on_a_disc.payloads
    answer = on_a_disc(*command)
    assert answer.code == 2
    assert "不能写入" in answer.err
    assert on_a_disc.payloads == before


@pytest.mark.parametrize("command", [("verify",), ("digest",), ("unit", "list")])
def test_a_ledger_that_cannot_be_written_can_be_verified(on_a_disc, command):
    assert on_a_disc.does(*command).out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_and_folder_without_the_right_to_write_answer(demo: Path, tmp_path: Path):
    folder = tmp_path / "光盘"
    folder.mkdir()
    shutil.copy(demo / "budget.db", folder)
    desk = Desk(folder / "budget.db", "2024-03-01T09:00:00+08:00")
    desk.ledger.chmod(0o444)
    folder.chmod(0o555)
    try:
        for reading in READINGS:
            assert desk.does(*reading, *YEAR).out
        assert [file.name for file in folder.iterdir()] == ["budget.db"]
    finally:
        folder.chmod(0o755)
