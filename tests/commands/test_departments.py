"""A department that keeps no budget of its own is the sum of its units."""

import os
import threading
from pathlib import Path

import pytest
from at_the_desk import Desk

MONEY = (
    "--function-code",
    "2012901",
    "--nature",
    "人员支出",
    "--economic-code",
    "30101",
    "--document",
    "文〔2024〕1号",
)


@pytest.fixture
def department(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "department.db")
    desk.does("init")
    desk.does("unit", "add", "100", "部门", "--yes")
    for code, amount in (("101", "300万元"), ("102", "200万元")):
        desk.does("unit", "add", code, f"单位{code}", "--parent", "100", "--yes")
        desk.does(
            "supplement", "--unit", code, "--year", 2024, *MONEY, "--amount", amount, "--reason", "补", "--ground",
            "预备费", "--effective-on", "2024-02-01", "--yes",
        )  # fmt: skip
    return desk


def test_its_figures_are_those_of_its_units(department: Desk):
    said = department.does("status", "--unit", "100", "--consolidated", "--year", 2024, "--as-of", "2024-12-31")
    assert "500.00" in said.out


def test_its_history_is_that_of_its_units(department: Desk):
    told = department.does("history", "--unit", "100", "--consolidated", "-O", "json").json
    assert {event["event_id"] for event in told} >= {"100/1", "101/2024/1", "102/2024/1"}


def test_a_year_that_none_of_them_has_begun_is_told(department: Desk):
    answer = department("status", "--unit", "100", "--consolidated", "--year", 2025)
    assert answer.code == 2
    assert "没有 2025 年度的记录" in answer.err


def test_a_superior_that_is_not_there_yet_is_asked_for(tmp_path: Path):
    desk = Desk(tmp_path / "empty.db")
    desk.does("init")
    answer = desk("unit", "add", "102", "第二单位", "--parent", "100", "--yes")
    assert answer.code == 2
    assert "上级单位 100 尚未登记" in answer.err


def test_a_file_is_written_through_a_link(department: Desk, tmp_path: Path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    department.does("history", "--unit", "101", "-o", link)
    assert link.is_symlink()
    assert "追加" in real.read_text(encoding="utf-8")


def test_a_pipe_stays_a_pipe_and_gets_all(department: Desk, tmp_path: Path):
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    department.does("history", "--unit", "101", "-o", pipe)
    reader.join()
    assert pipe.is_fifo()
    assert "追加" in heard[0]
