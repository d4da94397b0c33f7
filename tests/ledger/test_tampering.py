"""Whoever changes the file behind the ledger's back is found out."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from store_words import NOON, YEAR, append, command, fact

from events.chain import link
from events.record import NO_PREDECESSOR, Record
from ledger.keeping.schema import TRIGGERS
from ledger.keeping.sqlite import SqliteStore
from ledger.keeping.store import ANY_VERSION
from ledger.verifying.digests import WHOLE, Recognised
from ledger.verifying.every_record import BATCH, every_record
from ledger.verifying.finding import Break
from ledger.verifying.integrity import verify

NEXT_YEAR = "101/2025"


@pytest.fixture
def ledger(file_store: SqliteStore) -> SqliteStore:
    """Positions 1, 3, 5 in one stream, 2, 4, 6 in another."""
    for number in range(6):
        append(file_store, f"c-{number}", (YEAR, NEXT_YEAR)[number % 2])
    return file_store


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """The file without its guards, which are put back afterwards as if nothing had been."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for statement in TRIGGERS.values():
            connection.execute(statement)


def found(store: SqliteStore, digest: str | None = None) -> list[tuple[str, str]]:
    """What verification finds: the event and the sentence."""
    return [(finding.event_id, str(finding.fault)) for finding in verify(store, digest).findings]


def test_an_untouched_ledger_verifies_clean(ledger: SqliteStore):
    clean = verify(ledger)
    assert (clean.events, clean.streams, clean.findings) == (6, 2, ())
    assert verify(ledger, clean.digest)._replace(recognised={}) == clean


def test_a_digest_printed_long_ago_is_still_recognised_with_its_instant(ledger: SqliteStore):
    printed, [*_, last] = verify(ledger).digest, every_record(ledger)
    append(ledger, "c-later", YEAR)
    later = verify(ledger, printed)
    assert later.findings == ()
    assert later.recognised == {printed: Recognised(WHOLE, last.recorded_at, is_now=False)}


def test_an_empty_ledger_verifies_clean(file_store: SqliteStore):
    assert verify(file_store)[:2] == (0, 0)
    assert found(file_store, verify(file_store).digest) == []


def test_a_ledger_that_grew_past_one_batch_verifies_clean(file_store: SqliteStore):
    file_store.append(YEAR, ANY_VERSION, [fact(str(n)) for n in range(BATCH + 1)], command("many"), NOON)
    assert verify(file_store).events == BATCH + 1
    assert found(file_store) == []


def test_guards_taken_off_and_put_back_leave_no_trace(path: Path, ledger: SqliteStore):
    with tampering(path):
        pass
    assert found(ledger) == []


