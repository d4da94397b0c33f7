"""A publication is what went out: nothing is recorded that was not written, and no file that was not recorded."""

from pathlib import Path

import pytest
from at_the_desk import Desk

PUBLISH = ("publish", "--year", 2024, "--measure", "initial")


def publications(desk: Desk) -> int:
    return desk.does("history", "--year", 2024, "-O", "csv").out.count("公开")


@pytest.mark.parametrize("forms", ["", ",", " , "])
def test_a_publication_has_a_form(sample, tmp_path, forms):
    answer = sample(*PUBLISH, "--out", tmp_path / "out", "--format", forms)
    assert answer.code == 2
    assert "没有写形式，可选：docx、pdf" in answer.err
    assert (publications(sample), (tmp_path / "out").exists()) == (0, False)


def test_a_form_named_twice_is_published_once(sample, tmp_path):
    sample.does(*PUBLISH, "--out", tmp_path / "out", "--format", "json,json")
    assert '"forms":["json"]' in sample.payloads[-1]


@pytest.mark.parametrize("place", ["书", "书/里"])
def test_where_no_file_can_be_written_nothing_is_published(sample, tmp_path, place):
    (tmp_path / "书").write_text("不是文件夹", encoding="utf-8")
    answer = sample(*PUBLISH, "--out", tmp_path / place, "--format", "json")
    assert answer.code == 2
    assert publications(sample) == 0


def test_nothing_is_published_over_a_folder_or_a_ledger(sample, tmp_path):
    (tmp_path / "out" / "document.json").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    Desk(tmp_path / "other" / "document.json").does("init")
    for folder in ("out", "other"):
        answer = sample(*PUBLISH, "--out", tmp_path / folder, "--format", "json")
        assert answer.code == 2
        assert "document.json" in answer.err
    assert publications(sample) == 0


def test_files_that_fail_behind_the_recording_can_be_made_again(sample, tmp_path, monkeypatch):
    def replace(path: Path, target: Path) -> Path:
        if target.parent == tmp_path / "out":
            raise OSError(28, "No space left on device")
        return move(path, target)

    move = Path.replace
    monkeypatch.setattr(Path, "replace", replace)
    answer = sample(*PUBLISH, "--out", tmp_path / "out", "--format", "json")
    assert answer.code == 2
    assert "公开已经记录，只是文件没有全部写入" in answer.err
    assert "budget reproduce" in answer.err
    assert publications(sample) == 1


def test_a_refused_publication_leaves_no_file_and_no_folder(sample, tmp_path):
    before = {*tmp_path.rglob("*")}
    answer = sample(*PUBLISH, "--out", tmp_path / "a" / "b", "--format", "json", "--command-id", "一\n号")
    assert answer.code == 2
    assert {path for path in tmp_path.rglob("*") if "budget.db-" not in path.name} == before


def test_a_retry_at_the_same_cut_is_recognised_on_another_day(sample, tmp_path):
    cut = ("--as-of", "2024-02-28", "--known-at", "2024-02-28", "--format", "json", "--command-id", "二月")
    first = sample.json(*PUBLISH, *cut, "--out", tmp_path / "first")
    second = sample.at("2024-03-02T09:00:00+08:00").json(*PUBLISH, *cut, "--out", tmp_path / "second")
    assert second == first | {"repeated": True}
    assert publications(sample) == 1
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_a_retry_is_recognised_although_its_own_first_try_moved_the_ledger_on(sample, tmp_path):
    asked = (*PUBLISH, "--format", "json", "--command-id", "三月")
    first = sample.json(*asked, "--out", tmp_path / "first")
    assert sample.json(*asked, "--out", tmp_path / "second") == first | {"repeated": True}
    assert publications(sample) == 1
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_another_publication_under_the_same_command_id_is_a_conflict(sample, tmp_path):
    sample.does(*PUBLISH, "--format", "json", "--command-id", "三月", "--out", tmp_path / "first")
    answer = sample(*PUBLISH, "--format", "md", "--command-id", "三月", "--out", tmp_path / "second")
    assert answer.code == 3
    assert not (tmp_path / "second").exists()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_file_of_the_users_own_beside_an_answer_stays(sample, tmp_path):
    own = tmp_path / "表7.csv.part"
    own.write_text("自己的", encoding="utf-8")
    sample.does("table", 7, "--year", 2024, "-o", tmp_path / "表7.csv")
    assert own.read_text(encoding="utf-8") == "自己的"
    assert {path.name for path in tmp_path.glob("表7*")} == {"表7.csv", "表7.csv.part"}
