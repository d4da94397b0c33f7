"""``budget verify``: all that is wrong at once, the first broken link, and what it could touch."""

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from at_the_desk import CODE, PAPER, Desk, opened
from breaking import approval, change, inside, rewrite

YEAR = ("--year", 2024)
PUBLISH = ("publish", *YEAR, "--format", "json,md", "--force")
SHEET = """
功能科目编码 支出用途 经济科目编码 金额（万元）
2012901      人员支出 30101        100
"""


@pytest.fixture
def year(desk: Desk) -> Desk:
    """A unit under another, its year 2024 approved; a carry-over of 2024 into 2025 comes with ``carry``."""
    desk.does("unit", "add", "1", "市总工会系统", "--effective-on", "2022-01-01")
    desk.does("unit", "add", "101-1", "工人文化宫", "--parent", CODE, "--effective-on", "2022-01-01")
    approve(desk, "101-1", 2024)
    return desk


def approve(desk: Desk, unit: str, year: int) -> None:
    sheet, day = desk.sheet(SHEET), f"{year}-01-01"
    desk.does("approve", sheet, "--unit", unit, "--year", year, *PAPER, "--effective-on", day, "--yes")


def told(desk: Desk, *arguments: object) -> dict[str, object]:
    """What verification answers to a program, whatever it ends with."""
    answer = desk("verify", "-O", "json", *arguments)
    found = json.loads(answer.out)
    assert answer.code == (0 if found["whole"] else 4)
    return found


def checks(found: dict[str, object]) -> list[str]:
    return [finding["check"] for finding in found["findings"]]


def publish(desk: Desk, out: Path) -> str:
    return desk.json(*PUBLISH, "--out", out)["event_id"]


def test_a_program_is_told_that_a_ledger_is_whole(sample):
    found = told(sample, "--digest", sample.digest)
    assert found["whole"]
    assert (found["events"], found["streams"], found["digest"]) == (len(sample.payloads), 4, sample.digest)
    assert found["given"]["recognised"]["is_now"]
    assert [found[name] for name in ("findings", "reach", "publications", "published", "remarks")] == [[]] * 5


class TestWhatABreakCouldTouch:
    def test_the_events_from_there_on_the_years_tables_the_superiors_and_next_years_comparison(self, year):
        change(year, "actor = '别人'", "101-1/2024/1")
        answer = year("verify")
        assert answer.code == 4
        assert answer.err.splitlines()[1:7] == [
            "最早断开的一环：101-1/2024/1（位置 4）。",
            "可能影响：",
            "  事件 101-1/2024/1 起本流的 1 个事件",
            "  单位 101-1 2024 年度的各表",
            "  2025 年度与上年的比较",
            "  连同下属汇总时，上级单位 101 的表",
        ]
        assert "  还没有任何一次公开用到它" in answer.err

    def test_the_year_before_where_money_was_carried_over(self, year):
        carried = (
            "--function-code",
            "2012901",
            "--nature",
            "人员支出",
            "--economic-code",
            "30101",
            "--amount",
            "1万元",
        )
        of_next_year = ("--unit", "101-1", "--year", 2025, "--effective-on", "2025-01-01", "--yes")
        year.does("carry-over", *carried, *PAPER, "--reason", "结转", *of_next_year)
        change(year, "actor = '别人'", "101-1/2025/1")
        [reach] = told(year)["reach"]
        assert (reach["year"], reach["comparisons"], reach["carried_from"]) == (2025, 2026, 2024)

    def test_every_year_where_it_is_the_unit_itself(self, year):
        change(year, "actor = '别人'", "101-1/1")
        assert "  单位 101-1 各年度的表和说明" in year("verify").err
        [reach] = told(year)["reach"]
        assert (reach["year"], reach["comparisons"]) == (None, None)

    def test_the_publications_whose_cut_saw_it_and_no_others(self, sample, tmp_path):
        before = publish(sample.at("2024-03-01T09:00:00+08:00"), tmp_path / "before")
        later = sample.at("2024-04-01T09:00:00+08:00")
        event = later.json("indicator", "一般公务用车", "--count", 3, *YEAR)["event_id"]
        after = publish(sample.at("2024-05-01T09:00:00+08:00"), tmp_path / "after")
        change(sample, "actor = '别人'", event)
        [reach] = told(sample)["reach"]
        assert (reach["event_id"], reach["publications"]) == (event, [after])
        change(sample, "actor = '别人'", "101/2023/1")
        first, second = told(sample)["reach"]
        assert (first["event_id"], first["publications"]) == ("101/2023/1", [before, after])
        assert second["event_id"] == event

    def test_the_earliest_break_is_named_first(self, sample):
        change(sample, "actor = '别人'", "101/2024/5")
        change(sample, "actor = '别人'", "101/2023/9")
        lines = sample("verify").err.splitlines()
        assert next(line for line in lines if "断开" in line).startswith("最早断开的一环：101/2023/9（")
        assert [line for line in lines if "另有一条流断开于：101/2024/5" in line]


