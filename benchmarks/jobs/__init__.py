"""The jobs, in the order of the report: one module to a kind of work."""

from typing import NamedTuple

from benchmarks.files import Files
from benchmarks.job import Job

MILLION = 1_000_000


class Place(NamedTuple):
    """Where the files are, and how many lines the ledgers of this run have.

    ``hot`` is the ledger on which single events and single streams are measured: what they cost does
    not depend on its size, and it is copied for each run.
    """

    files: Files
    lines: int

    @property
    def hot(self) -> int:
        """At most a hundred thousand lines."""
        return min(self.lines, 100_000)

    @property
    def tenth(self) -> int:
        """A tenth of the lines."""
        return self.lines // 10


def words(lines: int) -> str:
    """How many lines, for people: 10k, 1M."""
    return f"{lines // MILLION}M" if lines >= MILLION else f"{lines // 1_000}k"


def all_jobs(place: Place) -> list[Job]:
    """Every job there is."""
    from benchmarks.jobs import keeping, publishing, reading, recording, starting

    return [job for module in (recording, reading, keeping, starting, publishing) for job in module.jobs(place)]
