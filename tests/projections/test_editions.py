"""A place's tables are files: two editions of one, one of another, and what a wrong file is told."""

from dataclasses import replace

import pytest
from published_figures import published

from events.errors import WrongUsage
from events.money import Money
from projections.documents.document import Heading, Paragraph
from projections.edition import edition_for, read_edition
from projections.figures.table import Row, Table
from projections.places import DEFAULT, FOLDER, forms_folder
from projections.publishing.publication import document_of, edition_digest
from projections.reading.reader import Reader
from projections.reading.tables import tables

SHANGHAI = [
    "财务收支预算总表",
    "收入预算总表",
    "支出预算总表",
    "财政拨款收支预算总表",
    "一般公共预算支出功能分类预算表",
    "政府性基金预算支出功能分类预算表",
    "国有资本经营预算支出功能分类预算表",
    "一般公共预算基本支出部门预算经济分类预算表",
    "“三公”经费和机关运行经费预算表",
]


@pytest.fixture
def elsewhere(sample: Reader) -> Reader:
    return replace(sample, forms=FOLDER / "shanghai")


def row(table: Table, name: str, side: int = 0) -> Row:
    return next(row for row in table.sides[side].rows if row.labels[-1] == name)


@pytest.mark.parametrize(("year", "edition"), [(2019, 2023), (2023, 2023), (2024, 2024), (2031, 2024)])
def test_a_year_is_printed_on_the_latest_forms_that_were_in_force(year, edition):
    assert edition_for(year, FOLDER / DEFAULT).first_year == edition


def test_another_city_prints_nine_tables_of_its_own(elsewhere):
    titles = [table.title for table in tables(elsewhere, published(2024))]
    assert titles == [f"2024年预算单位{title}" for title in SHANGHAI]


def test_another_city_counts_in_yuan_and_its_last_table_in_wan(elsewhere):
    units = [table.amount_unit for table in tables(elsewhere, published(2024))]
    assert units == ["元"] * 8 + ["万元"]


def test_both_cities_count_the_same_money(sample, elsewhere):
    here, there = (tables(reader, published(2024), [5])[0] for reader in (sample, elsewhere))
    assert row(here, "合计").cells[0] == row(there, "合计").cells[0] == Money.from_wan("10026.26")
    assert row(here, "行政运行").cells[1] == row(there, "行政运行").cells[1] == Money.from_wan("5143.23")


def test_another_city_prints_codes_apart_by_class_group_and_item(elsewhere):
    (table,) = tables(elsewhere, published(2024), [3])
    assert row(table, "行政运行").labels == ("201", "29", "01", "行政运行")
    assert row(table, "群众团体事务").labels == ("201", "29", "", "群众团体事务")


def test_a_column_may_show_an_indicator_beside_sums_of_lines(elsewhere):
    (table,) = tables(elsewhere, published(2024), [9])
    cells = row(table, "杭州市总工会").cells
    assert (cells[0], cells[-1]) == (Money.from_wan("5.90"), Money.from_wan("1017.26"))


def test_another_city_says_it_in_its_own_sentences_in_wan(elsewhere):
    texts = [block.text for block in document_of(elsewhere, published(2024)).blocks if isinstance(block, Paragraph)]
    said = "2023年当年预算执行数为9,398.85万元，2024年预算安排为10,026.26万元，比2023年预算执行数增加6.68%"
    assert any(said in text for text in texts)


def test_headings_of_another_city_are_its_own(elsewhere):
    document = document_of(elsewhere, published(2024))
    assert [block.text for block in document.headings if block.level == 1][:2] == [
        "一、单位主要职能",
        "二、单位机构设置",
    ]
    assert all(isinstance(heading, Heading) for heading in document.headings)


def test_the_digest_of_an_edition_changes_with_any_of_its_files(tmp_path):
    for file in (FOLDER / "hangzhou").iterdir():
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    before = edition_digest(tmp_path, 2024)
    assert before == edition_digest(FOLDER / "hangzhou", 2024)
    words = tmp_path / "words.md"
    words.write_text(words.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert edition_digest(tmp_path, 2024) != before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("colour = 'red'", "不认识的键 colour"),
        ("nearly_level_percent = 'few'", "few"),
        ("amount_unit = '角'", "角"),
        ("tables = [{ number = 1 }]", "缺少 title"),
        ("tables = [{ number = 1, title = 'x', prints_amount_unit = 'false', sides = [] }]", "应为 true 或 false"),
        ("this is not toml", "line 7"),
    ],
)
def test_a_wrong_forms_file_is_told_by_name_and_by_what_is_wrong(tmp_path, line, told):
    whole = "place = 'x'\nfirst_year = 2024\ndocument_title = 'x'\nnearly_level_percent = '0'\namount_unit = '元'\ntables = []\n"
    key = line.split(" =")[0]
    kept = [text for text in whole.splitlines() if not text.startswith(f"{key} ")]
    file = tmp_path / "2024.toml"
    file.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
    with pytest.raises(WrongUsage) as refused:
        read_edition(file)
    assert "2024.toml" in str(refused.value)
    assert told in str(refused.value)


def test_a_draft_beside_the_forms_is_not_taken_for_a_year(tmp_path):
    for name in ("2024.toml", "2024-old.toml", "20x.toml", "20240.toml"):
        (tmp_path / name).write_bytes((FOLDER / "hangzhou" / "2024.toml").read_bytes())
    assert edition_for(2031, tmp_path) == edition_for(2024, FOLDER / "hangzhou")


def test_a_place_nobody_knows_is_told_with_those_there_are():
    with pytest.raises(WrongUsage, match="hangzhou、shanghai"):
        forms_folder("atlantis")
