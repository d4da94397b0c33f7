"""``budget check``: a line for every rule, what to do about those that fail, and an exit code."""

import json
from pathlib import Path

import moving_ledger
import pytest
import rule_ids
from click.testing import CliRunner

from commands import main
from commands.demo import _record as record_step
from commands.demo.story import steps
from ledger.keeping.sqlite import SqliteStore
from projections.entries.read_model import ReadModel

CUT = ("--as-of", "2024-02-28", "--known-at", "2024-02-28")


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory):
    path = Path(tmp_path_factory.mktemp("desk")) / "budget.db"
    store = SqliteStore.create(path)
    for number, step in enumerate(steps(), start=1):
        record_step(store, ReadModel(store), step, number)
    store.close()
    return path


@pytest.fixture(scope="module")
def moving_file(tmp_path_factory):
    path = Path(tmp_path_factory.mktemp("desk")) / "budget.db"
    story = moving_ledger.Story(path)
    story.tell()
    story.store.close()
    return path


@pytest.fixture
def check(monkeypatch):
    monkeypatch.setitem(main.COMMANDS, "check", "勾稽检查")

    def call(path, *arguments, language="zh"):
        surroundings = {"BUDGET_LANG": language, "BUDGET_LEDGER": None, "BUDGET_ACTOR": None, "BUDGET_EDITION": None}
        called = ["--ledger", str(path), "check", *arguments]
        return CliRunner(env=surroundings).invoke(main.program(), called, prog_name="budget")

    return call


def test_every_rule_is_told_with_its_verdict(check, sample_file):
    answer = check(sample_file, "--year", "2024", "--measure", "initial", *CUT)
    lines = answer.stdout.splitlines()
    assert [line.split()[0] for line in lines if line[:1] in "TXNDSFL" and "-" in line[:4]] == rule_ids.ALL
    assert "共 84 条规则：通过 73，未通过 3（错误 2、提醒 1、提示 0），不适用 8。" in lines
    at = next(number for number, line in enumerate(lines) if line.startswith("L-04"))
    assert lines[at].split()[1:3] == ["错误", "未通过"]
    assert [line.split()[0] for line in lines[at + 1 : at + 4]] == ["发现", "处理", "依据"]


def test_an_error_ends_with_1_and_says_how_many(check, sample_file):
    answer = check(sample_file, "--year", "2024", "--measure", "initial", *CUT)
    assert answer.exit_code == 1
    assert answer.stderr == "2 条必须成立的规则没有通过。\n"


def test_warnings_are_listed_and_end_with_0(check, moving_file):
    answer = check(moving_file, "--year", "2024", "--as-of", "2024-12-31")
    assert answer.exit_code == 0
    assert "D-06" in answer.stdout
    assert "未通过 2（错误 0、提醒 1、提示 1）" in answer.stdout


def test_json_has_every_result_and_the_counts(check, sample_file):
    answer = json.loads(check(sample_file, "--year", "2024", "--measure", "initial", *CUT, "-O", "json").stdout)
    assert answer["unit"] == {"code": "101", "name": "杭州市总工会"}
    assert (answer["year"], answer["measure"]) == (2024, "initial")
    assert set(answer["cut"]) == {"as_of", "known_at", "digest"}
    assert [result["id"] for result in answer["results"]] == rule_ids.ALL
    assert (answer["passed"], answer["failed"], answer["not_applicable"]) == (73, 3, 8)
    keys = {"id", "group", "title", "severity", "verdict", "findings", "remedy", "source"}
    assert all(set(result) == keys for result in answer["results"])
    by_id = {result["id"]: result for result in answer["results"]}
    assert by_id["T1-01"]["findings"] == []
    assert by_id["L-08"]["verdict"] == "not_applicable"
    assert by_id["L-08"]["findings"] == ["本年还没有公开。"]
    assert (by_id["N-05"]["severity"], by_id["N-05"]["group"], by_id["N-05"]["verdict"]) == (
        "error",
        "narrative",
        "failed",
    )


def test_the_measure_is_that_after_changes_unless_another_is_asked_for(check, moving_file):
    asked = ("--year", "2024", "--as-of", "2024-12-31", "-O", "json")
    assert json.loads(check(moving_file, *asked).stdout)["measure"] == "current"
    refused = check(moving_file, *asked, "--measure", "execution")
    assert refused.exit_code == 2


@pytest.mark.parametrize("form", ["csv", "md", "html"])
def test_other_forms_say_the_same(check, sample_file, form, tmp_path):
    file = tmp_path / f"check.{form}"
    check(sample_file, "--year", "2024", "--measure", "initial", *CUT, "-O", form, "-o", str(file))
    written = file.read_text(encoding="utf-8-sig")
    assert "技术研究与开发" in written
    assert all(rule in written for rule in rule_ids.ALL)


def test_a_year_that_is_not_there_is_wrong_usage(check, sample_file):
    assert check(sample_file, "--year", "2030").exit_code == 2
