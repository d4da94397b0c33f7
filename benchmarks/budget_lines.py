"""The sixty lines of a unit's budget: what money they are, without amounts.

Every group has an even number of lines of one fund source and origin, so that two neighbours can be
moved against each other.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

LINES = 60
FIELDS = ("20101", "20102", "20103", "20104", "20105", "20106", "20108", "20111", "20113", "20128", "20129", "20131")

PERSONNEL = "30101 30102 30103 30106 30107 30112 30113 30114 30199 30301"
OPERATING = (
    "30201 30202 30204 30205 30206 30207 30209 30211 30213 30214"
    " 30215 30216 30217 30226 30227 30228 30229 30231 30239 30299"
)
PROJECTS = ("专项业务", "信息化建设", "培训", "课题调研", "设备购置", "房屋修缮", "绩效评价", "宣传")

Key = tuple[str, str, str, str, str | None, str | None]


class Group(NamedTuple):
    """Lines of one fund, function and nature. ``function`` is whole, or the two last digits of the unit's own 款."""

    fund_source: str
    origin: str
    function: str
    nature: str
    economic: str
    projects: tuple[str, ...] = ()


GROUPS = (
    Group("general", "this_year", "01", "personnel", PERSONNEL),
    Group("general", "this_year", "01", "operating", OPERATING),
    Group("general", "this_year", "50", "personnel", "30101 30102 30107 30113"),
    Group("general", "this_year", "50", "operating", "30201 30207 30211 30299"),
    Group("general", "this_year", "2080505", "personnel", "30108"),
    Group("general", "this_year", "2080506", "personnel", "30109"),
    Group("general", "this_year", "2101101", "personnel", "30110"),
    Group("general", "this_year", "2101103", "personnel", "30111"),
    Group("general", "this_year", "02", "project", "30227", PROJECTS),
    Group("general", "this_year", "03", "project", "31002 30226", PROJECTS[:2]),
    Group("general", "carried_over", "02", "project", "30227", PROJECTS[:2]),
    Group("institution", "this_year", "99", "operating", "30201 30226"),
    Group("other", "this_year", "99", "project", "30227 30299", PROJECTS[2:3]),
)


@cache
def keys(unit: str) -> tuple[Key, ...]:
    """The lines of a unit; what it does decides on its 款, and its projects have names of their own."""
    field = FIELDS[int(unit) % len(FIELDS)]
    return tuple(key for group in GROUPS for key in _keys(group, unit, field))


def _keys(group: Group, unit: str, field: str) -> Iterator[Key]:
    short = len(group.function) == len("01")
    function = f"{field}{group.function}" if short else group.function
    for project in group.projects or (None,):
        name = f"{unit}单位{project}项目" if project else None
        for economic in group.economic.split():
            yield (group.fund_source, group.origin, function, group.nature, economic, name)
