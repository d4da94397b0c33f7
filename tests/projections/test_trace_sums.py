"""Every figure of both published documents, taken apart, adds up to what was printed."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from published_figures import is_figure, printed_rows, printed_table, published
from traced_cells import trace_cells

from events.errors import WrongUsage
from events.money import Money, percent, total
from events.vocabulary import Basis, Measure
from projections.figures.table import cells_of
from projections.places import FOLDER
from projections.reading.reader import Reader
from projections.reading.tables import tables
from projections.tracing.cells import Pointer, trace_cell
from projections.tracing.rows import COMPARISONS, STATUS, Compared, trace_comparison, trace_status
from projections.tracing.sentences import chosen, sentences, trace_sentences
from projections.tracing.trace import Traced

PRINTED = [(2023, number) for number in range(1, 12)] + [(2024, number) for number in range(1, 12) if number != 2]
NAMES = {
    "total": ("function", "合计"),
    "sangong_total": ("sangong", "“三公”经费"),
    "overseas": ("sangong", "因公出国（境）费用"),
    "reception": ("sangong", "公务接待费"),
    "vehicles": ("sangong", "公务用车购置及运行维护费"),
    "vehicle_purchase": ("sangong", "公务用车购置费"),
    "vehicle_running": ("sangong", "公务用车运行维护费"),
    "comparable": ("sangong", "同口径"),
    "operating_costs": ("indicator", "机关运行经费"),
}


def added_up(traced: Traced) -> Money:
    return total(item.value for item in traced.contributions)


def as_printed(text: str) -> str:
    return Money.from_wan(text.replace(",", "")).wan()


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_the_lines_behind_every_printed_cell_add_up_to_it(sample, year, number):
    cells = [traced for _, traced in trace_cells(sample, published(year), [number]) if traced.value is not None]
    sums = Counter(added_up(traced).wan() for traced in cells if isinstance(traced.value, Money))
    printed = [cell for row in printed_table(year, number).rows for cell in row]
    assert sums == Counter(as_printed(cell) for cell in printed if is_figure(cell))


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_events_of_both_years_behind_every_printed_comparison_add_up_to_it(sample, year):
    for printed in printed_rows("comparisons.tsv", year):
        by, row = NAMES.get(printed["subject"], ("function", printed["subject"]))
        compared = Compared(by, Basis.EXECUTION)
        (current,), (base,), (change,) = (
            trace_comparison(sample, published(year), compared, row, column) for column in ("本年", "base", "增减额")
        )
        rate, *parts = trace_comparison(sample, published(year), compared, row, "增减%")
        assert (rate.value, rate.made_of) == (percent(added_up(change), added_up(base)), (change.name, base.name))
        assert parts == [change, base]
        if printed["subject"] != "comparable":  # the sentence repeats the total there
            assert added_up(current).wan() == as_printed(printed["current"])
        assert abs(added_up(change)).wan() == as_printed(printed["change"] or "0")
        assert added_up(change) == added_up(current) - added_up(base)
        assert {item.year for item in base.contributions} <= {year - 1}


def test_an_execution_of_the_year_before_counts_against_a_change(sample):
    (traced,) = trace_comparison(sample, published(2024), Compared("function", Basis.EXECUTION), "2080199", None)
    (gone,) = traced.contributions
    assert (gone.event.title, gone.year, gone.value) == ("执行数", 2023, Money.from_wan("-56"))


def test_a_restated_base_is_traced_to_the_event_that_restates_it_and_its_reason(sample):
    compared = Compared("indicator", Basis.BUDGET)
    (traced,) = trace_comparison(sample, published(2024), compared, "机关运行经费", "上年预算数")
    (base,) = traced.contributions
    assert base.event.event_id.startswith("101/2024/")
    assert base.year == 2023
    assert "口径" in base.event.reason


@pytest.mark.parametrize("row", ["2012901", "201", "合计"])
def test_how_a_year_stands_is_traced_column_by_column(sample, row):
    question = published(2023, Measure.CURRENT)
    traced = {name: trace_status(sample, question, row, name) for name in STATUS}
    rate, *parts = traced.pop("执行率%")
    assert parts == [*traced["执行"], *traced["变动后"]]
    columns = {name: added_up(figure) for name, (figure,) in traced.items()}
    assert rate.value == percent(columns["执行"], columns["变动后"])
    assert columns["变动后"] == columns["年初"] + columns["追加/追减"] + columns["调剂"] + columns["结转"]
    assert columns["结余"] == columns["变动后"] - columns["执行"]


def test_an_explicit_nothing_is_a_blank_with_the_event_that_says_so(sample):
    traced = trace_cell(sample, published(2024), 7, Pointer(None, "合计", "因公出国（境）费用"))
    assert traced.value is None
    (said,) = traced.contributions
    assert (said.event.title, said.value, said.key.economic_code) == ("年初批复", Money(0), "30212")


def test_a_blank_that_nobody_said_anything_about_has_no_events(sample):
    traced = trace_cell(sample, published(2024), 7, Pointer(None, "合计", "公务用车购置费"))
    assert (traced.value, traced.contributions) == (None, ())


def test_a_target_is_traced_to_the_event_that_set_it(sample):
    targets = [
        traced
        for place, traced in trace_cells(sample, published(2024), [11])
        if place.column == "绩效目标" and traced.value
    ]
    assert targets
    for traced in targets:
        (said,) = traced.contributions
        assert (said.event.type, said.value, said.line) == ("PerformanceTargetSet", traced.value, None)


def test_every_contribution_names_its_line_with_its_hash_and_document(sample: Reader):
    records = {record.event_id: record for record in sample.store.read_bucket()}
    for _, traced in trace_cells(sample, published(2024)):
        for item in traced.contributions:
            record = records[item.event.event_id]
            assert (item.event.hash, item.event.recorded_at) == (record.hash, record.recorded_at)
            assert item.line is None or item.event.document.number
    traced = trace_cell(sample, published(2024), 5, Pointer(None, "2012901", "公用经费"))
    for item in traced.contributions:
        assert f'/{item.key.function_code}/{item.key.nature}/{item.key.economic_code}"' in record_line(records, item)


def record_line(records, item) -> str:
    """A line of a stored payload, counted from 1."""
    lines = re.findall(r"\[[^][]*\]", records[item.event.event_id].payload)
    return lines[item.line - 1]


FIGURES = re.compile(r"([\d,]+(?:\.\d+)?)(万元|%|辆|台)")


@pytest.mark.parametrize("year", [2023, 2024])
def test_every_amount_and_percentage_a_sentence_took_from_the_ledger_is_traced(sample, year):
    for one in sentences(sample, published(year)):
        read = [number for number, _ in FIGURES.findall(re.sub("[0-9]+万元以上", "", one.sentence.text))]
        assert [figure.printed.removesuffix("万元") for figure in one.figures] == read
        for traced in trace_sentences(sample, published(year), [one]):
            if isinstance(traced.value, Money):
                assert added_up(traced) == traced.value


def test_a_percentage_is_shown_beside_the_two_amounts_it_was_divided_from(sample):
    (one,) = chosen(sentences(sample, published(2024)), "“三公”经费预算数为")
    found = {traced.name: traced for traced in trace_sentences(sample, published(2024), [one])}
    share = found["三公", "合计", "比较", "百分比"]
    part, whole = (found[name].value for name in share.made_of)
    assert (share.value, part, whole) == ("77.31", Money.from_wan("20.10"), Money.from_wan("26.00"))


def test_a_number_of_things_is_traced_to_what_states_each(sample):
    (one,) = chosen(sentences(sample, published(2024)), "50万元以上通用设备")[:1]
    for traced in trace_sentences(sample, published(2024), [one]):
        assert sum(item.value for item in traced.contributions) == traced.value


@pytest.mark.parametrize("by", COMPARISONS)
def test_a_row_that_is_not_there_is_answered_with_those_there_are(sample, by):
    with pytest.raises(WrongUsage, match="没有行“没有”，可选："):
        trace_comparison(sample, published(2024), Compared(by, Basis.EXECUTION), "没有", None)


def test_the_tables_and_sentences_of_another_place_are_traced_by_the_same_code(sample):
    elsewhere = replace(sample, forms=FOLDER / "shanghai")
    cells = [traced for _, traced in trace_cells(elsewhere, published(2024)) if isinstance(traced.value, Money)]
    assert cells
    assert all(added_up(traced) == traced.value for traced in cells)
    listed = sentences(elsewhere, published(2024))
    assert len(list(trace_sentences(elsewhere, published(2024), listed))) > len(listed)


def test_no_two_cells_of_any_table_are_called_the_same(sample):
    for place in ("hangzhou", "shanghai"):
        made = tables(replace(sample, forms=FOLDER / place), published(2024))
        cells = [cell for table in made for side in table.sides for row in side.rows for cell in row.cells]
        assert len(cells_of(made)) == len(cells)