def test_a_stranger_with_a_few_lines_comes_to_the_same_digest(path: Path, ledger: SqliteStore):
    def canonical(array: list[object]) -> str:
        return json.dumps(array, ensure_ascii=False, separators=(",", ":"))

    def sha256(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    heads: dict[str, list[object]] = {}
    with closing(sqlite3.connect(path)) as connection:
        for _, *fields, payload, stored in connection.execute("SELECT * FROM events ORDER BY position"):
            previous = heads.get(fields[0], [None, 0, ""])[2]
            assert sha256(f"{canonical([previous, *fields])[:-1]},{payload}]") == stored
            heads[fields[0]] = [*fields[:2], stored]
    assert "sha256:" + sha256(canonical([heads[name] for name in sorted(heads)])) == verify(ledger).digest


@pytest.mark.parametrize(
    "edit",
    [
        "payload = replace(payload, 'c-2', 'c-9')",
        "payload = payload || ' '",
        "actor = '李会计'",
        "command_id = 'c-9'",
        "type = 'Sung'",
        "type_version = 2",
        "recorded_at = '2024-06-03T04:00:00.000001Z'",
        "hash = hex(zeroblob(32))",
    ],
    ids=lambda edit: edit.split(" = ")[0],
)
def test_an_edited_event_is_found(path: Path, ledger: SqliteStore, edit: str):
    with tampering(path) as connection:
        connection.execute(f"UPDATE events SET {edit} WHERE position = 3")
    assert [event for event, words in found(ledger) if "哈希不符" in words][:1] == [f"{YEAR}/2"]


def test_an_event_edited_together_with_its_hash_is_found_behind_it(path: Path, ledger: SqliteStore):
    first, second = list(ledger.read_stream(YEAR))[:2]
    forged = second._replace(payload='{"words": "c-9"}')
    with tampering(path) as connection:
        connection.execute(
            "UPDATE events SET payload = ?, hash = ? WHERE position = 3", (forged.payload, link(first.hash, forged))
        )
    assert [event for event, words in found(ledger) if "哈希不符" in words] == [f"{YEAR}/3"]


def test_a_time_moved_before_its_predecessor_is_found(path: Path, ledger: SqliteStore):
    with tampering(path) as connection:
        connection.execute("UPDATE events SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE position = 3")
    assert (f"{YEAR}/2", "记录时刻 2020-01-01T00:00:00.000000Z 早于前一事件。") in found(ledger)


def test_a_row_removed_in_the_middle_is_found(path: Path, ledger: SqliteStore):
    with tampering(path) as connection:
        connection.execute("DELETE FROM events WHERE position = 3")
    findings = found(ledger)
    assert (f"{NEXT_YEAR}/2", "位置 3 处缺少事件。") in findings
    assert (f"{YEAR}/3", f"流 {YEAR} 的第 2 号事件缺失或次序被调换。") in findings


def test_a_row_removed_and_the_gap_closed_is_found(path: Path, ledger: SqliteStore):
    with tampering(path) as connection:
        connection.execute("DELETE FROM events WHERE position = 3")
        for position in (4, 5, 6):
            connection.execute("UPDATE events SET position = position - 1 WHERE position = ?", (position,))
    assert (f"{YEAR}/3", f"流 {YEAR} 的第 2 号事件缺失或次序被调换。") in found(ledger)


def test_two_rows_swapped_are_found(path: Path, ledger: SqliteStore):
    with tampering(path) as connection:
        for old, new in ((3, 99), (5, 3), (99, 5)):
            connection.execute("UPDATE events SET position = ? WHERE position = ?", (new, old))
    events = [event for event, words in found(ledger) if "次序被调换" in words]
    assert events == [f"{YEAR}/3", f"{YEAR}/2"]


def test_two_rows_that_changed_their_versions_too_are_found(path: Path, ledger: SqliteStore):
    with tampering(path) as connection:
        for old, new in ((3, 99), (5, 3), (99, 5)):
            version = {99: 99, 3: 2, 5: 3}[new]
            connection.execute(
                "UPDATE events SET position = ?, version = ?, event_id = ? WHERE position = ?",
                (new, version, f"{YEAR}/{version}", old),
            )
    assert [event for event, words in found(ledger) if "哈希不符" in words] == [f"{YEAR}/2", f"{YEAR}/3"]


def test_a_tail_cut_off_is_found_by_the_digest(path: Path, ledger: SqliteStore):
    digest = verify(ledger).digest
    with tampering(path) as connection:
        connection.execute("DELETE FROM events WHERE position = 6")
    assert found(ledger) == []
    assert [words for _, words in found(ledger, digest) if digest in words] != []


def test_a_stream_dropped_is_found_by_the_digest(path: Path, ledger: SqliteStore):
    append(ledger, "alone", stream="102/2024")
    digest = verify(ledger).digest
    with tampering(path) as connection:
        connection.execute("DELETE FROM events WHERE stream = '102/2024'")
    assert found(ledger) == []
    assert [words for _, words in found(ledger, digest) if digest in words] != []


def test_a_history_rewritten_as_a_whole_is_found_by_the_digest(path: Path, ledger: SqliteStore):
    digest = verify(ledger).digest
    previous = NO_PREDECESSOR
    with tampering(path) as connection:
        for record in list(ledger.read_stream(YEAR)):
            forged = record._replace(actor="李会计")
            previous = link(previous, forged)
            connection.execute(
                "UPDATE events SET actor = ?, hash = ? WHERE position = ?", (forged.actor, previous, record.position)
            )
    assert found(ledger) == []
    assert [words for _, words in found(ledger, digest) if digest in words] != []


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_dropped_trigger_is_found_though_nothing_else_was_touched(path: Path, ledger: SqliteStore, trigger: str):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"DROP TRIGGER {trigger}")
    assert found(ledger) == [("", f"只增触发器 {trigger} 缺失或被改写。")]