class TestPayloads:
    def test_a_payload_that_is_none_of_its_type_is_found_though_every_hash_fits(self, sample):
        event = approval(sample)
        rewrite(sample, "payload = replace(payload, '\"reason\"', '\"raison\"')", event)
        found = told(sample)
        assert "payloads" in checks(found)
        assert "chain" not in checks(found)
        assert next(one for one in found["findings"] if one["check"] == "payloads")["event_id"] == event

    def test_the_same_payload_in_another_text_is_found_though_every_hash_fits(self, sample):
        rewrite(sample, "payload = replace(payload, ':', ': ')", "101/2024/1")
        assert checks(told(sample)) == ["payloads"]

    def test_a_quick_look_leaves_out_payloads_and_the_read_model(self, sample):
        rewrite(sample, "payload = replace(payload, ':', ': ')", "101/2024/1")
        with closing(sqlite3.connect(sample.ledger)) as connection, connection:
            connection.execute("UPDATE entries SET fen = fen + 1")
        assert told(sample, "--quick")["whole"]
        assert checks(told(sample)) == ["payloads", "read_model"]

    def test_events_that_cannot_be_folded_do_not_end_verification(self, sample):
        change(sample, "payload = '{}'", approval(sample))
        with inside(sample) as connection:
            connection.execute("DELETE FROM entry_progress")
        found = told(sample)
        assert {"chain", "payloads", "read_model"} <= set(checks(found))


class TestEverythingAtOnce:
    def test_chain_payload_model_publication_digest_and_file_are_told_together(self, sample, tmp_path):
        published = publish(sample, tmp_path / "out")
        (tmp_path / "out" / "document.json").write_text("{}", encoding="utf-8")
        change(sample, "payload = replace(payload, '69630000', 'x')", "101/2023/1")
        rewrite(sample, "actor = '别人'", "101/2024/5")
        spoil = "UPDATE entries SET fen = fen + 1"
        with closing(sqlite3.connect(sample.ledger)) as connection, connection:
            connection.execute(spoil)
        found = told(sample, "--digest", "0" * 64, "--published", tmp_path / "out" / "document.json")
        assert {"digest", "published", "publications", "read_model"} <= set(checks(found))
        assert [one["event_id"] for one in found["findings"] if one["check"] == "publications"] == [published]

    def test_a_damaged_file_is_a_finding_and_no_crash(self, sample):
        content = bytearray(sample.ledger.read_bytes())
        place = content.rindex("演示".encode())
        content[place] = 0xFF
        sample.ledger.write_bytes(bytes(content))
        answer = sample("verify")
        assert answer.code == 4
        assert "账本文件" in answer.err or "哈希不符" in answer.err


