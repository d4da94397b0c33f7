"""Words that stand over answers, in the language of who reads them."""

from collections.abc import Callable

from events.errors import Fault, fault

Told = Callable[[Fault], str]


def of_whom(unit: str, amount_unit: str, told: Told) -> tuple[str, str]:
    """Whose figures these are, and in which unit."""
    return told(fault("单位名称：{unit}", unit=unit)), in_which_unit(amount_unit, told)


def in_which_unit(amount_unit: str, told: Told) -> str:
    """In which unit the figures are."""
    return told(fault("单位：{unit}", unit=amount_unit))
