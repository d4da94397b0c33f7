"""Open data: exact amounts in 元, a package that outside tools accept, JSON in the shape of the command line."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from functools import cache

import pytest
from frictionless import Package, validate
from web_words import CHARTS, PRINTED, TRICKY, YEARS, assert_the_same_everywhere, document, sample

from commands.demo.story import UNIT
from events.money import Money
from events.vocabulary import Measure
from projections import formats
from projections.documents.document import Document, TableBlock
from projections.documents.table_layout import table_grid, table_json
from projections.formats import csv as open_data
from projections.formats.csv import sheet_of
from projections.places import FOLDER
from projections.reading.reader import Question
from projections.reading.tables import tables

# Fiscal Data Package 1.0, budget standard taxonomy: the names used here.
TAXONOMY = {
    *(f"functional-classification:generic:{part}" for part in ("code", "label")),
    *(f"economic-classification:generic:{part}" for part in ("code", "label")),
    *(f"administrative-classification:generic:{part}" for part in ("code", "label")),
    *(f"activity:generic:project:{part}" for part in ("code", "label")),
    *("value", "value-currency:code", "date:fiscal-year", "phase:id", "phase:label", "direction"),
}


@cache
def files(year, form="csv"):
    return formats.write(document(year), form)


def table(year, number):
    return next(block.table for block in document(year).tables if block.table.number == number)


def records(year, number):
    text = files(year)[f"data/table-{number:02}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def package(year):
    return json.loads(files(year)["datapackage.json"])


def resource(year, number):
    return package(year)["resources"][number - 1]


def fields(year, number):
    return {field["name"]: field for field in resource(year, number)["schema"]["fields"]}


def types(year, number):
    return {name: field["columnType"] for name, field in fields(year, number).items() if "columnType" in field}


def put_down(contents, folder):
    for name, content in contents.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return str(folder / "datapackage.json")


def amount(text):
    return Money.from_yuan(text) if text else None


@cache
def elsewhere():
    """A document of another city: nine tables, most of them in 元."""
    reader = replace(sample(), forms=FOLDER / "shanghai")
    here = document(2024)
    made = tables(reader, Question(UNIT.unit, 2024, Measure.INITIAL, here.evidence.cut))
    return Document(
        here.unit, 2024, here.title, here.evidence, tuple(TableBlock(table, table_grid(table)) for table in made)
    )


def test_there_is_a_file_for_every_table_and_one_that_describes_them():
    assert list(files(2024)) == ["datapackage.json", *(f"data/table-{number:02}.csv" for number in range(1, 12))]


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_a_table_read_back_has_the_exact_amounts_of_every_cell(year, number):
    rows = [(side, row) for side in table(year, number).sides for row in side.rows]
    for record, (side, row) in zip(records(year, number), rows, strict=True):
        for path, cell in zip(side.columns, row.cells, strict=True):
            text = record["/".join(path)]
            assert (text or None if isinstance(cell, str) else amount(text)) == cell


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_every_row_has_its_code_level_and_name(year, number):
    rows = [row for side in table(year, number).sides for row in side.rows]
    read = [(record["code"] or None, int(record["level"]), record["name"]) for record in records(year, number)]
    assert read == [(row.code, row.level, row.labels[-1]) for row in rows]


def test_amounts_are_plain_decimals_of_yuan_to_the_cent():
    assert records(2024, 5)[3] == {
        "row": "4",
        "code": "2012901",
        "level": "3",
        "name": "行政运行",
        "合计": "51432300.00",
        "基本支出/小计": "51432300.00",
        "基本支出/人员经费": "41268700.00",
        "基本支出/公用经费": "10163600.00",
        "项目支出": "",
    }


def test_an_amount_finer_than_the_printed_table_keeps_every_cent():
    (side,) = table(2024, 5).sides
    row = side.rows[0]._replace(cells=(Money(-123456789), *[None] * 4))
    fine = replace(table(2024, 5), sides=(side._replace(rows=(row,)),))
    assert sheet_of(fine).rows == [["1", "", "0", "合计", "-1234567.89", "", "", "", ""]]


def test_the_sides_of_a_table_stand_below_each_other():
    sides = [record["side"] for record in records(2024, 1)]
    assert sides == ["收入"] * 13 + ["支出"] * 7
    assert [int(record["row"]) for record in records(2024, 1)] == list(range(1, 21))
    assert "side" not in records(2024, 5)[0]


def test_a_project_stands_beside_its_unit():
    project = records(2024, 11)[1]
    assert (project["单位名称"], project["name"]) == ("杭州市总工会", "春风行动及退休人员生活补贴")
    assert project["绩效目标"].startswith("为困难群众")


@pytest.mark.parametrize("year", YEARS)
def test_files_are_utf_8_without_mark_and_have_one_heading_row(year):
    for name, content in files(year).items():
        text = content.decode()
        assert not text.startswith("\ufeff")
        if name.endswith(".csv"):
            assert text.endswith("\r\n")
            assert text.split(",")[0] == "row"


@pytest.mark.parametrize("year", YEARS)
def test_frictionless_finds_nothing_wrong(year, tmp_path):
    report = validate(put_down(files(year), tmp_path))
    assert report.valid, report.flatten(["message"])
    assert report.stats == {**report.stats, "tasks": 11, "errors": 0, "warnings": 0}


def test_frictionless_accepts_the_tables_of_another_city(tmp_path):
    report = validate(put_down(open_data.write(elsewhere()), tmp_path))
    assert report.valid, report.flatten(["message"])
    assert report.stats["tasks"] == 9


def test_frictionless_notices_a_changed_figure(tmp_path):
    changed = dict(files(2024))
    changed["data/table-05.csv"] = changed["data/table-05.csv"].replace(b"51432300.00", b"51432300.01")
    report = validate(put_down(changed, tmp_path))
    assert {kind for (kind,) in report.flatten(["type"])} == {"hash-count"}


def test_frictionless_reads_amounts_as_numbers_and_codes_as_text(tmp_path):
    sheet = Package(put_down(files(2024), tmp_path)).get_resource("table-05").read_rows()[3]
    assert str(sheet["合计"]) == "51432300.00"
    assert sheet["code"] == "2012901"
    assert sheet["项目支出"] is None


@pytest.mark.parametrize("year", YEARS)
def test_a_hash_and_a_size_stand_beside_every_file(year):
    for described in package(year)["resources"]:
        content = files(year)[described["path"]]
        assert described["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert described["bytes"] == len(content)


def test_the_package_says_what_it_is_whose_and_as_of_when():
    described = package(2024)
    assert described["name"] == "budget-101-2024"
    assert described["title"] == "杭州市总工会2024年度单位预算"
    assert described["created"] == "2024-02-28T15:59:59Z"
    assert described["contributors"] == [{"title": "杭州市总工会", "role": "publisher"}]
    assert document(2024).evidence.ledger_digest in described["sources"][0]["title"]
    assert described["evidence"]["cut"]["digest"] == document(2024).evidence.ledger_digest
    assert "licenses" not in described


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, {"side": "direction"}),
        (5, {"code": "functional-classification:generic:code", "name": "functional-classification:generic:label"}),
        (6, {"code": "economic-classification:generic:code", "name": "economic-classification:generic:label"}),
        (
            7,
            {
                "code": "administrative-classification:generic:code",
                "name": "administrative-classification:generic:label",
            },
        ),
        (
            10,
            {
                "code": "activity:generic:project:code",
                "单位名称": "administrative-classification:generic:label",
                "name": "activity:generic:project:label",
            },
        ),
    ],
)
def test_columns_say_what_they_classify(number, expected):
    assert types(2024, number) == expected


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_column_types_are_those_of_the_taxonomy_each_at_most_once(year, number):
    schema = resource(year, number)["schema"]
    used = [field["columnType"] for field in [*schema["fields"], *schema["extraFields"]] if "columnType" in field]
    assert set(used) <= TAXONOMY
    assert len(used) == len(set(used))


@pytest.mark.parametrize(("year", "number"), PRINTED)
def test_every_amount_column_is_a_bare_number_and_names_what_it_becomes(year, number):
    described = fields(year, number)
    columns = [path for side in table(year, number).sides for path in side.columns if path != ("绩效目标",)]
    for name in map("/".join, columns):
        assert described[name]["type"] == "number"
        assert described[name]["bareNumber"] is True
        assert described[name]["normalize"] == {"column": name}


def test_a_target_is_a_text():
    assert fields(2024, 11)["绩效目标"]["type"] == "string"


def test_what_is_the_same_in_all_rows_is_said_once():
    constants = {field["name"]: field.get("constant") for field in resource(2024, 5)["schema"]["extraFields"]}
    assert constants == {
        "amount": None,
        "column": None,
        "currency": "CNY",
        "fiscal_year": 2024,
        "phase": "initial",
        "phase_label": "年初预算数",
        "unit_code": "101",
        "unit_name": "杭州市总工会",
    }


def test_the_note_of_an_empty_table_is_in_its_description():
    assert "故本表无数据" in resource(2024, 8)["description"]
    assert records(2024, 8) == []


@pytest.mark.parametrize("year", YEARS)
def test_tables_as_json_have_the_shape_of_the_command_line(year):
    digest = document(year).evidence.ledger_digest
    expected = [table_json(block.table, digest) for block in document(year).tables]
    assert json.loads(files(year, "json")["tables.json"]) == expected
    assert [one["table"] for one in expected] == list(range(1, 12))


def test_the_document_as_json_has_every_block_in_its_place():
    read = json.loads(files(2024, "json")["document.json"])
    assert [block["kind"] for block in read["blocks"]] == [
        *("heading", "paragraph", "heading", "heading", "paragraph", "heading", "paragraph", "heading"),
        *(["table"] * 11),
        *("heading", "chart", "chart", "chart"),
    ]
    assert read["blocks"][6]["text"] == TRICKY
    assert read["blocks"][12] == {"kind": "table", "table": 5, "title": "表5：2024年市级单位一般公共预算支出预算表"}
    assert read["unit"] == {"code": "101", "name": "杭州市总工会"}


def test_charts_as_json_are_their_figures():
    blocks = json.loads(files(2024, "json")["document.json"])["blocks"][-3:]
    assert [block["title"] for block in blocks] == [chart.title for chart in CHARTS]
    assert [block["chart"] for block in blocks] == ["waterfall", "paired_bars", "treemap"]
    assert blocks[0]["bars"][2] == {"label": "调剂", "amount": "-310.27", "is_total": False}
    assert blocks[1]["names"] == ["2024年预算", "2023年执行数"]
    assert blocks[1]["pairs"][0] == {"label": "行政运行", "current": "5143.23", "base": "4772.14"}
    assert blocks[2]["shares"][0] == {"label": "行政运行", "amount": "5143.23"}


def test_the_evidence_is_in_the_json():
    evidence = json.loads(files(2024, "json")["document.json"])["evidence"]
    assert evidence["cut"] == {
        "as_of": "2024-02-28",
        "known_at": "2024-02-28T15:59:59.999999Z",
        "digest": document(2024).evidence.ledger_digest,
    }
    assert evidence["edition"] == "hangzhou/2024"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_same_document_is_the_same_bytes_everywhere(form):
    assert_the_same_everywhere(form)
