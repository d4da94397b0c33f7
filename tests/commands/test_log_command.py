"""``budget log``: a ledger restored from a log answers every query alike; a department takes in its units, or says why not."""

import io
import json
import os
from codecs import BOM_UTF8
from dataclasses import replace
from pathlib import Path

import pytest
from at_the_desk import PAPER, Desk
from breaking import change, inside

YEAR = ("--year", 2024)
CUT = ("--as-of", "2024-12-31")
READINGS = [
    ("table", 1, *YEAR, *CUT),
    ("table", 7, *YEAR, *CUT, "-O", "json"),
    ("table", 7, *YEAR, *CUT, "--known-at", "2024-02-28", "-O", "json"),
    ("compare", *YEAR, *CUT),
    ("compare", "--by", "indicator", *YEAR, *CUT, "-O", "json"),
    ("status", *YEAR, *CUT, "-O", "json"),
    ("history", *CUT, "-O", "json"),
    ("history", *YEAR, *CUT),
    ("check", *YEAR, *CUT),
    ("late", *YEAR, *CUT, "-O", "json"),
    ("trace", *YEAR, *CUT, "--table", 7, "--row", "合计", "--column", "公务接待费", "-O", "json"),
    ("digest",),
    ("digest", "--known-at", "2024-02-28"),
    ("unit", "list"),
    ("verify",),
]
OF_A_YEAR = [reading for reading in READINGS if "--year" in reading]
SHEET = """
    功能科目编码  支出用途  经济科目编码  项目          金额（万元）
    2012901       公用经费  30211         -             100
    2012902       项目支出  -             劳模管理服务  50
    2012902       项目支出  -             “双百”培训    20
"""
TRIP = [
    "--function-code",
    "2012901",
    "--nature",
    "公用经费",
    "--economic-code",
    "30212",
    "--amount",
    "15万元",
    "--document",
    "杭外办〔2024〕18号",
    "--reason",
    "出访",
    "--effective-on",
    "2024-05-20",
    "--ground",
    "因公出国计划审批",
    "--year",
    "2024",
    "--yes",
]
FORMS = "md,csv,json,html"
FORCED = ("--format", FORMS, "--force")  # the units here set no targets


def empty(folder: Path, name: str, now: str = "2024-07-01T09:00:00+08:00") -> Desk:
    desk = Desk(folder / name / "budget.db", now)
    desk.ledger.parent.mkdir()
    desk.does("init")
    return desk


def exported(desk: Desk, *more: object) -> Path:
    """The log of a desk as a file."""
    path = desk.ledger.with_name("log.ndjson")
    desk.does("log", "export", "-o", path, *more)
    return path


def unit_at_home(folder: Path, code: str) -> Desk:
    """A unit with a ledger of its own and its budget of 2024, in February."""
    desk = empty(folder, code, "2024-02-06T09:00:00+08:00")
    desk.does("unit", "add", code, f"{code}单位", "--effective-on", "2022-01-01")
    desk.does("approve", desk.sheet(SHEET), *YEAR, *PAPER, "--effective-on", "2024-01-01")
    return desk


def told(answer: str) -> str:
    """An answer without the moment it was given, and without the digest of the whole ledger."""
    return "\n".join(line for line in answer.splitlines() if '"known_at"' not in line and '"digest"' not in line)


def words(reading: tuple[object, ...]) -> str:
    return " ".join(map(str, reading))


@pytest.fixture
def restored(sample: Desk, tmp_path: Path) -> Desk:
    """A ledger made from the log of the sample."""
    desk = replace(empty(tmp_path, "restored"), now=sample.now)
    desk.does("log", "import", exported(sample))
    return desk


