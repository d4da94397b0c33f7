"""What every store of events does, whatever stands behind it.

A second store is one more line in STORES. A store with many buckets is set up with one here.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_words import NOON, YEAR, append, command, fact, log_of, take_in

from events.chain import link
from events.errors import Conflict, Refused
from events.instant import instant_text
from events.record import NO_PREDECESSOR, Content, Head, Record
from ledger.keeping.sqlite import SqliteStore
from ledger.keeping.store import ANY_VERSION, NO_STREAM, Store

StoreFactory = Callable[[Path], AbstractContextManager[Store]]

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@contextmanager
def sqlite_file(folder: Path) -> Iterator[Store]:
    store = SqliteStore.create(folder / "ledger.db")
    yield store
    store.close()


STORES: dict[str, StoreFactory] = {
    "sqlite": sqlite_file,
}
every_store = pytest.mark.parametrize("new_store", STORES.values(), ids=STORES)


@pytest.fixture(params=STORES.values(), ids=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with request.param(tmp_path) as opened:
        yield opened


@pytest.fixture(params=STORES.values(), ids=STORES)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The store of another office."""
    (tmp_path / "elsewhere").mkdir()
    with request.param(tmp_path / "elsewhere") as opened:
        yield opened


def everything(store: Store) -> list[Record]:
    return store.read_bucket()


def append_and_fail(store: Store, command_id: str) -> None:
    with store.transaction():
        append(store, command_id)
        raise Refused("不行。")


def versions(records: Iterator[Record]) -> list[int]:
    return [record.version for record in records]


class TestExpectations:
    def test_a_new_stream_begins_with_version_one(self, store: Store):
        [record] = append(store, "a", expected=NO_STREAM)
        assert (record.stream, record.version, record.event_id) == (YEAR, 1, "101/2024/1")

    def test_a_stream_that_exists_is_not_begun_again(self, store: Store):
        append(store, "a")
        with pytest.raises(Conflict, match="101/2024 已被他人先行写入"):
            append(store, "b", expected=NO_STREAM)

    def test_the_version_that_was_seen_is_continued(self, store: Store):
        append(store, "a")
        append(store, "b")
        assert append(store, "c", expected=2)[0].version == 3

    @pytest.mark.parametrize("seen", [1, 3])
    def test_another_version_than_the_stream_has_is_a_conflict(self, store: Store, seen: int):
        append(store, "a")
        append(store, "b")
        with pytest.raises(Conflict, match=f"应为第 {seen} 号之后，现为第 2 号"):
            append(store, "c", expected=seen)

    def test_any_version_will_do_when_none_is_expected(self, store: Store):
        append(store, "a", expected=ANY_VERSION)
        assert append(store, "b", expected=ANY_VERSION)[0].version == 2

    def test_each_stream_counts_for_itself(self, store: Store):
        append(store, "a")
        assert append(store, "b", stream="101/2025", expected=NO_STREAM)[0].version == 1


class TestWhatIsKept:
    def test_what_was_answered_is_what_is_read(self, store: Store):
        answered = append(store, "a") + append(store, "b")
        assert tuple(store.read_stream(YEAR)) == answered == tuple(everything(store))

    def test_a_record_says_who_asked_for_what(self, store: Store):
        [record] = store.append(YEAR, NO_STREAM, [fact("a", "Told")], command("c-1"), NOON)
        assert (record.actor, record.command_id) == ("王会计", "c-1")
        assert (record.type, record.type_version, record.payload) == ("Told", 1, '{"words": "a"}')

    def test_every_record_is_linked_to_the_one_before_it_in_its_stream(self, store: Store):
        first, second = append(store, "a") + append(store, "b")
        [elsewhere] = append(store, "c", stream="101/2025")
        assert first.hash == link(NO_PREDECESSOR, first)
        assert second.hash == link(first.hash, second)
        assert elsewhere.hash == link(NO_PREDECESSOR, elsewhere)

    def test_the_facts_of_one_command_are_kept_together(self, store: Store):
        records = store.append(YEAR, NO_STREAM, [fact("a"), fact("b"), fact("c")], command("c-1"), NOON)
        assert [record.version for record in records] == [1, 2, 3]
        assert len({record.recorded_at for record in records}) == 1

    def test_positions_have_no_gap_whatever_the_stream(self, store: Store):
        for number, stream in enumerate([YEAR, "101/2025", "101", YEAR, "101/2025"]):
            append(store, f"c-{number}", stream)
        assert [record.position for record in everything(store)] == [1, 2, 3, 4, 5]


