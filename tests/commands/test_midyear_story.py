"""The mid-year story: an approved trip, mistyped, reversed and recorded right; seen from every pair of days.

2024 starts with an explicit 0 for 因公出国（境）费用 (30212 under 2012901/公用经费). A trip approved with effect
from 2024-05-20 adds 15.00 万元; it is recorded on 2024-06-03, but as 150.00; on 2024-09-02 that is reversed
and recorded right.
"""

from decimal import Decimal
from pathlib import Path

import pytest
from at_the_desk import PAPER, Desk, cells, opened, records
from freezegun import freeze_time

from commands.demo.story import SHEETS

TRIP = ("--function-code", "2012901", "--nature", "公用经费", "--economic-code", "30212",
        "--ground", "因公出国计划审批", "--reason", "因公出国计划批件", "--effective-on", "2024-05-20")  # fmt: skip

# How much the trip adds, in 万元: a row for the day a table counts to, a column for the day it is known on.
SEEN = cells("""
    as_of       02-06  05-19  05-20  05-21  06-02  06-03  06-04  09-01  09-02  09-03
    2024-02-06  0      0      0      0      0      0      0      0      0      0
    2024-05-19  0      0      0      0      0      0      0      0      0      0
    2024-05-20  0      0      0      0      0      150    150    150    15     15
    2024-05-21  0      0      0      0      0      150    150    150    15     15
    2024-06-02  0      0      0      0      0      150    150    150    15     15
    2024-06-03  0      0      0      0      0      150    150    150    15     15
    2024-06-04  0      0      0      0      0      150    150    150    15     15
    2024-09-01  0      0      0      0      0      150    150    150    15     15
    2024-09-02  0      0      0      0      0      150    150    150    15     15
    2024-09-03  0      0      0      0      0      150    150    150    15     15
""")
VIEWS = [
    (row[0], f"2024-{known_at}", added)
    for row in SEEN[1:]
    for known_at, added in zip(SEEN[0][1:], row[1:], strict=True)
]

# Inside the days of recording, by the minute.
MINUTES = """
    known_at                   added
    2024-06-03T09:29:59+08:00  0
    2024-06-03T09:31:00+08:00  150
    2024-09-02T09:59:59+08:00  150
    2024-09-02T10:00:30+08:00  0
    2024-09-02T10:01:30+08:00  15
    2024-09-02T02:01:30Z       15
"""

# Every cell that moves: what it says with nothing, the mistyped and the right amount added. "-" is a blank, "none" no row.
CELLS = list(records("""
    table  row                     column                          0         150       15
    1      收入总计                预算数                          10026.26  10176.26  10041.26
    1      本年收入合计            预算数                          10026.26  10176.26  10041.26
    1      一、财政拨款收入        预算数                          10026.26  10176.26  10041.26
    1      其中：一般公共预算      预算数                          10026.26  10176.26  10041.26
    1      支出总计                预算数                          10026.26  10176.26  10041.26
    1      本年支出合计            预算数                          10026.26  10176.26  10041.26
    1      201                     预算数                          5927.02   6077.02   5942.02
    2      合计                    合计                            10026.26  10176.26  10041.26
    2      2012901                 本年收入/一般公共预算           5143.23   5293.23   5158.23
    3      支出合计                合计                            10026.26  10176.26  10041.26
    3      支出合计                基本支出/公用经费               1017.26   1167.26   1032.26
    3      2012901                 基本支出/公用经费               1016.36   1166.36   1031.36
    3      2012901                 基本支出/人员支出               4126.87   4126.87   4126.87
    4      收入总计                预算数                          10026.26  10176.26  10041.26
    4      支出总计                预算数                          10026.26  10176.26  10041.26
    4      201                     预算数                          5927.02   6077.02   5942.02
    5      合计                    合计                            10026.26  10176.26  10041.26
    5      2012901                 基本支出/公用经费               1016.36   1166.36   1031.36
    5      2012902                 项目支出                        622.64    622.64    622.64
    6      合计                    本年一般公共预算基本支出/合计   6320.87   6470.87   6335.87
    6      302                     本年一般公共预算基本支出/公用经费  1017.26  1167.26  1032.26
    6      30212                   本年一般公共预算基本支出/公用经费  none     150.00    15.00
    6      30211                   本年一般公共预算基本支出/公用经费  49.90    49.90     49.90
    7      101                     “三公”经费合计                  5.90      155.90    20.90
    7      101                     因公出国（境）费用              -         150.00    15.00
    7      101                     公务接待费                      5.90      5.90      5.90
    7      合计                    因公出国（境）费用              -         150.00    15.00
"""))  # fmt: skip
BALANCED = [((1, "收入总计"), (1, "支出总计")), ((4, "收入总计"), (4, "支出总计")), ((2, "合计"), (3, "支出合计"))]

