"""``python -m benchmarks``: measure, and print what was found."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.files import Files
from benchmarks.job import Job
from benchmarks.jobs import Place, all_jobs
from benchmarks.report import block, heading, markdown
from benchmarks.rounds import Times, run

SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}
KEPT = Path(".bench")
ONCE = Times(1, 1, 1)


def main() -> None:
    """Run the jobs that were asked for."""
    asked = _parser().parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as where a program is in use
    times = ONCE if asked.quick else Times(asked.repeat, asked.slow_repeat, asked.brief_repeat)
    with _folder(is_kept=asked.keep) as folder:
        place = Place(Files(folder), SIZES["10k" if asked.quick else asked.size])
        jobs = [job for job in all_jobs(place) if _is_meant(job, asked.only)]
        print(heading(f"{len(jobs)} jobs"), end="\n\n", flush=True)
        _measure(jobs, place.files, times, as_markdown=asked.markdown)


def _measure(jobs: list[Job], files: Files, times: Times, *, as_markdown: bool) -> None:
    outcomes = (run(job, files, times) for job in jobs)
    for text in markdown(outcomes) if as_markdown else map(block, outcomes):
        print(text, flush=True)


def _is_meant(job: Job, only: list[str] | None) -> bool:
    """Without a word all jobs; ``start`` means all whose names begin so."""
    return not only or any(job.key == name or job.key.startswith(f"{name}-") for name in only)


@contextmanager
def _folder(*, is_kept: bool) -> Iterator[Path]:
    if is_kept:
        KEPT.mkdir(exist_ok=True)
        yield KEPT
        return
    with tempfile.TemporaryDirectory(dir=".", prefix=".bench-") as folder:
        yield Path(folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Every job next to its peers and limits.")
    parser.add_argument("--size", choices=SIZES, default="1M", help="lines of the ledger (default: %(default)s)")
    parser.add_argument("--only", nargs="+", metavar="JOB", help="only these jobs: append, table, start, publish-pdf …")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="runs of each side (default: %(default)s)")
    parser.add_argument(
        "--brief-repeat",
        type=int,
        default=15,
        metavar="N",
        help="runs of jobs that take a moment, whose times swing most (default: %(default)s)",
    )
    parser.add_argument(
        "--slow-repeat",
        type=int,
        default=5,
        metavar="N",
        help="runs of programs that take a minute on 1M lines: ledger, hledger, bean-query (default: %(default)s)",
    )
    parser.add_argument("--quick", action="store_true", help="10k lines, everything once: does it run?")
    parser.add_argument("--keep", action="store_true", help=f"keep the generated ledgers in {KEPT}/ for the next run")
    parser.add_argument("--markdown", action="store_true", help="print the table of docs/performance.md")
    return parser


if __name__ == "__main__":
    main()