def test_a_table_whose_conditions_were_taken_off_is_found(path: Path, ledger: SqliteStore):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (json_valid(payload))', '') WHERE name = 'events'"
        )
    assert found(ledger) == [("", "表或索引 events 缺失、被改写，或不属于账本。")]


def test_a_strangers_trigger_that_swallows_events_is_found(path: Path, ledger: SqliteStore):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER swallow BEFORE INSERT ON events BEGIN SELECT raise(IGNORE); END")
    assert [words for _, words in found(ledger) if "swallow" in words] != []


def test_a_row_put_in_with_a_made_up_hash_is_found(path: Path, ledger: SqliteStore):
    last = ledger.read_bucket()[-1]
    forged = last._replace(position=7, version=4, event_id=f"{NEXT_YEAR}/4")
    insert(path, forged)
    assert [event for event, words in found(ledger) if "哈希不符" in words] == [f"{NEXT_YEAR}/4"]


@pytest.mark.parametrize("position", [0, -1, -(2**63)])
def test_a_row_put_in_before_the_first_position_is_found(path: Path, ledger: SqliteStore, position: int):
    forged = ledger.read_bucket()[0]._replace(position=position, stream="102/2024", event_id="102/2024/1")
    with tampering(path):
        insert(path, forged)
    assert list(ledger.read_stream("102/2024")) == [forged]
    assert found(ledger) != []


def test_a_gap_wider_than_a_batch_is_found(path: Path, file_store: SqliteStore):
    file_store.append(YEAR, ANY_VERSION, [fact(str(n)) for n in range(BATCH + 1)], command("many"), NOON)
    with tampering(path) as connection:
        connection.execute("DELETE FROM events WHERE position <= ?", (BATCH,))
    assert found(file_store) != []


def test_a_last_row_moved_beyond_the_next_batch_is_found(path: Path, ledger: SqliteStore):
    with tampering(path) as connection:
        connection.execute("UPDATE events SET position = ?, payload = '{}' WHERE position = 6", (6 + BATCH + 1,))
    assert found(ledger) != []


def test_every_record_is_read_in_order_of_position(ledger: SqliteStore):
    assert [record.position for record in every_record(ledger)] == [1, 2, 3, 4, 5, 6]


def insert(path: Path, record: Record) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(record))})", record)


def test_a_command_made_to_answer_for_another_intent_breaks_the_chain(ledger: SqliteStore, path: Path):
    with tampering(path) as plain:
        plain.execute("UPDATE events SET intent_digest = 'forged' WHERE position = 3")
    assert [event for event, words in found(ledger) if "哈希不符" in words] == [f"{YEAR}/2"]


def broken(store: SqliteStore) -> list[Break]:
    return [finding.broken for finding in verify(store).findings if finding.broken]


def test_a_finding_on_a_chain_says_from_where_on_it_cannot_be_trusted(path: Path, ledger: SqliteStore):
    instants = [record.recorded_at for record in ledger.read_bucket()]
    with tampering(path) as connection:
        connection.execute("UPDATE events SET actor = '别人' WHERE position = 3")
    assert broken(ledger) == [Break(YEAR, 2, 3, since=instants[1])]


def test_a_time_moved_forward_does_not_hide_who_saw_the_event(path: Path, ledger: SqliteStore):
    instants = [record.recorded_at for record in ledger.read_bucket()]
    with tampering(path) as connection:
        connection.execute("UPDATE events SET recorded_at = '2099-01-01T00:00:00.000000Z' WHERE position = 3")
    assert broken(ledger)[0] == Break(YEAR, 2, 3, since=instants[1])


def test_an_event_that_is_missing_breaks_its_own_stream_alone(path: Path, ledger: SqliteStore):
    with tampering(path) as connection:
        connection.execute("DELETE FROM events WHERE position = 3")
    assert {(one.stream, one.version) for one in broken(ledger)} == {(YEAR, 2), (YEAR, 3)}
