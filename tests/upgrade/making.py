"""How the files of this folder were made. A file once here is never made again: it is what an old ledger looks like.

python -m tests.upgrade.making tests/upgrade/format-1.db
"""

import json
import os
import sys
from pathlib import Path

from click.testing import CliRunner
from freezegun import freeze_time

from commands.demo.story import steps
from commands.main import program
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from projections.entries.read_model import ReadModel

PAPER = ["--document", "杭财行〔2024〕31号", "--reason", "年中调整", "--effective-on", "2024-05-20", "--yes"]
TRAVEL = ["--function-code", "2012901", "--nature", "公用经费", "--economic-code", "30211"]
TRIPS = ["--function-code", "2012901", "--nature", "公用经费", "--economic-code", "30212"]
SAID = {
    "2024-03-01": [["publish", "--format", "md,html,csv,json", "--measure", "initial"]],
    "2024-06-03": [
        ["unit", "describe", "--nature", "群团组织", "--effective-on", "2024-06-03"],
        ["supplement", *TRIPS, "--amount", "15万元", "--ground", "因公出国计划审批", *PAPER],
        ["reduce", *TRAVEL, "--amount", "1万元", "--ground", "压减支出", *PAPER],
        ["transfer", "--from", "2012901/公用经费/30211", "--to", "2012901/公用经费/30217", "--amount", "1万元", *PAPER],
        ["carry-over", *TRAVEL, "--amount", "2万元", *PAPER],
    ],
    "2024-09-02": [["publish", "--format", "md,html,csv,json", "--measure", "current"]],
    "2025-01-20": [["close", "--reason", "决算已批复"], ["reopen", "--reason", "审计调整"]],
}


def make(path: Path) -> None:
    """The sample unit's ledger: two publications of 2024, a year's changes, a closing, a key and a signature, and a log taken in."""
    store = SqliteStore.create(path)
    entries = ReadModel(store)
    for step in steps():
        record(Ledger(store, entries.follow, now=lambda at=step.at: at), step.stream, step.intent, Order("王会计"))
    store.close()
    for day, commands in SAID.items():
        with freeze_time(f"{day}T09:00:00+08:00"):
            for command in commands:
                say(path, *command, *([] if command[0] == "unit" else ["--year", "2024"]), *out(path, command))
    with freeze_time("2025-02-03T09:00:00+08:00"):
        say(path, "reverse", reduction(path), "--reason", "金额录错")
        sign(path)
    take_in_neighbour(path)


def take_in_neighbour(path: Path) -> None:
    """Another unit's log, older than what stands in the ledger by then."""
    neighbour, log = path.with_name("neighbour.db"), path.with_name("neighbour.ndjson")
    with freeze_time("2023-01-09T09:00:00+08:00"):
        say(neighbour, "init")
        say(neighbour, "unit", "add", "102", "杭州市工人文化宫", "--effective-on", "2023-01-09")
        say(neighbour, "log", "export", "-o", log)
    with freeze_time("2025-02-28T09:00:00+08:00"):
        say(path, "log", "import", log)


def out(path: Path, command: list[str]) -> list[str]:
    return ["--out", str(path.with_suffix("") / command[4])] if command[0] == "publish" else []


def reduction(path: Path) -> str:
    events = json.loads(say(path, "history", "--year", "2024", "-O", "json"))
    return next(event["event_id"] for event in events if event["title"] == "追减")


def sign(path: Path) -> None:
    key = path.with_name("officer.pem")
    say(path, "key", "new", key, "--no-passphrase")
    say(path, "key", "register", key, "--officer", "李处长", "--effective-on", "2025-02-03")
    say(path, "sign", "--key", key)
    fingerprint = json.loads(say(path, "key", "list", "-O", "json"))[0]["fingerprint"]
    say(path, "key", "revoke", fingerprint, "--reason", "离任", "--effective-on", "2025-02-03")


def say(path: Path, *arguments: object) -> str:
    result = CliRunner().invoke(program(), ["--ledger", str(path), "--actor", "王会计", *map(str, arguments)])
    if result.exit_code:
        raise SystemExit(f"{arguments}\n{result.output}")
    return result.stdout


if __name__ == "__main__":
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    make(Path(sys.argv[1]))
