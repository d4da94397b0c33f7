"""Logs taken in: once, whole, every chain as it is; a department with its units; what is published stays."""

import base64
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from budget_words import approve, declare, published, register, reverse, salaries, supplement
from hypothesis import given, settings
from hypothesis import strategies as st
from log_words import HOUR, Office, instant, intent, linked_anew, office, refused
from store_words import command, fact

from events.errors import Conflict, EvidenceBroken, Refused, WrongUsage
from events.instant import instant_text
from events.record import Record, digest, of_unit
from events.signature import fingerprint_of
from events.vocabulary import Signed
from ledger.deciding.signature import RecordSignature, RegisterKey
from ledger.exchange import intake
from ledger.verifying.integrity import verify

MONEY = supplement(salaries("1万元"))
DAY = date(2024, 6, 3)
PROJECT = '{"effective_on":"2024-12-31","name":"一"}'


class TestRestoring:
    def test_a_ledger_made_from_a_log_has_the_same_digest(self, unit: Office, department: Office):
        taken = department.takes(unit.log())
        assert taken == (2, 0, 2, 0, unit.digest, unit.store.last_instant())
        assert department.digest == unit.digest
        assert verify(department.store).findings == ()

    def test_it_holds_the_same_events_in_the_same_order(self, unit: Office, department: Office):
        unit.says("101/2023", approve(salaries("1万元"), on="2023-02-06"))
        unit.says("101/2024", MONEY)
        department.takes(unit.log())
        assert department.store.read_bucket() == unit.store.read_bucket()
        assert department.log() == unit.log()

    def test_who_follows_is_shown_what_was_taken_in(self, unit: Office, department: Office):
        department.takes(unit.log())
        assert department.followed == unit.events

    def test_a_command_given_again_gets_its_first_answer(self, unit: Office, department: Office):
        first = unit.says("101/2024", MONEY, "c-1")
        department.takes(unit.log())
        assert department.says("101/2024", MONEY, "c-1") == first
        with pytest.raises(Conflict, match="命令编号 c-1 已用于另一项内容"):
            department.says("101/2024", supplement(salaries("2万元")), "c-1")

    def test_it_goes_on_where_it_was(self, unit: Office, department: Office):
        department.takes(unit.log())
        with pytest.raises(Refused, match="年初批复已记录"):
            department.says("101/2024", approve(salaries("1万元")))
        assert department.says("101/2024", reverse("101/2024/1")).version == 2

    def test_it_goes_on_later_than_all_it_was_told(self, unit: Office, department: Office):
        last = unit.at(5).says("101/2024", MONEY)
        department.takes(unit.log())
        assert department.says("101/2024", MONEY).recorded_at > last.recorded_at

    def test_the_log_of_an_empty_ledger_is_empty_and_brings_nothing(self, department: Office):
        empty = department.digest
        assert department.takes(department.log()) == (0, 0, 0, 0, empty, department.store.last_instant())
        assert department.content == [[], []]

    def test_blank_lines_and_other_ends_of_lines_do_not_matter(self, unit: Office, department: Office):
        lines = [line.replace(b"\n", b"\r\n") for line in unit.log()]
        assert department.takes([b"\n", *lines, b"  \n"]).digest == unit.digest

    def test_a_command_of_several_events_stays_one(self, unit: Office, department: Office):
        drafts = [fact("x")._replace(type="ProjectRegistered", payload=PROJECT)] * 3
        both = unit.store.append("101/2024", None, drafts, command("c", intent("c")), instant(1))
        department.takes(unit.log())
        answer = department.store.answer("c", intent("c"))
        assert answer is not None
        assert [told.event_id for told in answer] == [told.event_id for told in both]

    @pytest.mark.parametrize("characters", [1, 300, 1000])
    def test_a_long_log_is_written_in_runs_that_leave_commands_whole(
        self, unit: Office, department: Office, characters: int, monkeypatch: pytest.MonkeyPatch
    ):
        projects = [fact("x")._replace(type="ProjectRegistered", payload=PROJECT)] * 3
        for number in range(5):
            unit.says("101/2024", MONEY)
            unit.store.append("101/2025", None, projects, command(f"c-{number}", intent(str(number))), instant(1))
        monkeypatch.setattr(intake, "RUN_CHARACTERS", characters)
        assert department.takes(unit.log()).digest == unit.digest
        assert department.store.read_bucket() == unit.store.read_bucket()
        assert verify(department.store).findings == ()
        runs = department.store.connection.execute("SELECT first_position, last_position FROM imports").fetchall()
        assert len(runs) > 1
        assert [place for first, last in runs for place in range(first, last + 1)] == list(range(1, 23))


