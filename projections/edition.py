"""Template editions: the tables of a place and the years they hold for, as data.

A place is a folder of TOML files, one for each year in which its forms changed; the file of the
latest such year serves. Another place's tables are other files, not code.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from events.errors import WrongUsage, listed
from events.vocabulary import FundSource, Nature, Origin, Stage
from projections.entries.read_model import Amount

T = TypeVar("T")

AXES = ("function", "economic", "unit", "project")
SHOWS = ("amount", "target", "indicator")
LABELS = ("unit", "class", "group", "item", "code", "name")
AMOUNT_UNITS = ("万元", "元")
_APART_BY = {"unit": ("unit",), "project": ("unit", "project"), "economic": ("economic",)}
CONDITIONS = ("fund_source", "origin", "nature", "economic", "carried_out")


class Condition(NamedTuple):
    """Which amounts count. What is not named does not matter; economic codes match by their beginning."""

    fund_source: tuple[FundSource, ...] | None = None
    origin: tuple[Origin, ...] | None = None
    nature: tuple[Nature, ...] | None = None
    economic: tuple[str, ...] | None = None
    carried_out: bool | None = None

    def holds(self, amount: Amount) -> bool:
        """Whether an amount counts."""
        return (
            (self.fund_source is None or amount.fund_source in self.fund_source)
            and (self.origin is None or amount.origin in self.origin)
            and (self.nature is None or amount.nature in self.nature)
            and (self.economic is None or (amount.economic_code or "").startswith(self.economic))
            and (self.carried_out is None or (amount.stage is Stage.CARRIED_OUT) == self.carried_out)
        )


class ColumnForm(NamedTuple):
    """A column: its headings from the top down, and what it counts (or the target or indicator it shows)."""

    path: tuple[str, ...]
    where: Condition
    shows: str
    indicator: str


class RowForm(NamedTuple):
    """A row with a name of its own, or rows that follow an axis. ``levels`` empty means all."""

    name: str
    axis: str
    levels: tuple[int, ...]
    level: int
    sign: int
    where: Condition


class SideForm(NamedTuple):
    """One side of a table; most tables have one, without a name. ``heading`` is printed above it.

    ``headings`` are the heading paths over the labels of its rows, ``labels`` what each label says:
    the unit, the name, the code, or the part of the code that is its 类, 款 or 项.
    """

    name: str
    heading: str
    headings: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    columns: tuple[ColumnForm, ...]
    rows: tuple[RowForm, ...]
    where: Condition


class TableForm(NamedTuple):
    """One published table. ``foot`` rows of its sides stand at one height at the bottom."""

    number: int
    title: str
    amount_unit: str
    sides: tuple[SideForm, ...]
    where: Condition
    empty_note: str
    prints_amount_unit: bool
    foot: int

    @property
    def grain(self) -> frozenset[str]:
        """What of GRAIN the table tells apart, in its rows or by its conditions; the rest may come added up."""
        blocks = [block for side in self.sides for block in side.rows]
        conditions = [self.where, *(block.where for block in blocks)]
        for side in self.sides:
            conditions += [side.where, *(column.where for column in side.columns)]
        apart = {axis for block in blocks for axis in _APART_BY.get(block.axis, ())}
        return frozenset(apart | {"economic" for condition in conditions if condition.economic is not None})


class Edition(NamedTuple):
    """The forms of a place from a year on. ``amount_unit`` is 万元 or 元."""

    place: str
    first_year: int
    document_title: str
    amount_unit: str
    nearly_level_percent: Decimal
    shares: Mapping[str, str]
    tables: tuple[TableForm, ...]

    def table(self, number: int) -> TableForm:
        """The form of a table, else WrongUsage naming those there are."""
        for form in self.tables:
            if form.number == number:
                return form
        numbers = listed(form.number for form in self.tables)
        raise WrongUsage("没有表 {number}，可选：{numbers}。", number=number, numbers=numbers)


def edition_for(year: int, folder: Path) -> Edition:
    """The edition in force in a year; the earliest one for years before it."""
    years = sorted(int(path.stem) for path in folder.glob("[0-9][0-9][0-9][0-9].toml"))
    if not years:
        raise WrongUsage("文件夹 {folder} 里没有表样文件（如 2024.toml）。", folder=folder)
    chosen = max((known for known in years if known <= year), default=years[0])
    return read_edition(folder / f"{chosen}.toml")


@cache
def read_edition(path: Path) -> Edition:
    """An edition from its file; an unknown key or word is an error naming it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _edition(_Section(data, path.name))
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, ValueError, TypeError) as error:
        raise WrongUsage("表样文件 {path} 有误：{detail}", path=path, detail=error) from error


