"""Words that stand over answers, in the language of who reads them."""

from collections.abc import Callable, Iterable

from events.errors import Fault, fault
from projections.grid import GridCell, Headings, plain_headings

Translate = Callable[[Fault], str]


def of_whom(unit: str, amount_unit: str, translated: Translate) -> tuple[str, str]:
    """Whose figures these are, and in which unit."""
    return translated(fault("单位名称：{unit}", unit=unit)), in_which_unit(amount_unit, translated)


def headings(words: Iterable[str], translated: Translate) -> Headings:
    """A single row of our headings."""
    return plain_headings(*(translated(fault(word)) for word in words))


def own(word: str, translated: Translate) -> GridCell:
    """A cell with a word of ours. What was recorded, a name or a reason, stays as it was written."""
    return GridCell(translated(fault(word)) if word else "")


def in_which_unit(amount_unit: str, translated: Translate) -> str:
    """In which unit the figures are."""
    return translated(fault("单位：{unit}", unit=amount_unit))


ROUNDED_APART = fault("增减额由未舍入的数算出，再四舍五入；与所印两数之差可能差最后一位。")


def moment(recorded_at: str) -> str:
    """An instant as it is stored, to the second, as people read it."""
    return recorded_at[:19].replace("T", " ")
