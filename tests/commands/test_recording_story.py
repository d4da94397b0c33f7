"""A unit's years told command by command: what is answered, what a dry run leaves, what a second asking adds."""

import json
import re
import shlex
from typing import NamedTuple

import pytest
from at_the_desk import CODE, Answer, Desk, records

FILES = {
    "initial": """
        功能科目编码  支出用途  经济科目编码  项目          金额（万元）
        2012901       人员支出  30101         -             100
        2012901       公用经费  30211         -             20
        2012901       公用经费  30212         -             0
        2012902       项目支出  -             劳模管理服务  50
    """,
    "more": """
        功能科目编码  支出用途  经济科目编码  金额（元）
        2012901       人员支出  30101         50000
    """,
    "less": """
        功能科目编码  支出用途  项目          金额（元）
        2012902       项目支出  劳模管理服务  30000
    """,
    "moved": """
        功能科目编码  支出用途  经济科目编码  金额（万元）
        2012901       人员支出  30101         -4
        2012901       人员支出  30103         4
    """,
    "may": """
        功能科目编码  金额（万元）
        2012901       10
        2012902       5
    """,
    "last_year": """
        功能科目编码  金额（万元）
        2012901       110
    """,
}
PAPERS = "--document 杭财行[2024]{}号 --document-issuer 杭州市财政局 --document-date 2024-05-31 --reason 按文件"
TRIP = "--function-code 2012901 --nature 公用经费 --economic-code 30212 --amount 15万元 --ground 因公出国计划审批"
LESS = "--function-code 2012901 --nature 公用经费 --economic-code 30211 --amount ２０，０００元"
LEFT = "--function-code 2012902 --nature 项目支出 --project 劳模管理服务 --amount 2万元"
TOLD = """
    day         event         kind      command
    2024-01-02  100/1         单位登记  unit add 100 杭州市总工会系统
    2024-01-02  101/1         单位登记  unit add 101 杭州市总工会 --parent 100
    2024-01-02  101/2         单位概况  unit describe --unit 101 --nature 行政单位 --duty 维护职工权益 --department 办公室
    2024-01-15  101/2023/1    执行数    execute {last_year} --year 2023
    2024-02-05  101/2024/1    项目登记  project add 劳模管理服务 --kind 特定目标类 --code P01
    2024-02-05  101/2024/2    绩效目标  project target 劳模管理服务 慰问劳模
    2024-02-05  101/2024/3    科目名称  subject name 2012902 一般事务 --place table-2
    2024-02-06  101/2024/4    年初批复  approve {initial} --document 杭财行〔2024〕5号 --effective-on 2024-01-01
    2024-02-07  101/2024/5    指标      indicator 机关运行经费 --amount 20万元 --definition 全部公用经费
    2024-02-07  101/2024/6    指标      indicator 一般公务用车 --count 3
    2024-02-07  101/2024/7    说明      explain 2012901 在职人员支出 --aspect 主要用途
    2024-02-07  101/2024/8    说明      explain total 项目增加 --aspect 主要原因 --basis 上年执行数
    2024-02-07  101/2024/9    同口径    comparable --exclude 30212 --reason 年初不编制
    2024-03-01  101/2024/10   结转      carry-over {LEFT} {PAPERS}
    2024-06-03  101/2024/11   追加      supplement {TRIP} {PAPERS} --effective-on 2024-05-20
    2024-06-04  101/2024/12   追加      supplement --file {more} {PAPERS}
    2024-06-05  101/2024/13   追减      reduce {LESS} {PAPERS}
    2024-06-06  101/2024/14   追减      reduce --file {less} {PAPERS} --ground 收回资金
    2024-06-07  101/2024/15   调剂      transfer --from 2012901/公用经费/30211 --to 2012901/公用经费/30217 --amount 1万元 {PAPERS}
    2024-06-08  101/2024/16   调剂      transfer --file {moved} {PAPERS}
    2024-06-11  101/2024/17   执行数    execute {may} --period 2024-05
    2024-06-12  101/2024/18   冲销      reverse 101/2024/12 --reason 重复录入
    2024-12-31  101/2024/19   关账      close --reason 决算已批复
    2025-01-05  101/2024/20   重新开账  reopen --reason 审计调整
"""  # fmt: skip
STORY = [re.split(r"\s{2,}", line.strip()) for line in TOLD.strip().splitlines()[1:]]
EVENTS = [event for _, event, _, _ in STORY]


class Told(NamedTuple):
    """One command: tried, done, done again a day later under its command id, with the events stored after each."""

    tried: Answer
    done: Answer
    again: Answer
    stored: tuple[int, int, int, int]


