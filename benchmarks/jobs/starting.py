"""Starting: how long the program takes next to the interpreter alone."""

import sys
from pathlib import Path

from benchmarks.files import SAMPLE
from benchmarks.job import BUDGET, Job, Rival, Side, command
from benchmarks.jobs import Place

READ = ("table", "5", "--year", "2024")
NAME = ("subject", "name", "20604", "技术与开发", "--year", "2024", "--dry-run")
SUPPLEMENT = (
    *("supplement", "--year", "2024", "--function-code", "2012901", "--nature", "公用经费"),
    *("--economic-code", "30212", "--amount", "15万元", "--document", "杭外办〔2024〕18号"),
    *("--reason", "赴新加坡工会交流", "--ground", "因公出国计划审批", "--dry-run"),
)


def jobs(place: Place) -> list[Job]:
    """Help, a reading command, recording ones."""
    sample = place.files.path(SAMPLE, 0)
    click = Rival(_python("import click"), 3.0)
    return [
        Job("start-help", "budget --help", command("budget", BUDGET, "--help"), (click,), is_brief=True),
        Job("start-read", "budget table 5 of the sample", _on(sample, READ), (_bare(4.5),), is_brief=True),
        Job("start-record", "budget subject name, dry run", _on(sample, NAME), (_bare(14.0),), is_brief=True),
        Job("start-supplement", "budget supplement, dry run", _on(sample, SUPPLEMENT), (_bare(14.0),), is_brief=True),
    ]


def _on(sample: Path, words: tuple[str, ...]) -> Side:
    return command("budget", BUDGET, "--ledger", sample, *words)


def _bare(to_reach: float) -> Rival:
    return Rival(_python("pass"), to_reach)


def _python(statement: str) -> Side:
    return command(f"python -c '{statement}'", sys.executable, "-c", statement)
