"""What goes wrong around the program: files in the way, a full disk, closed streams, an altered ledger."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from at_the_desk import Desk
from breaking import change

import commands.__main__
from projections.places import FOLDER

CALL = "from commands.main import main; main()"
MONEY = (
    *("supplement", "--year", "2024", "--function-code", "2012901", "--nature", "公用经费", "--economic-code", "30212"),
    *("--amount", "1万元", "--document", "文1", "--reason", "补", "--ground", "预备费"),
)


def in_shell(words: str, desk: Desk, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """A call of the program with its streams as the words of a shell leave them."""
    called = [sys.executable, "-c", CALL, "--ledger", str(desk.ledger), *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "BUDGET_LANG": "zh"}
    return subprocess.run(
        ["sh", "-c", f'"$@" {words}', "sh", *called], env=environment, capture_output=True, check=False
    )


@pytest.mark.parametrize("asked", [("table", 7, "--year", 2024), ("log", "export"), ("history", "-O", "csv")], ids=str)
def test_no_answer_is_written_over_a_ledger(sample, tmp_path, asked):
    (tmp_path / "link").symlink_to(sample.ledger)
    before = sample.digest
    for target in (sample.ledger, tmp_path / "link"):
        answer = sample(*asked, "-o", target)
        assert answer.code == 2
        assert "没有覆盖它" in answer.err
    assert sample.digest == before


def test_a_new_ledger_takes_the_place_of_nothing(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    answer = Desk(tmp_path / "pipe")("init")
    assert answer.code == 2
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("asked", [("verify",), ("log", "import", "some.ndjson")], ids=str)
@pytest.mark.parametrize("digest", ["", " ", "sha256:abc"])
def test_what_is_no_digest_is_not_one_that_holds(sample, asked, digest):
    answer = sample(*asked, "--digest", digest)
    assert answer.code == 2
    assert "--digest" in answer.err


ALTERED = ["payload = '{}'", "recorded_at = 'x'"]
READING = [
    "history",
    "late --year 2024",
    "check --year 2024",
    "rebuild",
    "status --year 2024",
    "trace --year 2024 --status --row 合计 --column 结余",
]


@pytest.mark.parametrize("altered", ALTERED)
@pytest.mark.parametrize("reading", READING)
def test_an_altered_ledger_is_told_or_read_but_never_a_fault_of_the_program(sample, altered, reading):
    with closing(sqlite3.connect(sample.ledger)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(f"UPDATE events SET {altered} WHERE event_id = '101/2024/2'")
        connection.commit()
    answer = sample(*reading.split())
    assert answer.code in {0, 1, 4}
    assert answer.code != 4 or "budget verify" in answer.err


def test_an_event_whose_answer_cannot_be_written_is_told_to_be_recorded(sample):
    before = len(sample.payloads)
    done = in_shell("> /dev/full", sample, *MONEY, "--yes")
    assert len(sample.payloads) == before + 1
    assert done.returncode == 2
    assert "已记录，只是回答写不出来" in done.stderr.decode()


@pytest.mark.parametrize(
    ("words", "asked"), [(">&-", ("history",)), (">&- 2>&-", ("digest",)), ("2>&-", ("digest",)), ("2>&-", ("verify",))]
)
def test_a_stream_that_is_closed_is_not_missed(sample, words, asked):
    done = in_shell(words, sample, *asked)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("words", "asked", "why"),
    [(">&-", ("log", "export"), "标准输出已关闭"), ("<&-", ("log", "import", "-"), "标准输入已关闭")],
)
def test_a_log_that_has_no_way_out_or_in_is_told(sample, words, asked, why):
    done = in_shell(words, sample, *asked)
    assert done.returncode == 2
    assert why in done.stderr.decode()


def test_who_interrupts_is_told_what_to_look_at(sample, monkeypatch):
    monkeypatch.setattr("ledger.keeping.sqlite.SqliteStore.heads", interrupted)
    answer = sample("digest")
    assert answer.code == 130
    assert answer.err == "已中断；如果正在记录，请用 budget history 看是否已经记录。\n"


def test_who_interrupts_while_it_starts_sees_no_traceback(monkeypatch):
    monkeypatch.setattr("commands.main.main", interrupted)
    with pytest.raises(SystemExit) as ended:
        commands.__main__.main()
    assert ended.value.code == 130


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_without_a_keyboard_nothing_is_recorded_unasked(sample):
    before = sample.digest
    done = in_shell("<&-", sample, *MONEY)
    assert done.returncode == 2
    assert "没有得到确认，没有记录" in done.stderr.decode()
    assert sample.digest == before


def test_help_that_cannot_be_written_is_told(sample):
    done = in_shell("> /dev/full", sample, "--help")
    assert done.returncode == 2
    assert "无法继续写入" in done.stderr.decode()


def test_an_amount_that_fell_apart_at_its_comma_is_not_taken_for_a_smaller_one(desk):
    sheet = desk.file("功能科目编码,支出用途,项目,金额（万元）\n2012902,项目支出,劳模管理服务,1,000.50\n")
    answer = desk("supplement", "--year", 2024, "--file", sheet, *MONEY[-6:])
    assert answer.code == 1
    assert "第 2 行第 5 格“000.50”上面没有表头" in answer.err


def test_a_project_that_cannot_be_seen_whole_is_told_by_its_place(desk):
    sheet = desk.file("功能科目编码,支出用途,项目,金额（万元）\n2012902,项目支出,劳模\u200b管理,1\n")
    answer = desk("approve", sheet, "--year", 2024, "--document", "文1")
    assert answer.code == 1
    assert "第 2 行“项目”列：文字里有不可见的控制字符" in answer.err


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("project", "add", "字" * 201), "名称：太长，最多 200 个字。"),
        (("indicator", "字" * 201, "--count", 1), "指标：太长，最多 200 个字。"),
        (("unit", "describe", "--duty", "宣传", "--duty", ""), "主要职能/2：不能为空。"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_text_that_will_not_do_is_called_what_people_call_it(sample, asked, told):
    year = () if asked[0] == "unit" else ("--year", 2024)
    answer = sample(*asked, *year)
    assert answer.code == 2
    assert answer.err == f"输入有误：{told}\n"


def test_a_demonstration_on_an_altered_ledger_is_not_called_sound(sample, monkeypatch):
    monkeypatch.setattr("projections.formats.FORMATS", ("json",))
    change(sample, "actor = '别人'", "101/2024/1")
    answer = sample("demo", "--out", sample.ledger.parent)
    assert answer.code == 4
    assert "101/2024 自此之后均不可信" in answer.err
    assert "核对完好" not in answer.out


def test_what_is_left_unread_behind_an_error_is_no_error_of_its_own(sample):
    change(sample, "type_version = 99", "101/2024/3")
    done = in_shell("", sample, "late")
    assert done.returncode == 2
    assert "由更新版本的程序写成" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_who_records_has_a_name(sample):
    sample_without_actor = ("--actor", " ", *MONEY, "--yes")
    done = in_shell("", sample, *sample_without_actor)
    assert done.returncode == 2
    assert "经办人不能为空" in done.stderr.decode()


def test_letterhead_that_is_no_word_file_is_told(sample, tmp_path):
    shutil.copytree(FOLDER / "hangzhou", tmp_path / "own")
    (tmp_path / "own" / "2024.docx").write_text("x", encoding="utf-8")
    published = (
        "publish",
        "--year",
        2024,
        "--measure",
        "initial",
        "--format",
        "docx",
        "--out",
        tmp_path / "out",
        "--yes",
    )
    for asked in (published, ("template", "check", "--year", 2024)):
        answer = sample("--edition", tmp_path / "own", *asked)
        assert answer.code == 2
        assert "2024.docx 不是能用的 Word 文件" in answer.err
    assert not Path(tmp_path / "out").exists()