class TestExport:
    def test_every_event_is_a_line_on_the_screen_and_the_digest_goes_another_way(self, sample: Desk):
        answer = sample.does("log", "export")
        assert [json.loads(line)["payload"] for line in answer.out.splitlines()] == sample.payloads
        assert answer.err == f"已导出 {len(sample.payloads)} 个事件，摘要：{sample.digest}\n"

    def test_a_file_has_the_same_bytes_as_the_screen(self, sample: Desk):
        assert exported(sample).read_text(encoding="utf-8") == sample.does("log", "export", "-o", "-").out

    def test_one_unit_goes_out_alone_with_the_digest_it_has(self, tmp_path: Path):
        desk = unit_at_home(tmp_path, "101")
        alone = (desk.does("log", "export").out, desk.digest)
        desk.does("unit", "add", "1012", "别的单位", "--parent", "101")
        for named in ("101", "101单位"):
            answer = desk.does("log", "export", "--unit", named)
            assert (answer.out, answer.err.rpartition("：")[2].strip()) == (alone[0], alone[1])
        assert desk.does("digest", "--unit", "101").out.strip() == alone[1] != desk.digest

    def test_a_unit_nobody_knows_is_told(self, sample: Desk):
        assert sample("log", "export", "--unit", "999").code == 2

    def test_an_empty_ledger_has_an_empty_log(self, tmp_path: Path):
        assert empty(tmp_path, "empty").does("log", "export").out == ""

    @pytest.mark.parametrize("unit", [(), ("--unit", "101")])
    @pytest.mark.parametrize("file", [None, "-", "log.ndjson"])
    def test_a_chain_that_was_broken_does_not_go_out_not_even_by_half(
        self, sample: Desk, unit: tuple[str, ...], file: str | None
    ):
        change(sample, "actor = '别人'", "101/2024/30")
        folder = sample.ledger.parent
        answer = sample(
            "log", "export", *unit, *(() if file is None else ("-o", folder / file if len(file) > 1 else file))
        )
        assert (answer.code, answer.out) == (4, "")
        assert "101/2024/30 与本流前一事件接不上，没有导出" in answer.err
        assert "请运行 budget verify" in answer.err
        assert [path for path in folder.iterdir() if path.name.startswith("log")] == []

    def test_what_went_out_before_the_break_stays_as_it_was(self, sample: Desk):
        log = exported(sample)
        before = log.read_bytes()
        change(sample, "payload = replace(payload, '2024', '2025')", "101/2024/1")
        assert sample("log", "export", "-o", log).code == 4
        assert log.read_bytes() == before

    @pytest.mark.parametrize(
        ("lost", "unit", "said"),
        [
            ("101/2023/5", (), "位置 12 处缺少事件，没有导出；请运行 budget verify。"),
            ("101/2023/40", (), "位置 47 处缺少事件，没有导出"),
            ("101/2023/5", ("--unit", "101"), "101/2023/6 与本流前一事件接不上，没有导出"),
        ],
    )
    def test_what_is_left_behind_a_lost_event_does_not_go_out(
        self, sample: Desk, lost: str, unit: tuple[str, ...], said: str
    ):
        with inside(sample) as connection:
            connection.execute("DELETE FROM events WHERE event_id = ?", (lost,))
        answer = sample("log", "export", *unit)
        assert (answer.code, answer.out) == (4, "")
        assert said in answer.err

    def test_the_other_units_log_goes_out_beside_a_broken_one(self, sample: Desk):
        sample.does("unit", "add", "102", "别的单位")
        change(sample, "actor = '别人'", "101/2024/30")
        assert len(sample.does("log", "export", "--unit", "102").out.splitlines()) == 1

    def test_a_file_that_cannot_be_written_is_told(self, sample: Desk):
        assert sample("log", "export", "-o", sample.ledger / "log").code == 2


