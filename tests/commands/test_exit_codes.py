"""How a command ends: 0 done, 1 refused, 2 wrong usage, 3 conflict, 4 evidence broken."""

import sqlite3
from contextlib import closing

import pytest
from at_the_desk import PAPER, Desk

INITIAL = """
    功能科目编码  支出用途  经济科目编码  项目          金额（万元）
    2012901       公用经费  30211         -             100
    2012901       公用经费  30212         -             0
    2012902       项目支出  -             劳模管理服务  50
"""
SPENT = """
    功能科目编码  金额（万元）
    2012901       60
"""
MOVED = """
    功能科目编码  支出用途  经济科目编码  金额（万元）
    2012901       公用经费  30211         -5
    2012901       公用经费  30212         4
"""
YEAR = "--year 2024"
WHY = f"--document 杭财行〔2024〕5号 --reason 按文件 --yes {YEAR}"
TRAVEL = "--function-code 2012901 --nature 公用经费 --economic-code 30211"
FROM_TO = "--from 2012901/公用经费/30211 --to 2012901/公用经费/30212"

REFUSED = f"""
    unit add 101 别名                                           | 单位 101 已登记为“杭州市总工会”。
    approve {{initial}} --document 另一文号 {YEAR}              | 101/2024 的年初批复已记录（事件 101/2024/1）。
    supplement {TRAVEL} --amount -5万元 {WHY}                   | 追加金额 -5.00万元 应大于 0。
    supplement {TRAVEL} --amount 0元 {WHY}                      | 追加金额 0.00万元 应大于 0。
    reduce {TRAVEL} --amount 100.01万元 {WHY}                   | 预算不能为负。
    reduce {TRAVEL} --amount 41万元 {WHY}                       | 预算不能低于执行数。
    reduce {TRAVEL} --amount -1万元 {WHY}                       | 追减金额 -1.00万元 应大于 0。
    transfer {FROM_TO} --amount 101万元 {WHY}                   | 预算不能为负。
    transfer --file {{moved}} {WHY}                             | 一般公共预算的调剂合计应为 0，现为 -1.00万元。
    supplement --function-code 2012901 --amount 1万元 {WHY}     | 功能科目 2012901 的预算没有写支出用途。
    supplement {TRAVEL} --amount 1万元 {WHY} --effective-on 2020-01-01 | 与 2024 年度相差一年以上
    execute {{spent}} {YEAR}                                    | 全年数与分月数不能并存；请先冲销一方。
    execute {{spent}} {YEAR} --period 2024-05                   | 在 2024-05 的执行数已记录（事件 101/2024/2）。
    execute {{spent}} {YEAR} --period 2023-05                   | 期间 2023-05 不在 101/2024 年度内。
    reverse 101/2024/99 --reason 录错                           | 101/2024 中没有事件 101/2024/99。
    reverse 101/2024/3 --reason 录错                            | 事件 101/2024/3 已经冲销过，一个事件只能冲销一次。
    reverse 101/2024/4 --reason 录错                            | 属于不能冲销的类型
    reverse 101/1 --reason 录错                                 | 属于不能冲销的类型
    reopen --reason 审计 {YEAR}                                 | 101/2024 没有关账，无需重新开账。
"""

WRONG_USAGE = f"""
    supplement {TRAVEL} --amount 20 {WHY}                       | 金额“20”没有写单位，请写成 20万元 或 20元。
    supplement {TRAVEL} --amount 很多 {WHY}                     | “很多”不是金额，请写成 20万元 或 200000元。
    supplement {TRAVEL} --amount 0.001元 {WHY}                  | 精确到了分以下，最多写到分。
    supplement {TRAVEL} --amount 1万元 {WHY} --ground 随便      | 不认识“随便”，可以写：预算调整、预备费、
    supplement {TRAVEL} {WHY}                                   | 请用 --function-code、--nature、--amount 等写一条明细
    supplement {TRAVEL} --amount 1万元 --reason 无文号 {YEAR}   | 缺少 '--document'
    supplement {TRAVEL} --amount 1万元 --document 无事由 {YEAR} | 缺少 '--reason'
    supplement --file {{moved}} {TRAVEL} --amount 1万元 {WHY}   | --file 与单条明细的选项不能同时使用。
    transfer --file {{moved}} {FROM_TO} --amount 1万元 {WHY}    | --file 与
    transfer --from 2012901 --to 2012902 --amount 1万元 {WHY}   | 应写成 功能科目/用途/经济科目或项目
    transfer {FROM_TO} {WHY}                                    | 请写 --from、--to 和 --amount，或用 --file 给出表格。
    indicator 一般公务用车 {YEAR}                               | 指标“一般公务用车”应有且只有一个数：金额或数量。
    explain 2012901 说明 --aspect 用途 {YEAR}                   | 不认识“用途”，可以写：主要用途、主要原因。
    comparable --exclude 302 --reason 口径 {YEAR}               | 经济科目编码“302”应为 3 开头的 5 位数字（到款）。
    subject name 2012901 行政运行 --place 附表 {YEAR}           | place：写法不对
    execute {{spent}} {YEAR} --period 2024-13                   | 期间“2024-13”应写成 2024（全年）或 2024-05（某月）。
    reverse 三号 --reason 录错                                  | “三号”不是事件编号，应写成 单位代码/年度/序号
    reverse 102/2024/1 --reason 录错                            | 没有单位“102”，账本里有：101 杭州市总工会。
    reverse 101/2024/1 --reason 录错 --year 2023                | 与事件所在的 101/2024 不符。
    unit add 一零二 别的单位                                    | 单位代码“一零二”只能用字母、数字、- 和 _
    unit add 102 别的单位 --parent 100                          | 没有单位“100”，账本里有：101 杭州市总工会。
    close --reason 决算 --year 24                               | '--year'
    init                                                        | 已经存在，没有改动它。
    table 1 --year 2024 --as-of 昨天                            | “昨天”不是日期，请写成 2024-06-03。
    table 1 --year 2024 --known-at 昨天                         | “昨天”不是时刻，请写成 2024-06-03 或
    compare {YEAR} --by sangong --basis execution               | 三公经费和指标只与上年预算数比较
    approv                                                      | approve
"""


