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


def test_who_asks_for_a_superior_alone_is_told_of_the_units_below_it(department: Desk):
    answer = department("status", "--unit", "100", "--year", 2024)
    assert answer.code == 2
    assert "自己没有 2024 年度的记录，下属单位有；能汇总的命令可加 --consolidated。" in answer.err


def test_what_a_description_leaves_out_stays_as_it_was(department: Desk):
    describe = ("unit", "describe", "--unit", "100")
    department.does(*describe, "--nature", "行政单位", "--duty", "甲", "--department", "办公室")
    department.does(*describe, "--duty", "乙")
    assert '"nature":"行政单位","duties":["乙"],"departments":["办公室"]' in department.payloads[-1]


def test_what_is_left_out_is_filled_in_from_the_description_of_the_latest_day(department: Desk):
    describe = ("unit", "describe", "--unit", "100")
    department.does(*describe, "--department", "办公室", "--effective-on", "2024-01-01")
    department.does(*describe, "--nature", "行政单位", "--effective-on", "2023-01-01")
    department.does(*describe, "--duty", "甲", "--effective-on", "2024-02-01")
    assert '"duties":["甲"],"departments":["办公室"]' in department.payloads[-1]
    assert "行政单位" not in department.payloads[-1]


def test_a_retry_of_a_description_is_recognised_whatever_was_said_since(department: Desk):
    describe = ("unit", "describe", "--unit", "100")
    first = department.json(*describe, "--department", "办公室", "--command-id", "u-1")
    department.does(*describe, "--duty", "甲")
    assert department.json(*describe, "--department", "办公室", "--command-id", "u-1") == first | {"repeated": True}
    assert department(*describe, "--department", "人事处", "--command-id", "u-1").code == 3


def test_a_description_of_nothing_is_no_description(department: Desk):
    before = department.payloads
    answer = department("unit", "describe", "--unit", "100")
    assert (answer.code, department.payloads) == (2, before)


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


PROJECT = ("--function-code", "2012901", "--nature", "项目支出", "--project", "培训", "--document", "文〔2024〕2号")


@pytest.fixture
def training(department: Desk) -> Desk:
    """Two units with a project of the same name, each with a code and a target of its own; and an indicator."""
    for code in ("101", "102"):
        ours = ("--unit", code, "--year", 2024, "--effective-on", "2024-02-01")
        department.does("project", "add", "培训", "--code", f"P{code}", *ours)
        department.does("project", "target", "培训", f"单位{code}的目标", *ours)
        department.does(
            "supplement", *ours, *PROJECT, "--amount", "5万元", "--reason", "训", "--ground", "预备费", "--yes"
        )
        department.does("indicator", "机关运行经费", "--amount", "2万元", *ours)
    return department


OF_DEPARTMENT = ("--unit", "100", "--consolidated", "--year", 2024, "--as-of", "2024-12-31")


def test_projects_of_one_name_keep_the_code_and_the_target_of_their_own_unit(training: Desk):
    told = training.json("table", 11, *OF_DEPARTMENT)["rows"]
    rows = [(row["code"], row["labels"]["单位名称"], row["cells"][-1]) for row in told if row["code"]]
    assert rows == [("P101", "单位101", "单位101的目标"), ("P102", "单位102", "单位102的目标")]


def test_a_target_is_followed_to_the_unit_that_set_it(training: Desk):
    traced = training.does("trace", *OF_DEPARTMENT, "--table", 11, "--row", "P102", "--column", "绩效目标").out
    assert "102/2024/" in traced
    assert "101/2024/" not in traced


def test_an_indicator_of_a_department_is_the_sum_of_its_units(training: Desk):
    (row,) = training.json("compare", "--by", "indicator", "--basis", "budget", *OF_DEPARTMENT)["rows"]
    assert (row["name"], row["current"]) == ("机关运行经费", "4.00")


def test_a_name_that_two_units_bear_is_answered_with_their_codes(department: Desk):
    for code in ("201", "202"):
        department.does("unit", "add", code, "同名单位", "--yes")
    answer = department("history", "--unit", "同名单位")
    assert answer.code == 2
    assert "有几个单位名为“同名单位”，请写代码：201、202。" in answer.err


