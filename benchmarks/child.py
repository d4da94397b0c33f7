"""Run one task in this process and print what it took: ``python -m benchmarks.child MODULE:FUNCTION JSON``.

A task is a function ``task(clock, **given)``. What it returns is its answer, which must be the same
on every side of a job.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.clock import Clock

KIB_PER_MB = 1000 * 1000 / 1024


def main() -> None:
    """Run the task that is named on the command line."""
    name, given = sys.argv[1:]
    module, function = name.split(":")
    clock = Clock()
    answer = getattr(import_module(f"benchmarks.sides.{module}"), function)(clock, **json.loads(given))
    taken = {"cpu": clock.cpu / clock.count, "wall": clock.wall / clock.count, "peak": peak_mb()}
    print(json.dumps(taken | {"answer": answer}, ensure_ascii=False))


def peak_mb() -> float:
    """The most memory this process has had in use. Unlike ``ru_maxrss`` it owes nothing to the parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii").split()
    return int(status[status.index("VmHWM:") + 1]) / KIB_PER_MB


if __name__ == "__main__":
    main()