class TestFailedAppends:
    def test_a_conflict_leaves_nothing_behind(self, store: Store):
        append(store, "a")
        before = everything(store)
        with pytest.raises(Conflict):
            append(store, "b", expected=NO_STREAM)
        assert everything(store) == before

    def test_the_next_append_after_a_conflict_works_and_leaves_no_gap(self, store: Store):
        append(store, "a")
        with pytest.raises(Conflict):
            append(store, "b", expected=NO_STREAM)
        [record] = append(store, "b", expected=1)
        assert (record.position, record.version) == (2, 2)

    def test_what_is_raised_after_an_append_undoes_it(self, store: Store):
        with pytest.raises(Refused):
            append_and_fail(store, "a")
        assert everything(store) == []
        assert store.answer("a", "intent of a") is None

    def test_the_next_append_after_an_undone_one_takes_its_place(self, store: Store):
        with pytest.raises(Refused):
            append_and_fail(store, "a")
        [record] = append(store, "a", expected=NO_STREAM)
        assert (record.position, record.version) == (1, 1)


class TestCommands:
    def test_a_command_given_twice_is_answered_as_the_first_time(self, store: Store):
        first = append(store, "a")
        assert append(store, "a") == first
        assert len(everything(store)) == 1

    def test_a_command_given_twice_is_answered_even_when_the_stream_has_moved_on(self, store: Store):
        first = append(store, "a", expected=NO_STREAM)
        append(store, "b")
        assert append(store, "a", expected=NO_STREAM) == first

    def test_a_command_of_several_facts_is_answered_with_all_of_them(self, store: Store):
        first = store.append(YEAR, NO_STREAM, [fact("a"), fact("b")], command("c-1"), NOON)
        append(store, "c")
        assert store.append(YEAR, NO_STREAM, [fact("a"), fact("b")], command("c-1"), NOON + HOUR) == first

    def test_a_command_id_with_another_intent_is_a_conflict(self, store: Store):
        append(store, "a")
        with pytest.raises(Conflict, match="命令编号 a 已用于另一项内容"):
            store.append(YEAR, ANY_VERSION, [fact("b")], command("a", "another intent"), NOON)
        assert len(everything(store)) == 1

    def test_a_new_command_has_no_answer_yet(self, store: Store):
        assert store.answer("a", "intent of a") is None

    def test_the_answer_to_another_intent_is_a_conflict(self, store: Store):
        append(store, "a")
        with pytest.raises(Conflict):
            store.answer("a", "another intent")


class TestTime:
    def test_an_event_is_recorded_at_the_time_of_the_clock(self, store: Store):
        assert append(store, "a")[0].recorded_at == instant_text(NOON)

    @pytest.mark.parametrize("jump", [timedelta(0), -SECOND, -HOUR, timedelta(days=-400)])
    def test_each_append_is_strictly_later_even_if_the_clock_jumps_back(self, store: Store, jump: timedelta):
        [first] = append(store, "a")
        [second] = append(store, "b", now=NOON + jump)
        assert second.recorded_at > first.recorded_at

    def test_time_goes_on_across_streams(self, store: Store):
        [first] = append(store, "a")
        [second] = append(store, "b", stream="101/2025", now=NOON - HOUR)
        assert second.recorded_at > first.recorded_at

    def test_once_the_clock_has_caught_up_it_is_believed_again(self, store: Store):
        append(store, "a")
        append(store, "b", now=NOON - HOUR)
        assert append(store, "c", now=NOON + HOUR)[0].recorded_at == instant_text(NOON + HOUR)