class TestAgain:
    def test_the_same_log_twice_is_the_log_once(self, unit: Office, department: Office):
        department.takes(unit.log())
        before = department.content
        assert department.takes(unit.log()) == (0, 2, 0, 0, unit.digest, unit.store.last_instant())
        assert department.content == before

    def test_a_log_taken_in_at_home_brings_nothing(self, unit: Office):
        before = unit.content
        assert unit.takes(unit.log()).added == 0
        assert unit.content == before

    def test_a_longer_log_extends_what_is_there(self, unit: Office, department: Office):
        department.takes(unit.log())
        unit.says("101/2024", MONEY)
        unit.says("101/2025", approve(salaries("1万元"), on="2025-02-06"))
        assert department.takes(unit.log()) == (2, 2, 1, 1, unit.digest, unit.store.last_instant())

    def test_an_older_log_takes_nothing_away(self, unit: Office, department: Office):
        older = unit.log()
        unit.says("101/2024", MONEY)
        department.takes(unit.log())
        assert department.takes(older) == (0, 2, 0, 0, unit.digest, unit.store.last_instant())

    def test_it_is_written_down_what_was_taken_in_and_by_whom(self, unit: Office, department: Office):
        department.takes(unit.log())
        department.at(3).takes(unit.log())
        unit.at(1).says("101/2024", MONEY)
        department.takes(unit.log())
        rows = department.store.connection.execute("SELECT * FROM imports").fetchall()
        noon, one, three = (instant_text(instant(hours)) for hours in (0, 1, 3))
        assert [(*row[:2], row[3]) for row in rows] == [(1, 2, "李处长"), (3, 3, "李处长")]
        assert [row[2] for row in rows] == [noon, three]
        assert rows[1][4] == one


