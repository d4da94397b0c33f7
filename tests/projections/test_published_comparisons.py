"""Every comparison of both documents, item by item, and the total that items alone do not reach."""

import pytest
from published_figures import printed_rows, published

from events.money import Money, total
from events.vocabulary import Basis
from projections.figures.comparison import ComparedRow, Status
from projections.reading.comparisons import compare_indicators, compare_subjects, compare_three_public
from projections.reading.reader import Reader

STATUSES = {
    "increase": Status.INCREASED,
    "decrease": Status.DECREASED,
    "level": Status.LEVEL,
    "nearly_level": Status.NEARLY_LEVEL,
}
NAMES = {
    "overseas": "因公出国（境）费用",
    "reception": "公务接待费",
    "vehicles": "公务用车购置及运行维护费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_running": "公务用车运行维护费",
    "comparable": "同口径",
    "operating_costs": "机关运行经费",
}
# What the documents print more coarsely, or call otherwise, than their own figures give.
COARSER = {(2023, "reception"): ("26", "25.93"), (2023, "operating_costs"): ("2.6", "2.57")}


def compared(sample: Reader, year: int) -> dict[str, ComparedRow]:
    """All comparisons of a document by subject."""
    question = published(year)
    subjects = compare_subjects(sample, question, Basis.EXECUTION)
    three_public = compare_three_public(sample, question)
    named = [*three_public.rows, *compare_indicators(sample, question).rows]
    return (
        {row.code: row for row in subjects.rows}
        | {token: row for token, name in NAMES.items() for row in named if row.name == name}
        | {"total": subjects.total, "sangong_total": three_public.total}
    )


def as_printed(text: str) -> str:
    return Money.from_wan(text.replace(",", "")).wan()


@pytest.mark.parametrize("year", [2023, 2024])
def test_every_printed_comparison_follows_from_the_events(sample, year):
    found = compared(sample, year)
    for printed in printed_rows("comparisons.tsv", year):
        row, key = found[printed["subject"]], (year, printed["subject"])
        assert STATUSES[printed["direction"]] is row.status, key
        if printed["subject"] != "comparable":  # the sentence repeats the total there
            assert row.current.wan() == as_printed(printed["current"]), key
        if printed["direction"] == "level":
            assert not row.change, key
            continue
        assert abs(row.change).wan() == as_printed(printed["change"]), key
        coarse, exact = COARSER.get(key, (printed["percent"], printed["percent"]))
        assert printed["percent"] == coarse
        assert row.percent.lstrip("-") == Money.from_wan(exact).wan(), key


def test_an_item_without_a_budget_this_year_is_listed_as_discontinued_with_its_base(sample):
    comparison = compare_subjects(sample, published(2024), Basis.EXECUTION)
    (lost,) = [row for row in comparison.rows if row.status is Status.DISCONTINUED]
    assert (lost.code, lost.base, lost.current) == ("2080199", Money.from_wan("56.00"), None)


@pytest.mark.parametrize(("year", "base"), [(2023, "9802.73"), (2024, "9398.85")])
def test_the_bases_of_items_and_discontinued_lines_add_up_to_the_total_base(sample, year, base):
    comparison = compare_subjects(sample, published(year), Basis.EXECUTION)
    assert total(row.base for row in comparison.rows) == comparison.total.base == Money.from_wan(base)


def test_a_comparison_that_looks_only_at_this_years_lines_would_miss_56(sample):
    comparison = compare_subjects(sample, published(2024), Basis.EXECUTION)
    continued = total(row.base for row in comparison.rows if row.current is not None)
    assert comparison.total.base - continued == Money.from_wan("56.00")


def test_subjects_compare_with_last_years_budget_too(sample):
    comparison = compare_subjects(sample, published(2024), Basis.BUDGET)
    assert comparison.total.base == Money.from_wan("10325.47")
    assert comparison.total.change == Money.from_wan("-299.21")


def test_a_restated_base_serves_this_years_comparison_and_leaves_last_years_figure_alone(sample):
    rows = {year: compare_indicators(sample, published(year)).rows for year in (2023, 2024)}
    current = {year: next(row for row in rows[year] if row.name == "机关运行经费") for year in rows}
    assert current[2023].current == Money.from_wan("731.98")
    assert current[2024].base == Money.from_wan("1039.76")
