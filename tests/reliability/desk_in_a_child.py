"""The program in a process that may do less than usual: ``desk_in_a_child.py LIMIT WARM_UP_LEDGER``.

``LIMIT`` is ``file-size=N`` (no file grows beyond N bytes) or ``nobody`` (rights of nobody, where we are the superuser).
Calls come in as JSON, answers go out as JSON. Everything is called once on another ledger before the limit holds, so
that all of the program is in memory.
"""

# ruff: noqa: T201 (it speaks to its parent)

import json
import os
import resource
import signal
import sys
from pathlib import Path

from whole_content import budget

NOBODY = 65534


def limit(kind: str) -> None:
    """Do with less from now on."""
    name, _, number = kind.partition("=")
    if name == "file-size":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(number), int(number)))
    elif os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def main(kind: str, warm_up: str) -> None:
    """Answer every call: code, data, words, and an error nobody caught."""
    calls = json.load(sys.stdin)
    for _, *command in calls:
        budget(Path(warm_up), *command)
    limit(kind)
    answers = [budget(Path(ledger), *command) for ledger, *command in calls]
    print(json.dumps([[answer.code, answer.out, answer.err, answer.trace] for answer in answers]))


if __name__ == "__main__":
    main(*sys.argv[1:])