def test_units_that_are_each_others_superiors_are_still_added_up(tmp_path: Path):
    desk = Desk(tmp_path / "all.db")
    desk.does("init")
    for first, second in (("1", "2"), ("2", "1")):
        other = Desk(tmp_path / f"{first}.db")
        other.does("init")
        other.does("unit", "add", second, f"单位{second}", "--yes")
        other.does("unit", "add", first, f"单位{first}", "--parent", second, "--yes")
        log = tmp_path / f"{first}.ndjson"
        other.does("log", "export", "--unit", first, "-o", log)
        desk.does("log", "import", log)
    told = desk.json("history", "--unit", "1", "--consolidated")
    assert {event["event_id"] for event in told} == {"1/1", "2/1"}


def given(desk: Desk, unit: str, year: int, amount: str) -> None:
    """What a unit is approved for trips abroad."""
    sheet = desk.file(f"功能科目编码,支出用途,经济科目编码,金额（万元）\n2012901,公用经费,30212,{amount}\n")
    paper = ("--document", f"文〔{year}〕{unit}号", "--effective-on", f"{year}-01-01")
    desk.does("approve", sheet, "--unit", unit, "--year", year, *paper)


@pytest.fixture
def travelling(department: Desk) -> Desk:
    """101 spends 5 as the year before, of which there are lines; 102 spends 7, of which there is an indicator."""
    given(department, "101", 2023, "5")
    department.does(
        *("indicator", "因公出国（境）费用", "--amount", "7万元", "--unit", "102", "--year", 2023),
        *("--effective-on", "2023-01-01"),
    )
    given(department, "101", 2024, "5")
    given(department, "102", 2024, "7")
    return department


def test_every_unit_has_its_own_base_of_three_public(travelling: Desk):
    for asked, figures in (
        (("--unit", "101"), ("5.00", "5.00")),
        (("--unit", "102"), ("7.00", "7.00")),
        (("--unit", "100", "--consolidated"), ("12.00", "12.00")),
    ):
        told = travelling.json("compare", "--by", "sangong", *asked, "--year", 2024, "--as-of", "2024-12-31")
        assert (told["total"]["current"], told["total"]["base"]) == figures


def test_what_a_unit_declares_comparable_is_left_out_of_its_own_share(travelling: Desk):
    travelling.does(
        *("comparable", "--exclude", "30212", "--unit", "102", "--year", 2024, "--reason", "改为年中追加"),
        *("--effective-on", "2024-02-01"),
    )
    compared = ("compare", "--by", "sangong", *OF_DEPARTMENT)
    [row] = [row for row in travelling.json(*compared)["rows"] if row["name"] == "同口径"]
    assert (row["current"], row["base"]) == ("5.00", "5.00")
    assert "单位102：同口径两侧均剔除 30212" in travelling.does(*compared).out


def test_what_is_no_part_of_three_public_cannot_be_left_out_of_it(travelling: Desk):
    answer = travelling("comparable", "--exclude", "30103", "--unit", "102", "--year", 2024, "--reason", "移出")
    assert answer.code == 1
    assert "30103 不在“三公”经费之内" in answer.err


def test_a_name_that_one_unit_gave_is_read_where_no_other_is_known(department: Desk):
    named = ("2012977", "劳模服务", "--unit", "102", "--year", 2024, "--effective-on", "2024-02-01")
    department.does("subject", "name", *named)
    department.does(
        *("supplement", "--unit", "102", "--year", 2024, "--function-code", "2012977", *MONEY[2:], "--amount", "1万元"),
        *("--reason", "补", "--ground", "预备费", "--effective-on", "2024-02-01", "--yes"),
    )
    assert "劳模服务" in department.does("status", *OF_DEPARTMENT).out


def test_an_indicator_that_ended_is_listed_as_discontinued(training: Desk):
    training.does(
        *("indicator", "政府采购货物", "--amount", "30万元", "--unit", "101", "--year", 2023),
        *("--effective-on", "2023-01-01"),
    )
    rows = training.json("compare", "--by", "indicator", *OF_DEPARTMENT)["rows"]
    assert [(row["name"], row["base"], row["status"]) for row in rows if row["current"] is None] == [
        ("政府采购货物", "30.00", "discontinued")
    ]


