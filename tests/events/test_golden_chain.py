"""The link hash and the digest never change: a fixed chain, computed twice, against constants."""

import hashlib
import json

import pytest

from events.chain import link, link_arrival
from events.record import NO_PREDECESSOR, Arrival, Head, Record, digest, digest_of_content

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

UNIT_HASH = "af65722e2e0455a04322fcc6490c68decda861815cb6753848b1698126c8e847"
APPROVAL_HASH = "61757373e3ad2096dc17d5603a00c30a5b79b609301b5962d0af7512f36f8db4"
CLOSING_HASH = "c0a4bdf7b859cadfcd7e5bda3dad6d2a885e255091be1c739c7f54405c076883"
DIGEST = "sha256:2f74ec7593a7e916086e73a9deb0869e44866d574498865ce9c4fb4c9ddceaef"
ARRIVAL_HASH = "012143d7820a60ca5b3dabb8319e2d9c9e121e3da01edfea7a365c2a679a2eae"
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
    return hashlib.sha256(canonical(array).encode("utf-8")).hexdigest()


def canonical(array: list[object]) -> str:
    return json.dumps(array, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize(("previous", "record", "expected"), CHAIN, ids=["unit", "approval", "closing"])
def test_the_link_of_a_record_is_what_it_has_always_been(previous: str, record: Record, expected: str):
    assert link(previous, record) == expected
    stored = f"{canonical([previous, *record[1:-2]])[:-1]},{record.payload}]"
    assert hashlib.sha256(stored.encode("utf-8")).hexdigest() == expected


def test_the_link_of_a_run_taken_in_is_what_it_has_always_been():
    arrival = Arrival(1, 2, "2024-06-03T04:00:00.000000Z", "李处长", "2024-02-06T01:30:00.000001Z", hash="")
    hashes = [UNIT_HASH, APPROVAL_HASH]
    assert link_arrival(NO_PREDECESSOR, arrival, hashes) == by_hand(["", *arrival[:-1], hashes]) == ARRIVAL_HASH


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
