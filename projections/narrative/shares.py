"""Shares of a whole as printed: each rounded by itself, or the last one taking what is left to 100."""

from collections.abc import Sequence

from events.money import Money, decimal_text, half_up, total

HUNDRED = 100_00  # in hundredths of a percent


def shares(amounts: Sequence[Money], policy: str) -> list[str]:
    """One percentage per amount, to two decimals. ``plugged`` makes them add up to 100.00."""
    whole = total(amounts).fen
    if not whole:
        return ["0.00"] * len(amounts)
    sign = -1 if whole < 0 else 1
    parts = [half_up(sign * amount.fen * HUNDRED, abs(whole)) for amount in amounts]
    if policy == "plugged":
        parts[-1] = HUNDRED - sum(parts[:-1])
    return [decimal_text(part, 100) for part in parts]
