"""From an intent to its records: one transaction, once where once is asked for, with everybody who follows."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from budget_words import (
    CHANGE_DAY,
    PAPER,
    approve,
    approved,
    bonuses,
    close,
    declare,
    described,
    execute,
    named,
    register,
    registered,
    reverse,
    salaries,
    supplement,
    supplemented,
    training,
    travel,
)
from store_words import NOON

from events.errors import Conflict, Faulty, Refused, WrongUsage
from events.instant import instant_text
from events.model import Value
from events.payload import from_record
from events.record import Record, digest_of_content
from events.stream import Stream
from ledger.catalogue import Catalogue, Subject
from ledger.deciding.state import State
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, Receipt, load, record
from ledger.verifying.integrity import verify

UNIT = Stream("101")
YEAR = Stream("101", 2024)
BY_HAND = Order("王会计")
ONCE = Order("王会计", once=True)
TRIAL = Order("王会计", is_trial=True)

CATALOGUE = Catalogue(
    [
        Subject("2012901", "行政运行", None, None, "A"),
        Subject("30101", "基本工资", None, None, "A"),
        Subject("30103", "奖金", None, None, "A"),
        Subject("30211", "差旅费", None, date(2023, 12, 31), "A"),
    ]
)


class Follower:
    """A projector that remembers what it was shown, in a table beside the events."""

    def __init__(self, store: SqliteStore) -> None:
        self._connection = store.connection
        self._connection.execute("CREATE TABLE followed (event_id TEXT)")
        self.calls = 0

    def __call__(self, records: Sequence[Record]) -> None:
        self.calls += 1
        self._connection.executemany("INSERT INTO followed VALUES (?)", [(shown.event_id,) for shown in records])

    @property
    def followed(self) -> list[str]:
        return [event_id for (event_id,) in self._connection.execute("SELECT event_id FROM followed")]


def noon() -> datetime:
    return NOON


@pytest.fixture
def follower(file_store: SqliteStore) -> Follower:
    return Follower(file_store)


@pytest.fixture
def ledger(file_store: SqliteStore, follower: Follower) -> Ledger:
    """A ledger in which unit 101 is registered."""
    ledger = Ledger(file_store, follower, CATALOGUE, noon)
    record(ledger, UNIT, register(), BY_HAND)
    return ledger


def say(ledger: Ledger, intent: Value, order: Order = BY_HAND, stream: Stream = YEAR) -> Receipt:
    return record(ledger, stream, intent, order)


def said(ledger: Ledger, stream: Stream = YEAR) -> list[str]:
    """What the stream holds, by type."""
    return [stored.type for stored in ledger.store.read_stream(str(stream))]


def test_an_intent_becomes_a_record_of_its_event(ledger: Ledger):
    [stored] = say(ledger, approve(salaries("100万元"))).records
    assert from_record(stored) == approved(salaries("100万元"))
    assert (stored.event_id, stored.actor, stored.recorded_at) == (
        "101/2024/1",
        "王会计",
        "2024-06-03T04:00:00.000001Z",
    )


def test_the_first_record_bears_the_time_of_the_clock(ledger: Ledger):
    [stored] = ledger.store.read_stream("101")
    assert stored.recorded_at == instant_text(noon())


def test_a_receipt_shows_the_stream_before_and_after(ledger: Ledger):
    say(ledger, approve(salaries("100万元")))
    receipt = say(ledger, supplement(bonuses("1万元")))
    assert list(receipt.before.history.values()) == [approved(salaries("100万元"))]
    assert list(receipt.after.history.values()) == [approved(salaries("100万元")), supplemented(bonuses("1万元"))]
    assert receipt.is_repeat is False


def test_the_state_after_is_the_state_that_is_loaded(ledger: Ledger):
    say(ledger, approve(salaries("100万元")))
    assert say(ledger, reverse("101/2024/1")).after == load(ledger, YEAR)


def test_a_stream_without_events_loads_as_an_empty_state(ledger: Ledger):
    assert load(ledger, YEAR) == State(YEAR)


def test_what_a_rule_forbids_is_not_recorded(ledger: Ledger):
    say(ledger, approve(salaries("100万元")))
    with pytest.raises(Refused, match="年初批复已记录"):
        say(ledger, approve(salaries("100万元")))
    assert said(ledger) == ["InitialBudgetApproved"]


class TestTheSameCommand:
    def test_an_order_without_a_command_id_is_new_every_time(self, ledger: Ledger):
        say(ledger, supplement(salaries("1万元")))
        say(ledger, supplement(salaries("1万元")))
        assert said(ledger) == ["BudgetSupplemented"] * 2

    def test_a_command_id_given_twice_is_recorded_once(self, ledger: Ledger):
        order = Order("王会计", command_id="c-1")
        first = say(ledger, supplement(salaries("1万元")), order)
        again = say(ledger, supplement(salaries("1万元")), order)
        assert (again.records, again.is_repeat) == (first.records, True)
        assert said(ledger) == ["BudgetSupplemented"]

    def test_a_retry_is_answered_though_the_rules_would_now_refuse_it(self, ledger: Ledger):
        order = Order("王会计", command_id="c-1", expected=0)
        first = say(ledger, approve(salaries("1万元")), order)
        say(ledger, close())
        assert say(ledger, approve(salaries("1万元")), order).records == first.records

    def test_a_command_id_with_another_intent_is_a_conflict(self, ledger: Ledger):
        order = Order("王会计", command_id="c-1")
        say(ledger, supplement(salaries("1万元")), order)
        with pytest.raises(Conflict, match="c-1"):
            say(ledger, supplement(salaries("2万元")), order)

    def test_a_command_id_with_the_same_words_in_another_year_is_a_conflict(self, ledger: Ledger):
        order = Order("王会计", command_id="c-1")
        say(ledger, supplement(salaries("1万元")), order)
        with pytest.raises(Conflict):
            say(ledger, supplement(salaries("1万元")), order, Stream("101", 2025))

    def test_who_saw_an_older_version_is_told_of_the_conflict(self, ledger: Ledger):
        say(ledger, supplement(salaries("1万元")))
        with pytest.raises(Conflict, match="应为第 0 号之后，现为第 1 号"):
            say(ledger, supplement(salaries("2万元")), Order("王会计", expected=0))
        assert said(ledger) == ["BudgetSupplemented"]


class TestOnce:
    def test_the_same_file_is_recorded_once(self, ledger: Ledger):
        first = say(ledger, supplement(salaries("1万元")), ONCE)
        again = say(ledger, supplement(salaries("1万元")), ONCE)
        assert (again.records, again.is_repeat) == (first.records, True)
        assert said(ledger) == ["BudgetSupplemented"]

    def test_the_same_file_from_somebody_else_is_recorded_once_too(self, ledger: Ledger):
        say(ledger, supplement(salaries("1万元")), ONCE)
        assert say(ledger, supplement(salaries("1万元")), Order("李会计", once=True)).is_repeat

    def test_another_file_is_recorded(self, ledger: Ledger):
        say(ledger, supplement(salaries("1万元")), ONCE)
        assert not say(ledger, supplement(salaries("2万元")), ONCE).is_repeat

    def test_the_same_file_for_another_year_is_recorded(self, ledger: Ledger):
        say(ledger, supplement(salaries("1万元")), ONCE)
        assert not say(ledger, supplement(salaries("1万元")), ONCE, Stream("101", 2025)).is_repeat

    def test_after_its_reversal_the_same_file_may_be_recorded_again(self, ledger: Ledger):
        say(ledger, approve(salaries("1万元")), ONCE)
        say(ledger, reverse("101/2024/1"))
        again = say(ledger, approve(salaries("1万元")), ONCE)
        assert (again.records[0].event_id, again.is_repeat) == ("101/2024/3", False)

    def test_recorded_again_it_is_again_recorded_once(self, ledger: Ledger):
        say(ledger, approve(salaries("1万元")), ONCE)
        say(ledger, reverse("101/2024/1"))
        second = say(ledger, approve(salaries("1万元")), ONCE)
        third = say(ledger, approve(salaries("1万元")), ONCE)
        assert (third.records, third.is_repeat) == (second.records, True)

    def test_it_may_be_reversed_and_recorded_as_often_as_it_takes(self, ledger: Ledger):
        for version in (1, 3, 5):
            assert say(ledger, approve(salaries("1万元")), ONCE).records[0].version == version
            say(ledger, reverse(f"101/2024/{version}"))

    def test_what_an_intent_is_recognised_by_never_changes(self, ledger: Ledger):
        """Else a file imported before an upgrade would be recorded a second time after it."""
        [stored] = say(ledger, supplement(salaries("1万元")), ONCE).records
        assert stored.command_id == "sha256:3647199e3071116abb0fabeb3846f25ad750b93f95b78aee55ab5473f31999a5#1"

    def test_lines_are_recognised_as_the_arrays_they_once_were(self, ledger: Ledger):
        """A ledger from before knows a sheet by its lines as version 1 wrote them."""
        line = training("2万元").under(project='“双百”/"甲"\\')
        [stored] = say(ledger, supplement(line), BY_HAND).records
        said = {
            "effective_on": CHANGE_DAY,
            "document": {"number": PAPER.number, "title": PAPER.title},
            "reason": "按文件办理",
            "ground": "reserve",
            "lines": [["general", "this_year", "2012901", "project", None, '“双百”/"甲"\\', 2_000_000]],
        }
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        assert stored.intent_digest == digest_of_content("101/2024", "SupplementBudget", "SupplementBudget", text)


class TestTrials:
    def test_a_trial_keeps_nothing(self, ledger: Ledger, follower: Follower):
        say(ledger, approve(salaries("1万元")), TRIAL)
        assert said(ledger) == []
        assert follower.followed == ["101/1"]

    def test_a_trial_shows_what_would_be_recorded(self, ledger: Ledger):
        receipt = say(ledger, approve(salaries("1万元")), TRIAL)
        assert [from_record(stored) for stored in receipt.records] == [approved(salaries("1万元"))]
        assert list(receipt.after.history) == ["101/2024/1"]

    def test_a_trial_is_refused_as_the_real_thing_would_be(self, ledger: Ledger):
        say(ledger, approve(salaries("1万元")))
        with pytest.raises(Refused, match="年初批复已记录"):
            say(ledger, approve(salaries("1万元")), TRIAL)

    def test_after_a_trial_the_real_thing_is_recorded(self, ledger: Ledger):
        trial = say(ledger, approve(salaries("1万元")), ONCE._replace(is_trial=True))
        receipt = say(ledger, approve(salaries("1万元")), ONCE)
        assert (receipt.records, receipt.is_repeat) == (trial.records, False)
        assert verify(ledger.store).findings == ()


class TestUnits:
    def test_a_unit_is_registered_before_it_has_a_budget(self, ledger: Ledger):
        with pytest.raises(WrongUsage, match="单位 102 尚未登记，请先运行 budget unit add 102"):
            say(ledger, approve(salaries("1万元")), stream=Stream("102", 2024))

    def test_a_unit_is_registered_before_anything_is_said_of_it(self, ledger: Ledger):
        with pytest.raises(WrongUsage, match="单位 102 尚未登记"):
            say(ledger, declare(described()), stream=Stream("102"))

    def test_a_registered_unit_has_a_budget_in_every_year(self, ledger: Ledger):
        assert say(ledger, approve(salaries("1万元"), on="2023-02-06"), stream=Stream("101", 2023)).records != ()

    def test_a_registration_needs_no_registration(self, ledger: Ledger):
        [stored] = say(ledger, register("团委"), stream=Stream("102")).records
        assert from_record(stored) == registered("团委")


class TestSubjects:
    def test_every_subject_that_cannot_be_used_is_told_at_once(self, ledger: Ledger):
        unknown = salaries("1万元").under(function_code="2019999", economic_code="30199")
        with pytest.raises(Faulty, match="有 3 个科目不能使用") as caught:
            say(ledger, approve(salaries("1万元"), unknown, travel("1万元")))
        assert [re.split("[；（]", str(found))[0] for found in caught.value.faults] == [
            "科目目录中没有 2019999",
            "科目目录中没有 30199",
            "科目 30211 在 2024 年度无效",
        ]
        assert said(ledger) == []

    def test_an_execution_figure_too_names_known_subjects(self, ledger: Ledger):
        with pytest.raises(Faulty, match="有 1 个科目不能使用"):
            say(ledger, execute("2024-05", travel("1万元")))

    def test_an_expired_subject_is_good_in_the_years_it_was_valid(self, ledger: Ledger):
        receipt = say(ledger, approve(travel("1万元"), on="2023-02-06"), stream=Stream("101", 2023))
        assert [stored.type for stored in receipt.records] == ["InitialBudgetApproved"]

    def test_a_name_given_to_a_subject_makes_it_usable(self, ledger: Ledger):
        unknown = salaries("1万元").under(function_code="2019999")
        say(ledger, declare(named("2019999", "其他一般公共服务支出")))
        say(ledger, approve(unknown, salaries("1万元")))
        assert said(ledger) == ["SubjectNamed", "InitialBudgetApproved"]

    def test_a_name_given_to_an_expired_subject_makes_it_usable(self, ledger: Ledger):
        say(ledger, declare(named("30211", "差旅费")))
        assert say(ledger, approve(travel("1万元"))).records != ()

    def test_a_name_taken_back_no_longer_helps(self, ledger: Ledger):
        say(ledger, declare(named("30211", "差旅费")))
        say(ledger, reverse("101/2024/1"))
        with pytest.raises(Faulty):
            say(ledger, approve(travel("1万元")))

    def test_a_name_given_in_another_year_does_not_help(self, ledger: Ledger):
        say(ledger, declare(named("30211", "差旅费")), stream=Stream("101", 2025))
        with pytest.raises(Faulty):
            say(ledger, approve(travel("1万元")))


class TestFollowing:
    def test_who_follows_is_shown_every_record_once(self, ledger: Ledger, follower: Follower):
        say(ledger, approve(salaries("1万元")), ONCE)
        say(ledger, approve(salaries("1万元")), ONCE)
        assert follower.followed == ["101/1", "101/2024/1"]

    def test_who_follows_is_shown_nothing_that_was_refused(self, ledger: Ledger, follower: Follower):
        with pytest.raises(Faulty):
            say(ledger, approve(travel("1万元")))
        assert follower.calls == 1

    @pytest.mark.usefixtures("ledger")
    def test_who_follows_writes_in_the_transaction_of_the_events(self, file_store: SqliteStore):
        seen = []
        watched = Ledger(
            file_store, lambda _records: seen.append(file_store.connection.in_transaction), CATALOGUE, noon
        )
        say(watched, approve(salaries("1万元")))
        assert seen == [True]

    @pytest.mark.usefixtures("ledger")
    def test_who_follows_sees_the_events_it_is_told_of(self, file_store: SqliteStore):
        seen: list[list[Record]] = []
        watched = Ledger(
            file_store, lambda _records: seen.append(list(file_store.read_stream("101/2024"))), CATALOGUE, noon
        )
        receipt = say(watched, approve(salaries("1万元")))
        assert seen == [list(receipt.records)]
