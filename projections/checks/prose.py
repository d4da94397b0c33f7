"""The narrative as rules read it: sections by their headings, amounts behind their words."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from events.codes import lineage
from events.errors import Fault, fault
from events.money import Money
from projections.checks.material import Material, Narrative
from projections.checks.outcome import Lacking, NotApplicable
from projections.documents.document import Heading

PLACE = "narrative"
AMOUNT = r"(\d[\d,]*(?:\.\d+)?)万元"
ITEM_SENTENCE = rf"(?:（\d+）|\d+\.“)([^\u3002]+?)（类）([^\u3002]+?)（款）([^\u3002]+?)（项）(?:预算为|”科目){AMOUNT}"
INCOME_WORDS, EXPENDITURE_WORDS = r"收入预算", r"(?<!财政拨款)支出预算"
GENERAL_WORDS = r"年一般公共预算当年拨款"
TOTALS_SECTION, INCOME_SECTION = r"(?<!财政拨款)收支预算情况的总体说明", r"收入预算情况"
EXPENDITURE_SECTION, FISCAL_SECTION = r"(?<!基本)支出预算情况", r"财政拨款收支预算情况"
GENERAL_SECTION, BASIC_SECTION = r"一般公共预算当年拨款情况", r"基本支出情况"
_WIDTH = str.maketrans({"(": "（", ")": "）", " ": None, "\u3000": None})


class Listed(NamedTuple):
    """A name and its amount in 万元, as a sentence has them."""

    name: str
    amount: Decimal


def narrative(material: Material) -> Narrative:
    """The narrative; where there is none, the rule lacks what it looks at."""
    if isinstance(material.narrative, NotApplicable):
        raise Lacking(material.narrative.reason)
    return material.narrative


def plain(text: str) -> str:
    """A text with Chinese brackets and without blanks, so that only its words are compared."""
    return text.translate(_WIDTH)


def number(text: str) -> Decimal:
    """A printed number."""
    return Decimal(text.replace(",", ""))


def says(said: Decimal, amount: Money) -> bool:
    """Whether a printed number of 万元 is this amount, as sentences round it."""
    return said == Decimal(amount.wan())


def paragraphs(material: Material) -> list[str]:
    """The paragraphs of the narrative, plain."""
    return [plain(block.text) for block in narrative(material).blocks if not isinstance(block, Heading)]


def section(material: Material, heading: str) -> list[str]:
    """The paragraphs under the first heading that has these words, down to the next of its kind."""
    found, depth = list[str](), 0
    for block in narrative(material).blocks:
        if not isinstance(block, Heading):
            if depth:
                found.append(plain(block.text))
        elif depth and block.level <= depth:
            return found
        elif not depth and re.search(heading, plain(block.text)):
            depth = block.level
    if not depth:
        raise Lacking(fault("正文没有这条规则要看的一节。"))
    return found


def sentence(texts: list[str], words: str) -> str:
    """What follows these words, up to the end of the sentence."""
    for text in texts:
        if found := re.search(rf"{words}([^。]*)", text):
            return str(found.groups()[-1])
    raise Lacking(fault("正文没有这条规则要看的句子。"))


def listed(text: str) -> list[Listed]:
    """The names and amounts that a sentence puts one after another; 占…% behind them is passed over."""
    pairs = re.findall(rf"([^，；、：。]+?){AMOUNT}", text)
    return [Listed(re.sub(r"（类）(?:支出)?$", "", name), number(amount)) for name, amount in pairs]


def amounts_after(texts: list[str], words: str) -> Iterator[Decimal]:
    """Every amount that directly follows these words."""
    for text in texts:
        for found in re.finditer(words + AMOUNT, text):
            yield number(found.groups()[-1])


def differences(where: Fault, said: list[Listed], expected: list[tuple[str, Money]]) -> list[Fault]:
    """Faults where a list in the text and the rows it repeats do not have the same names, amounts and order."""
    wanted, given = dict(expected), dict(said)
    names = [plain(name) for name, _ in expected]
    missing = [name for name in names if name not in given]
    surplus = [name for name, _ in said if name not in names]
    faults = [fault("正文{where}没有写“{name}”。", where=where, name=name) for name in missing]
    faults += [fault("正文{where}写了表中没有的“{name}”。", where=where, name=name) for name in surplus]
    for name, amount in wanted.items():
        if plain(name) in given and not says(given[plain(name)], amount):
            what = fault("{where}“{name}”", where=where, name=name)
            faults.append(wrong_amount(what, given[plain(name)], amount))
    if not faults and [name for name, _ in said] != names:
        faults.append(fault("正文{where}的次序或次数与表不同。", where=where))
    return faults


def wrong_amount(what: Fault, said: Decimal, amount: Money) -> Fault:
    """A fault for an amount the text has otherwise than the tables."""
    return fault("正文{what}为 {said}万元，表中为 {amount}。", what=what, said=said, amount=amount)


def subject_name(material: Material, code: str) -> str:
    """What the text calls a 科目."""
    return material.names.subject(code, PLACE)


def item_name(material: Material, code: str) -> str:
    """A 项 as the text introduces it: 类/款/项."""
    return "/".join(subject_name(material, part) for part in lineage(code))


def items_said(texts: list[str]) -> list[Listed]:
    """Every 项 the text gives an amount, under 类/款/项."""
    found = (groups for text in texts for groups in re.findall(ITEM_SENTENCE, text))
    return [Listed("/".join(groups[:-1]), number(groups[-1])) for groups in found]


def listing(parts: Iterable[Fault]) -> Fault:
    """Several phrases as one."""
    return reduce(lambda first, rest: fault("{first}、{rest}", first=first, rest=rest), parts)
