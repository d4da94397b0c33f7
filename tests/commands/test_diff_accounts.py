"""``budget diff`` says of every changed cell which events changed it, and by how much."""

from decimal import Decimal

import pytest
from at_the_desk import PAPER, Desk

BEFORE, AFTER = "2024-12-31@2024-03-01", "2024-12-31@2024-12-31"
LINE = ("--function-code", 2012901, "--nature", "公用经费", "--economic-code", 30201, "--ground", "预备费", *PAPER,
        "--effective-on", "2024-05-20", "--yes")  # fmt: skip


@pytest.fixture
def june(sample: Desk) -> Desk:
    """The sample ledger on a day in June."""
    return sample.at("2024-06-03T09:30:00+08:00")


def supplement(desk: Desk, amount: str, *more: object) -> str:
    return desk.json("supplement", "--year", 2024, *LINE, "--amount", amount, "--reason", "增列", *more)["event_id"]


def diff(desk: Desk, before: str = BEFORE, after: str = AFTER, *more: object) -> dict:
    return desk.json("diff", before, after, "--year", 2024, *more)


def test_each_event_stands_beside_the_cells_it_changed_with_its_part(june):
    one, other = supplement(june, "1万元"), supplement(june, "2万元")
    found = diff(june)
    assert {account["event_id"] for cell in found["cells"] for account in cell["accounts"]} == {one, other}
    for cell in found["cells"]:
        assert [account["amount"] for account in cell["accounts"]] == ["10000.00", "20000.00"]
        assert cell["change"] == "30000.00"
    assert f"{one} 1.00、{other} 2.00" in june.does("diff", BEFORE, AFTER, "--year", 2024).out


def test_the_way_back_has_the_same_events_with_the_other_sign(june):
    event = supplement(june, "1万元")
    forth, back = diff(june), diff(june, AFTER, BEFORE)
    assert [cell["accounts"] for cell in back["cells"]] == [[{"event_id": event, "amount": "-10000.00"}]] * len(
        forth["cells"]
    )


def test_a_reversal_takes_its_part_back_by_itself(june):
    (approval,) = [one["event_id"] for one in june.json("history", "--year", 2024) if one["title"] == "年初批复"]
    reversal = june.json("reverse", approval, "--reason", "录错", "--yes")["event_id"]
    for cell in diff(june)["cells"]:
        accounts = cell["accounts"]
        assert {account["event_id"] for account in accounts} == {reversal}
        if cell["column"] != "绩效目标":
            assert Decimal(accounts[0]["amount"]) == Decimal(cell["change"])


def test_a_row_under_another_name_is_accounted_for_by_the_event_that_named_it(june):
    naming = june.json("subject", "name", 2012901, "行政运行（改）", "--year", 2024, "--effective-on", "2024-05-20")
    cells = diff(june)["cells"]
    assert cells
    for cell in cells:
        *moved, named = cell["accounts"]
        assert named == {"event_id": naming["event_id"], "amount": None}
        assert sum(Decimal(account["amount"]) for account in moved) == Decimal(cell["change"])


def test_a_target_set_anew_and_taken_back_is_accounted_for(june):
    cells = [cell for cell in diff(june)["cells"] if cell["column"] == "绩效目标"]
    assert cells == []
    projects = {row["name"] for row in june.json("table", 11, "--year", 2024)["rows"]} - {"合计"}
    project = min(projects)
    anew = june.json("project", "target", project, "新的目标", "--year", 2024, "--effective-on", "2024-05-20")[
        "event_id"
    ]
    (cell,) = diff(june)["cells"]
    assert (cell["after"], cell["accounts"]) == ("新的目标", [{"event_id": anew, "amount": None}])
    july = june.at("2024-07-01T09:30:00+08:00")
    back = july.json("reverse", anew, "--reason", "录错", "--yes")["event_id"]
    (cell,) = diff(july, "2024-12-31@2024-06-30")["cells"]
    assert (cell["before"], cell["accounts"]) == ("新的目标", [{"event_id": back, "amount": None}])


def test_a_department_lists_the_events_of_its_units(june):
    june.does("unit", "add", "102", "某下属单位", "--parent", "101", "--effective-on", "2022-01-01")
    sheet = june.sheet("功能科目编码 支出用途 项目 金额（万元）\n2012902 项目支出 培训 50")
    approve = ("approve", sheet, "--unit", 102, "--year", 2024, *PAPER, "--effective-on", "2024-05-20")
    event = june.json(*approve, "--yes")["event_id"]
    found = diff(june, "2024-05-19@2024-12-31", AFTER, "--unit", 101, "--consolidated")
    assert event in [one["event_id"] for one in found["events"]["came"]]
    assert {account["event_id"] for cell in found["cells"] for account in cell["accounts"]} == {event}


def test_two_publications_in_different_measures_differ_by_what_one_of_them_leaves_out(june, tmp_path):
    event = supplement(june, "1万元")
    initial, current = (
        june.json("publish", "--year", 2024, "--measure", measure, "--format", "json", "--out", tmp_path / measure)[
            "event_id"
        ]
        for measure in ("initial", "current")
    )
    found = june.json("diff", initial, current)
    assert found["cells"]
    assert all(cell["accounts"][0] == {"event_id": event, "amount": "10000.00"} for cell in found["cells"])

    for more in (("--year", 2024), ("--measure", "current"), ("--unit", "101"), ("--consolidated",)):
        assert "两侧都是公开记录" in june("diff", initial, current, *more).err


def test_in_english_places_and_events_are_named_in_english(june, monkeypatch):
    supplement(june, "1万元")
    monkeypatch.setenv("BUDGET_LANG", "en")
    said = june.does("diff", BEFORE, AFTER, "--year", 2024).out
    assert "Table 5" in said
    assert "Supplement 2012901/30201" in said
    assert "表" not in said