Cells = dict[tuple[int, str, str], str | None]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the story."""
    desk = opened(tmp_path_factory.mktemp("midyear"))
    year = ("--year", 2024, *PAPER)
    desk.does("subject", "name", "20604", "技术与开发", "--year", 2024)
    desk.does("approve", SHEETS / "2024-initial.csv", *year, "--effective-on", "2024-01-01")
    in_june = desk.at("2024-06-03T09:30:00+08:00")
    mistyped = in_june.json("supplement", *TRIP, "--amount", "150.00万元", *year, "--yes")
    desk.at("2024-09-02T10:00:00+08:00").does("reverse", mistyped["event_id"], "--reason", "金额录错")
    desk.at("2024-09-02T10:01:00+08:00").does("supplement", *TRIP, "--amount", "15.00万元", *year, "--yes")
    return desk.ledger


def shown(told: Path, measure: str, as_of: str, known_at: str) -> Cells:
    """Every cell of tables 1 to 7 at a cut, by table, row (its code where it has one) and column."""
    desk = Desk(told, now=None)
    cut = ("--measure", measure, "--as-of", as_of, "--known-at", known_at)
    with freeze_time("2024-12-31T12:00:00+08:00"):
        tables = [desk.json("table", number, "--year", 2024, *cut) for number in range(1, 8)]
    return {
        (table["table"], row["code"] or row["name"], column): cell
        for table in tables
        for side in table.get("sides", [table])
        for row in side["rows"]
        for column, cell in zip(side["columns"], row["cells"], strict=True)
    }


def expected(cell: dict[str, str], added: str) -> str | None:
    return cell[added] or None


def hold(found: Cells, added: str) -> None:
    """Every cell says what it should with this much added, and income is expenditure."""
    for cell in CELLS:
        where = (int(cell["table"]), cell["row"], cell["column"])
        assert found.get(where, "none") == expected(cell, added), where
    totals = {(table, row): cell for (table, row, column), cell in found.items() if column in ("预算数", "合计")}
    for income, expenditure in BALANCED:
        assert totals[income] == totals[expenditure]


@pytest.mark.parametrize(("as_of", "known_at", "added"), VIEWS)
def test_the_current_budget_counts_what_was_known_that_day(told, as_of, known_at, added):
    hold(shown(told, "current", as_of, known_at), added)


@pytest.mark.parametrize(("as_of", "known_at"), [view[:2] for view in VIEWS])
def test_the_initial_budget_never_moves(told, as_of, known_at):
    hold(shown(told, "initial", as_of, known_at), "0")


@pytest.mark.parametrize(("known_at", "added"), [tuple(row.values()) for row in records(MINUTES)])
def test_a_day_of_recording_changes_at_the_minute(told, known_at, added):
    hold(shown(told, "current", "2024-12-31", known_at), added)


def test_only_the_listed_cells_and_their_sums_move(told):
    """What differs between the views differs by exactly the trip, and nothing else differs."""
    without, right = (shown(told, "current", day, "2024-09-03") for day in ("2024-05-19", "2024-05-20"))
    moved = {where for where in {*without, *right} if without.get(where) != right.get(where)}
    assert {Decimal(right[where]) - Decimal(without.get(where) or 0) for where in moved} == {Decimal(15)}


def test_before_the_year_was_recorded_there_is_no_such_year(told):
    desk = Desk(told, "2024-12-31T12:00:00+08:00")
    answer = desk("table", 1, "--year", 2024, "--as-of", "2024-02-05", "--known-at", "2024-02-05")
    assert answer.code == 2
    assert answer.out == ""


def test_before_the_year_begins_nothing_counts_on_either_side(told):
    found = shown(told, "current", "2023-12-31", "2024-09-03")
    assert {cell for (table, *_), cell in found.items() if table in (1, 4)} == {None}


def test_the_history_keeps_all_three_and_marks_the_one_that_was_wrong(told):
    happened = Desk(told, "2024-12-31T12:00:00+08:00").json("history", "--year", 2024)[-3:]
    assert [(item["title"], item["effective_on"], item["amount"], item["is_reversed"]) for item in happened] == [
        ("追加", "2024-05-20", "1500000.00", True),
        ("冲销", "2024-05-20", None, False),
        ("追加", "2024-05-20", "150000.00", False),
    ]
