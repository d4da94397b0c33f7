"""The long proofs: ``python tests/reliability --histories 10000 --kills 1000 --flips 10000 --tamperings 1000``.

One line of figures for each; what is wrong is told with its seed, and the same seed brings it back.
"""

# ruff: noqa: T201 (it speaks to a person)

import os
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from operator import add
from pathlib import Path

import proofs
from proofs import NOTHING, Outcome

CHUNKS_OF = {"histories": 50, "kills": 250, "flips": 250, "tamperings": 250}
WRONG_SHOWN = 40
HERE = Path(__file__).parent


def main() -> int:
    """Run what was asked for; 1 if anything is wrong."""
    asked = arguments()
    is_sound = [prove(name, getattr(asked, name), asked) for name in CHUNKS_OF if getattr(asked, name)]
    if asked.examples:
        is_sound.append(fuzz(asked.examples))
    return 0 if all(is_sound) else 1


def arguments() -> Namespace:
    """How much of which proof."""
    parser = ArgumentParser(prog="python tests/reliability", description=__doc__.splitlines()[0])
    for name, chunk in CHUNKS_OF.items():
        parser.add_argument(f"--{name}", type=int, default=0, metavar="N", help=f"in chunks of {chunk}")
    parser.add_argument("--examples", type=int, default=0, metavar="N", help="of hypothesis, for every reader")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the first seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="J", help="processes at once")
    return parser.parse_args()


def prove(name: str, count: int, asked: Namespace) -> bool:
    """Run one proof in several processes; its line of figures."""
    proof: Callable[[range], Outcome] = getattr(proofs, name)
    begun, size = time.monotonic(), CHUNKS_OF[name]
    starts = range(asked.seed, asked.seed + count, size)
    chunks = [range(start, min(start + size, asked.seed + count)) for start in starts]
    with ProcessPoolExecutor(asked.jobs) as pool:
        outcome = reduce(add, pool.map(proof, chunks), NOTHING)
    figures = ", ".join(f"{figure} {number}" for figure, number in outcome.figures.most_common())
    faults = f", faults {sum(outcome.tally.values())} at {len(outcome.tally.changing)} different changing statements"
    told = f"{figures}{faults if outcome.tally else ''}"
    print(
        f"{name} from seed {asked.seed}: {told}. Wrong: {len(outcome.wrong)}. {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    for line, times in Counter(outcome.wrong).most_common(WRONG_SHOWN):
        print(f"  {times} x {line}")
    return not outcome.wrong


def fuzz(examples: int) -> bool:
    """The fuzz tests with more examples, drawn anew."""
    begun = time.monotonic()
    tests = [sys.executable, "-m", "pytest", "-q", *map(str, sorted(HERE.glob("test_fuzz_*.py")))]
    done = subprocess.run(tests, env={**os.environ, "FUZZ_EXAMPLES": str(examples)}, check=False)
    print(f"fuzzing, {examples} examples a reader: code {done.returncode}. {time.monotonic() - begun:.0f} s")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
