"""Words that stand over answers, in the language of who reads them."""

from collections.abc import Callable, Iterable

from events.errors import Fault, fault
from projections.grid import GridCell, Headings, plain_headings

Told = Callable[[Fault], str]


def of_whom(unit: str, amount_unit: str, told: Told) -> tuple[str, str]:
    """Whose figures these are, and in which unit."""
    return told(fault("单位名称：{unit}", unit=unit)), in_which_unit(amount_unit, told)


def headings(words: Iterable[str], told: Told) -> Headings:
    """A single row of our headings."""
    return plain_headings(*(told(fault(word)) for word in words))


def own(word: str, told: Told) -> GridCell:
    """A cell with a word of ours. What was recorded, a name or a reason, stays as it was written."""
    return GridCell(told(fault(word)) if word else "")


def in_which_unit(amount_unit: str, told: Told) -> str:
    """In which unit the figures are."""
    return told(fault("单位：{unit}", unit=amount_unit))