class TestRestoring:
    def test_it_says_what_came_in_and_the_digest_is_the_same(self, sample: Desk, tmp_path: Path):
        desk = empty(tmp_path, "restored")
        answer = desk.does("log", "import", exported(sample))
        count = len(sample.payloads)
        assert (
            answer.out == f"已导入。 新增 {count} 个事件（新的流 4 条，延长 0 条），此前已有 0 个。\n{sample.digest}\n"
        )
        assert desk.digest == sample.digest

    def test_a_log_from_a_clock_that_runs_ahead_is_remarked_on(self, sample: Desk, tmp_path: Path):
        ahead = sample.at("2099-01-01T09:00:00+08:00")
        ahead.does("indicator", "一般公务用车", "--count", 3, "--year", 2024)
        log, desk = exported(ahead), replace(empty(tmp_path, "restored"), now=sample.now)
        for how in (("--dry-run",), ("-O", "json")):
            assert "账本里有晚于现在的记录时刻 2099-01-01T" in desk.does("log", "import", log, *how).err

    @pytest.mark.parametrize("reading", READINGS, ids=words)
    def test_every_query_is_answered_alike(self, sample: Desk, restored: Desk, reading: tuple[object, ...]):
        assert told(restored(*reading).out) == told(sample(*reading).out) != ""

    def test_publications_come_back_byte_for_byte(self, sample: Desk, tmp_path: Path):
        first = sample.json("publish", *YEAR, "--out", tmp_path / "first", "--format", FORMS)["event_id"]
        sample.does("supplement", *TRIP)
        second = sample.json("publish", *YEAR, "--out", tmp_path / "second", "--format", FORMS)["event_id"]
        desk = empty(tmp_path, "restored")
        desk.does("log", "import", exported(sample))
        for event, folder in ((first, "first"), (second, "second")):
            desk.does("reproduce", event, "--out", tmp_path / "again" / folder)
            assert content(tmp_path / "again" / folder) == content(tmp_path / folder)

    def test_a_retry_of_an_old_command_gets_its_first_answer(self, sample: Desk, tmp_path: Path):
        asked = ("supplement", *TRIP, "--command-id", "2024-07")
        first = sample.json(*asked)
        desk = empty(tmp_path, "restored")
        desk.does("log", "import", exported(sample))
        assert desk.json(*asked) == first | {"repeated": True}
        assert desk("reverse", "101/2024/3", "--reason", "录错", "--command-id", "2024-07").code == 3

    def test_a_file_recorded_at_home_is_not_recorded_again(self, tmp_path: Path):
        home = unit_at_home(tmp_path, "101")
        desk = empty(tmp_path, "restored")
        desk.does("log", "import", exported(home))
        again = desk.does("approve", home.sheet(SHEET), *YEAR, *PAPER, "--effective-on", "2024-01-01")
        assert "此前已经记录过" in again.out
        assert desk.digest == home.digest

    def test_the_year_goes_on(self, restored: Desk):
        restored.does("supplement", *TRIP)
        assert restored.json("table", 7, *YEAR, "--as-of", "2024-06-30")["rows"][0]["cells"][0] == "20.90"
        restored.does("verify")

    def test_a_digest_that_was_printed_is_recognised(self, sample: Desk, restored: Desk):
        restored.does("supplement", *TRIP)
        restored.does("verify", "--digest", sample.digest)

    def test_a_log_comes_through_a_pipe(self, sample: Desk, tmp_path: Path):
        desk = empty(tmp_path, "restored")
        answer = desk("log", "import", "-", "-O", "json", typed=io.BytesIO(exported(sample).read_bytes()))
        counts = {"added": len(sample.payloads), "known": 0, "streams_new": 4, "streams_extended": 0}
        assert answer.json == counts | {"digest": sample.digest}

    def test_a_mark_that_an_editor_put_before_it_does_not_matter(self, sample: Desk, tmp_path: Path):
        desk = empty(tmp_path, "restored")
        assert desk("log", "import", "-", typed=io.BytesIO(BOM_UTF8 + exported(sample).read_bytes())).code == 0
        assert desk.digest == sample.digest

    def test_a_trial_keeps_nothing_and_says_so(self, sample: Desk, tmp_path: Path):
        desk = empty(tmp_path, "restored")
        answer = desk.does("log", "import", exported(sample), "--dry-run")
        assert answer.out.startswith("试运行，没有导入。 新增")
        assert desk.json("log", "import", exported(sample), "--dry-run")["dry_run"] is True
        assert desk.payloads == []

    def test_in_english(self, sample: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("BUDGET_LANG", "en")
        desk = empty(tmp_path, "restored")
        path = exported(sample)
        assert desk.does("log", "import", path).out.startswith(
            "Imported. Events added: 90 (streams new: 4, extended: 0)"
        )
        path.write_bytes(path.read_bytes().replace("年初批复".encode(), "年终批复".encode()))
        answer = desk("log", "import", path)
        assert answer.code == 4
        assert "does not fit" in answer.err
        assert not any("一" <= character <= "龥" for character in answer.err)


class TestDepartment:
    @pytest.fixture
    def units(self, tmp_path: Path) -> tuple[Desk, Desk]:
        return unit_at_home(tmp_path, "101"), unit_at_home(tmp_path, "102")

    @pytest.fixture
    def department(self, units: tuple[Desk, Desk], tmp_path: Path) -> Desk:
        """The department has taken in both in July; 102 renamed its projects in the meantime, 101 flew abroad."""
        desk = empty(tmp_path, "department")
        desk.does("unit", "add", "100", "主管部门", "--effective-on", "2022-01-01")
        one, other = (home.at("2024-06-03T09:00:00+08:00") for home in units)
        other.does("project", "add", "“双百”培训", "--code", "P-2", *YEAR)
        one.does("supplement", *TRIP)
        other.does("project", "add", "劳模管理服务", "--code", "P-1", *YEAR)
        desk.does("log", "import", exported(other))
        desk.does("indicator", "一般公务用车", "--count", 3, *YEAR, "--unit", "100")
        desk.does("log", "import", exported(one))
        return desk

    @pytest.mark.parametrize("unit", ["101", "102"])
    @pytest.mark.parametrize("reading", OF_A_YEAR, ids=words)
    def test_each_unit_is_answered_for_as_at_home(
        self, units: tuple[Desk, Desk], department: Desk, unit: str, reading: tuple[object, ...]
    ):
        home = units[int(unit) - 101].at("2024-07-02T09:00:00+08:00")
        asked = [told(desk(*reading, "--unit", unit).out) for desk in (home, department)]
        assert asked[0] == asked[1] != ""

    def test_it_adds_up_the_units_that_named_it_as_the_one_above_them(self, department: Desk, tmp_path: Path):
        """Such a unit has the department in its own ledger too, and hands over its own streams alone."""
        home = empty(tmp_path, "103", "2024-06-03T09:00:00+08:00")
        home.does("unit", "add", "100", "主管部门", "--effective-on", "2022-01-01")
        home.does("unit", "add", "103", "103单位", "--parent", "100", "--effective-on", "2022-01-01")
        home.does("supplement", *TRIP, "--unit", "103")
        assert department("log", "import", exported(home)).code == 3
        department.does("log", "import", exported(home, "--unit", "103"))
        whole = department.json("table", 7, *YEAR, *CUT, "--unit", "100", "--consolidated")
        assert whole["rows"][0]["cells"][0] == "15.00"

    def test_it_is_whole_and_every_unit_has_its_digest(self, units: tuple[Desk, Desk], department: Desk):
        department.does("verify")
        for unit, home in zip(("101", "102"), units, strict=True):
            assert department.does("digest", "--unit", unit).out.strip() == home.digest
            department.does("verify", "--digest", home.digest)

    def test_a_units_publication_is_reproduced_byte_for_byte(
        self, units: tuple[Desk, Desk], department: Desk, tmp_path: Path
    ):
        home = units[0].at("2024-06-10T09:00:00+08:00")
        published = home.json("publish", *YEAR, "--out", tmp_path / "out", *FORCED)["event_id"]
        units[1].at("2024-06-04T09:00:00+08:00").does("indicator", "一般公务用车", "--count", 1, *YEAR)
        for desk in (units[1], home):
            department.does("log", "import", exported(desk))
        department.does("reproduce", published, "--out", tmp_path / "again")
        assert content(tmp_path / "again") == content(tmp_path / "out")
        pinned = json.loads((tmp_path / "out" / "document.json").read_text(encoding="utf-8"))
        assert (
            pinned["evidence"]["cut"]["digest"]
            == department.does("digest", "--unit", "101", "--known-at", "2024-06-10T09:00:00+08:00").out.strip()
        )

    def test_a_publication_of_the_department_bars_no_later_log(
        self, units: tuple[Desk, Desk], department: Desk, tmp_path: Path
    ):
        """Unit 102 records in May; the department hears of it only after it has published unit 101 in July."""
        published = department.json("publish", *YEAR, "--unit", "101", "--out", tmp_path / "out", *FORCED)
        units[1].at("2024-06-04T09:00:00+08:00").does("supplement", *TRIP)
        department.does("log", "import", exported(units[1]))
        department.does("verify")
        department.does("reproduce", published["event_id"], "--out", tmp_path / "again")
        assert content(tmp_path / "again") == content(tmp_path / "out")

    def test_what_the_department_published_for_a_unit_is_not_changed_by_its_log(
        self, units: tuple[Desk, Desk], department: Desk, tmp_path: Path
    ):
        department.does("publish", *YEAR, "--unit", "102", "--out", tmp_path / "out", *FORCED)
        before = department.payloads
        home = units[1].at("2024-06-20T09:00:00+08:00")
        home.does("approve", home.sheet(SHEET), "--year", 2023, *PAPER, "--effective-on", "2023-01-01")
        answer = department("log", "import", exported(home))
        assert answer.code == 3
        assert "截点之前的事件，那次公开将不能重现" in answer.err
        assert department.payloads == before

    def test_a_unit_for_which_both_recorded_is_refused_with_both_sides(
        self, units: tuple[Desk, Desk], department: Desk
    ):
        department.does("supplement", *TRIP, "--unit", "101", "--reason", "代录")
        home = units[0].at("2024-07-01T09:00:00+08:00")
        home.does("supplement", *TRIP)
        before = department.payloads
        answer = department("log", "import", exported(home))
        assert (answer.code, answer.out) == (3, "")
        first, second = answer.err.splitlines()
        assert first == "日志与本账本有 1 处冲突，没有导入。"
        assert "101/2024 自第 3 号起与本账本分歧：本账本 2024-07-01T" in second
        assert department.payloads == before


class TestRefusals:
    @pytest.fixture
    def log(self, sample: Desk) -> Path:
        return exported(sample)

    @pytest.fixture
    def desk(self, tmp_path: Path) -> Desk:
        return empty(tmp_path, "here")

    def test_a_ledger_that_is_not_there_is_to_be_made_first(self, log: Path, tmp_path: Path):
        answer = Desk(tmp_path / "没有.db")("log", "import", log)
        assert answer.code == 2
        assert "请先运行 budget init" in answer.err

    def test_a_log_that_is_not_there_is_told(self, desk: Desk, tmp_path: Path):
        answer = desk("log", "import", tmp_path / "没有.ndjson")
        assert answer.code == 2
        assert "不能读取" in answer.err
        assert desk("log", "import", tmp_path).code == 2

    def test_a_ledger_is_no_log(self, desk: Desk, sample: Desk):
        assert desk("log", "import", sample.ledger).code == 2
        assert desk.payloads == []

    @pytest.mark.parametrize("content", [b"", b"\n", b" \n\n"])
    @pytest.mark.parametrize("more", [(), ("--dry-run",), ("-O", "json")])
    def test_a_log_with_nothing_in_it_is_taken_for_a_mistake(self, desk: Desk, content: bytes, more: tuple[str, ...]):
        answer = desk("log", "import", desk.file(content, "空.ndjson"), *more)
        assert (answer.code, answer.out) == (2, "")
        assert "空.ndjson 里没有事件，没有导入" in answer.err

    def test_a_log_of_what_is_known_already_is_no_mistake(self, desk: Desk, sample: Desk, log: Path):
        desk.does("log", "import", log)
        again = desk.does("log", "import", log)
        assert f"新增 0 个事件（新的流 0 条，延长 0 条），此前已有 {len(sample.payloads)} 个。" in again.out

    def test_an_altered_log_ends_with_4_and_names_every_place(self, desk: Desk, log: Path):
        lines = log.read_bytes().splitlines(keepends=True)
        lines[4] = lines[4].replace("演示".encode(), "别人".encode())
        lines[20] = lines[20].replace("演示".encode(), "别人".encode())
        log.write_bytes(b"".join(lines))
        answer = desk("log", "import", log)
        assert (answer.code, answer.out) == (4, "")
        assert [said.strip().partition("：")[0] for said in answer.err.splitlines()[1:]] == ["第 5 行", "第 21 行"]
        assert desk.payloads == []

    def test_a_log_cut_short_ends_with_4_when_its_digest_is_given(self, desk: Desk, sample: Desk, log: Path):
        log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-3]))
        answer = desk("log", "import", log, "--digest", sample.digest)
        assert answer.code == 4
        assert "没有导入" in answer.err
        assert desk.payloads == []
        desk.does("log", "import", log)

    def test_a_ledger_that_cannot_be_written_takes_no_log(self, desk: Desk, log: Path, monkeypatch: pytest.MonkeyPatch):
        able = os.access
        monkeypatch.setattr(os, "access", lambda path, mode, **more: mode != os.W_OK and able(path, mode, **more))
        answer = desk("log", "import", log)
        assert answer.code == 2
        assert "不能写入" in answer.err

    def test_a_read_model_that_cannot_follow_stops_no_log(self, desk: Desk, log: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("projections.entries.read_model.ReadModel._take_in", lambda *_: 1 / 0)
        answer = desk.does("log", "import", log)
        assert "读模型没有跟上；请运行 budget rebuild" in answer.err
        monkeypatch.undo()
        desk.does("verify")
        assert desk.does("table", 1, *YEAR).out


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