def arguments(command: str, files: dict[str, str]) -> list[str]:
    papers = {"PAPERS": PAPERS.format(6), "TRIP": TRIP, "LESS": LESS, "LEFT": LEFT}
    words = shlex.split(command.format(**papers, **files))
    of_unit = words[0] in ("unit", "reverse")
    year = [] if of_unit or "--year" in words else ["--year", "2024"]
    unit = [] if of_unit else ["--unit", CODE]
    return [*words, *year, *unit, "-O", "json"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, dict[str, Told]]:
    """The story, told once."""
    desk = Desk(tmp_path_factory.mktemp("story") / "budget.db")
    desk.does("init")
    files = {name: str(desk.sheet(text, f"{name}.csv")) for name, text in FILES.items()}
    told = {}
    for day, event, _, command in STORY:
        here, next_day = desk.at(f"{day}T09:30:00+08:00"), desk.at(f"{day}T23:59:59+08:00")
        called, named = arguments(command, files), ["--yes", "--command-id", event]
        stored = [len(desk.payloads)]
        answers = []
        for desk_then, how in ((here, ["--dry-run"]), (here, named), (next_day, named)):
            answers.append(desk_then(*called, *how))
            stored.append(len(desk.payloads))
        told[event] = Told(*answers, tuple(stored))
    return desk.at("2025-02-01T09:00:00+08:00"), told


@pytest.mark.parametrize("event", EVENTS)
def test_a_recording_answers_with_the_event_and_its_place(ledger, event):
    _, told = ledger
    stream, _, version = event.rpartition("/")
    assert told[event].done.code == 0, told[event].done.err
    assert told[event].done.out == json.dumps({"event_id": event, "stream": stream, "version": int(version)}) + "\n"


@pytest.mark.parametrize("event", EVENTS)
def test_a_dry_run_says_what_would_be_recorded_and_records_nothing(ledger, event):
    _, told = ledger
    assert told[event].tried.code == 0, told[event].tried.err
    assert told[event].tried.json == {**told[event].done.json, "dry_run": True}
    before, after_trial, *_ = told[event].stored
    assert after_trial == before


@pytest.mark.parametrize("event", EVENTS)
def test_the_same_command_again_after_midnight_is_one_event_and_answers_the_same(ledger, event):
    _, told = ledger
    assert told[event].again.code == 0, told[event].again.err
    assert told[event].again.json == {**told[event].done.json, "repeated": True}
    before, _, once, twice = told[event].stored
    assert before + 1 == once == twice


def test_the_history_tells_the_story_in_its_order(ledger):
    desk, _ = ledger
    happened = [item for unit in ("100", "101") for item in desk.json("history", "--unit", unit)]
    assert [(item["event_id"], item["title"]) for item in happened] == [(event, kind) for _, event, kind, _ in STORY]
    assert [item["event_id"] for item in happened if item["is_reversed"]] == ["101/2024/12"]
    assert {item["actor"] for item in happened} == {"王会计"}


def test_the_history_tells_at_once_of_what_counts_from_a_later_day(desk):
    desk.does("indicator", "一般公务用车", "--count", 3, "--year", 2024, "--effective-on", "2024-12-31")
    assert [item["effective_on"] for item in desk.json("history", "--year", 2024)] == ["2024-12-31"]


def test_a_document_number_is_kept_in_its_proper_brackets(ledger):
    desk, _ = ledger
    numbers = {item["document"] for item in desk.json("history", "--unit", CODE, "--year", 2024)}
    assert numbers == {None, "杭财行〔2024〕5号", "杭财行〔2024〕6号"}


STANDING = """
    code     initial  adjusted  transferred  carried  current  execution  rate   balance
    2012901  120.00   13.00     0.00         0.00     133.00   10.00      7.52   123.00
    2012902  50.00    -3.00     0.00         2.00     49.00    5.00       10.20  44.00
    total    170.00   10.00     0.00         2.00     182.00   15.00      8.24   167.00
"""


def test_the_year_stands_as_the_story_says(ledger):
    desk, _ = ledger
    standing = desk.json("status", "--year", 2024, "--unit", CODE)
    rows = {row["code"]: row for row in standing["rows"]} | {"total": standing["total"]}
    for expected in records(STANDING):
        code = expected.pop("code")
        assert {key: rows[code][key] for key in expected} == expected


def test_what_is_carried_over_leaves_the_year_before(ledger):
    desk, _ = ledger
    _, expenditure = desk.json("table", 1, "--year", 2023, "--unit", CODE)["sides"]
    assert {row["name"]: row["cells"] for row in expenditure["rows"]}["年终结转结余"] == ["2.00"]


def test_the_told_ledger_is_whole(ledger):
    desk, _ = ledger
    assert desk.does("verify").out.startswith("账本完好：24 个事件，4 条流。")
