"""A log or a ledger whose hashes all fit may still tell what no stream can have become: it is found in both."""

from datetime import date

import pytest
from budget_words import (
    APPROVAL_DAY,
    CHANGE_DAY,
    CLOSING_DAY,
    approve,
    approved,
    as_function,
    as_nature,
    cancelled,
    closed,
    executed,
    named,
    published,
    register,
    registered,
    reopened,
    salaries,
    supplemented,
    training,
)
from log_words import Office, instant, intent, refused
from store_words import command

from events.errors import EvidenceBroken
from events.model import Event
from events.payload import to_payload
from events.vocabulary import Stage
from ledger.keeping.store import Draft
from ledger.verifying.every_record import every_record
from ledger.verifying.payloads import payload_findings
from projections.cut import Cut
from projections.entries.read_model import ReadModel

YEAR = "101/2024"  # its first event is the 年初批复
DAY = APPROVAL_DAY
MONEY = supplemented(salaries("1万元"))
SPENT, OTHER = as_function(salaries("1万元")), as_nature(training("1万元"))


def written(office: Office, *events: Event, stream: str = YEAR) -> None:
    """Events that nobody decided upon, with hashes that fit."""
    for number, event in enumerate(events):
        draft = Draft(event.type, event.version, to_payload(event))
        name = f"{stream} {number}"
        office.store.append(stream, None, [draft], command(name, intent(name)), instant(1))


def found(office: Office) -> list[str]:
    return [str(finding.fault) for finding in payload_findings(every_record(office.store), office.store.logged_at)]


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([cancelled("102/2024/1", DAY)], "101/2024/2 冲销的 102/2024/1 不是本流在它之前的事件。"),
        ([cancelled("101/2024/2", DAY)], "101/2024/2 冲销的 101/2024/2 不是本流在它之前的事件。"),
        ([cancelled("101/2024/01", DAY)], "101/2024/2 冲销的 101/2024/01 不是本流在它之前的事件。"),
        ([cancelled("它", DAY)], "101/2024/2 冲销的 它 不是本流在它之前的事件。"),
        ([cancelled("101/2024/1", DAY)] * 2, "101/2024/3 冲销的 101/2024/1 此前已经冲销过。"),
        ([published(), cancelled("101/2024/2", CLOSING_DAY)], "101/2024/3 冲销的 101/2024/2 属于不能冲销的类型。"),
        ([approved(salaries("1万元"))], "101/2024/2：101/2024 的年初批复 101/2024/1 没有冲销，不能再有一次。"),
        ([closed(), MONEY], "101/2024/3：101/2024 已关账，其后不能记录 BudgetSupplemented。"),
        ([closed(), closed()], "101/2024/3：101/2024 已关账，其后不能记录 YearClosed。"),
        ([reopened()], "101/2024/2：101/2024 没有关账，不能重新开账。"),
        ([cancelled("101/2024/1", "2024-12-31")], "101/2024/2 的生效日不是它冲销的 101/2024/1 的生效日。"),
        ([executed("2023-12", SPENT)], "101/2024/2 的期间 2023-12 不在 101/2024 年度内。"),
        ([executed("2024-05", SPENT), executed("2024", OTHER)], "101/2024/3：2024 与 2024-05 的执行数不能并存。"),
        (
            [executed("2024", SPENT), executed("2024", OTHER), executed("2024", SPENT)],
            "101/2024/4：2012901 在 2024 的执行数已由 101/2024/2 记录。",
        ),
    ],
)
def test_what_no_decision_would_have_made_is_refused_in_a_log_and_found_in_a_ledger(
    unit: Office, department: Office, events: list[Event], told: str
):
    written(unit, *events)
    assert found(unit) == [told]
    [refusal] = refused(department, unit.log(), EvidenceBroken)
    assert refusal.endswith(told)


@pytest.mark.parametrize(
    ("stream", "event"),
    [("101", MONEY), ("101", closed()), ("101", named("2012901", "行政运行")), (YEAR, registered())],
)
def test_every_kind_of_event_has_its_kind_of_stream(unit: Office, stream: str, event: Event):
    written(unit, event, stream=stream)
    assert found(unit) == [f"{stream}/2：{stream} 不能记录 {event.type}。"]


def test_a_unit_is_registered_once(unit: Office, department: Office):
    written(unit, registered(), stream="101")
    assert found(unit) == ["101/2：单位 101 此前已经登记。"]
    [refusal] = refused(department, unit.log(), EvidenceBroken)
    assert refusal.endswith(found(unit)[0])


def test_what_was_decided_upon_may_follow(unit: Office, department: Office):
    written(
        unit,
        *[
            cancelled("101/2024/1", APPROVAL_DAY),
            approved(salaries("2万元")),
            MONEY,
            cancelled("101/2024/4", CHANGE_DAY),
        ],
        *[executed("2024-05", SPENT), executed("2024-05", OTHER), executed("2024-06", SPENT)],
        *[closed(), published(), reopened(), MONEY],
    )
    assert found(unit) == []
    department.takes(unit.log())
    assert department.digest == unit.digest


def test_a_reversal_of_another_units_event_cancels_nothing(unit: Office):
    unit.says("102", register("另一单位"))
    unit.says("102/2024", approve(salaries("3万元")))
    written(unit, cancelled("102/2024/1", DAY))
    entries = ReadModel(unit.store)
    entries.rebuild()
    amounts = entries.amounts(["102"], 2024, list(Stage), Cut(date(2024, 12, 31), instant(9)))
    assert [amount.fen for amount in amounts] == [3_000_000]