class TestDepartment:
    """Two units record at the same time; the department takes in one, then the other, then more, and records itself."""

    @pytest.fixture
    def joined(self, unit: Office, other: Office, department: Office) -> Office:
        department.says("100", register("主管部门"))
        for hours in (1, 2, 3):
            unit.at(hours).says("101/2024", MONEY)
            other.at(hours + 0.5).says("102/2024", MONEY)
        department.at(4).takes(unit.log())
        department.says("100/2024", approve(salaries("5万元")))
        department.takes(other.log())
        return department

    def test_every_chain_is_whole_although_times_interleave(self, joined: Office, unit: Office, other: Office):
        own = [head for head in joined.store.heads() if head.stream.startswith("100")]
        assert joined.store.heads() == sorted([*own, *unit.store.heads(), *other.store.heads()])
        assert verify(joined.store).findings == ()
        times = [told.recorded_at for told in joined.store.read_bucket()]
        assert times != sorted(times)

    def test_each_unit_has_the_digest_it_has_at_home(self, joined: Office, unit: Office, other: Office):
        heads = joined.store.heads()
        assert digest(of_unit(heads, "101")) == unit.digest
        assert digest(of_unit(heads, "102")) == other.digest
        assert joined.digest not in (unit.digest, other.digest)

    def test_each_unit_had_the_digest_it_had_at_home_at_any_time(self, joined: Office, unit: Office):
        for hours in (0, 0.5, 1, 1.7, 2, 3, 9):
            then = instant_text(instant(hours))
            assert of_unit(joined.store.heads(then), "101") == unit.store.heads(then)

    def test_units_go_on_at_home_and_the_department_follows(self, joined: Office, unit: Office, other: Office):
        for hours, home, stream in [(5, unit, "101/2024"), (6, other, "102/2024"), (7, unit, "101/2024")]:
            home.at(hours).says(stream, MONEY)
            joined.at(hours + 0.1).says("100/2024", MONEY)
            assert joined.takes(home.log())[:3] == (1, len(home.events) - 1, 0)
        assert verify(joined.store).findings == ()
        assert digest(of_unit(joined.store.heads(), "101")) == unit.digest

    def test_what_the_department_records_is_always_the_latest(self, joined: Office, unit: Office):
        unit.at(9).says("101/2024", MONEY)
        joined.at(5).takes(unit.log())
        own = joined.at(6).says("100/2024", MONEY)
        assert own.recorded_at == max(told.recorded_at for told in joined.store.read_bucket())
        unit.at(7).says("101/2025", approve(salaries("1万元"), on="2025-02-06"))
        joined.takes(unit.log())
        assert joined.says("100/2024", MONEY).recorded_at > own.recorded_at

    def test_its_own_log_makes_another_department(self, joined: Office, tmp_path: Path):
        twin = office(tmp_path, "双胞胎")
        assert twin.takes(joined.log()).digest == joined.digest
        assert twin.store.read_bucket() == joined.store.read_bucket()

    def test_the_log_of_one_unit_comes_home_from_the_department(self, joined: Office, unit: Office, tmp_path: Path):
        assert joined.log("101") == unit.log()
        home = office(tmp_path, "新机器")
        assert home.takes(joined.log("101")).digest == unit.digest

    def test_both_units_may_have_counted_their_commands_alike(self, unit: Office, other: Office, department: Office):
        first, second = unit.says("101/2024", MONEY, "1"), other.says("102/2024", MONEY, "1")
        department.takes(unit.log())
        department.takes(other.log())
        assert verify(department.store).findings == ()
        assert department.says("101/2024", MONEY, "1").event_id == first.event_id
        assert department.says("102/2024", MONEY, "1").event_id == second.event_id

    def test_two_logs_one_behind_the_other_are_a_log(self, unit: Office, other: Office, department: Office):
        assert department.takes([*unit.log(), *other.log()])[:3] == (4, 0, 4)

    def test_the_units_logs_may_come_shuffled_as_long_as_streams_are_in_order(
        self, unit: Office, other: Office, department: Office
    ):
        mixed = [line for both in zip(other.log(), unit.log(), strict=True) for line in both]
        assert department.takes(mixed)[:3] == (4, 0, 4)


class TestWhatIsPublished:
    @pytest.fixture
    def out(self, unit: Office, department: Office) -> Office:
        """The department has unit 101 and published its year as known at 2 o'clock in the afternoon, an hour later."""
        department.takes(unit.log())
        self.publish(department, "101/2024", "101")
        return department

    def publish(self, there: Office, stream: str, unit: str) -> Record:
        cut = instant(2)
        pinned = digest(of_unit(there.store.heads(instant_text(cut)), unit))
        fact = published().model_copy(update={"known_at": cut, "ledger_digest": pinned})
        return there.at(3).says(stream, declare(fact))

    def test_no_log_slips_events_of_the_unit_under_its_cut(self, out: Office, unit: Office):
        unit.at(1).says("101/2025", approve(salaries("1万元"), on="2025-02-06"))
        assert refused(out, unit.log(), Conflict) == [
            "第 3 行：101/2025 带来了公开 101/2024/2 的截点之前的事件，那次公开将不能重现。"
        ]

    def test_nor_from_before_a_signature(self, unit: Office, department: Office):
        department.takes(unit.log())
        key = base64.b64encode(bytes(32)).decode()
        department.at(2).says("101", RegisterKey(effective_on=DAY, officer="王会计", public_key=key))
        signature = RecordSignature(
            effective_on=DAY,
            what=Signed.LEDGER,
            known_at=instant_text(instant(2)),
            digest=digest(of_unit(department.store.heads(), "101")),
            fingerprint=fingerprint_of(key),
            signature=base64.b64encode(bytes(64)).decode(),
        )
        department.at(3).says("101", signature)
        unit.at(1).says("101/2025", approve(salaries("1万元"), on="2025-02-06"))
        assert "签名 101/3 之前的事件" in refused(department, unit.log(), Conflict)[0]

    def test_a_log_may_bring_what_the_unit_recorded_later(self, out: Office, unit: Office):
        unit.at(2.1).says("101/2025", approve(salaries("1万元"), on="2025-02-06"))
        assert out.takes(unit.log()).added == 1

    def test_a_log_may_bring_what_another_unit_recorded_before(self, out: Office, other: Office):
        other.at(1).says("102/2024", MONEY)
        assert out.takes(other.log()).added == 3

    def test_a_publication_comes_with_its_unit(self, out: Office, tmp_path: Path):
        twin = office(tmp_path, "双胞胎")
        twin.takes(out.log())
        assert twin.digest == out.digest

    def test_a_publication_that_saw_another_ledger_is_refused(self, out: Office, tmp_path: Path):
        """Somebody wrote the log anew, with hashes that fit, and left the publication as it was."""
        forged = linked_anew([line.replace(b"100000000]", b"900000000]") for line in out.log()])
        assert forged != out.log()
        [told] = refused(office(tmp_path, "双胞胎"), forged, EvidenceBroken)
        assert told.startswith("第 3 行：101/2024/2 所记的账本摘要与该单位的事件不符")

    def test_so_is_one_whose_unit_has_lost_a_stream(self, out: Office, tmp_path: Path):
        out.says("101/2023", approve(salaries("1万元"), on="2023-02-06"))
        self.publish(out, "101/2023", "101")
        lost = [line for line in out.log() if b'"stream":"101/2024"' not in line]
        [told] = refused(office(tmp_path, "双胞胎"), lost, EvidenceBroken)
        assert told.startswith("第 3 行：101/2023/2 所记的账本摘要与该单位的事件不符")

    def test_where_a_chain_is_broken_that_alone_is_told(self, out: Office, tmp_path: Path):
        broken = [line.replace(b"100000000]", b"900000000]") for line in out.log()]
        [told] = refused(office(tmp_path, "双胞胎"), broken, EvidenceBroken)
        assert told.startswith("第 2 行：101/2024/1 的哈希不符")


