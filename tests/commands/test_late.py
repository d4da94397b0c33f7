"""``budget late``: what was entered long after it counted, and what was dated back behind a closing or a publication."""

import pytest
from at_the_desk import PAPER, Desk

LINE = ("--function-code", 2012901, "--nature", "公用经费", "--economic-code", 30201, "--ground", "预备费", *PAPER)


def supplement(desk: Desk, day: str, amount: str = "1万元", reason: str = "增列") -> str:
    return desk.json("supplement", "--year", 2024, *LINE, "--amount", amount, "--effective-on", day, "--reason", reason,
                     "--yes")["event_id"]  # fmt: skip


@pytest.fixture
def year(desk: Desk) -> Desk:
    """A year approved on time."""
    sheet = desk.sheet("功能科目编码 支出用途 经济科目编码 金额（万元）\n2012901 公用经费 30201 100")
    desk.does("approve", sheet, "--year", 2024, *PAPER, "--effective-on", "2024-02-06")
    return desk


def late(desk: Desk, *more: object) -> dict:
    return desk("late", "--year", 2024, *more, "-O", "json").json


def test_what_is_recorded_in_time_is_not_listed(year):
    june = year.at("2024-06-03T09:30:00+08:00")
    supplement(june, "2024-05-20")
    assert late(june)["events"] == []
    assert "共 0 个" in june.does("late", "--year", 2024).out


# Days are those of China: 00:30 there is still the day before in UTC.
DAYS = [
    ("2024-06-19T00:30:00+08:00", 30, 30, False),
    ("2024-06-20T00:30:00+08:00", 31, 30, True),
    ("2024-06-19T23:30:00+08:00", 30, 30, False),
    ("2024-05-22T09:00:00+08:00", 2, 1, True),
    ("2024-05-21T09:00:00+08:00", 1, 1, False),
]


@pytest.mark.parametrize(("now", "days", "asked", "is_late"), DAYS)
def test_lateness_is_counted_in_days_of_china(year, now, days, asked, is_late):
    desk = year.at(now)
    event = supplement(desk, "2024-05-20")
    found = late(desk, "--days", asked)["events"]
    assert [(one["event_id"], one["days"]) for one in found] == ([(event, days)] if is_late else [])


def test_the_worst_comes_first_with_document_actor_reason_and_amount(year):
    desk = year.at("2024-09-02T09:00:00+08:00")
    lesser, worse = supplement(desk, "2024-06-01"), supplement(desk, "2024-03-01", "2万元", "补录")
    first, second = late(desk)["events"]
    assert [first["event_id"], second["event_id"]] == [worse, lesser]
    assert (first["amount"], first["actor"], first["reason"]) == ("20000.00", "王会计", "补录")
    assert first["document"]["number"] == "杭财行〔2024〕5号"
    assert (desk("late", "--year", 2024).code, first["crossed"]) == (0, [])


def test_what_was_dated_back_behind_a_closing_comes_first_of_all_and_ends_with_1(year):
    supplement(year.at("2024-09-02T09:00:00+08:00"), "2024-01-15")
    january = year.at("2025-01-10T09:00:00+08:00")
    january.does("close", "--year", 2024, "--reason", "年度终了", "--effective-on", "2025-01-10", "--yes")
    january.does("reopen", "--year", 2024, "--reason", "审计要求", "--yes")
    event = supplement(january, "2024-12-30")
    found = late(january)
    assert (found["backdated"], found["late"]) == (1, 1)
    assert found["events"][0]["event_id"] == event
    (crossed,) = found["events"][0]["crossed"]
    assert (crossed["type"], crossed["as_of"]) == ("YearClosed", "2025-01-10")
    answer = january("late", "--year", 2024)
    assert answer.code == 1
    assert f"关账 {crossed['event_id']}（2025-01-10）" in answer.out
    assert "1 个事件倒填过了关账或公开。" in answer.err


@pytest.fixture
def public(sample: Desk, tmp_path) -> tuple[Desk, str]:
    """The sample ledger, published on 1 March."""
    made = sample.json("publish", "--year", 2024, "--measure", "initial", "--format", "json", "--out", tmp_path / "out")
    return sample, made["event_id"]


def crossing(desk: Desk, year: int = 2024) -> dict[str, list[str]]:
    events = desk("late", "--year", year, "-O", "json").json["events"]
    return {one["event_id"]: [crossed["event_id"] for crossed in one["crossed"]] for one in events if one["crossed"]}


