"""A year published, then figures restated and reversed: the first bytes come back, new ones differ, diff says why."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from freezegun import freeze_time

from commands.demo.story import steps
from commands.main import program
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from projections.entries.read_model import ReadModel
from projections.places import FOLDER
from projections.publishing.publication import edition_digest

FORMS = "md,csv,json"
TRIP = [
    "--function-code",
    "2012901",
    "--nature",
    "公用经费",
    "--economic-code",
    "30212",
    "--amount",
    "15万元",
    "--ground",
    "因公出国计划审批",
    "--document",
    "杭外〔2024〕3号",
    "--reason",
    "出访",
    "--effective-on",
    "2024-05-20",
    "--yes",
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the sample ledger."""
    file = tmp_path_factory.mktemp("sample") / "budget.db"
    store = SqliteStore.create(file)
    entries = ReadModel(store)
    for step in steps():
        ledger = Ledger(store, entries.follow, now=lambda at=step.at: at)
        record(ledger, step.stream, step.intent, Order("演示"))
    store.close()
    return file


@pytest.fixture
def desk(tmp_path: Path, sample: Path):
    """A desk with the sample ledger: call it with a command line, get what it says."""
    ledger = tmp_path / "budget.db"
    shutil.copy(sample, ledger)

    def run(*arguments: object, code: int = 0) -> Result:
        result = CliRunner().invoke(program(), ["--ledger", str(ledger), *map(str, arguments)])
        assert result.exit_code == code, result.output
        return result

    return run


def publish(desk, out: Path, *more: object) -> str:
    answer = desk("publish", "--year", 2024, "--out", out, "--format", FORMS, "-O", "json", *more)
    return json.loads(answer.stdout)["event_id"]


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_first_bytes_come_back_after_the_ledger_has_grown(desk, tmp_path):
    with freeze_time("2024-03-01T09:00:00+08:00"):
        first = publish(desk, tmp_path / "first", "--measure", "current")
    with freeze_time("2024-06-03T09:00:00+08:00"):
        desk("supplement", "--year", 2024, *TRIP)
        desk("reverse", "101/2023/33", "--reason", "重报", code=0)
    with freeze_time("2024-09-02T09:00:00+08:00"):
        second = publish(desk, tmp_path / "second", "--measure", "current")
    with freeze_time("2031-01-01T00:00:00Z"):
        desk("reproduce", first, "--out", tmp_path / "again")
    assert content(tmp_path / "again") == content(tmp_path / "first")
    assert content(tmp_path / "second") != content(tmp_path / "first")
    found = json.loads(desk("diff", first, second, "-O", "json").stdout)
    assert {event["title"] for event in found["events"]["came"]} >= {"追加", "冲销"}
    assert found["events"]["went"] == []
    assert {cell["change"] for cell in found["cells"] if cell["table"] == 7} == {"150000.00"}


def test_a_publication_carries_the_digest_of_what_it_saw_and_the_ledger_still_has_it(desk, tmp_path):
    publish(desk, tmp_path / "out", "--known-at", "2024-02-28")
    document = json.loads((tmp_path / "out" / "document.json").read_text(encoding="utf-8"))
    printed = document["evidence"]["cut"]["digest"]
    assert desk("digest", "--known-at", "2024-02-28").stdout.strip() == printed


def test_publishing_settles_its_cut_so_that_nothing_can_slip_under_it(desk, tmp_path):
    with freeze_time("2026-03-01T09:00:00+08:00"):
        publish(desk, tmp_path / "out")
    with freeze_time("2026-02-01T09:00:00+08:00"):  # a clock set back
        desk("supplement", "--year", 2024, *TRIP)
    recorded = json.loads(desk("history", "--year", 2024, "-O", "json").stdout)[-1]["recorded_at"]
    assert datetime.fromisoformat(recorded) > datetime.fromisoformat("2026-03-01T01:00:00Z")


def test_nothing_is_published_as_known_in_the_future(desk, tmp_path):
    desk("publish", "--year", 2024, "--out", tmp_path / "out", "--known-at", "2099-01-01", code=2)
    assert not (tmp_path / "out").exists()


def test_a_publication_that_cannot_be_made_alike_is_refused_with_what_differs(desk, tmp_path, monkeypatch):
    first = publish(desk, tmp_path / "first")
    monkeypatch.setattr("projections.narrative.template.FILTERS", {"万元": str, "百分比": str, "列": str})
    result = desk("reproduce", first, "--out", tmp_path / "again", code=1)
    assert "内容与公开时不同" in result.stderr
    assert not (tmp_path / "again").exists()


def test_broken_evidence_is_not_reproduced(desk, tmp_path):
    first = publish(desk, tmp_path / "first")
    with sqlite3.connect(tmp_path / "budget.db") as plain:
        plain.execute("DROP TRIGGER events_no_update")
        plain.execute("UPDATE events SET actor = '别人' WHERE position = 3")
    desk("reproduce", first, "--out", tmp_path / "again", code=4)


def test_a_trial_publishes_nothing(desk, tmp_path):
    desk("publish", "--year", 2024, "--out", tmp_path / "out", "--format", FORMS, "--dry-run")
    assert not (tmp_path / "out").exists()


def test_a_publication_nobody_made_is_told_with_those_there_are(desk, tmp_path):
    first = publish(desk, tmp_path / "out")
    result = desk("reproduce", "101/2024/999", "--out", tmp_path / "again", code=2)
    assert first in result.stderr


@pytest.fixture
def own_forms(tmp_path: Path) -> Path:
    """An office's own edition, a copy of Hangzhou's to begin with."""
    return Path(shutil.copytree(FOLDER / "hangzhou", tmp_path / "ours"))


def test_a_document_whose_figures_do_not_add_up_does_not_go_out(desk, own_forms, tmp_path):
    forms = own_forms / "2024.toml"
    wrong = forms.read_text(encoding="utf-8").replace(
        'heading = "基本支出/人员支出", nature = ["personnel"]', 'heading = "基本支出/人员支出", nature = ["project"]'
    )
    forms.write_text(wrong, encoding="utf-8")
    sheet = ["--edition", own_forms, "publish", "--year", 2024, "--out", tmp_path / "out", "--format", "md"]
    refused = desk(*sheet, code=1)
    assert "T3-01" in refused.stderr
    assert not (tmp_path / "out").exists()
    forced = json.loads(desk(*sheet, "--force", "-O", "json").stdout)["event_id"]
    with closing(sqlite3.connect(tmp_path / "budget.db")) as plain:
        [(payload,)] = plain.execute("SELECT payload FROM events WHERE event_id = ?", (forced,))
    assert json.loads(payload)["forced"] is True


def test_an_offices_own_word_file_carries_its_document_and_is_pinned_with_it(desk, own_forms, tmp_path):
    plain = edition_digest(own_forms, 2024)
    letterhead = docx.Document()
    letterhead.add_paragraph("某某单位函头")
    letterhead.save(own_forms / "2024.docx")
    desk("--edition", own_forms, "publish", "--year", 2024, "--out", tmp_path / "out", "--format", "docx")
    texts = [paragraph.text for paragraph in docx.Document(tmp_path / "out" / "2024年度单位预算.docx").paragraphs]
    assert texts[0] == "某某单位函头"
    assert "一、单位基本情况" in texts
    assert edition_digest(own_forms, 2024) != plain