class TestTrials:
    def test_a_trial_says_what_would_be_and_keeps_nothing(self, unit: Office, department: Office):
        department.says("100", register("主管部门"))
        before = department.content
        tried = department.takes(unit.log(), is_trial=True)
        assert department.content == before
        assert department.takes(unit.log()) == tried

    def test_a_trial_is_refused_as_the_real_thing_is(self, unit: Office, department: Office):
        with pytest.raises(WrongUsage):
            department.takes(unit.log()[1:], is_trial=True)


class TestFailures:
    def test_a_reader_that_breaks_off_leaves_nothing(self, unit: Office, department: Office):
        def breaking() -> Iterator[bytes]:
            yield from unit.log()
            raise OSError("gone")

        with pytest.raises(OSError, match="gone"):
            department.takes(breaking())
        assert department.content == [[], []]

    def test_a_store_that_breaks_off_leaves_nothing(
        self, unit: Office, department: Office, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(intake, "RUN_CHARACTERS", 1)
        monkeypatch.setattr(department, "_follow", lambda _: 1 / 0)
        department.ledger.__dict__["project"] = department._follow  # noqa: SLF001
        with pytest.raises(ZeroDivisionError):
            department.takes(unit.log())
        assert department.content == [[], []]


steps = st.lists(
    st.tuples(st.sampled_from(["101", "102", "own", "join 101", "join 102"]), st.integers(0, 90)), max_size=14
)


@settings(max_examples=40)
@given(steps)
def test_whenever_units_record_and_the_department_joins_each_chain_is_the_one_at_home(story: list[tuple[str, int]]):
    with tempfile.TemporaryDirectory() as folder:
        homes = {unit: office(Path(folder), unit, unit) for unit in ("101", "102")}
        department = office(Path(folder), "李处长", "100")
        for deed, minutes in story:
            for there in (*homes.values(), department):
                there.now += minutes * HOUR / 60
            if deed == "own":
                department.says("100/2024", MONEY)
            elif deed in homes:
                homes[deed].says(f"{deed}/2024", MONEY)
            else:
                department.takes(homes[deed[-3:]].log())
        for unit, home in homes.items():
            department.takes(home.log())
            assert department.log(unit) == home.log()
        assert verify(department.store).findings == ()
        for there in (*homes.values(), department):
            there.store.close()
