"""A log: what a line says, and what is no line of one."""

import io
import json
from pathlib import Path

import pytest
from budget_words import approve, register, salaries
from log_words import Office, changed, office, without
from store_words import NOON, command, fact

from events.errors import Invalid, WrongUsage
from ledger.exchange import log
from ledger.exchange.log import FIELDS, line_of, numbered, read_line, read_lines
from ledger.keeping.sqlite import SqliteStore


@pytest.fixture
def unit(tmp_path: Path) -> Office:
    return office(tmp_path, "王会计", "101")


@pytest.fixture
def line(unit: Office) -> bytes:
    return unit.log()[1]


def test_a_line_says_all_that_is_stored_but_the_position(unit: Office, line: bytes):
    told = json.loads(line)
    stored = unit.store.read_bucket()[1]
    assert list(told) == list(FIELDS)
    assert list(told.values()) == list(stored)[1:]


def test_the_payload_travels_as_the_text_it_is(unit: Office, line: bytes):
    assert json.loads(line)["payload"] == unit.store.read_bucket()[1].payload


def test_a_line_is_readable_and_ends_where_it_ends(line: bytes):
    assert "杭财行〔2024〕5号".encode() in line
    assert line.count(b"\n") == 1
    assert line.endswith(b"}\n")


def test_what_is_read_is_what_was_written(unit: Office):
    for told in unit.store.logged():
        assert read_line(line_of(told)) == told._replace(position=0)


@pytest.mark.parametrize("actor", ['引"号', "反\\斜", "行分隔\u2028符", "𠮷", "/<&>"])
def test_any_name_travels(tmp_path: Path, actor: str):
    there = office(tmp_path, "账本")
    there.name = actor
    there.says("101", register())
    there.says("101/2024", approve(salaries("1万元")))
    assert [read_line(told).actor for told in there.log()] == [actor, actor]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "{",
        "[]",
        "null",
        "1",
        '"101"',
        "[" * 100_000,
        "{" * 100_000,
        '{"a":' * 100_000,
        "9" * 10_000,
        "{}",
        "\ufeff{}",
    ],
    ids=lambda text: text[:9],
)
def test_what_is_no_object_of_these_fields_is_no_line(wrong: str):
    with pytest.raises(Invalid):
        read_line(wrong.encode())


def test_what_is_not_utf_8_is_no_line(line: bytes):
    with pytest.raises(Invalid, match="不是一个 UTF-8 的 JSON 对象"):
        read_line(line.decode().encode("gb18030"))
    with pytest.raises(Invalid, match="不是一个 UTF-8 的 JSON 对象"):
        read_line(line.decode().encode("utf-16"))


@pytest.mark.parametrize("field", FIELDS)
def test_a_line_without_one_of_its_fields_is_told_which(line: bytes, field: str):
    with pytest.raises(Invalid, match=f"缺少、多出或写错了：{field}。"):
        read_line(without(line, field))


def test_a_line_with_a_field_too_many_is_told_which(line: bytes):
    with pytest.raises(Invalid, match="缺少、多出或写错了：position。"):
        read_line(changed(line, position=2))


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [None, 1.5, True, [], {}], ids=repr)
def test_a_field_of_another_kind_is_told(line: bytes, field: str, value: object):
    with pytest.raises(Invalid, match=f"缺少、多出或写错了：{field}。"):
        read_line(changed(line, **{field: value}))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("stream", "101/24", "不是流的名称"),
        ("stream", "101/２０２４", "不是流的名称"),
        ("stream", "../101", "不是流的名称"),
        ("version", 0, "应从 1 起"),
        ("type_version", 0, "应从 1 起"),
        ("type_version", -(10**30), "应从 1 起"),
        ("recorded_at", "2024-06-03", "不是记录时刻"),
        ("recorded_at", "2024-06-03T04:00:00Z", "不是记录时刻"),
        ("recorded_at", "2024-06-31T04:00:00.000000Z", "不是记录时刻"),
        ("recorded_at", "2024-06-03T04:00:00.000000+08:00", "不是记录时刻"),
        ("recorded_at", "9999-12-31T23:59:59.999999Z", "不是记录时刻"),
        ("recorded_at", "２024-06-03T04:00:00.000000Z", "不是记录时刻"),
        ("intent_digest", "", "不是摘要"),
        ("intent_digest", "sha256:0", "不是摘要"),
        ("actor", "王\u202e会计", "控制字符"),
        ("command_id", "a\u0000b", "控制字符"),
        ("actor", "\ud800", "不是一个 UTF-8 的 JSON 对象"),
        ("payload", "\ud800", "不是一个 UTF-8 的 JSON 对象"),
    ],
)
def test_a_field_that_says_what_it_cannot_is_told(line: bytes, field: str, value: object, said: str):
    told = json.loads(line) | {field: value}
    with pytest.raises(Invalid, match=said):
        read_line(json.dumps(told).encode())


def test_blank_lines_do_not_count_but_keep_their_number():
    assert list(numbered([b"a\n", b"\n", b" \r\n", b"b"])) == [(1, b"a\n"), (4, b"b")]


def test_a_line_that_would_fill_the_memory_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(log, "LINE_BYTES_MAX", 8)
    assert list(read_lines(io.BytesIO(b"1234567\n12345678"))) == [b"1234567\n", b"12345678"]
    with pytest.raises(WrongUsage, match="有一行超过 8 字节"):
        list(read_lines(io.BytesIO(b"12345678\n")))


def test_a_log_is_read_from_the_store_as_it_goes_out(file_store: SqliteStore):
    for number in range(3):
        file_store.append("101/2024", None, [fact("x")], command(f"c-{number}"), NOON)
    going = file_store.logged()
    assert next(going).version == 1
    file_store.append("101/2024", None, [fact("x")], command("c-3"), NOON)
    assert [told.version for told in going][:2] == [2, 3]