class TestReading:
    @pytest.fixture
    def told(self, store: Store) -> Store:
        """Three facts an hour apart in one stream, one in another."""
        for hours, type_ in enumerate(["Said", "Told", "Said"]):
            store.append(YEAR, hours, [fact(str(hours), type_)], command(f"c-{hours}"), NOON + hours * HOUR)
        append(store, "elsewhere", stream="101/2025", now=NOON + 3 * HOUR)
        return store

    def test_a_stream_is_read_in_order_and_alone(self, told: Store):
        assert [(record.stream, record.version) for record in told.read_stream(YEAR)] == [
            (YEAR, 1),
            (YEAR, 2),
            (YEAR, 3),
        ]

    def test_a_stream_that_is_not_there_is_empty(self, told: Store):
        assert list(told.read_stream("101/1999")) == []
        assert list(told.contents("101/1999")) == []

    def test_the_contents_of_a_stream_are_what_its_records_say(self, told: Store):
        assert [said._asdict() for said in told.contents(YEAR)] == [
            {name: getattr(record, name) for name in Content._fields} for record in told.read_stream(YEAR)
        ]

    @pytest.mark.parametrize(("types", "found"), [(["Said"], [1, 3]), (["Told", "Said"], [1, 2, 3]), (["Sung"], [])])
    def test_a_stream_is_read_by_types(self, told: Store, types: list[str], found: list[int]):
        assert versions(told.read_stream(YEAR, types=types)) == found

    @pytest.mark.parametrize(("hours", "found"), [(-1, []), (0, [1]), (1, [1, 2]), (99, [1, 2, 3])])
    def test_a_stream_is_read_as_it_was_known(self, told: Store, hours: int, found: list[int]):
        assert versions(told.read_stream(YEAR, known_at=instant_text(NOON + hours * HOUR))) == found

    def test_what_is_recorded_at_an_instant_is_known_at_it_and_not_a_tick_before(self, told: Store):
        assert versions(told.read_stream(YEAR, known_at="2024-06-03T04:59:59.999999Z")) == [1]
        assert versions(told.read_stream(YEAR, known_at="2024-06-03T05:00:00.000000Z")) == [1, 2]

    def test_a_stream_is_read_by_types_as_it_was_known(self, told: Store):
        assert versions(told.read_stream(YEAR, types=["Said"], known_at=instant_text(NOON + HOUR))) == [1]

    def test_a_bucket_is_read_page_by_page(self, told: Store):
        pages, after = [], 0
        while page := told.read_bucket(after=after, limit=3):
            pages.append([record.position for record in page])
            after = page[-1].position
        assert pages == [[1, 2, 3], [4]]

    def test_behind_the_last_position_there_is_nothing(self, told: Store):
        assert told.read_bucket(after=4) == []

    def test_the_last_position_is_that_of_the_last_record_whatever_its_stream(self, told: Store):
        assert told.last_position() == max(record.position for record in told.logged())

    def test_an_empty_store_has_no_last_position(self, store: Store):
        assert store.last_position() == 0

    def test_the_head_of_every_stream_is_its_last_record(self, told: Store):
        last = everything(told)
        assert told.heads() == [Head(YEAR, 3, last[2].hash), Head("101/2025", 1, last[3].hash)]

    def test_heads_are_read_as_they_were_known(self, told: Store):
        second = everything(told)[1]
        assert told.heads(instant_text(NOON + HOUR)) == [Head(YEAR, 2, second.hash)]

    def test_the_heads_of_one_unit_are_those_of_its_own_streams_alone(self, told: Store):
        own = told.heads()
        for number, stream in enumerate(["10", "101-1/2024", "101-1", "1010", "1010/2024", "102"]):
            append(told, f"more-{number}", stream)
        assert told.heads(unit="101") == own
        assert told.heads(instant_text(NOON + HOUR), "101") == told.heads(instant_text(NOON + HOUR))
        assert told.heads(unit="9") == []

    def test_before_anything_was_known_there_are_no_heads(self, told: Store):
        assert told.heads(instant_text(NOON - SECOND)) == []

    def test_an_empty_store_has_no_heads(self, store: Store):
        assert store.heads() == []


