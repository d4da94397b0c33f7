"""Shell transcripts: a block of commands with what they print, run and held against each other.

A command begins with "$ " and goes on in lines behind "> ", as a shell shows it. All other lines are
what the command prints. A line of "..." stands for any lines, "..." inside a line for any text.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

ANYTHING = "..."
BIN = Path(sys.executable).parent


class Step(NamedTuple):
    """A command and what it should print."""

    command: str
    expected: str


def steps(block: str) -> Iterator[Step]:
    """The commands of a block, each with the lines that follow it."""
    lines = block.splitlines()
    while lines:
        first, lines = lines[0], lines[1:]
        assert first.startswith("$ "), f"a command should begin with '$ ': {first}"
        more = list(takewhile(lambda line: line.startswith(">"), lines))
        printed = list(takewhile(lambda line: not line.startswith("$ "), lines[len(more) :]))
        lines = lines[len(more) + len(printed) :]
        command = [first.removeprefix("$ "), *(line[2:] for line in more)]
        yield Step("\n".join(command), "\n".join(printed))


def run(step: Step, folder: Path) -> str:
    """What a command prints in a folder, errors in their place among the rest; it must end well."""
    done = subprocess.run(
        ["sh", "-c", step.command],
        cwd=folder,
        env=neutral(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{step.command}\nended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def neutral(home: Path) -> dict[str, str]:
    """The environment of a newcomer: the program on the path and nothing else of this machine's."""
    path = os.pathsep.join([str(BIN), os.defpath])
    return {"PATH": path, "HOME": str(home), "LC_ALL": "C.UTF-8", "LOGNAME": "reader", "PYTHONUTF8": "1"}


def fits(expected: str, printed: str) -> bool:
    """Whether a command printed what its transcript says; spaces at the ends of lines do not count."""
    return re.fullmatch(_pattern(_trimmed(expected)), _trimmed(printed)) is not None


def _pattern(expected: str) -> str:
    lines = expected.splitlines()
    return "".join(r"(?:[^\n]*\n)*?" if line == ANYTHING else f"{_line_pattern(line)}\n" for line in lines)


def _line_pattern(line: str) -> str:
    return r"[^\n]*?".join(map(re.escape, line.split(ANYTHING)))


def _trimmed(text: str) -> str:
    trimmed = "\n".join(line.rstrip() for line in text.splitlines()).rstrip()
    return f"{trimmed}\n" if trimmed else ""