def cases(text: str) -> list[tuple[str, str]]:
    lines = (line.split("|") for line in text.strip().splitlines())
    return [(command.strip(), said.strip()) for command, said in lines]


@pytest.fixture
def year(desk: Desk) -> Desk:
    """A year under way: approved, executed in May, one indicator recorded and reversed."""
    desk.does("approve", desk.sheet(INITIAL, "年初.csv"), "--year", 2024, *PAPER, "--effective-on", "2024-01-01")
    here = desk.at("2024-06-03T09:30:00+08:00")
    here.does("execute", here.sheet(SPENT, "执行.csv"), "--year", 2024, "--period", "2024-05")
    here.does("indicator", "一般公务用车", "--count", 3, "--year", 2024)
    here.does("reverse", "101/2024/3", "--reason", "录错")
    return here


def called(desk: Desk, command: str) -> list[str]:
    changed = INITIAL.replace("100", "90")
    texts = {"initial": changed, "moved": MOVED, "spent": SPENT.replace("60", "61")}
    files = {name: str(desk.sheet(text, f"{name}.csv")) for name, text in texts.items() if name in command}
    return command.format(**files).split()


@pytest.mark.parametrize(("command", "said"), cases(REFUSED))
def test_what_a_rule_forbids_ends_with_1(year, command, said):
    before = year.payloads
    answer = year(*called(year, command))
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert year.payloads == before


@pytest.mark.parametrize(("command", "said"), cases(WRONG_USAGE))
def test_what_is_not_understood_ends_with_2(year, command, said):
    before = year.payloads
    answer = year(*called(year, command))
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "：：" not in answer.err
    assert year.payloads == before


@pytest.mark.parametrize("moved", [f"{FROM_TO} --amount -3万元", f"{FROM_TO} --amount 0元"])
def test_a_transfer_goes_the_way_it_is_said_to_go(year, moved):
    """A minus sign must not turn --from and --to round."""
    year.does("supplement", *TRAVEL.replace("30211", "30212").split(), "--amount", "5万元", *WHY.split())
    before = year.payloads
    assert year("transfer", *moved.split(), *WHY.split()).code in (1, 2)
    assert year.payloads == before


@pytest.mark.parametrize("command", ["history", "verify", "digest", "rebuild", "status --year 2024"])
def test_a_ledger_that_is_not_there_is_not_made(tmp_path, command):
    answer = Desk(tmp_path / "没有.db")(*command.split())
    assert answer.code == 2
    assert "请先运行 budget init，或用 --ledger 指定。" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path):
    desk = Desk(tmp_path / "budget.db")
    desk.ledger.write_text("这不是账本" * 100)
    answer = desk("history")
    assert answer.code == 2
    assert "不是预算账本文件" in answer.err


def test_what_is_closed_takes_nothing_more_until_it_is_reopened(year):
    year.does("close", "--reason", "决算已批复", "--year", 2024)
    answer = year("supplement", *TRAVEL.split(), "--amount", "1万元", *WHY.split())
    assert answer.code == 1
    assert "已关账，不能再记录。如确有必要，请先用 budget reopen 重新开账。" in answer.err
    year.does("reopen", "--reason", "审计调整", "--year", 2024)
    year.does("supplement", *TRAVEL.split(), "--amount", "1万元", *WHY.split())


def test_a_ledger_without_its_guards_takes_nothing_more_and_ends_with_4(year):
    with closing(sqlite3.connect(year.ledger)) as connection:
        connection.execute("DROP TRIGGER events_no_update")
    before = year.payloads
    answer = year("indicator", "一般公务用车", "--count", 3, "--year", 2024)
    assert answer.code == 4
    assert "events_no_update" in answer.err
    assert year.payloads == before