class TestTakingIn:
    """What comes from the log of another ledger. ``elsewhere`` recorded its facts an hour before noon."""

    @pytest.fixture
    def log(self, elsewhere: Store) -> list[Record]:
        append(elsewhere, "e-1", stream="102", now=NOON - HOUR)
        both = [fact("two"), fact("facts")]
        elsewhere.append("102/2024", NO_STREAM, both, command("e-2"), NOON - HOUR)
        append(elsewhere, "e-3", stream="102/2024", now=NOON + HOUR)
        return log_of(elsewhere)

    def test_a_log_is_every_record_in_order_with_the_intent_that_led_to_it(self, elsewhere: Store, log: list[Record]):
        assert log == everything(elsewhere)
        assert [told.intent_digest for told in log] == [f"intent of e-{number}" for number in (1, 2, 2, 3)]

    def test_the_log_of_one_unit_has_its_own_streams_alone(self, elsewhere: Store, log: list[Record]):
        for number, stream in enumerate(["10", "102-1/2024", "102-1", "1020", "1020/2024", "103"]):
            append(elsewhere, f"more-{number}", stream)
        assert log_of(elsewhere, "102") == log
        assert log_of(elsewhere, "9") == []

    def test_what_is_taken_in_keeps_all_it_has_but_its_position(self, store: Store, log: list[Record]):
        append(store, "a")
        taken = take_in(store, log)
        assert [record._replace(position=told.position) for told, record in zip(log, taken, strict=True)] == log
        assert [record.position for record in everything(store)] == [1, 2, 3, 4, 5]
        assert tuple(everything(store)[1:]) == taken

    def test_heads_are_those_of_both(self, store: Store, elsewhere: Store, log: list[Record]):
        append(store, "a")
        own = store.heads()
        take_in(store, log)
        assert store.heads() == sorted([*own, *elsewhere.heads()])

    def test_what_was_taken_in_is_known_from_its_own_instant_on(self, store: Store, log: list[Record]):
        append(store, "a")
        take_in(store, log)
        assert [head.stream for head in store.heads(instant_text(NOON - HOUR))] == ["102"]
        assert len(list(store.read_stream("102/2024", known_at=instant_text(NOON)))) == 2

    def test_units_are_told_from_their_years(self, store: Store, log: list[Record]):
        append(store, "a", stream="101-a/2024")
        append(store, "b", stream="101-a")
        take_in(store, log)
        assert store.units() == ["101-a", "102"]

    def test_a_command_taken_in_is_answered_as_at_home(self, store: Store, log: list[Record]):
        append(store, "a")
        taken = take_in(store, log)
        assert store.answer("e-2", "intent of e-2") == taken[1:3]
        with pytest.raises(Conflict, match="命令编号 e-2 已用于另一项内容"):
            store.answer("e-2", "another intent")

    def test_a_command_id_that_two_units_gave_is_answered_to_each(self, store: Store, elsewhere: Store):
        [own], [other] = append(store, "1"), elsewhere.append("102", NO_STREAM, [fact("b")], command("1", "b"), NOON)
        take_in(store, log_of(elsewhere))
        assert store.intents(["1", "new"]) == {"1": {"intent of 1": YEAR, "b": "102"}}
        assert store.answer("1", "intent of 1") == (own,)
        assert store.answer("1", "b") == (other._replace(position=2),)

    @pytest.mark.parametrize("hours", [-99, 0, 1])
    def test_what_is_recorded_afterwards_is_later_than_all_that_was_taken_in(
        self, store: Store, log: list[Record], hours: int
    ):
        take_in(store, log)
        append(store, "a", now=NOON + hours * HOUR)
        assert everything(store)[-1].recorded_at == max(record.recorded_at for record in everything(store))
        assert everything(store)[-1].recorded_at > log[-1].recorded_at

    def test_older_and_older_logs_do_not_let_time_go_back_here(self, store: Store, log: list[Record]):
        take_in(store, log)
        append(store, "a", stream="101", now=NOON)
        with_older = log[0]._replace(stream="99", event_id="99/1", command_id="old", recorded_at="2001-01-01")
        take_in(store, [with_older])
        assert append(store, "b", stream="101", now=NOON)[0].recorded_at > log[-1].recorded_at

    def test_a_stream_is_extended_from_where_it_is(self, store: Store, log: list[Record]):
        take_in(store, log[:3])
        append(store, "a")
        take_in(store, log[3:])
        assert versions(store.read_stream("102/2024")) == [1, 2, 3]
        assert [record.position for record in store.read_stream("102/2024")] == [2, 3, 5]

    def test_a_record_as_it_stands_in_the_log_is_found_by_its_name(self, store: Store, log: list[Record]):
        take_in(store, log)
        assert store.logged_at("102/2024", 2) == log[2]
        assert store.logged_at("102/2024", 4) is None

    def test_what_is_taken_in_inside_a_transaction_that_is_not_kept_is_not_kept(self, store: Store, log: list[Record]):
        append(store, "a")
        before = everything(store)
        with store.transaction(keep=False):
            take_in(store, log)
        assert everything(store) == before
        assert store.answer("e-1", "intent of e-1") is None
        assert append(store, "b")[0].recorded_at < log[-1].recorded_at