def test_a_unit_is_called_by_the_name_it_had_on_the_day_and_as_it_was_known(department: Desk):
    changed = ("unit", "change", "--unit", "101", "--name", "单位一〇一", "--reason", "机构改革")
    paper = ("--document", "杭编〔2024〕7号", "--effective-on", "2024-06-01")
    later = department.at("2024-07-01T09:00:00+08:00")
    later.does(*changed, *paper)
    title = {day: department.json("table", 7, "--unit", "101", "--year", 2024, *day)["unit"]["name"] for day in DAYS}
    assert list(title.values()) == ["单位101", "单位一〇一", "单位101"]
    assert "单位变更" in later.does("history", "--unit", "101").out


DAYS = [
    ("--as-of", "2024-05-31", "--known-at", "2024-12-31"),
    ("--as-of", "2024-06-01", "--known-at", "2024-12-31"),
    ("--as-of", "2024-06-01", "--known-at", "2024-06-30"),
]


def test_a_change_that_is_reversed_never_was(department: Desk):
    answer = department.json("unit", "change", "--unit", "101", "--name", "错名", "--reason", "更名")
    department.does("reverse", answer["event_id"], "--reason", "录错", "--yes")
    assert "101  单位101" in department.does("unit", "list").out


def test_a_unit_that_moves_is_added_up_where_it_is_on_the_day(department: Desk):
    department.does("unit", "add", "200", "另一部门", "--yes")
    moved = ("--parent", "200", "--reason", "划转", "--effective-on", "2024-06-01")
    department.does("unit", "change", "--unit", "102", *moved)
    for day, total in (("2024-05-31", "500.00"), ("2024-06-01", "300.00")):
        asked = ("status", "--unit", "100", "--consolidated", "--year", 2024, "--as-of", day)
        assert f" {total}" in department.does(*asked).out.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--reason", "更名"), "单位变更应写明新的名称或新的上级单位"),
        (("--parent", "101", "--reason", "划转"), "单位 101 不能是它自己的上级单位"),
        (("--parent", "999", "--reason", "划转"), "没有单位“999”"),
    ],
)
def test_a_change_that_changes_nothing_or_cannot_be_is_refused(department: Desk, words: tuple[str, ...], why: str):
    answer = department("unit", "change", "--unit", "101", *words)
    assert answer.code == 2
    assert why in answer.err


@pytest.mark.parametrize("flags", [("--yes",), ("--dry-run",)])
def test_a_unit_is_not_placed_under_one_of_its_own(department: Desk, flags: tuple[str, ...]):
    department.does("unit", "add", "110", "处", "--parent", "101", "--yes")
    moved = ("--parent", "110", "--reason", "划转", "--effective-on", "2024-06-01")
    answer = department("unit", "change", "--unit", "100", *moved, *flags)
    assert answer.code == 1
    assert "110 在 2024-06-01 是 100 的下属单位，不能作它的上级单位。" in answer.err
    department.does("unit", "change", "--unit", "110", "--parent", "100", "--reason", "划转", "--yes")
    assert department("unit", "change", "--unit", "100", *moved, *flags).code == 1


def test_a_list_of_units_stands_in_a_table_without_those_that_have_not_begun_the_year(department: Desk):
    department.does("unit", "add", "103", "单位103", "--parent", "100", "--yes")
    rows = department.json("table", 7, *OF_DEPARTMENT)["rows"]
    assert [row["name"] for row in rows] == ["合计", "单位101", "单位102"]


def test_units_are_listed_with_their_superior_and_their_years(department: Desk):
    listed = department.does("unit", "list").out.splitlines()
    assert listed == ["100  部门", "101  单位101  上级 100  2024", "102  单位102  上级 100  2024"]
    assert department.json("unit", "list")[1] == {"code": "101", "name": "单位101", "parent": "100", "years": [2024]}