class TestPublications:
    def test_those_that_fit_are_counted(self, sample, tmp_path):
        published = publish(sample, tmp_path / "out")
        assert sample.does("verify").out.splitlines()[1] == "公开 1 次，所记的摘要都与账本相符。"
        [one] = told(sample)["publications"]
        assert (one["event_id"], one["fits"], one["forms"]) == (published, True, "same")

    def test_a_rewrite_of_what_one_saw_is_found_without_any_digest_from_outside(self, sample, tmp_path):
        published = publish(sample, tmp_path / "out")
        rewrite(sample, "actor = '别人'", "101/2023/5")
        found = told(sample)
        assert checks(found) == ["publications"]
        assert found["findings"][0]["event_id"] == published

    def test_what_is_recorded_later_takes_nothing_from_it(self, sample, tmp_path):
        publish(sample, tmp_path / "out")
        sample.at("2024-05-01T09:00:00+08:00").does("indicator", "一般公务用车", "--count", 3, *YEAR)
        assert told(sample)["publications"][0]["fits"]

    def test_other_units_do_not_matter_to_it(self, sample, tmp_path):
        publish(sample, tmp_path / "out")
        sample.does("unit", "add", "102", "团委", "--effective-on", "2022-01-01")
        assert told(sample)["whole"]

    def test_forms_that_have_changed_are_told_apart_and_are_no_fault_of_the_ledger(self, sample, tmp_path):
        from projections.places import FOLDER

        own = Path(shutil.copytree(FOLDER / "hangzhou", tmp_path / "ours"))
        published = sample.json("--edition", own, *PUBLISH, "--out", tmp_path / "out")["event_id"]
        form = own / "2024.toml"
        form.write_text(form.read_text(encoding="utf-8") + "\n# 改过\n", encoding="utf-8")
        answer = sample.does("--edition", own, "verify")
        assert f"公开 {published} 所用的表样 ours/2024 与手边的不同" in answer.out
        assert told(sample)["publications"][0]["forms"] == "absent"


class TestDigests:
    def test_that_of_a_unit_is_told_from_that_of_the_whole(self, sample):
        of_the_unit = sample.digest
        sample.does("unit", "add", "102", "团委", "--effective-on", "2022-01-01")
        assert "单位 101 现在的摘要" in sample.does("verify", "--digest", of_the_unit).out
        assert "整个账本现在的摘要" in sample.does("verify", "--digest", sample.digest).out
        sample.does("unit", "describe", "--nature", "群众团体", "--unit", 101)
        found = told(sample, "--digest", of_the_unit)
        assert (found["whole"], found["given"]["recognised"]["is_now"]) == (True, False)

    def test_every_digest_that_was_told_is_recognised_that_of_before_the_first_event_too(self, sample):
        told_then = sample.does("digest", "--known-at", "1999-12-31")
        assert "还没有记录任何事件，这是空账本的摘要" in told_then.err
        said = sample.does("verify", "--digest", told_then.out.strip()).out
        assert "给出的摘要是记录第一个事件之前的，即空账本的摘要" in said
        given = told(sample, "--digest", told_then.out.strip())["given"]
        assert given["recognised"] == {"unit": None, "recorded_at": None, "is_now": False}

    def test_a_file_that_prints_the_digest_of_no_events_is_no_original(self, sample, tmp_path):
        file = tmp_path / "页.txt"
        file.write_text(sample.does("digest", "--known-at", "1999-12-31").out, encoding="utf-8")
        answer = sample("verify", "--published", file)
        assert answer.code == 4
        assert "所印的摘要是本账本在 第一个事件之前 时的，而它不是公开过的文件" in answer.err


class Terminal:
    """A place where somebody looks on."""

    def isatty(self) -> bool:
        return True


def test_how_far_it_has_come_is_shown_to_those_who_look_on(monkeypatch, capsys):
    from commands.desk.progress_bar import Watcher
    from projections.evidence.examination import CHAIN

    watch = Watcher(lambda: 2_000)(CHAIN)
    assert list(watch(range(2_000))) == list(range(2_000))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(type(sys.stderr), "isatty", Terminal.isatty)
    assert list(watch(range(2_000))) == list(range(2_000))
    assert "哈希链" in capsys.readouterr().err


def test_nothing_of_progress_is_said_where_nobody_looks_on(tmp_path):
    assert opened(tmp_path).does("verify").err == ""
