"""A payload is one its type can have, and stands in the very text it would be stored in."""

import json

import pytest

from events.errors import Fault
from events.model import Event
from events.record import Record
from ledger.verifying.finding import Check
from ledger.verifying.payloads import event_or_fault, payload_findings

PAPER = {"number": "杭财行〔2024〕5号"}
KEY = "general/this_year/2012901/operating/30211"
LINE = [KEY, 12500000]
TOLD = {"effective_on": "2024-02-06", "document": PAPER, "reason": "追加", "ground": "reserve", "lines": [LINE]}


def stored(payload: str, type_: str = "BudgetSupplemented", version: int = 2) -> Record:
    at = "2024-02-06T01:00:00.000000Z"
    return Record(1, "101/2024", 1, "101/2024/1", at, "王会计", "c-1", "intent", type_, version, payload, "")


def text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def test_a_payload_as_it_is_stored_has_no_fault():
    assert isinstance(event_or_fault(stored(text(TOLD))), Event)


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (text(TOLD | {"lines": [[KEY, "12500000"]]}), "lines/0/1，应为整数。"),
        (text(TOLD | {"lines": [[KEY, 10**17]]}), "lines/0/1，应小于 1000000000000000。"),
        (
            text(TOLD | {"lines": [[f"elsewhere{KEY}", 1]]}),
            "lines/0/0，不认识存储的词“elsewheregeneral”，可以是：general、",
        ),
        (
            text(TOLD | {"lines": [["general/this_year/20129", 1]]}),
            "lines/0/0，功能科目编码“20129”应为 2 开头的 7 位数字",
        ),
        (text(TOLD | {"lines": [[KEY]]}), "lines/0/1，没有填写。"),
        (text(TOLD | {"lines": "无"}), "lines，应为列表。"),
        (text(TOLD | {"lines": []}), "lines，至少要有 1 项。"),
        (text(TOLD | {"lines": [["general/this_year/2012901/personnel", 1]]}), "lines，人员支出 属于基本支出，"),
        (text(TOLD | {"ground": "whim"}), "ground，不认识，可以写：'"),
        (text(TOLD | {"more": 1}), "more，不应有这一项。"),
        (text(TOLD | {"document": "杭财行〔2024〕5号"}), "document，应为一组有名称的内容。"),
        (text(TOLD | {"reason": "字" * 20_001}), "reason，太长，最多 20000 个字。"),
        (text(TOLD | {"reason": "追\u200b加"}), "reason，文字里有不可见的控制字符"),
        (text(TOLD | {"effective_on": "2024-02-30"}), "effective_on，应为日期，"),
        (text({name: told for name, told in TOLD.items() if name != "reason"}), "reason，没有填写。"),
        (text([]), "payload，应为一组有名称的内容。"),
        ("not json", "payload，不是 JSON（第 1 行第 2 列）。"),
    ],
)
def test_a_payload_its_type_cannot_have_is_told_where_and_why(payload: str, why: str):
    assert str(event_or_fault(stored(payload))).startswith(f"内容不合 BudgetSupplemented 的规定：{why}")


@pytest.mark.parametrize(
    "payload",
    [
        json.dumps(TOLD, ensure_ascii=False),
        json.dumps(TOLD, separators=(",", ":")),
        text(dict(reversed(TOLD.items()))),
        text(TOLD | {"document": PAPER | {"title": None}}),
        text(TOLD) + " ",
    ],
    ids=["blanks", "escapes", "order", "null", "end"],
)
def test_the_same_said_in_another_text_is_found(payload: str):
    assert str(event_or_fault(stored(payload))) == "内容的写法不是存储 BudgetSupplemented 的规范写法。"


