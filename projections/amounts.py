"""Amounts in the unit an answer is given in."""

from decimal import Decimal

from events.money import Money
from projections.grid import GridCell


def in_unit(amount: Money, amount_unit: str) -> str:
    """An amount as a plain decimal string in 万元 or 元."""
    return amount.wan() if amount_unit == "万元" else amount.yuan()


def amount_cell(amount: Money | None, amount_unit: str) -> GridCell:
    """An amount in a grid; blank where there is none."""
    return GridCell("" if amount is None else in_unit(amount, amount_unit), is_amount=True)


def differs_in_print(change: Money, current: Money, base: Money, amount_unit: str) -> bool:
    """Whether a change, rounded for itself, is not what the two rounded amounts differ by."""
    printed, left, right = (Decimal(in_unit(amount, amount_unit)) for amount in (change, current, base))
    return printed != left - right


def amount_text(amount: Money | None, amount_unit: str) -> str | None:
    """An amount in JSON; null where there is none."""
    return None if amount is None else in_unit(amount, amount_unit)
