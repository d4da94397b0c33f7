"""What the desk asks before it records, and what it takes for an answer."""

import io
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from at_the_desk import PAPER, Desk

LINE = ("--function-code", "2012901", "--nature", "公用经费", "--economic-code", "30212")
WHY = (*PAPER, "--reason", "出访批件", "--effective-on", "2024-05-20", "--year", 2024)
INITIAL = """
    功能科目编码  支出用途  经济科目编码  金额（万元）
    2012901       公用经费  30211         100
    2012901       公用经费  30212         10
"""
ASKING = {
    "supplement": ("supplement", *LINE, "--amount", "15万元", *WHY),
    "reduce": ("reduce", *LINE, "--amount", "5万元", *WHY),
    "transfer": ("transfer", "--from", "2012901/公用经费/30211", "--to", "2012901/公用经费/30212", "--amount", "5万元", *WHY),
    "carry-over": ("carry-over", *LINE, "--amount", "5万元", *WHY),
}  # fmt: skip
EFFECTS = {"supplement": "25.00万元", "reduce": "5.00万元", "transfer": "15.00万元"}


@pytest.fixture
def year(desk: Desk) -> Desk:
    """A desk whose unit has its 2024 budget."""
    desk.does("approve", desk.sheet(INITIAL), "--year", 2024, *PAPER, "--effective-on", "2024-01-01")
    return desk.at("2024-06-03T09:30:00+08:00")


@pytest.mark.parametrize("command", ASKING)
def test_yes_records(year, command):
    answer = year(*ASKING[command], "-O", "json", typed="y\n")
    assert answer.code == 0
    assert answer.json == {"event_id": "101/2024/2", "stream": "101/2024", "version": 2}
    assert "确认记录？" in answer.err


@pytest.mark.parametrize("command", ASKING)
@pytest.mark.parametrize(("typed", "said"), [("n\n", "已取消，没有记录。"), ("\n", "已取消"), (None, "没有得到确认")])
def test_anything_but_yes_records_nothing(year, command, typed, said):
    before = year.payloads
    answer = year(*ASKING[command], typed=typed)
    assert answer.code != 0
    assert said in answer.err
    assert (answer.out, year.payloads) == ("", before)


@pytest.mark.parametrize("command", ASKING)
def test_told_yes_it_does_not_ask(year, command):
    answer = year.does(*ASKING[command], "--yes")
    assert answer.err == ""
    assert "101/2024/2" in answer.out


@pytest.mark.parametrize("command", EFFECTS)
def test_the_effect_is_shown_before_it_asks(year, command):
    answer = year(*ASKING[command], typed="n\n")
    effect, asked, _ = answer.err.partition("确认记录？")
    assert f"2012901/公用经费/30212：变动后预算 10.00万元 变为 {EFFECTS[command]}" in effect
    assert asked


def test_a_transfer_says_how_much_it_moves_and_may_have_a_ground(year):
    answer = year.does(*ASKING["transfer"], "--ground", "预算调整", "--yes")
    assert answer.out == "已记录。 调剂 101/2024/2，2 条明细，调入调出各 5.00万元\n"
    assert '"ground":"adjustment"' in year.payloads[-1]


def test_a_reversal_shows_what_it_takes_back_and_which_event_it_cancels(year):
    event = year.json(*ASKING["supplement"], "--yes")["event_id"]
    answer = year.does("reverse", event, "--reason", "录错", "--dry-run")
    assert "2012901/公用经费/30212：变动后预算 25.00万元 变为 10.00万元" in answer.err
    assert answer.out == f"试运行，没有记录。 冲销 101/2024/3，冲销的是 {event}\n"


@pytest.mark.parametrize("command", ASKING)
def test_what_was_recorded_before_is_not_asked_about(year, command):
    asked = (*ASKING[command], "--command-id", "c1")
    year.does(*asked, "--yes")
    answer = year(*asked, typed=None)
    assert (answer.code, answer.err) == (0, "")
    assert "此前已经记录过，没有重复记录。" in answer.out


def test_what_a_rule_forbids_is_not_asked_about(year):
    answer = year("reduce", *LINE, "--amount", "10.01万元", *WHY, typed="y\n")
    assert answer.code == 1
    assert "预算不能为负" in answer.err
    assert "确认记录？" not in answer.err


class Thinking(io.BytesIO):
    """A person who says yes, but only after something else has happened."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__(b"y\n")
        self._meanwhile = meanwhile

    def read1(self, size: int = -1) -> bytes:
        self._meanwhile()
        return super().read1(size)


def test_somebody_else_who_wrote_while_one_was_asked_is_a_conflict(year):
    colleague = year.at("2024-06-03T09:31:00+08:00")
    typed = Thinking(lambda: colleague.does(*ASKING["reduce"], "--yes"))
    answer = year(*ASKING["supplement"], typed=typed)
    assert answer.code == 3
    assert "已被他人先行写入" in answer.err
    assert [item["title"] for item in year.at("2024-06-04").json("history", "--year", 2024)] == ["年初批复", "追减"]


def test_without_a_terminal_the_program_ends_with_an_explanation(year):
    called = [sys.executable, "-c", "from commands.main import main; main()", "--ledger", year.ledger]
    outcome = subprocess.run(
        [*called, *map(str, ASKING["supplement"])],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "BUDGET_LANG": "zh"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert outcome.returncode == 2
    assert "没有得到确认，没有记录；不需询问时请加 --yes。" in outcome.stderr.decode()
    assert len(year.payloads) == 2
