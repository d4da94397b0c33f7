"""The link hash and the digest never change: a fixed chain, computed twice, against constants."""

import hashlib
import json

import pytest

from events.record import NO_PREDECESSOR, Head, Record, digest, digest_of_content, link

INTENT = "sha256:" + "0" * 64
UNIT = Record(
    1,
    "101",
    1,
    "101/1",
    "2024-01-02T01:00:00.000000Z",
    "王会计",
    "c-1",
    INTENT,
    "UnitRegistered",
    1,
    '{"effective_on":"2024-01-01","name":"杭州市妇女联合会"}',
    "",
)
APPROVAL = Record(
    2,
    "101/2024",
    1,
    "101/2024/1",
    "2024-02-06T01:30:00.000001Z",
    "王会计",
    "c-2",
    INTENT,
    "InitialBudgetApproved",
    1,
    '{"effective_on":"2024-02-06","document":{"number":"杭财行〔2024〕5号"},"reason":"他说：\\"批复\\"",'
    '"lines":[["general","this_year","2012901","personnel","30101",null,696300000]]}',
    "",
)
CLOSING = Record(
    3,
    "101/2024",
    2,
    "101/2024/2",
    "2025-01-10T08:00:00.000000Z",
    "李𠮷",
    "c-3",
    INTENT,
    "YearClosed",
    2,
    '{"effective_on":"2024-12-31","reason":"第一行\\n第二行"}',
    "",
)

UNIT_HASH = "e256c21380429754ae934296d41580e771fda9f3440438af9d725b6469ca86ba"
APPROVAL_HASH = "847576e17a1c8e3883e870d599ba685858e56019f42cb099f8ee0907a1b9418b"
CLOSING_HASH = "4e4208e888e52925adf1b5d95ed49da8e76fff12dd932f14a8a1548202a1b560"
DIGEST = "sha256:e0a26bccdbf294342c774021c0ede773584149bdc484c4482e961870b9b7373a"
EMPTY_DIGEST = "sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"
CONTENT_DIGEST = "sha256:a0d6368af74a2149c5b297ae028e7d28f13c2e1564473bed34298758fd3e0ebe"

CHAIN = [
    (NO_PREDECESSOR, UNIT, UNIT_HASH),
    (NO_PREDECESSOR, APPROVAL, APPROVAL_HASH),
    (APPROVAL_HASH, CLOSING, CLOSING_HASH),
]
HEADS = [Head("101/2024", 2, CLOSING_HASH), Head("101", 1, UNIT_HASH)]


def by_hand(array: list[object]) -> str:
    """What docs/format.md asks of an auditor: hashlib and json, nothing of ours."""
    text = json.dumps(array, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize(("previous", "record", "expected"), CHAIN, ids=["unit", "approval", "closing"])
def test_the_link_of_a_record_is_what_it_has_always_been(previous: str, record: Record, expected: str):
    assert link(previous, record) == expected
    assert by_hand([previous, *record[1:-1]]) == expected


def test_the_digest_of_a_ledger_is_what_it_has_always_been():
    assert digest(HEADS) == digest(reversed(HEADS)) == DIGEST
    assert "sha256:" + by_hand([["101", 1, UNIT_HASH], ["101/2024", 2, CLOSING_HASH]]) == DIGEST


def test_the_digest_of_an_empty_ledger_is_what_it_has_always_been():
    assert digest([]) == "sha256:" + by_hand([]) == EMPTY_DIGEST


def test_the_digest_of_texts_is_what_it_has_always_been():
    assert digest_of_content("101/2024", "冲销") == "sha256:" + by_hand(["101/2024", "冲销"]) == CONTENT_DIGEST


@pytest.mark.parametrize("field", [name for name in Record._fields if name not in ("position", "hash")])
def test_every_field_but_the_position_is_under_the_hash(field: str):
    value = getattr(APPROVAL, field)
    changed = APPROVAL._replace(**{field: value + 1 if isinstance(value, int) else value + " "})
    assert link(NO_PREDECESSOR, changed) != APPROVAL_HASH


def test_the_place_in_the_file_is_not_under_the_hash():
    assert link(NO_PREDECESSOR, APPROVAL._replace(position=99, hash="x")) == APPROVAL_HASH


def test_what_stands_in_one_field_cannot_pass_for_the_next():
    moved = UNIT._replace(actor=UNIT.actor + UNIT.command_id, command_id="")
    assert link(NO_PREDECESSOR, moved) != UNIT_HASH
    assert digest_of_content("ab", "c") != digest_of_content("a", "bc")
