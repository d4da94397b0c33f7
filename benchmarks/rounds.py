"""Jobs run: every side once in a round, in turn, each time in a fresh process."""

import json
import os
import resource
import subprocess
import time
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.files import Files
from benchmarks.job import Job, Side

KIB_PER_MB = 1000 * 1000 / 1024


class Taken(NamedTuple):
    """What one run took: CPU and wall in seconds, and at its most this memory in MB.

    The system counts what this runner itself holds (some 20 MB) to a whole process that uses less.
    """

    cpu: float
    wall: float
    peak: float


class Runs(NamedTuple):
    """All runs of one side, or why there are none."""

    side: Side
    taken: tuple[Taken, ...]
    missing: str = ""


class Outcome(NamedTuple):
    """A job and the runs of its sides, ours first."""

    job: Job
    runs: dict[str, Runs]
    differ: tuple[str, ...]


class Times(NamedTuple):
    """How often sides are run: most of them, those that take a minute, and all sides of a brief job."""

    repeat: int
    slow: int
    brief: int

    def rounds(self, job: Job) -> int:
        """How often the product does a job."""
        return self.brief if job.is_brief else self.repeat


def run(job: Job, files: Files, times: Times) -> Outcome:
    """Run a job's sides alternately. A side that is absent, or that fails, says so and stops nothing."""
    sides = [job.ours, *(rival.side for rival in job.rivals)]
    missing = {side.name: side.absent for side in sides if side.absent}
    taken: dict[str, list[Taken]] = {side.name: [] for side in sides}
    answers: dict[str, object] = {}
    for number in range(-1, times.rounds(job)):
        for side in _due(sides, number, times):
            if side.name in missing:
                continue
            try:
                answers[side.name] = _once(side, files, taken[side.name], is_counted=number >= 0)
            except subprocess.CalledProcessError as failed:
                missing[side.name] = f"failed with {failed.returncode}"
    runs = {side.name: Runs(side, tuple(taken[side.name]), missing.get(side.name, "")) for side in sides}
    return Outcome(job, runs, tuple(_differing(job, answers)))


def _due(sides: list[Side], number: int, times: Times) -> Iterator[Side]:
    for side in sides:
        if side.is_primed if number < 0 else number < times.slow or not side.is_slow:
            yield side


def _once(side: Side, files: Files, taken: list[Taken], *, is_counted: bool) -> object:
    for file in side.files:
        files.ensure(file)
    one, answer = _told(side) if side.is_task else _timed(side)
    if is_counted:
        taken.append(one)
    return answer


def _told(side: Side) -> tuple[Taken, object]:
    """A task times itself."""
    done = subprocess.run(side.command, check=True, stdout=subprocess.PIPE)
    said = json.loads(done.stdout)
    return Taken(said["cpu"], said["wall"], said["peak"]), said["answer"]


def _timed(side: Side) -> tuple[Taken, object]:
    """A whole process is timed from outside, with all it started."""
    began = time.perf_counter()
    child = subprocess.Popen(side.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, side.command)
    return Taken(_cpu(used), wall, used.ru_maxrss / KIB_PER_MB), None


def _cpu(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def _differing(job: Job, answers: dict[str, object]) -> Iterator[str]:
    """The sides whose answer is not ours."""
    for name, answer in answers.items():
        if job.is_answered and answer is not None and answer != answers.get(job.ours.name, answer):
            yield name
