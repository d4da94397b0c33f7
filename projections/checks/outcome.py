"""What a rule says of a year: its faults, or why it does not apply."""

from typing import NamedTuple

from events.errors import Fault


class NotApplicable(NamedTuple):
    """The rule has nothing to hold against this year, and why."""

    reason: Fault


class Lacking(Exception):
    """Something a rule looks for is not there; ``judge`` makes it a NotApplicable."""

    def __init__(self, reason: Fault) -> None:
        super().__init__(str(reason))
        self.reason = reason


Outcome = list[Fault] | NotApplicable
