"""What the text claims of a change against last year: each such sentence, beside its comparison."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from events.money import Money, total
from events.vocabulary import Stage
from projections.checks.material import Material
from projections.checks.prose import (
    AMOUNT,
    EXPENDITURE_WORDS,
    GENERAL_WORDS,
    INCOME_WORDS,
    ITEM_SENTENCE,
    item_name,
    number,
    paragraphs,
    plain,
)
from projections.figures.comparison import THREE_PUBLIC_TOTAL, ComparedRow, compared

INCREASE, DECREASE = "增加", "减少"
RISE_OF = {INCREASE: "增长", DECREASE: "下降"}
CHANGE = re.compile(rf"比(?:上年|\d{{4}}年)\w{{0,6}}?(增加|减少)(?=\d)(?:{AMOUNT})?(?:，?(增长|下降))?(?:(\d[\d.]*)%)?")

# Words before this year's amount, and the line of a comparison the sentence is about.
LEADS = {
    "收入预算": INCOME_WORDS,
    "支出预算": EXPENDITURE_WORDS,
    "一般公共预算当年拨款": GENERAL_WORDS,
    THREE_PUBLIC_TOTAL: r"“三公”经费预算(?:数)?为?",
    "因公出国（境）费用": r"因公出国（境）费用?(?:\d{4}年)?预算(?:安排)?",
    "公务接待费": r"公务接待费(?:\d{4}年)?预算(?:安排)?",
    "公务用车购置及运行维护费": r"公务用车购置及运行(?:维护)?费(?:\d{4}年)?预算(?:安排)?",
    "公务用车购置费": r"公务用车购置支出",
    "公务用车运行维护费": r"公务用车运行维护费支出",
    "机关运行经费": r"机关运行经费(?:财政拨款)?预算",
}

TOTALS = ("收入预算", "支出预算", "一般公共预算当年拨款")  # also named without a comparison


class Change(NamedTuple):
    """A change in words: 增加 or 减少 how much, 增长 or 下降 by how many percent, as far as it says."""

    direction: str
    amount: Decimal | None
    rise: str
    percent: Decimal | None


class Claim(NamedTuple):
    """A sentence about one line of a comparison; ``text`` runs up to the next such sentence."""

    subject: str
    current: Decimal
    text: str
    row: ComparedRow

    @property
    def compares(self) -> bool:
        """Whether it speaks of last year at all."""
        return bool(re.search(r"持平|上年|年没有此项|比\d{4}年", self.text))

    @property
    def change(self) -> Change | None:
        """The change it states, if it states one."""
        return next(changes(self.text), None)


def changes(text: str) -> Iterator[Change]:
    """Every change against last year a text states."""
    for direction, amount, rise, share in CHANGE.findall(text):
        yield Change(direction, number(amount) if amount else None, rise, Decimal(share) if share else None)


def claims(material: Material) -> list[Claim]:
    """Every sentence of the text about a line that is compared with last year."""
    rows = _rows(material)
    found: list[Claim] = []
    for text in paragraphs(material):
        starts = sorted(_starts(text))
        ends = [*(start for start, _, _ in starts[1:]), len(text)]
        for (start, subject, current), end in zip(starts, ends, strict=False):
            claim = Claim(subject, current, text[start:end], rows[subject]) if subject in rows else None
            if claim and (claim.compares or subject not in TOTALS):
                found.append(claim)
    return found


def _starts(text: str) -> Iterator[tuple[int, str, Decimal]]:
    for subject, words in LEADS.items():
        for match in re.finditer(words + AMOUNT, text):
            yield match.start(), subject, number(match.groups()[-1])
    for match in re.finditer(ITEM_SENTENCE, text):
        *parts, amount = match.groups()
        yield match.start(), "/".join(parts), number(amount)


def _rows(material: Material) -> dict[str, ComparedRow]:
    """The lines of all comparisons by the subject a sentence names them with."""
    rows = {row.name: row for row in (*material.indicators.rows, *material.three_public.rows)}
    rows |= {plain(item_name(material, row.code)): row for row in material.general.rows if row.code}
    totals = {
        "收入预算": _income(material),
        "支出预算": material.functions.total,
        "一般公共预算当年拨款": material.general.total,
        THREE_PUBLIC_TOTAL: material.three_public.total,
    }
    return rows | {subject: row for subject, row in totals.items() if row}


def _income(material: Material) -> ComparedRow | None:
    """All income of the year, what leaves for the next year not taken off, against last year's execution."""
    base = material.functions.total.base if material.functions.total else None
    income = total(Money(amount.fen) for amount in material.budget if amount.stage is not Stage.CARRIED_OUT)
    return compared(None, "收入", income, base, material.edition.nearly_level_percent)
