"""A file that went out is recognised by its bytes, or else by the digest printed in it."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from at_the_desk import Desk

from projections.evidence.published_file import printed_digests

FORMS = ["docx", "xlsx", "html", "md", "csv", "json"]
OF_FORM = {
    "docx": "2024年度单位预算.docx",
    "xlsx": "2024年度单位预算.xlsx",
    "html": "2024年度单位预算.html",
    "md": "2024年度单位预算.md",
    "csv": "datapackage.json",
    "json": "document.json",
}


@pytest.fixture
def public(sample: Desk, tmp_path: Path) -> Desk:
    """The sample, published into ``out`` and in use since."""
    sample.does("publish", "--year", 2024, "--out", tmp_path / "out", "--format", ",".join(FORMS), "--force")
    sample.at("2024-05-01T09:00:00+08:00").does("indicator", "一般公务用车", "--count", 3, "--year", 2024)
    return sample


def told(desk: Desk, *files: object) -> list[dict[str, object]]:
    asked = [argument for file in files for argument in ("--published", file)]
    return json.loads(desk("verify", *asked, "-O", "json").out)["published"]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_recognised_whatever_it_is_called(public, form, tmp_path):
    file = tmp_path / "下载的文件"
    file.write_bytes((tmp_path / "out" / OF_FORM[form]).read_bytes())
    answer = public.does("verify", "--published", file)
    assert f"{file}：正是公开过的文件，逐字节相同（101/2024/" in answer.out
    [found] = told(public, file)
    assert (found["status"], [origin["name"] for origin in found["origins"]]) == ("exact", [OF_FORM[form]])


@pytest.mark.parametrize("form", FORMS)
def test_an_altered_file_is_found_and_its_digest_still_belongs_to_the_publication(public, form, tmp_path):
    file = tmp_path / "out" / OF_FORM[form]
    file.write_bytes(file.read_bytes() + b" ")
    answer = public("verify", "--published", file)
    assert answer.code == 4
    assert "内容却不是当时的任何一个文件：它被改动过，或者没有公开过" in answer.err
    [found] = told(public, file)
    assert (found["status"], found["recognised"]["is_now"]) == ("altered", False)
    assert [origin["event_id"] for origin in found["origins"]] != []


def test_a_whole_folder_is_recognised_file_by_file(public, tmp_path):
    found = told(public, tmp_path / "out")
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(found) == len(files)
    assert {one["status"] for one in found} == {"exact"}


def test_one_altered_file_of_a_folder_is_named_alone(public, tmp_path):
    table = tmp_path / "out" / "data" / "table-01.csv"
    table.write_bytes(table.read_bytes().replace(b"1", b"2", 1))
    answer = public("verify", "--published", tmp_path / "out")
    assert answer.code == 4
    assert answer.err.count("不是公开过的原件") == 1
    assert f"{table}：不是公开过的原件，其中也找不到账本摘要。" in answer.err


def test_what_an_office_program_has_packed_anew_is_still_read(public, tmp_path):
    source = tmp_path / "out" / OF_FORM["docx"]
    packed, target = zipfile.ZipFile(source), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in packed.namelist():
            parted = re.sub(rb"(sha256:[0-9a-f]{20})", rb"\1</w:t></w:r><w:r><w:t>", packed.read(name))
            archive.writestr(name, parted)
    file = tmp_path / "另存.docx"
    file.write_bytes(target.getvalue())
    assert b"sha256:" not in file.read_bytes()
    [found] = told(public, file)
    assert found["status"] == "altered"


def test_a_table_that_was_printed_and_never_published_is_told_apart(public, tmp_path):
    file = tmp_path / "表1.json"
    file.write_text(public.does("table", 1, "--year", 2024, "-O", "json").out, encoding="utf-8")
    answer = public("verify", "--published", file)
    assert answer.code == 4
    assert re.search("所印的摘要是本账本在 2024-05-01T.* 时的，而它不是公开过的文件", answer.err)


def test_a_file_of_another_ledger_is_told_apart(public, tmp_path):
    file = tmp_path / "别家.md"
    file.write_text(f"账本摘要：sha256:{'0' * 64}\n", encoding="utf-8")
    assert "也从未是本账本的" in public("verify", "--published", file).err
    assert told(public, file)[0]["status"] == "foreign"


@pytest.mark.fonts
def test_a_pdf_says_its_digest_in_plain_bytes(sample, tmp_path):
    sample.does("publish", "--year", 2024, "--out", tmp_path / "out", "--format", "pdf", "--force")
    (file,) = (tmp_path / "out").iterdir()
    assert told(sample, file)[0]["status"] == "exact"
    file.write_bytes(file.read_bytes() + b"\n")
    assert told(sample, file)[0]["status"] == "altered"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(100), b"\xff\xfe\x00"])
def test_a_file_that_is_nothing_holds_no_digest(content):
    assert printed_digests(content) == []


def test_an_archive_too_large_to_unpack_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("projections.evidence.published_file.UNPACKED_BYTES_MAX", 10)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", f"sha256:{'0' * 64}")
    assert printed_digests(target.getvalue()) == []