class _Section:
    """A part of a file, from which every key must be taken."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self._data = dict(data)
        self._where = where

    def take(self, key: str, otherwise: Any = ...) -> Any:
        if otherwise is ... and key not in self._data:
            raise KeyError(f"{self._where} 缺少 {key}")
        return self._data.pop(key, otherwise)

    def text(self, key: str, otherwise: Any = ...) -> str:
        return self._of(str, key, otherwise, "文字")

    def whole(self, key: str, otherwise: Any = ...) -> int:
        return self._of(int, key, otherwise, "整数")

    def flag(self, key: str, otherwise: T) -> bool | T:
        """Yes or no, or what is meant where nothing is said."""
        taken = self.take(key, otherwise)
        if taken is not otherwise and type(taken) is not bool:
            raise ValueError(f"{self._where} {key} 应为 true 或 false")
        return taken

    def texts(self, key: str, otherwise: Any = ...) -> tuple[str, ...]:
        """A list of texts."""
        return self._list(str, key, otherwise, "文字") or ()

    def alternatives(self, key: str) -> tuple[str, ...] | None:
        """The texts that a condition allows; None if it allows all."""
        return self._list(str, key, None, "文字")

    def wholes(self, key: str) -> tuple[int, ...]:
        return self._list(int, key, (), "整数") or ()

    def _list(self, kind: type[T], key: str, otherwise: Any, named: str) -> tuple[T, ...] | None:
        taken = self.take(key, otherwise)
        if taken is otherwise:
            return None if otherwise is None else tuple(otherwise)
        if not isinstance(taken, list) or not all(type(item) is kind for item in taken):
            raise ValueError(f"{self._where} {key} 应为一列{named}")
        return tuple(taken)

    def _of(self, kind: type[T], key: str, otherwise: Any, named: str) -> T:
        taken = self.take(key, otherwise)
        if type(taken) is not kind:
            raise ValueError(f"{self._where} {key} 应为{named}")
        return taken

    def parts(self, key: str) -> list["_Section"]:
        return [_Section(part, f"{self._where} {key}[{index}]") for index, part in enumerate(self.take(key))]

    def part(self, key: str) -> "_Section":
        return _Section(self.take(key, {}), f"{self._where} {key}")

    def choice(self, key: str, choices: tuple[str, ...], otherwise: str) -> str:
        chosen = str(self.take(key, otherwise))
        if chosen not in (*choices, otherwise):
            raise ValueError(f"{self._where} {key} = {chosen}，可选：{', '.join(choices)}")
        return chosen

    def number(self, key: str) -> Decimal:
        written = str(self.take(key))
        try:
            return Decimal(written)
        except InvalidOperation:
            raise ValueError(f"{self._where} {key} = {written}，应为数字") from None

    def end(self) -> None:
        if self._data:
            raise KeyError(f"{self._where} 有不认识的键 {', '.join(self._data)}")


def _edition(section: _Section) -> Edition:
    edition = Edition(
        place=section.text("place"),
        first_year=section.whole("first_year"),
        document_title=section.text("document_title"),
        amount_unit=section.choice("amount_unit", AMOUNT_UNITS, "万元"),
        nearly_level_percent=section.number("nearly_level_percent"),
        shares=_shares(section.part("shares")),
        tables=(),
    )
    tables = tuple(_table(part, edition.amount_unit) for part in section.parts("tables"))
    section.end()
    return edition._replace(tables=tables)


def _shares(section: _Section) -> dict[str, str]:
    """How shares of functions and of natures are rounded: raw, or plugged to add up to 100."""
    policies = {kind: section.choice(kind, ("raw", "plugged"), "raw") for kind in ("function", "nature")}
    section.end()
    return policies


def _table(section: _Section, amount_unit: str) -> TableForm:
    form = TableForm(
        number=section.whole("number"),
        title=section.text("title"),
        amount_unit=section.choice("amount_unit", AMOUNT_UNITS, amount_unit),
        sides=tuple(_side(part) for part in section.parts("sides")),
        where=_whole_condition(section.part("where")),
        empty_note=section.text("empty_note", ""),
        prints_amount_unit=section.flag("prints_amount_unit", otherwise=True),
        foot=section.whole("foot", 0),
    )
    section.end()
    return form


def _side(section: _Section) -> SideForm:
    headings = tuple(tuple(heading.split("/")) for heading in section.texts("headings"))
    form = SideForm(
        name=section.text("name", ""),
        heading=section.text("heading", ""),
        headings=headings,
        labels=_labels(section, len(headings)),
        columns=tuple(_column(part) for part in section.parts("columns")),
        rows=tuple(_row(part) for part in section.parts("rows")),
        where=_whole_condition(section.part("where")),
    )
    section.end()
    return form


def _labels(section: _Section, count: int) -> tuple[str, ...]:
    """What the labels say; without a word about it the last is the name, those before it the unit."""
    labels = section.texts("labels", ("unit",) * (count - 1) + ("name",))
    if len(labels) != count or not set(labels) <= set(LABELS):
        raise ValueError(f"labels = {labels}，应有 {count} 项，可选：{', '.join(LABELS)}")
    return labels


def _column(section: _Section) -> ColumnForm:
    form = ColumnForm(
        path=tuple(section.text("heading").split("/")),
        shows=section.choice("shows", SHOWS, "amount"),
        indicator=section.text("indicator", ""),
        where=_condition(section),
    )
    section.end()
    return form


def _row(section: _Section) -> RowForm:
    form = RowForm(
        name=section.text("name", ""),
        axis=section.choice("axis", AXES, ""),
        levels=section.wholes("levels"),
        level=section.whole("level", 0),
        sign=section.whole("sign", 1),
        where=_condition(section),
    )
    section.end()
    return form


def _whole_condition(section: _Section) -> Condition:
    condition = _condition(section)
    section.end()
    return condition


def _condition(section: _Section) -> Condition:
    *lists, last = CONDITIONS
    fund_source, origin, nature, economic = (section.alternatives(key) for key in lists)
    carried_out = section.flag(last, otherwise=None)
    return Condition(
        fund_source=None if fund_source is None else tuple(map(FundSource.of, fund_source)),
        origin=None if origin is None else tuple(map(Origin.of, origin)),
        nature=None if nature is None else tuple(map(Nature.of, nature)),
        economic=economic,
        carried_out=carried_out,
    )
