"""Every cell of the eleven tables of both documents follows from the events."""

import pytest
from published_figures import is_figure, printed_table, published

from projections.documents.table_layout import table_grid
from projections.grid import Grid
from projections.reading.reader import Reader
from projections.reading.tables import tables

PRINTED = [(2023, number) for number in range(1, 12)] + [(2024, number) for number in range(1, 12) if number != 2]
NUMERIC_CELLS = 519


def rebuilt(sample: Reader, year: int, number: int) -> Grid:
    (table,) = tables(sample, published(year), [number])
    return table_grid(table)


def rows_of(grid: Grid) -> list[list[str]]:
    """Headings and body as printed: a heading stands in the first of the cells it spans."""
    headings = [[""] * grid.width for _ in grid.headings]
    for level, row in enumerate(grid.headings):
        for heading in row:
            headings[level][heading.column] = heading.text
    return headings + [[cell.printed for cell in row] for row in grid.body]


def without_targets(rows: list[list[str]]) -> list[list[str]]:
    """The prose of 绩效目标 is the unit's own and not among the figures."""
    column = rows[0].index("绩效目标")
    return [rows[0], *([*row[:column], *row[column + 1 :]] for row in rows[1:])]


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_a_rebuilt_table_equals_the_published_one_in_every_cell_blanks_included(sample, year, number):
    ours, theirs = rows_of(rebuilt(sample, year, number)), printed_table(year, number).rows
    if number == 11:
        ours, theirs = without_targets(ours), without_targets(theirs)
    assert ours == theirs


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_title_unit_and_note_are_those_of_the_published_table(sample, year, number):
    grid, printed = rebuilt(sample, year, number), printed_table(year, number)
    assert grid.title == f"表{number}：{printed.title}"
    assert grid.above == ("单位名称：杭州市总工会", f"单位：{printed.unit}" if printed.unit else "")
    assert list(grid.notes) == ([f"注：{printed.note}"] if printed.note else [])


def test_all_numeric_cells_of_both_documents_are_covered():
    cells = [cell for year, number in PRINTED for row in printed_table(year, number).rows for cell in row]
    assert sum(map(is_figure, cells)) == NUMERIC_CELLS


def test_the_2024_document_leaves_out_table_2_but_its_edition_yields_it(sample):
    income, expenditure = rebuilt(sample, 2024, 2), rebuilt(sample, 2024, 3)
    assert income.title == "表2：2024年市级单位收入预算总表"
    assert [row[1].text for row in income.body] == [row[1].text for row in expenditure.body]
    assert [row[0].text for row in income.body][1:] == [row[0].text for row in expenditure.body][1:]


def test_a_project_without_a_target_shows_none_and_every_project_of_the_sample_has_one(sample):
    (table,) = tables(sample, published(2024), [11])
    total, *projects = table.sides[0].rows
    assert total.cells[1] is None
    assert all(row.cells[1] for row in projects)
