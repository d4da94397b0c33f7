"""A ledger file of the first stored format, for ever: it opens, verifies, publishes the same bytes, and goes on.

``format-1.db`` is never written again. Where a test here fails, old ledgers would be read otherwise than they were
written: the program is wrong, not the file.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.main import program
from events.upcasting import TYPES

FILE = Path(__file__).with_name("format-1.db")
DIGEST = "sha256:f991ef73651874655647861a6f81b15e6f1b081481475d9ffe83cb1779dd70ef"
PUBLICATIONS = ("101/2024/43", "101/2024/48")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return Path(shutil.copy(FILE, tmp_path / "budget.db"))


def say(ledger: Path, *arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(program(), ["--ledger", str(ledger), *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def pinned(ledger: Path, event_id: str) -> dict[str, str]:
    with closing(sqlite3.connect(ledger)) as connection:
        query = "SELECT payload FROM events WHERE event_id = ?"
        [payload] = connection.execute(query, (event_id,)).fetchone()
    return {file["name"]: file["digest"] for file in json.loads(payload)["files"]}


def test_it_holds_an_event_of_every_type_of_its_time():
    with closing(sqlite3.connect(f"file:{FILE}?mode=ro&immutable=1", uri=True)) as connection:
        types = {type_ for (type_,) in connection.execute("SELECT DISTINCT type FROM events")}
    assert types <= set(TYPES)
    assert len(types) == 21


def test_it_has_its_digest_and_every_chain_pin_and_signature_holds(ledger: Path):
    said = say(ledger, "verify", "--signatures", "--digest", DIGEST).output
    assert "签名有效" in said
    assert "公开 2 次" in said


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_its_publications_come_out_with_the_same_bytes(ledger: Path, tmp_path: Path, publication: str):
    out = tmp_path / "out"
    say(ledger, "reproduce", publication, "--out", out)
    made = {str(path.relative_to(out)): path for path in out.rglob("*") if path.is_file()}
    assert set(made) == set(pinned(ledger, publication))
    for path in made.values():
        assert publication in say(ledger, "verify", "--published", path).output


def test_what_it_took_in_stands_where_it_did(ledger: Path):
    with closing(sqlite3.connect(ledger)) as connection:
        [(first, last)] = connection.execute("SELECT first_position, last_position FROM imports").fetchall()
        query = "SELECT event_id FROM events WHERE position BETWEEN ? AND ?"
        assert connection.execute(query, (first, last)).fetchall() == [("102/1",)]


def test_its_mid_year_increase_is_what_it_was(ledger: Path):
    """The 15 万元 that were added for trips abroad stand between the two measures of table 7."""
    initial, current = (trips(ledger, measure) for measure in ("initial", "current"))
    assert current - initial == Decimal(15)


def trips(ledger: Path, measure: str) -> Decimal:
    asked = ("table", 7, "--unit", 101, "--year", 2024, "--measure", measure, "--as-of", "2024-12-31", "-O", "json")
    table = json.loads(say(ledger, *asked).output)
    [column] = [place for place, name in enumerate(table["columns"]) if "出国" in name]
    return Decimal(table["rows"][-1]["cells"][column] or 0)


def test_it_is_recorded_in_again_and_travels_as_a_log(ledger: Path, tmp_path: Path):
    say(ledger, "explain", "--unit", 101, "--year", 2024, "2012901", "基本支出", "--aspect", "主要用途", "--yes")
    log, other = tmp_path / "log.ndjson", tmp_path / "other.db"
    say(ledger, "log", "export", "-o", log)
    say(other, "init")
    say(other, "log", "import", log)
    assert say(other, "digest").output == say(ledger, "digest").output != f"{DIGEST}\n"
    say(other, "verify", "--digest", DIGEST)
