"""The stored format as a stranger reads it: the verifier verifies, the examples hold."""

import ast
import hashlib
import shutil
import sqlite3
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from format_sections import PAGE, made_anew
from pages import DOCS, blocks, name_of, text_of
from transcript import Step, run

from events.record import digest
from ledger.keeping.schema import TRIGGERS
from ledger.keeping.sqlite import SqliteStore

VERIFIER = DOCS / "verify.py"
VERIFIER_LINES_MAX = 60
OFFICER = "officer.pem"
TAIL = "SELECT max(position) FROM events"


@pytest.fixture
def ledger(sample_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_folder / "demo" / "budget.db", tmp_path / "budget.db"))


def verified(ledger: Path, *outside: str) -> tuple[int, list[str]]:
    """The exit code and the lines of the verifier, run where nothing but Python's library is found."""
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(VERIFIER), str(ledger), *outside]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


def tampered(ledger: Path, *statements: str) -> None:
    """Change a ledger as somebody would who can write the file."""
    connection = sqlite3.connect(ledger)
    for statement in (*(f"DROP TRIGGER {name}" for name in TRIGGERS), *statements):
        connection.execute(statement)
    connection.commit()
    connection.close()


def own_digest(ledger: Path) -> str:
    store = SqliteStore.open(ledger, read_only=True)
    try:
        return digest(store.heads())
    finally:
        store.close()


def test_the_verifier_is_short_and_imports_nothing_of_ours():
    source = text_of(VERIFIER)
    imported = {
        alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for alias in node.names
    }
    assert len(source.splitlines()) <= VERIFIER_LINES_MAX
    assert imported == {"hashlib", "itertools", "json", "os", "sqlite3", "sys"}


def test_the_verifier_finds_no_fault_in_a_fresh_ledger_and_the_same_digest(ledger: Path):
    expected = own_digest(ledger)
    assert verified(ledger) == (0, ["no fault found", f"101 {expected}", expected])
    assert verified(ledger, expected) == (
        0,
        ["no fault found", "the digest given is that of the whole ledger, now", f"101 {expected}", expected],
    )


def test_the_verifier_knows_a_digest_of_earlier_and_that_of_a_unit_among_others(ledger: Path):
    of_the_unit = own_digest(ledger)
    run(Step("budget --ledger budget.db unit add 102 团委", ""), ledger.parent)
    code, lines = verified(ledger, of_the_unit)
    assert (code, lines[1]) == (0, "the digest given is that of 101, now")
    run(Step("budget --ledger budget.db subject name 20604 技术 --year 2024 --unit 101", ""), ledger.parent)
    code, lines = verified(ledger, of_the_unit)
    assert (code, lines[1].split(", ")[0]) == (0, "the digest given is that of the whole ledger")
    assert lines[-1] == own_digest(ledger) != of_the_unit


def test_the_verifier_agrees_with_the_program(ledger: Path):
    printed = run(Step("budget verify", ""), ledger.parent).splitlines()
    assert verified(ledger)[1][-1] == printed[-1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET payload = payload || ' ' WHERE event_id = '101/2'",
        "UPDATE events SET actor = '别人' WHERE event_id = '101/2024/3'",
        "UPDATE events SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE event_id = '101/2024/3'",
        "DELETE FROM events WHERE event_id = '101/2024/3'",
    ],
    ids=["payload", "actor", "time", "missing"],
)
def test_the_verifier_sees_what_was_changed(ledger: Path, statement: str):
    tampered(ledger, statement)
    code, lines = verified(ledger)
    assert code == 1
    assert lines[0] != "no fault found"


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM events WHERE position = ({TAIL})",
        "DELETE FROM events WHERE position > (SELECT min(position) FROM events WHERE stream = '101/2024') - 1",
    ],
    ids=["a tail cut off", "a last stream dropped"],
)
def test_what_the_chain_does_not_show_the_digest_shows(ledger: Path, statement: str):
    kept_outside = own_digest(ledger)
    tampered(ledger, statement)
    assert verified(ledger)[0] == 0
    code, lines = verified(ledger, kept_outside)
    assert (code, lines[0]) == (1, "the digest is not one of this ledger")


def test_the_page_leads_to_the_verifier_and_holds_no_second_one():
    assert "](verify.py)" in text_of(PAGE)
    assert blocks(PAGE, "python") == []


@pytest.fixture
def signed(ledger: Path) -> Path:
    """The sample ledger with an officer's signature; the keys lie beside it."""
    said = (f"key new {OFFICER} --no-passphrase", f"key register {OFFICER} --officer 王会计", f"sign --key {OFFICER}")
    for words in said:
        run(Step(f"budget --ledger budget.db {words}", ""), ledger.parent)
    return ledger.parent


def openssl_says(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the commands of the page say of the newest signature in a folder's ledger."""
    (commands,) = [block for block in blocks(PAGE, "sh") if "openssl" in block]
    return subprocess.run(["sh", "-c", commands], cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_verifies_a_signature_as_the_page_says(signed: Path):
    assert openssl_says(signed).stdout.strip() == "Signature Verified Successfully"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_refuses_a_signature_to_another_digest(signed: Path):
    tampered(signed / "budget.db", 'UPDATE events SET payload = replace(payload, \'"what":"ledger"\', \'"what":"x"\')')
    assert openssl_says(signed).returncode != 0


def test_the_record_hashed_by_hand_has_the_hash_printed_under_it():
    shown = blocks(PAGE, "text")
    array, expected = next((a, b) for a, b in pairwise(shown) if a.startswith("["))
    assert hashlib.sha256(array.strip().encode()).hexdigest() == expected.strip()


def test_tokens_and_payloads_are_those_of_the_program():
    assert text_of(PAGE) == made_anew(text_of(PAGE)), (
        f"make them again: python {name_of(Path(__file__).with_name('format_sections.py'))}"
    )
