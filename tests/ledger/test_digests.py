"""A digest from outside is recognised: whose it is, and when."""

import pytest
from budget_words import register, salaries, supplement
from log_words import Office, instant
from store_words import append

from events.errors import Invalid
from events.instant import instant_text
from events.record import Head, RunningDigest, digest, of_unit
from ledger.keeping.sqlite import SqliteStore
from ledger.verifying.digests import WHOLE, Recognised, parse_digest
from ledger.verifying.integrity import verify

STREAMS = ("101", "101/2024", "102/2024", "101-a/2024", "101/2024", "102/2024")


@pytest.fixture
def ledger(file_store: SqliteStore) -> SqliteStore:
    """Six events of three units, each at its own instant."""
    for number, stream in enumerate(STREAMS):
        append(file_store, f"c-{number}", stream)
    return file_store


def instants(store: SqliteStore) -> list[str]:
    return [record.recorded_at for record in store.read_bucket()]


def recognised(store: SqliteStore, wanted: str) -> Recognised | None:
    return verify(store, wanted).recognised.get(wanted)


def at(store: SqliteStore, number: int, unit: str = WHOLE) -> str:
    """The digest when so many events had been recorded, of the whole or of one unit."""
    heads = store.heads(instants(store)[number - 1])
    return digest(of_unit(heads, unit) if unit else heads)


def test_the_digest_of_now_is_that_of_the_whole_ledger(ledger: SqliteStore):
    assert recognised(ledger, at(ledger, 6)) == Recognised(WHOLE, instants(ledger)[-1], is_now=True)


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_the_digest_of_every_earlier_instant_is_recognised(ledger: SqliteStore, number: int):
    assert recognised(ledger, at(ledger, number)) == Recognised(WHOLE, instants(ledger)[number - 1], is_now=False)


def test_the_digest_of_no_events_is_that_of_the_time_before_the_first(ledger: SqliteStore):
    before = ledger.heads("2000-01-01T00:00:00.000000Z")
    assert recognised(ledger, digest(before)) == Recognised(WHOLE, "", is_now=False)


def test_an_empty_ledger_has_the_digest_of_no_events_now(file_store: SqliteStore):
    assert recognised(file_store, digest([])) == Recognised(WHOLE, "", is_now=True)


def test_the_digest_of_one_units_streams_is_that_of_the_unit(ledger: SqliteStore):
    for unit, last in {"101": 5, "102": 6, "101-a": 4}.items():
        known = Recognised(unit, instants(ledger)[last - 1], is_now=True)
        assert recognised(ledger, at(ledger, 6, unit)) == known


def test_the_digest_a_unit_had_earlier_is_recognised_with_its_instant(ledger: SqliteStore):
    known = Recognised("102", instants(ledger)[2], is_now=False)
    assert recognised(ledger, at(ledger, 5, "102")) == known


def test_where_logs_were_taken_in_the_digests_of_arrival_and_of_time_are_both_recognised(
    unit: Office, other: Office, department: Office
):
    unit.at(5).says("101/2024", supplement(salaries("1万元")))
    department.takes(unit.log())
    department.says("900", register("部门"))
    as_it_was = department.digest
    department.takes(other.log())
    as_of_noon = digest(department.store.heads(instant_text(instant(1))))
    assert as_of_noon not in (as_it_was, department.digest)
    for text in (as_it_was, as_of_noon):
        known = recognised(department.store, text)
        assert known is not None
        assert (known.unit, known.is_now) == (WHOLE, False)


def test_a_digest_of_nothing_here_is_recognised_as_nothing(ledger: SqliteStore):
    unknown = f"sha256:{'0' * 64}"
    outcome = verify(ledger, unknown)
    assert (outcome.recognised, len(outcome.findings)) == ({}, 1)


def test_other_digests_may_be_looked_for_without_being_missed(ledger: SqliteStore):
    outcome = verify(ledger, others=["00", at(ledger, 3)])
    assert (list(outcome.recognised), outcome.findings) == ([at(ledger, 3)], ())


def test_a_digest_may_be_typed_in_other_ways():
    digits = "00ff" * 16
    assert parse_digest(f" SHA256:{digits.upper()} ") == parse_digest(digits) == f"sha256:{digits}"


@pytest.mark.parametrize("text", ["", "sha256:", "0" * 63, "0" * 65, "g" * 64, "sha1:" + "0" * 64])
def test_what_has_not_64_hexadecimal_digits_is_no_digest(text: str):
    with pytest.raises(Invalid, match="不是摘要"):
        parse_digest(text)


def test_a_digest_that_runs_along_is_the_digest_of_the_last_heads():
    running, last = RunningDigest(), {}
    for version, stream in enumerate(["b", "a", "b/2024", "a", "a0"]):
        head = Head(stream, version, f"hash {version}")
        running.take(head)
        last[stream] = head
        assert running.digest == digest(last.values())
