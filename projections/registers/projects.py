"""The projects of a unit's year: their codes, their order, their targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from projections.registers.statements import Statement

TYPES = ("ProjectRegistered", "PerformanceTargetSet")


@dataclass(frozen=True)
class Projects:
    """What one unit's year says of its projects, by name. Two units may have projects of one name."""

    codes: Mapping[str, str | None]
    targets: Mapping[str, str]

    def order(self, name: str) -> tuple[int, str]:
        """Where a project stands: registered ones first, in the order of registration."""
        return (self._order.get(name, len(self._order)), name)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.codes)}


def projects_of(stated: Iterable[Statement]) -> Projects:
    """The projects that statements of these types tell of; a later one takes the place of an earlier."""
    codes: dict[str, str | None] = {}
    targets: dict[str, str] = {}
    for item in stated:
        if item.type == "ProjectRegistered":
            codes[item.payload["name"]] = item.payload.get("code")
        else:
            targets[item.payload["project"]] = item.payload["target"]
    return Projects(codes, targets)
