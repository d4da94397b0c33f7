"""Logs that are refused as a whole: parted, altered, unreadable, asked for twice. Each fault is told with its line."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from budget_words import approve, bonuses, published, register, salaries, supplement
from hypothesis import given, settings
from hypothesis import strategies as st
from log_words import Office, changed, instant, intent, linked_anew, office, refused, without
from store_words import command, fact

from events.errors import Conflict, EvidenceBroken, WrongUsage
from events.payload import to_payload
from ledger.exchange import intake
from ledger.exchange.log import read_lines

MONEY = supplement(salaries("1万元"))
PROJECT = '{"effective_on":"2024-12-31","name":"一"}'


class TestParting:
    """The unit went on at home, the department recorded for it as well: two histories that cannot be one."""

    @pytest.fixture
    def parted(self, unit: Office, department: Office) -> Office:
        department.takes(unit.log())
        department.at(1).says("101/2024", supplement(salaries("2万元")))
        unit.at(2).says("101/2024", MONEY)
        unit.says("101/2024", MONEY)
        return department

    def test_it_is_refused_and_shown_where_they_parted(self, parted: Office, unit: Office):
        here, there = parted.store.logged_at("101/2024", 2), unit.store.logged_at("101/2024", 2)
        assert here is not None
        assert there is not None
        [said] = refused(parted, unit.log(), Conflict)
        assert said.removeprefix("第 3 行：101/2024 自第 2 号起与本账本分歧：").split("；") == [
            f"本账本 2024-06-03T05:00:00.000000Z 李处长 {here.hash}",
            f"日志 2024-06-03T06:00:00.000000Z 王会计 {there.hash}。",
        ]

    def test_nothing_else_of_the_log_is_taken_either(self, parted: Office, unit: Office):
        unit.says("101/2025", approve(salaries("1万元"), on="2025-02-06"))
        assert len(refused(parted, unit.log(), Conflict)) == 1

    def test_the_other_way_round_it_is_refused_too(self, parted: Office, unit: Office):
        [said] = refused(unit, parted.log(), Conflict)
        assert "101/2024 自第 2 号起与本账本分歧" in said

    def test_every_stream_that_parted_is_told(self, unit: Office, department: Office):
        department.says("101", register("别的单位"))
        department.says("101/2024", approve(bonuses("1万元")))
        said = refused(department, unit.log(), Conflict)
        assert [words.partition("起")[0] for words in said] == [
            "第 1 行：101 自第 1 号",
            "第 2 行：101/2024 自第 1 号",
        ]

    def test_a_history_made_up_with_its_hashes_has_parted(self, unit: Office, department: Office):
        department.takes(unit.log())
        forged = linked_anew([changed(line, actor="别人") for line in unit.log()])
        said = refused(department, forged, Conflict)
        assert ["别人" in words for words in said] == [True, True]


class TestBrokenEvidence:
    """A log in which something was altered. All of it is told at once, each with its line."""

    @pytest.fixture
    def log(self, unit: Office) -> list[bytes]:
        """101/1, then 101/2024/1 to 4, an hour apart."""
        for hours in (1, 2, 3):
            unit.at(hours).says("101/2024", MONEY)
        return unit.log()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("actor", "别人"),
            ("command_id", "c-9"),
            ("recorded_at", "2024-06-03T05:30:00.000000Z"),
            ("hash", "0" * 64),
            ("hash", ""),
            ("payload", to_payload(published())),
        ],
    )
    def test_a_changed_field_is_found(self, department: Office, log: list[bytes], field: str, value: str):
        log[2] = changed(log[2], **{field: value})
        said = refused(department, log, EvidenceBroken)
        assert "第 3 行：101/2024/2 的哈希不符：本事件或它之前的内容被改动。" in said

    def test_a_changed_payload_is_found(self, department: Office, log: list[bytes]):
        log[2] = log[2].replace(b"1000000", b"9000000")
        assert refused(department, log, EvidenceBroken) == [
            "第 3 行：101/2024/2 的哈希不符：本事件或它之前的内容被改动。"
        ]

    def test_a_payload_changed_in_its_spaces_alone_is_found_twice(self, department: Office, log: list[bytes]):
        told = json.loads(log[2])
        log[2] = changed(log[2], payload=told["payload"] + " ")
        assert len(refused(department, log, EvidenceBroken)) == 2

    def test_a_payload_changed_together_with_its_hash_is_found_behind_it(self, department: Office, log: list[bytes]):
        forged = linked_anew([*log[:2], log[2].replace(b"1000000", b"9000000")])
        assert refused(department, [*forged, *log[3:]], EvidenceBroken) == [
            "第 4 行：101/2024/3 的哈希不符：本事件或它之前的内容被改动。"
        ]

    def test_a_line_that_is_missing_is_found(self, department: Office, log: list[bytes]):
        del log[2]
        assert refused(department, log, EvidenceBroken) == [
            "第 3 行：这里应是事件 101/2024/2，却是 101/2024/3：缺少事件或次序被调换。"
        ]

    def test_a_beginning_that_is_missing_is_found(self, department: Office, log: list[bytes]):
        assert refused(department, log[2:], EvidenceBroken)[0] == (
            "第 1 行：这里应是事件 101/2024/1，却是 101/2024/2：缺少事件或次序被调换。"
        )

    def test_lines_in_another_order_are_found(self, department: Office, log: list[bytes]):
        log[2], log[3] = log[3], log[2]
        assert [said.partition("却是")[0] for said in refused(department, log, EvidenceBroken)] == [
            "第 3 行：这里应是事件 101/2024/2，",
            "第 4 行：这里应是事件 101/2024/4，",
            "第 5 行：这里应是事件 101/2024/3，",
        ]

    def test_a_line_that_says_another_version_than_its_id_is_found(self, department: Office, log: list[bytes]):
        log[2] = changed(log[2], version=7)
        assert refused(department, log, EvidenceBroken)[0] == "第 3 行：编号 101/2024/2 与流和版本（101/2024/7）不符。"

    def test_a_line_that_stands_twice_is_found(self, department: Office, log: list[bytes]):
        assert refused(department, [*log, log[-1]], EvidenceBroken) == [
            "第 6 行：这里应是事件 101/2024/5，却是 101/2024/4：缺少事件或次序被调换。"
        ]

    def test_an_event_under_another_name_is_found(self, department: Office, log: list[bytes]):
        log[2] = changed(log[2], event_id="101/2024/9")
        [said] = refused(department, log, EvidenceBroken)
        assert said == "第 3 行：编号 101/2024/9 与流和版本（101/2024/2）不符。"

    def test_a_time_that_goes_back_is_found_although_the_hashes_fit(self, department: Office, log: list[bytes]):
        forged = linked_anew([*log[:3], changed(log[3], recorded_at="2024-06-03T04:30:00.000000Z"), log[4]])
        assert refused(department, forged, EvidenceBroken) == [
            "第 4 行：101/2024/3 的记录时刻 2024-06-03T04:30:00.000000Z 早于前一事件。"
        ]

    def test_everything_is_told_at_once_with_its_line(self, department: Office, log: list[bytes]):
        log[0] = changed(log[0], actor="别人")
        log[2] = changed(log[2], actor="别人")
        log[3] = b"[]\n"
        said = refused(department, [*log, b"\xff\n", without(log[4], "hash")], EvidenceBroken)
        assert [words.partition("：")[0] for words in said] == [f"第 {line} 行" for line in (1, 3, 4, 5, 6, 7)]

    def test_what_is_there_already_is_held_against_its_hash_all_the_same(
        self, unit: Office, department: Office, log: list[bytes]
    ):
        department.takes(unit.log())
        log[2] = changed(log[2], actor="别人")
        assert refused(department, log, EvidenceBroken) == [
            "第 3 行：101/2024/2 的哈希不符：本事件或它之前的内容被改动。"
        ]

    @pytest.mark.parametrize("cut", [-1, -2, -4])
    def test_a_tail_cut_off_is_found_by_the_digest(self, unit: Office, department: Office, log: list[bytes], cut: int):
        [said] = refused(department, log[:cut], EvidenceBroken, expected_digest=unit.digest)
        assert unit.digest in said
        assert "可能截去了末尾或缺少整条流" in said

    def test_a_rewritten_log_is_found_by_the_digest(self, unit: Office, department: Office, log: list[bytes]):
        forged = linked_anew([changed(line, actor="别人") for line in log])
        refused(department, forged, EvidenceBroken, expected_digest=unit.digest)

    def test_the_digest_may_be_that_of_the_log_or_of_the_ledger_afterwards(
        self, unit: Office, other: Office, department: Office
    ):
        department.takes(other.log(), expected_digest=other.digest)
        afterwards = department.takes(unit.log(), is_trial=True).digest
        department.takes(unit.log(), expected_digest=unit.digest)
        assert department.digest == afterwards
        department.takes(unit.log(), expected_digest=afterwards)

    def test_a_ledger_without_its_guards_takes_nothing_in(self, unit: Office, department: Office):
        department.store.connection.execute("DROP TRIGGER imports_no_delete")
        with pytest.raises(EvidenceBroken, match="imports_no_delete"):
            department.takes(unit.log())
        assert department.events == []


class TestUnreadable:
    @pytest.mark.parametrize(
        "line", [b"{", b"[]", b"\xff", b"\x00\n", "科目,金额".encode(), b"{}" * 2, b'{"stream": "101"}']
    )
    def test_a_file_that_is_no_log_is_told(self, department: Office, line: bytes):
        [said] = refused(department, [line], WrongUsage)
        assert said.startswith("第 1 行：")

    def test_a_last_line_cut_short_is_told(self, unit: Office, department: Office):
        *whole, last = unit.log()
        assert refused(department, [*whole, last[:-9]], WrongUsage) == ["第 2 行：不是一个 UTF-8 的 JSON 对象。"]

    def forged(self, unit: Office, **fields: object) -> list[bytes]:
        first, second = unit.log()
        return linked_anew([first, changed(second, **fields)])

    @pytest.mark.parametrize("fields", [{"type": "BudgetMultiplied"}, {"type_version": 3}, {"type_version": 10**30}])
    def test_what_a_newer_program_wrote_asks_for_an_upgrade(
        self, unit: Office, department: Office, fields: dict[str, object]
    ):
        [said] = refused(department, self.forged(unit, **fields), WrongUsage)
        assert said.startswith("第 2 行：事件 101/2024/1")
        assert "请升级" in said

    @pytest.mark.parametrize(
        "payload",
        [
            "",
            "{",
            "[]",
            "null",
            "{}",
            '{"effective_on":"2024-02-30"}',
            '{"effective_on":"2024-02-06","amount":NaN}',
            "[" * 100_000,
        ],
        ids=lambda text: text[:20],
    )
    def test_a_payload_that_its_type_cannot_have_is_told(self, unit: Office, department: Office, payload: str):
        [said] = refused(department, self.forged(unit, payload=payload), WrongUsage)
        assert said.startswith("第 2 行：内容不合 InitialBudgetApproved")

    def test_a_payload_in_another_writing_is_told(self, unit: Office, department: Office):
        payload = json.loads(unit.log()[1])["payload"]
        [said] = refused(department, self.forged(unit, payload=payload.replace(",", ", ")), WrongUsage)
        assert "规范写法" in said

    def test_a_year_of_a_unit_nobody_registered_is_told(self, unit: Office, department: Office):
        assert refused(department, unit.log()[1:], WrongUsage) == ["第 1 行：单位 101 没有登记。"]

    def test_a_unit_that_is_registered_here_need_not_be_in_the_log(self, unit: Office, department: Office):
        department.takes(unit.log()[:1])
        assert department.takes(unit.log()[1:]).added == 1

    def test_reading_ends_where_too_much_is_wrong(self, department: Office, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(intake, "FAULTS_MAX", 3)
        endless = iter(lambda: b"[]\n", None)
        assert len(refused(department, endless, WrongUsage)) == 3


class TestCommandsThatDoNotFit:
    def test_an_event_that_is_said_to_be_for_another_intent_breaks_its_chain(self, unit: Office, department: Office):
        lines = [changed(line, intent_digest=intent("another")) for line in unit.log()]
        said = refused(department, lines, EvidenceBroken)
        assert [words.partition(" 的哈希")[0] for words in said] == ["第 1 行：101/1", "第 2 行：101/2024/1"]

    def test_one_id_for_two_intents_of_a_unit_is_told(self, unit: Office, department: Office):
        unit.says("101/2024", MONEY, "c-1")
        department.takes(unit.log())
        department.says("101/2025", supplement(salaries("1万元"), on="2025-02-06"), "c-2")
        unit.says("101/2024", MONEY, "c-2")
        [said] = refused(department, unit.log(), Conflict)
        assert said == "第 4 行：101/2024/3 的命令编号 c-2 已用于另一项内容。"

    def test_a_command_whose_events_stand_apart_is_told(self, unit: Office, department: Office):
        unit.says("101/2024", MONEY, "c-1")
        unit.says("101/2024", MONEY)
        unit.says("101/2024", MONEY)
        lines = unit.log()
        lines[4] = changed(lines[4], command_id="c-1", intent_digest=json.loads(lines[2])["intent_digest"])
        assert refused(department, linked_anew(lines), Conflict) == ["第 5 行：命令 c-1 此前已在 101/2024 中记录。"]

    def test_a_command_of_which_half_is_here_is_told(self, unit: Office, department: Office):
        drafts = [fact("x")._replace(type="ProjectRegistered", payload=PROJECT)] * 2
        unit.store.append("101/2024", None, drafts, command("c", intent("c")), instant(1))
        department.takes(unit.log()[:3])
        assert refused(department, unit.log(), Conflict) == ["第 4 行：命令 c 此前已在 101/2024 中记录。"]


Spoil = Callable[[bytes, int], bytes]
SPOILS: list[Spoil] = [
    lambda line, at: line[:at] + line[at + 1 :],
    lambda line, at: line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :],
    lambda line, at: line[:at],
    lambda line, at: line[:at] + line[at : at + 1] + line[at:],
    lambda line, at: line[:at] + b"\x00" + line[at:],
]


@settings(max_examples=150)
@given(data=st.data())
def test_whatever_is_done_to_a_byte_of_a_log_is_told_or_does_nothing(data: st.DataObject):
    with tempfile.TemporaryDirectory() as folder:
        unit, department = office(Path(folder), "王会计", "101"), office(Path(folder), "李处长")
        unit.says("101/2024", MONEY)
        log = b"".join(unit.log())
        at = data.draw(st.integers(0, len(log) - 1))
        path = Path(folder) / "log.ndjson"
        path.write_bytes(data.draw(st.sampled_from(SPOILS))(log, at))
        if is_taken(department, path, unit.digest):
            assert department.digest == unit.digest
        else:
            assert department.content == [[], []]
        unit.store.close()
        department.store.close()


def is_taken(there: Office, path: Path, expected: str) -> bool:
    try:
        with path.open("rb") as file:
            there.takes(read_lines(file), expected_digest=expected)
    except (WrongUsage, EvidenceBroken, Conflict):
        return False
    return True
