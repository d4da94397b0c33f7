"""Charts as values: what is drawn, not how. Amounts are exact; a sign always stands beside a colour."""

from dataclasses import dataclass
from typing import NamedTuple

from events.money import Money


class Bar(NamedTuple):
    """A step of a waterfall. A total stands on the ground; any other step hangs on the one before."""

    label: str
    amount: Money
    is_total: bool = False


class Pair(NamedTuple):
    """One 科目 this year and last."""

    label: str
    current: Money
    base: Money


class Share(NamedTuple):
    """One part of a whole."""

    label: str
    amount: Money


@dataclass(frozen=True)
class Waterfall:
    """年初 → 调整 → 变动后 → 执行."""

    title: str
    amount_unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class PairedBars:
    """A year against the one before, by 科目."""

    title: str
    amount_unit: str
    names: tuple[str, str]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Treemap:
    """Where the money goes."""

    title: str
    amount_unit: str
    shares: tuple[Share, ...]


Chart = Waterfall | PairedBars | Treemap
