"""Asking twice: the same file, the same command id, a clock that was set back."""

import pytest
from at_the_desk import PAPER, Desk

INITIAL = """
    功能科目编码  支出用途  经济科目编码  金额（万元）
    2012901       公用经费  30211         100
    2012901       公用经费  30212         10
"""
MORE = """
    功能科目编码  支出用途  经济科目编码  金额（万元）
    2012901       公用经费  30212         15
"""
MOVED = """
    功能科目编码  支出用途  经济科目编码  金额（万元）
    2012901       公用经费  30211         -5
    2012901       公用经费  30212         5
"""
SPENT = """
    功能科目编码  金额（万元）
    2012901       3
"""
YEAR = ("--year", 2024)
WHY = (*PAPER, "--reason", "出访批件", *YEAR)
JUNE_3, JUNE_4 = "2024-06-03T09:30:00+08:00", "2024-06-04T09:30:00+08:00"


@pytest.fixture
def year(desk: Desk) -> Desk:
    """A desk whose unit has its 2024 budget."""
    desk.does("approve", desk.sheet(INITIAL), *YEAR, *PAPER, "--effective-on", "2024-01-01")
    return desk.at(JUNE_3)


def from_files(desk: Desk) -> dict[str, tuple[object, ...]]:
    """Every command that takes a file."""
    more, moved = desk.sheet(MORE, "追加.csv"), desk.sheet(MOVED, "调剂.csv")
    return {
        "approve": ("approve", desk.sheet(INITIAL, "年初.csv"), *YEAR, *PAPER, "--effective-on", "2024-01-01"),
        "supplement": ("supplement", "--file", more, *WHY, "--yes"),
        "reduce": ("reduce", "--file", desk.sheet(MORE.replace("15", "2"), "追减.csv"), *WHY, "--yes"),
        "transfer": ("transfer", "--file", moved, *WHY, "--yes"),
        "carry-over": ("carry-over", "--file", more, *WHY, "--yes"),
        "execute": ("execute", desk.sheet(SPENT, "执行.csv"), *YEAR, "--period", "2024-05"),
    }


FROM_FILES = ["approve", "supplement", "reduce", "transfer", "carry-over", "execute"]


@pytest.mark.parametrize("command", FROM_FILES)
def test_the_same_file_again_adds_nothing(year, command):
    called = from_files(year)[command]
    first = year.json(*called)
    stored = year.payloads
    assert year.json(*called) == {**first, "repeated": True}
    assert "此前已经记录过，没有重复记录。" in year.does(*called).out
    assert year.payloads == stored


@pytest.mark.parametrize("command", FROM_FILES)
def test_trying_the_same_file_again_says_that_it_is_there(year, command):
    called = from_files(year)[command]
    first = year.json(*called)
    tried = year.does(*called, "--dry-run")
    assert "此前已经记录过，没有重复记录。" in tried.out
    assert "变为" not in tried.err
    assert year.json(*called, "--dry-run") == {**first, "dry_run": True, "repeated": True}


@pytest.mark.parametrize("command", FROM_FILES)
def test_the_same_file_on_the_next_day_adds_nothing_either(year, command):
    """Whoever leaves ``--effective-on`` out and runs it again tomorrow must not double the budget."""
    called = from_files(year)[command]
    year.does(*called)
    stored = year.payloads
    year.at(JUNE_4)(*called)
    assert year.payloads == stored


@pytest.mark.parametrize("command", ["supplement", "transfer", "carry-over"])
@pytest.mark.parametrize("chosen_first", [True, False])
def test_a_day_that_is_given_and_the_same_day_by_itself_are_one(year, command, chosen_first):
    called = from_files(year)[command]
    given = (*called, "--effective-on", JUNE_3[:10])
    first, second = (given, called) if chosen_first else (called, given)
    event = year.json(*first)["event_id"]
    assert year.json(*second)["event_id"] == event


def test_another_day_that_is_given_makes_another_recording(year):
    called = from_files(year)["supplement"]
    events = [year.json(*called, "--effective-on", day)["event_id"] for day in ("2024-06-01", "2024-06-02")]
    assert events == ["101/2024/2", "101/2024/3"]


def test_the_same_lines_in_a_file_of_another_name_or_form_add_nothing(year):
    year.does(*from_files(year)["supplement"])
    stored = year.payloads
    copy = year.sheet(MORE.replace("金额（万元）", "amount_wan"), "副本.csv")
    year.does("supplement", "--file", copy, *WHY, "--yes")
    assert year.payloads == stored


def test_a_file_that_was_reversed_may_be_recorded_again(year):
    called = from_files(year)["supplement"]
    event = year.json(*called)["event_id"]
    year.does("reverse", event, "--reason", "重录")
    assert year.json(*called) == {"event_id": "101/2024/4", "stream": "101/2024", "version": 4}


def test_the_same_options_twice_are_two_facts(year):
    line = ("--function-code", "2012901", "--nature", "公用经费", "--economic-code", "30212", "--amount", "1万元")
    events = [year.json("supplement", *line, *WHY, "--yes")["event_id"] for _ in range(2)]
    assert events == ["101/2024/2", "101/2024/3"]


def test_a_command_id_with_another_content_is_a_conflict(year):
    year.does("indicator", "一般公务用车", "--count", 3, *YEAR, "--command-id", "c-1")
    stored = year.payloads
    answer = year("indicator", "一般公务用车", "--count", 4, *YEAR, "--command-id", "c-1")
    assert answer.code == 3
    assert "命令编号 c-1 已用于另一项内容，没有记录。" in answer.err
    assert year.payloads == stored


@pytest.mark.parametrize("shown", [("history",), ("table", 1), ("status",)])
def test_what_was_recorded_is_seen_at_once_although_the_clock_was_set_back(year, shown):
    """A ledger whose clock ran ahead records at its last instant; a reading of today must include it."""
    earlier = year.at("2024-06-02T09:30:00+08:00")
    year.does("indicator", "一般公务用车", "--count", 3, *YEAR)
    earlier.does(*from_files(year)["supplement"], "--effective-on", "2024-05-20")
    before, after = (here.does(*shown, *YEAR, "-O", "csv").out for here in (year.at(JUNE_4), earlier))
    assert after == before


def test_the_digest_is_that_of_the_whole_ledger_although_the_clock_was_set_back(year):
    year.does("indicator", "一般公务用车", "--count", 3, *YEAR)
    assert year.at("2024-06-02T09:30:00+08:00").digest == year.at(JUNE_4).digest