class TestTransactions:
    def test_a_transaction_keeps_what_it_did(self, store: Store):
        with store.transaction():
            records = append(store, "a") + append(store, "b")
        assert tuple(everything(store)) == records

    def test_a_transaction_sees_what_it_did(self, store: Store):
        with store.transaction():
            records = append(store, "a")
            assert tuple(store.read_stream(YEAR)) == records

    def test_a_transaction_that_is_not_to_be_kept_keeps_nothing(self, store: Store):
        with store.transaction(keep=False):
            append(store, "a")
        assert everything(store) == []
        assert store.answer("a", "intent of a") is None
        assert append(store, "a")[0].recorded_at == instant_text(NOON)

    def test_a_transaction_that_is_not_to_be_kept_sees_what_it_did(self, store: Store):
        with store.transaction(keep=False):
            records = append(store, "a")
            assert tuple(store.read_stream(YEAR)) == records

    def test_what_is_done_inside_one_that_is_not_kept_is_not_kept_either(self, store: Store):
        with store.transaction(keep=False):
            append(store, "a")
            with store.transaction():
                append(store, "b")
        assert everything(store) == []

    def test_one_that_is_not_to_be_kept_keeps_nothing_inside_another(self, store: Store):
        with store.transaction():
            records = append(store, "a")
            with store.transaction(keep=False):
                append(store, "b")
        assert tuple(everything(store)) == records

    def test_what_failed_inside_another_is_undone_alone(self, store: Store):
        with store.transaction():
            records = append(store, "a")
            with pytest.raises(Refused):
                append_and_fail(store, "b")
        assert tuple(everything(store)) == records

    def test_a_transaction_that_did_nothing_leaves_nothing(self, store: Store):
        with store.transaction():
            pass
        assert everything(store) == []


histories = st.lists(
    st.tuples(st.sampled_from(["101", YEAR, "101/2025"]), st.integers(-7200, 7200), st.integers(0, 3)), max_size=12
)


@every_store
@settings(max_examples=20)
@given(histories)
def test_whatever_the_history_positions_versions_times_and_links_hold(
    new_store: StoreFactory, history: list[tuple[str, int, int]]
):
    with tempfile.TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        answers = [
            store.append(stream, ANY_VERSION, [fact("x")] * facts, command(f"c-{turn}"), NOON + seconds * SECOND)
            for turn, (stream, seconds, facts) in enumerate(history)
        ]
        records = everything(store)
    assert records == [record for answer in answers for record in answer]
    assert [record.position for record in records] == list(range(1, len(records) + 1))
    times = [answer[0].recorded_at for answer in answers if answer]
    assert all(earlier < later for earlier, later in pairwise(times))
    for stream in {record.stream for record in records}:
        chain = [record for record in records if record.stream == stream]
        assert [record.version for record in chain] == list(range(1, len(chain) + 1))
        previous = [NO_PREDECESSOR, *(record.hash for record in chain)]
        assert [record.hash for record in chain] == [link(*pair) for pair in zip(previous, chain, strict=False)]