def test_a_field_that_was_not_known_when_it_was_stored_may_be_missing():
    published = {
        "effective_on": "2024-02-06",
        "as_of": "2024-02-06",
        "known_at": "2024-02-06T01:00:00Z",
        "ledger_digest": f"sha256:{'0' * 64}",
        "edition": "hangzhou/2024",
        "edition_digest": f"sha256:{'1' * 64}",
        "measure": "initial",
        "forms": [],
        "files": [],
    }
    assert isinstance(event_or_fault(stored(text(published), "DocumentPublished", 1)), Event)


@pytest.mark.parametrize(("type_", "version"), [("Sung", 1), ("BudgetSupplemented", 3)])
def test_an_event_of_a_newer_program_is_told(type_: str, version: int):
    assert "由更新版本的程序写成" in str(event_or_fault(stored(text(TOLD), type_, version)))


ARRAY = ["general", "this_year", "2012901", "operating", "30211", None, 12500000]


def test_a_line_of_the_first_version_was_an_array_of_seven():
    assert isinstance(event_or_fault(stored(text(TOLD | {"lines": [ARRAY]}), version=1)), Event)


@pytest.mark.parametrize(
    "line",
    [
        ["elsewhere", *ARRAY[1:]],
        ARRAY[1:],
        [*ARRAY, 1],
        [*ARRAY[:3], "operating/30211", None, *ARRAY[5:]],
        [*ARRAY[:4], 30211, *ARRAY[5:]],
        [*ARRAY[:5], "", ARRAY[6]],
        [*ARRAY[:5], True, ARRAY[6]],
        [*ARRAY[:-1], "1"],
        [*ARRAY[:-1], True],
        LINE,
        [],
        "1234567",
        None,
    ],
)
def test_an_array_that_was_none_of_the_first_version_is_told(line: object):
    assert isinstance(event_or_fault(stored(text(TOLD | {"lines": [line]}), version=1)), Fault)


@pytest.mark.parametrize(
    "payload",
    [
        json.dumps(TOLD | {"lines": [ARRAY]}, ensure_ascii=False),
        json.dumps(TOLD | {"lines": [ARRAY]}, separators=(",", ":")),
        text(dict(reversed((TOLD | {"lines": [ARRAY]}).items()))),
        '{"lines":[],' + text(TOLD | {"lines": [ARRAY]})[1:],
    ],
    ids=["blanks", "escapes", "order", "twice"],
)
def test_the_first_version_too_was_written_in_one_way(payload: str):
    told = event_or_fault(stored(payload, version=1))
    assert str(told) == "内容的写法不是存储 BudgetSupplemented 的规范写法。"


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (text([]), "没有第 1 版的明细列表。"),
        (text({}), "没有第 1 版的明细列表。"),
        (text(TOLD | {"lines": None}), "没有第 1 版的明细列表。"),
        (text(TOLD | {"lines": [["general"]]}), "有一条明细不是第 1 版的写法"),
        ("{", "不是 JSON（第 1 行第 1 列）。"),
        ('{"lines":' + "[" * 5000 + "]" * 5000 + "}", "不是 JSON（第 1 行第"),
    ],
)
def test_what_was_no_payload_of_the_first_version_is_told_in_a_sentence(payload: str, why: str):
    told = str(event_or_fault(stored(payload, version=1)))
    assert told.startswith(f"内容不合 BudgetSupplemented 的规定：payload，{why}")


def nothing(_stream: str, _version: int) -> None:
    """No record was seen."""


def test_every_payload_is_told_of():
    records = [stored("{}"), stored(text(TOLD)), stored("[]")._replace(version=3)]
    found = list(payload_findings(records, nothing))
    assert [(one.event_id, one.check) for one in found] == [
        ("101/2024/1", Check.PAYLOADS),
        ("101/2024/3", Check.PAYLOADS),
    ]


def test_a_damaged_name_of_an_event_is_told_by_its_stream_and_version():
    damaged = stored("{}")._replace(event_id=b"101/2024/1")
    [finding] = payload_findings([damaged], nothing)
    assert finding.event_id == "101/2024/1"