def test_a_publication_did_not_have_what_was_dated_back_behind_it_however_few_the_days(public):
    desk, publication = public
    later = desk.at("2024-03-04T09:00:00+08:00")
    before, after = supplement(later, "2024-02-28"), supplement(later, "2024-03-02")
    assert crossing(later) == {before: [publication]}
    assert after not in crossing(later)


def test_a_reversal_of_what_was_published_is_dated_back_by_its_nature(public):
    desk, publication = public
    later = desk.at("2024-03-04T09:00:00+08:00")
    (approval,) = [one for one in later.json("history", "--year", 2024) if one["title"] == "年初批复"]
    reversal = later.json("reverse", approval["event_id"], "--reason", "录错", "--yes")["event_id"]
    found = late(later)["events"][0]
    assert (found["event_id"], found["title"], found["effective_on"]) == (reversal, "冲销", "2024-01-01")
    assert found["amount"] == f"-{approval['amount']}"
    assert [one["event_id"] for one in found["crossed"]] == [publication]


def test_last_years_execution_entered_after_this_years_publication_was_its_base(public):
    desk, publication = public
    later = desk.at("2024-03-04T09:00:00+08:00")
    (execution,) = [one for one in later.json("history", "--year", 2023) if one["title"] == "执行数"]
    reversal = later.json("reverse", execution["event_id"], "--reason", "重报", "--yes")["event_id"]
    assert crossing(later, 2023) == crossing(later, 2024) == {reversal: [publication]}
    assert later("late", "--year", 2024).code == 1


def test_money_carried_over_into_the_next_year_crosses_the_closing_of_the_one_it_leaves(year):
    desk = year.at("2025-01-20T09:00:00+08:00")
    closing = desk.json("close", "--year", 2024, "--effective-on", "2024-12-31", "--reason", "决算", "--yes")[
        "event_id"
    ]
    rest = desk.sheet("功能科目编码 支出用途 经济科目编码 金额（万元）\n2012901 公用经费 30201 5")
    carried = desk.json("carry-over", "--file", rest, "--year", 2025, *PAPER, "--effective-on", "2024-12-31",
                        "--reason", "结转", "--yes")["event_id"]  # fmt: skip
    assert crossing(desk, 2024) == crossing(desk, 2025) == {carried: [closing]}


def test_another_name_dated_back_was_lacking_in_every_publication_since(public):
    desk, publication = public
    later = desk.at("2024-03-04T09:00:00+08:00")
    change = ("unit", "change", "--name", "新名称", "--reason", "更名", "--yes", "--effective-on")
    before, after = (later.json(*change, day)["event_id"] for day in ("2024-02-20", "2024-03-02"))
    assert crossing(later, 2024) == {before: [publication]}
    assert after not in [one["event_id"] for one in later("late", "-O", "json").json["events"]]


def test_a_text_moves_no_figure_and_is_listed_only_where_a_publication_lacked_it(public):
    desk, publication = public
    later = desk.at("2024-07-04T09:00:00+08:00")
    said = ("explain", "2012901", "日常运行", "--aspect", "主要用途", "--year", 2024, "--yes", "--effective-on")
    before, after = (later.json(*said, day)["event_id"] for day in ("2024-02-01", "2024-03-02"))
    assert crossing(later) == {before: [publication]}
    assert after not in [one["event_id"] for one in late(later)["events"]]


def test_without_a_year_all_years_are_looked_at_and_each_day_as_it_was_known(sample):
    every = sample("late", "-O", "json").json["events"]
    assert {one["event_id"].split("/")[1] for one in every} == {"2022", "2023", "2024"}
    known = sample("late", "--known-at", "2023-12-31", "-O", "json").json["events"]
    assert {one["event_id"].split("/")[1] for one in known} == {"2022", "2023"}


@pytest.mark.parametrize("form", ["text", "csv", "md", "html"])
def test_every_form_shows_the_same_events(sample, form):
    said = sample("late", "--year", 2023, "-O", form).out
    for one in sample("late", "--year", 2023, "-O", "json").json["events"]:
        assert one["event_id"] in said


@pytest.mark.parametrize("wrong", [("--year", 2019), ("--days", -1), ("--consolidated",)])
def test_a_wrong_choice_ends_with_2(sample, wrong):
    assert sample("late", *wrong).code == 2
