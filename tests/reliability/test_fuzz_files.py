"""Sheets, options, editions, templates and logs that are spoiled: taken or refused, and a refusal leaves nothing behind."""

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from fuzzing import ASKED, NUMBERS, WORDS, examples
from hypothesis import given
from hypothesis import strategies as st
from mutating import spoiled, spoiled_value, spoiled_words, spoiled_workbook
from noticing import Kept, copy
from sheets_to_spoil import CSV, WORKBOOK, WORKBOOK_WITH_A_FAR_CELL
from whole_content import Answer, budget

from commands.main import COMMANDS
from events.record import Record
from projections.places import FOLDER

CODES_OF_AN_END = range(5)

# Sheets, by way of the desk


@pytest.fixture(scope="module")
def desk(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with an open year, for all examples of a test."""
    path = tmp_path_factory.mktemp("desk") / "budget.db"
    copy(kept.path, path)
    budget(path, "unit", "add", "500", "新单位", "--effective-on", "2024-01-01")
    return path


def stored(ledger: Path) -> list[tuple[object, ...]]:
    """All events."""
    with closing(sqlite3.connect(ledger)) as plain:
        return plain.execute("SELECT * FROM events").fetchall()


def is_taken_or_refused(ledger: Path, *command: object) -> Answer:
    """An end of one of our kinds; behind a refusal the ledger is what it was."""
    before = stored(ledger)
    answer = budget(ledger, *command)
    assert answer.uncaught is None, answer.trace
    assert answer.code in CODES_OF_AN_END
    if answer.code:
        assert answer.err.strip()
        assert stored(ledger) == before
    return answer


def supplemented_from(ledger: Path, content: bytes, name: str) -> Answer:
    sheet = ledger.with_name(name)
    sheet.write_bytes(content)
    paper = ("--document", "杭财行〔2024〕5号", "--reason", "试", "--effective-on", "2024-05-01", "--yes")
    return is_taken_or_refused(ledger, "supplement", "--file", sheet, "--unit", "500", "--year", 2024, *paper)


@given(st.data(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5", "shift_jis"]))
@examples(60)
def test_spoiled_sheets(desk: Path, data: st.DataObject, encoding: str):
    good = CSV.encode(encoding, errors="replace")
    supplemented_from(desk, data.draw(spoiled(good)), "明细.csv")


@given(st.data())
@examples(40)
def test_spoiled_workbooks(desk: Path, data: st.DataObject):
    supplemented_from(desk, data.draw(spoiled_workbook(WORKBOOK) | spoiled(WORKBOOK)), "明细.xlsx")


def test_the_good_sheets_are_taken(desk: Path):
    assert supplemented_from(desk, CSV.encode(), "明细.csv").code == 0
    assert supplemented_from(desk, WORKBOOK, "明细.xlsx").code == 0


def test_a_workbook_with_a_cell_far_away_does_not_end_the_program(desk: Path):
    sheet = desk.with_name("远.xlsx")
    sheet.write_bytes(WORKBOOK_WITH_A_FAR_CELL)
    call = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({2**33}, {2**33})); from commands.main import main; main()"
    options = ("--unit", "500", "--year", "2024", "--document", "号", "--reason", "试", "--yes")
    done = subprocess.run(
        [sys.executable, "-c", call, "--ledger", desk, "supplement", "--file", sheet, *options],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert "远.xlsx 的第 1 张工作表在单元格 XFD1048576 处还有内容" in done.stderr.decode()


# Options


TYPED = WORDS | NUMBERS | st.sampled_from(["101", "101/2024/1", "2024", "2012901", "公用经费", "", " ", "\n"])
ASKING = (
    "table 3 --unit 101 --year {}",
    "table {} --unit 101 --year 2024",
    "table 3 --unit {} --year 2024",
    "table 3 --unit 101 --year 2024 --as-of {}",
    "status --unit 101 --year 2024 --known-at {}",
    "compare --unit 101 --year 2024 --known-at {}",
    "history --unit {}",
    "digest --known-at {}",
    "verify --digest {}",
    "subject show {}",
    "reproduce {} --out nowhere",
)
TELLING = (
    "unit add {} 名称",
    "unit add 999 {}",
    "reverse {} --reason 录错",
    "reverse 101/2024/2 --reason {}",
    "supplement --unit 500 --year 2024 --function-code {} --nature 公用经费 --economic-code 30211 --amount 1元 {paper}",
    "supplement --unit 500 --year 2024 --function-code 2012901 --nature {} --economic-code 30211 --amount 1元 {paper}",
    "supplement --unit 500 --year 2024 --function-code 2012901 --nature 公用经费 --economic-code {} --amount 1元 {paper}",
    "supplement --unit 500 --year 2024 --function-code 2012901 --nature 项目支出 --project {} --amount 1元 {paper}",
    "supplement --unit 500 --year 2024 --function-code 2012901 --nature 公用经费 --economic-code 30211 --amount {} {paper}",
    "transfer --unit 500 --year 2024 --from {} --to 2012901/公用经费/30211 --amount 1元 {paper}",
    "indicator {} --unit 500 --year 2024 --amount 1元",
    "indicator 公务用车 --unit 500 --year 2024 --count {}",
    "explain {} 说明 --unit 500 --year 2024 --aspect 主要用途",
    "explain total {} --unit 500 --year 2024 --aspect 主要用途",
    "subject name {} 名称 --unit 500 --year 2024",
    "close --unit 500 --year 2024 --reason 试 --document {}",
    "close --unit 500 --year 2024 --reason 试 --effective-on {}",
    "close --unit 500 --year 2024 --reason 试 --command-id {}",
)
PAPER = "--document 文号 --reason 试 --effective-on 2024-05-01 --yes"


@given(st.sampled_from(ASKING + TELLING), TYPED)
@examples(120)
def test_options(desk: Path, command: str, typed: str):
    """A dry run, where there is one: one example must not forbid what the next would try."""
    words = [typed if word == "{}" else word for word in command.replace("{paper}", PAPER).split()]
    dry_run = ["--dry-run"] if command in TELLING else []
    is_taken_or_refused(desk, *words, *dry_run)


def test_an_option_typed_in_another_encoding(desk: Path):
    typed = "中".encode("gb18030").decode("utf-8", errors="surrogateescape")
    is_taken_or_refused(desk, "table", 3, "--unit", typed, "--year", 2024)


# Templates and editions


FORMS = FOLDER / "hangzhou"


def is_tried(desk: Path, file: str, content: bytes) -> None:
    """Forms of one's own, in a new folder each time: what was read once is not read again."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(shutil.copytree(FORMS, Path(folder) / "own"))
        (own / file).write_bytes(content)
        is_taken_or_refused(desk, "--edition", own, "template", "check", "--unit", "101", "--year", 2024)


@given(st.data())
@examples(15, ASKED // 10)
def test_spoiled_editions(desk: Path, data: st.DataObject):
    good = (FORMS / "2024.toml").read_text(encoding="utf-8")
    is_tried(desk, "2024.toml", data.draw(spoiled_words(good)).encode())


@pytest.mark.parametrize(
    ("good", "other"),
    [
        ("foot = 2", 'foot = "x"'),
        ('title = "{year}', "title = 5 #"),
        ('document_title = "', "document_title = 5 #"),
        ("level = 2", 'level = "x"'),
    ],
    ids=["foot", "title", "document title", "level"],
)
def test_a_value_of_another_kind_in_an_edition(desk: Path, good: str, other: str):
    text = (FORMS / "2024.toml").read_text(encoding="utf-8")
    assert good in text
    is_tried(desk, "2024.toml", text.replace(good, other, 1).encode())


@pytest.mark.parametrize("file", ["2024.toml", "2024.md", "words.md"])
def test_forms_in_another_encoding(desk: Path, file: str):
    is_tried(desk, file, (FORMS / file).read_text(encoding="utf-8").encode("gb18030"))


@given(st.data(), st.sampled_from(["2024.md", "words.md"]))
@examples(20, ASKED // 10)
def test_spoiled_templates(desk: Path, data: st.DataObject, file: str):
    good = (FORMS / file).read_text(encoding="utf-8")
    is_tried(desk, file, data.draw(spoiled_words(good)).encode())


# Logs

LOG = pytest.mark.skipif("log" not in COMMANDS, reason="logs are not imported yet")


@pytest.fixture(scope="session")
def log(kept: Kept) -> list[dict[str, object]]:
    """The small ledger as a log: one event a line."""
    return [Record(*row)._asdict() for row in kept.content.rows["events"]]


@LOG
@given(st.data())
@examples(60)
def test_spoiled_logs(log: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    folder = tmp_path_factory.mktemp("log")
    budget(folder / "budget.db", "init")
    lines = [{key: value for key, value in event.items() if key != "position"} for event in log]
    whole = data.draw(spoiled_value(lines) | st.just(lines))
    text = (
        "\n".join(json.dumps(line, ensure_ascii=False) for line in whole)
        if isinstance(whole, list)
        else json.dumps(whole)
    )
    (folder / "log.ndjson").write_bytes(data.draw(spoiled(text.encode()) | st.just(text.encode())))
    is_taken_or_refused(folder / "budget.db", "log", "import", folder / "log.ndjson")
    assert budget(folder / "budget.db", "verify").code == 0
