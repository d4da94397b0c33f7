"""The program itself: every command there and explained, nothing imported that is not needed, no terminal too narrow."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click
import pytest
from at_the_desk import Answer, Desk
from wcwidth import wcswidth

from commands import main
from commands.main import COMMANDS, program

READING = [
    ("table", "7", "--year", "2024"),
    ("compare", "--year", "2024"),
    ("status", "--year", "2024"),
    ("history",),
    ("digest",),
    ("verify",),
    ("trace", "--year", "2024", "--table", "7", "--row", "合计", "--column", "公务接待费"),
    ("late", "--year", "2024"),
]
FORMS = ["json", "csv", "md", "html"]
RECORDING_ONLY = (
    "pydantic",
    "pydantic_core",
    "ledger.recording",
    "ledger.deciding.decider",
    "events.payload",
    "sqlite_utils",
)
LISTING = """
import sys
from commands.main import main
try:
    main()
finally:
    print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""
CALL = "from commands.main import main; main()"
TO_ITS_END = "from commands.__main__ import main; main()"


def run(*arguments: object, script: str = CALL, **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("BUDGET_")}
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={**environment, "PYTHONIOENCODING": "utf-8", **surroundings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def imported_by(*arguments: object) -> set[str]:
    outcome = run(*arguments, script=LISTING)
    assert outcome.returncode == 0, outcome.stderr.decode()
    return set(outcome.stderr.decode().splitlines())


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Commands and their inner commands, by the words one types."""
    for name in COMMANDS:
        command = import_module(f"commands.{name.replace('-', '_')}").command
        yield name, command
        for inner, nested in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", nested


EVERY = dict(every_command())


def is_chinese(text: str | None) -> bool:
    return any("一" <= character <= "鿿" for character in text or "")


@pytest.mark.parametrize("name", EVERY)
def test_every_command_and_every_option_is_explained_in_chinese(name):
    command = EVERY[name]
    assert is_chinese(command.help)
    unexplained = [
        parameter.name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not is_chinese(parameter.help)
    ]
    assert unexplained == []


@pytest.mark.parametrize("name", EVERY)
def test_the_help_of_a_command_fits_its_terminal_and_ends_well(tmp_path, name):
    answer = Desk(tmp_path / "none.db")(*name.split(), "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"用法: budget {name}")
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_commands_is_complete_and_in_order(tmp_path):
    said = Desk(tmp_path / "none.db").does("--help").out
    listed = [line.split() for line in said.partition("命令:\n")[2].splitlines()]
    assert [words[0] for words in listed] == list(COMMANDS) == program().list_commands(click.Context(program()))
    assert all(is_chinese("".join(words[1:])) for words in listed)


def test_every_module_of_a_command_is_listed():
    modules = {path.stem for path in Path(main.__file__).parent.glob("*[!_].py")} | {"demo"}
    assert modules - {"main"} == {name.replace("-", "_") for name in COMMANDS}


@pytest.mark.parametrize("mistyped", ["aprove", "tabel", "reversee"])
def test_a_mistyped_command_is_answered_with_the_one_it_may_have_meant(tmp_path, mistyped):
    answer = Desk(tmp_path / "none.db")(mistyped)
    assert answer.code == 2
    assert {"aprove": "approve", "tabel": "table", "reversee": "reverse"}[mistyped] in answer.err


@pytest.mark.parametrize("command", [(), ("table",), ("unit", "add")])
def test_help_has_a_short_name_everywhere(tmp_path, command):
    desk = Desk(tmp_path / "none.db")
    assert desk.does(*command, "-h").out == desk.does(*command, "--help").out


@pytest.mark.parametrize(
    "wrong", [("table", "x", "--year", 2024), ("late", "--days", "1.5"), ("status", "--year", "今年")]
)
def test_what_is_no_whole_number_is_told_so_in_chinese(tmp_path, wrong):
    answer = Desk(tmp_path / "none.db")(*wrong)
    assert answer.code == 2
    assert "不是整数" in answer.err


@pytest.mark.parametrize("word", ["-x", "--hilfe"])
def test_an_unknown_option_ends_with_2(tmp_path, word):
    assert Desk(tmp_path / "none.db")(word).code == 2


def test_help_imports_neither_models_nor_stores_nor_commands():
    modules = imported_by("--help")
    commands = {f"commands.{name.replace('-', '_')}" for name in COMMANDS}
    assert modules & (commands | {*RECORDING_ONLY, "sqlite3", "rich", "jinja2"}) == set()


@pytest.mark.parametrize("reading", [one for one in READING if one != ("verify",)], ids=lambda reading: reading[0])
def test_reading_imports_nothing_that_only_recording_needs(demo, reading):
    assert imported_by("--ledger", demo / "budget.db", *reading) & set(RECORDING_ONLY) == set()


RECORDING = {
    "budget": (
        *("supplement", "--year", "2024", "--function-code", "2012901", "--nature", "公用经费"),
        *("--economic-code", "30212", "--amount", "15万元", "--document", "杭外办〔2024〕18号"),
        *("--reason", "赴新加坡工会交流", "--ground", "因公出国计划审批", "--dry-run"),
    ),
    "disclosure": ("subject", "name", "20604", "技术与开发", "--year", "2024", "--dry-run"),
}


@pytest.mark.parametrize("kind", RECORDING)
def test_recording_imports_the_events_of_its_own_kind_and_looks_for_no_plugins(demo, kind):
    modules = imported_by("--ledger", demo / "budget.db", *RECORDING[kind])
    models = {f"events.{kind}" for kind in ("budget", "disclosure", "signature")}
    assert modules & models == {f"events.{kind}"}
    assert modules & {"importlib.metadata", "projections.edition", "sqlite_utils"} == set()


IN_GBK = [*((*reading, "-O", "text") for reading in READING[:4]), *((*READING[0], "-O", form) for form in FORMS)]


@pytest.mark.parametrize("reading", IN_GBK, ids=" ".join)
def test_a_gbk_terminal_shows_every_reading_and_every_form(demo, reading):
    outcome = run("--ledger", demo / "budget.db", *reading, PYTHONIOENCODING="gbk")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    assert "杭州市总工会" in outcome.stdout.decode("gbk")
    assert "?" not in outcome.stdout.decode("gbk")


def test_a_character_that_a_gbk_terminal_lacks_neither_stops_nor_repeats_a_recording(desk):
    told = ["--ledger", desk.ledger, "project", "add", "𠮷祥✓工程", "--year", "2024"]
    outcome = run(*told, PYTHONIOENCODING="gbk")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    shown = run("--ledger", desk.ledger, "history", PYTHONIOENCODING="gbk")
    assert shown.returncode == 0
    assert "?祥?工程" in shown.stdout.decode("gbk")
    assert len(desk.payloads) == 2


@pytest.mark.parametrize("name", EVERY)
def test_help_keeps_to_characters_that_gbk_has(tmp_path, name):
    Desk(tmp_path / "none.db")(*name.split(), "--help").out.encode("gbk")


def ending(outcome: subprocess.CompletedProcess[bytes]) -> Answer:
    return Answer(outcome.returncode, outcome.stdout.decode(), outcome.stderr.decode())


@pytest.mark.parametrize(
    "asked", [["--help"], ["table", "5", "--year", "2024"], ["table", "5", "--year", "1999"], ["x"]]
)
def test_the_program_ends_at_once_with_everything_said(sample, asked):
    asked = ["--ledger", sample.ledger, *asked]
    assert ending(run(*asked, script=TO_ITS_END)) == ending(run(*asked))


def test_the_exit_code_reaches_the_shell_and_no_traceback_does(desk):
    refused = ending(run("--ledger", desk.ledger, "unit", "add", "101", "别名"))
    misused = ending(run("--ledger", desk.ledger, "table", "1", "--year", "2024"))
    assert (refused.code, misused.code) == (1, 2)
    assert "Traceback" not in refused.err + misused.err


def test_the_ledger_and_the_actor_may_come_from_the_surroundings(desk):
    run("unit", "describe", "--nature", "行政单位", BUDGET_LEDGER=str(desk.ledger), BUDGET_ACTOR="李出纳")
    assert ending(run("--ledger", desk.ledger, "history", "-O", "csv")).out.count("李出纳") == 1


def test_an_address_of_no_known_kind_is_refused():
    answer = ending(run("--ledger", "mongodb://host/ledger", "digest"))
    assert answer.code == 2
    assert "不支持账本地址" in answer.err


def looked_at(columns: int, *arguments: object) -> str:
    """What somebody sees in a terminal of so many columns."""
    seen, terminal = os.openpty()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("BUDGET_")}
    environment |= {"PYTHONIOENCODING": "utf-8", "COLUMNS": str(columns)}
    called = [sys.executable, "-c", CALL, *map(str, arguments)]
    with subprocess.Popen(called, env=environment, stdin=subprocess.DEVNULL, stdout=terminal) as program_there:
        os.close(terminal)
        written = b""
        with suppress(OSError):  # the end of a terminal, to Linux
            while part := os.read(seen, 4096):
                written += part
    os.close(seen)
    assert program_there.returncode == 0
    return written.decode().replace("\r\n", "\n")


def test_a_table_fits_the_terminal_it_is_looked_at_in(demo):
    wide = ("--ledger", demo / "budget.db", "table", 2, "--year", 2024, "--as-of", "2024-02-28")
    piped = run(*wide).stdout.decode()
    assert max(map(wcswidth, piped.splitlines())) > 200
    assert max(map(wcswidth, looked_at(80, *wide).splitlines())) <= 80
    assert looked_at(300, *wide) == piped


def test_what_goes_to_a_file_or_another_program_asks_for_no_terminal(demo, tmp_path):
    wide = ("--ledger", demo / "budget.db", "table", 2, "--year", 2024, "--as-of", "2024-02-28")
    piped = run(*wide, COLUMNS="80").stdout.decode()
    looked_at(80, *wide, "-o", tmp_path / "表2.txt")
    assert (tmp_path / "表2.txt").read_text(encoding="utf-8") == piped
    assert max(map(wcswidth, piped.splitlines())) > 200
