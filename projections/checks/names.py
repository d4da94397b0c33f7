"""What things are called: 科目 in the tables, the text and the catalogue, and the lists the text makes of them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from events.codes import is_economic
from events.errors import Fault, fault
from events.money import Money
from projections.checks.cells import money, plain_label, sheet
from projections.checks.material import Material
from projections.checks.outcome import NotApplicable
from projections.checks.places import CLASS, Column, Label, Role
from projections.checks.prose import (
    AMOUNT,
    BASIC_SECTION,
    TOTALS_SECTION,
    Listed,
    differences,
    listing,
    paragraphs,
    plain,
    section,
    sentence,
    subject_name,
)

UNIT_HEADING = ("单位名称",)  # of the tables whose rows are units or projects, not 科目


def names_agree(material: Material) -> list[Fault]:
    """类, 款 and 项 are called in the tables and in the text what the year's catalogue calls them."""
    places: dict[tuple[str, str], list[Fault]] = {}
    for code, name, place in printed_names(material):
        places.setdefault((code, name), []).append(place)
    official = {code: material.names.catalogue.of_year(code, material.year) for code, _ in places}
    return [
        fault(
            "科目 {code} 在{places}印作“{name}”，{year} 年目录为“{official}”。",
            code=code,
            places=listing(found),
            name=name,
            year=material.year,
            official=known.name,
        )
        for (code, name), found in sorted(places.items())
        if (known := official[code]) and plain(name) != plain(known.name)
    ]


def economic_names_agree(material: Material) -> list[Fault]:
    """The 经济科目 named in the text are T6's rows with an amount, in its order."""
    found, texts = sheet(material, Role.BASIC), section(material, BASIC_SECTION)
    faults: list[Fault] = []
    for nature, heading in (("人员经费", Column.PERSONNEL), ("公用经费", Column.OPERATING)):
        column = found.column(heading)
        codes = [row.code for row in found.at_level(2) if row.code and money(row.cells[column])]
        expected = [subject_name(material, code) for code in codes]
        said = _names(sentence(texts, rf"{nature}{AMOUNT}，主要包括：")) if codes else []
        faults += same_list(fault("{nature}主要包括", nature=nature), said, expected)
    return faults


def lists_agree(material: Material) -> list[Fault]:
    """收入包括 and 支出包括 name what has an amount in T1."""
    income, expenditure = sheet(material, Role.TOTALS, "收入"), sheet(material, Role.TOTALS, "支出")
    texts = section(material, TOTALS_SECTION)
    rows = income.rows(rf"{Label.BUDGETS}|{Label.OTHER_SOURCES}|{Label.CARRIED_IN}")
    labels = [plain_label(row) for row in rows if income.spot(row, 0).amount]
    sources = [re.sub(r"（.*）|结余$", "", label) for label in labels]
    said = _names(sentence(texts, r"收入包括：").split("；")[0])
    bare = {name: re.sub(r"(?:拨款)?收入$", "", name) for name in said}
    incomes = [bare[name] if bare[name] in sources else name for name in said]
    classes = [code for code in expenditure.codes(CLASS) if expenditure.of_code(code).amount]
    return [
        *same_list(fault("收入包括"), incomes, sources),
        *same_list(
            fault("支出包括"),
            _names(sentence(texts, r"支出包括：")),
            [subject_name(material, code) for code in classes],
        ),
    ]


def same_list(where: Fault, said: list[str], expected: list[str]) -> list[Fault]:
    """Faults where names in the text are not those of the rows, or not in their order."""
    nothing = Money(0)
    return differences(where, [Listed(name, Decimal(0)) for name in said], [(name, nothing) for name in expected])


def printed_names(material: Material) -> Iterator[tuple[str, str, Fault]]:
    """Every functional 科目 with a name it is printed under, and where: the tables, then the text."""
    codes: set[str] = set()
    for table in material.tables:
        rows = [row for side in table.sides if side.headings[0] != UNIT_HEADING for row in side.rows if row.code]
        for row in (row for row in rows if not is_economic(row.code or "")):
            codes.add(row.code or "")
            yield row.code or "", row.labels[-1], fault("表{table}", table=table.number)
    if isinstance(material.narrative, NotApplicable):
        return
    text = "".join(paragraphs(material))
    for code in sorted(codes):
        if plain(subject_name(material, code)) in text:
            yield code, subject_name(material, code), fault("正文")


def _names(text: str) -> list[str]:
    return [name for name in text.split("、") if name]
