"""How long the program takes to start, next to what it cannot be faster than, in one run.

    python benchmarks/start.py [runs]

Every round runs each command once, in turn; reported are CPU seconds (user and system, of the child),
the median and the range, and the ratio of medians to the limit named.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

BIN = Path(sys.executable).parent
ROUNDS = 15


class Job(NamedTuple):
    """A command, and the one it is measured against with the ratio to reach."""

    name: str
    command: list[str]
    limit: str | None
    to_reach: float | None


def jobs(ledger: Path) -> list[Job]:
    """What is measured."""
    budget, python = str(BIN / "budget"), sys.executable
    at = ["--ledger", str(ledger)]
    return [
        Job("python -c pass", [python, "-c", "pass"], None, None),
        Job("python -c 'import click'", [python, "-c", "import click"], None, None),
        Job("budget --help", [budget, "--help"], "python -c 'import click'", 3.0),
        Job("budget table 5", [budget, *at, "table", "5", "--year", "2024"], "python -c pass", None),
        Job("budget subject name (dry run)", [budget, *at, *_name(), "--dry-run"], "python -c pass", None),
    ]


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Measure and print a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([BIN / "budget", "demo", "--out", folder], check=True, stdout=subprocess.DEVNULL)
        measured = jobs(Path(folder) / "budget.db")
        times: dict[str, list[float]] = {job.name: [] for job in measured}
        for _ in range(rounds + 1):
            for job in measured:
                times[job.name].append(cpu_seconds(job.command))
    medians = {name: statistics.median(runs[1:]) for name, runs in times.items()}
    print(f"{rounds} rounds, CPU seconds\n")
    print(f"{'':32}{'median':>8}{'min':>8}{'max':>8}  ratio")
    for job in measured:
        print(_row(job, times[job.name][1:], medians))


def _row(job: Job, runs: list[float], medians: dict[str, float]) -> str:
    row = f"{job.name:32}{medians[job.name]:8.3f}{min(runs):8.3f}{max(runs):8.3f}"
    if job.limit:
        row += f"  {medians[job.name] / medians[job.limit]:.2f} x {job.limit}"
    return row + (f" (to reach: {job.to_reach:g})" if job.to_reach else "")


def _name() -> list[str]:
    return ["subject", "name", "20604", "技术与开发", "--year", "2024"]


if __name__ == "__main__":
    main()
