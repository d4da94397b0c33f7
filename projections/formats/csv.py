"""The tables as open data: one CSV file each, for machines, and a Fiscal Data Package that describes them.

Amounts are exact, in 元. The sides of a two-sided table stand below each other, with a column that
tells them apart. Column types are those of the Fiscal Data Package 1.0 where they fit; every amount
column says what it becomes when all are put into one.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from events.money import Money
from events.record import digest_of_bytes
from projections.documents.document import Document, TableBlock
from projections.figures.table import Cell, Row, Side, Table
from projections.renderers.json_form import dump

Json = dict[str, Any]
Path = tuple[str, ...]

# What the names in a column are, by a part of its heading; the first that is found counts.
CLASSIFICATIONS = {
    "经济": "economic-classification:generic",
    "功能": "functional-classification:generic",
    "项目名称": "activity:generic:project",
    "单位": "administrative-classification:generic",
    "科目": "functional-classification:generic",
}
ADMINISTRATIVE = CLASSIFICATIONS["单位"]


class Sheet(NamedTuple):
    """A table in long form: what its columns are, and its rows as text."""

    fields: list[Json]
    rows: list[list[str]]


def write(document: Document) -> dict[str, bytes]:
    """``data/table-01.csv`` …, and ``datapackage.json``."""
    files: dict[str, bytes] = {}
    resources = []
    for block in document.tables:
        sheet = sheet_of(block.table)
        name = f"data/{block.file_stem}.csv"
        files[name] = _csv(sheet)
        resources.append(_resource(block, sheet, name, files[name]))
    return {"datapackage.json": dump({**_package(document), "resources": resources}).encode(), **files}


def sheet_of(table: Table) -> Sheet:
    """A table in long form: every row of every side, amounts in 元."""
    rows = [(side, row) for side in table.sides for row in side.rows]
    before = _united(side.headings[:-1] for side in table.sides)
    columns = _united(side.columns for side in table.sides)
    sides = [_field("side", "string", "方向", "direction")] if len(table.sides) > 1 else []
    return Sheet(
        fields=[
            _field("row", "integer", "行号", constraints={"required": True, "unique": True}),
            *sides,
            *_label_fields(table, before),
            *(_column_field(path, [_cells(side, row).get(path) for side, row in rows]) for path in columns),
        ],
        rows=[
            [
                str(number),
                *([side.name] if sides else []),
                row.code or "",
                str(row.level),
                *(_labels(side, row).get(path, "") for path in before),
                row.labels[-1],
                *(_text(_cells(side, row).get(path)) for path in columns),
            ]
            for number, (side, row) in enumerate(rows, start=1)
        ],
    )


def _united(lists: Iterable[Sequence[Path]]) -> list[Path]:
    """All paths of all sides, each once, in their order."""
    return list(dict.fromkeys(path for paths in lists for path in paths))


def _labels(side: Side, row: Row) -> dict[Path, str]:
    return dict(zip(side.headings, row.labels, strict=True))


def _cells(side: Side, row: Row) -> dict[Path, Cell]:
    return dict(zip(side.columns, row.cells, strict=True))


def _text(cell: Cell) -> str:
    return cell.yuan() if isinstance(cell, Money) else cell or ""


def _csv(sheet: Sheet) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(field["name"] for field in sheet.fields)
    writer.writerows(sheet.rows)
    return file.getvalue().encode()


def _field(name: str, kind: str, title: str, column_type: str | None = None, **more: Any) -> Json:
    """A field of a Table Schema; ``column_type`` is its meaning in a Fiscal Data Package."""
    return {"name": name, "type": kind, "title": title} | ({"columnType": column_type} if column_type else {}) | more


def _label_fields(table: Table, before: Sequence[Path]) -> list[Json]:
    """Code, level, and the texts that name a row."""
    heading = "/".join(table.sides[0].headings[-1])
    meaning = _classification(heading)
    return [
        _field("code", "string", "编码", meaning and f"{meaning}:code"),
        _field("level", "integer", "层级", description="0 合计，1 类，2 款，3 项；收支总表为缩进层级"),
        *(_field("/".join(path), "string", "/".join(path), _label_type("/".join(path))) for path in before),
        _field("name", "string", heading, meaning and f"{meaning}:label"),
    ]


def _classification(heading: str) -> str | None:
    return next((kind for part, kind in CLASSIFICATIONS.items() if part in heading), None)


def _label_type(heading: str) -> str | None:
    meaning = _classification(heading) if heading.endswith("名称") else None
    return f"{meaning}:label" if meaning else None


def _column_field(path: Path, cells: Sequence[Cell]) -> Json:
    """An amount, or a text such as 绩效目标."""
    name = "/".join(path)
    if any(isinstance(cell, str) for cell in cells):
        return _field(name, "string", name)
    return _field(
        name, "number", name, description="金额，单位：元", bareNumber=True, decimalChar=".", normalize={"column": name}
    )


def _resource(block: TableBlock, sheet: Sheet, name: str, content: bytes) -> Json:
    table = block.table
    return {
        "name": block.file_stem,
        "path": name,
        "profile": "tabular-data-resource",
        "title": block.grid.title,
        "description": "；".join(("金额单位：元，空白表示没有数额", *table.notes)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": digest_of_bytes(content),
        "schema": {
            "fields": sheet.fields,
            "missingValues": [""],
            "primaryKey": ["row"],
            "extraFields": _extra_fields(table, sheet),
        },
    }


def _extra_fields(table: Table, sheet: Sheet) -> list[Json]:
    """What is the same in every row, and where amount columns go when they are put into one."""
    types = {field.get("columnType") for field in sheet.fields}
    owner = ADMINISTRATIVE if f"{ADMINISTRATIVE}:label" not in types else None
    return [
        _field("amount", "number", "金额", "value", normalizationTarget=True),
        _field("column", "string", "栏目"),
        _field("currency", "string", "币种", "value-currency:code", constant="CNY"),
        _field("fiscal_year", "integer", "年度", "date:fiscal-year", constant=table.year),
        _field("phase", "string", "预算阶段", "phase:id", constant=table.measure.value),
        _field("phase_label", "string", "预算阶段名称", "phase:label", constant=table.measure.label),
        _field("unit_code", "string", "单位编码", owner and f"{owner}:code", constant=table.unit.code),
        _field("unit_name", "string", "单位名称", owner and f"{owner}:label", constant=table.unit.name),
    ]


def _package(document: Document) -> Json:
    evidence, unit = document.evidence, document.unit
    cut = evidence.cut.as_json(evidence.ledger_digest)
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]", "-", f"budget-{unit.code}-{document.year}".lower()),
        "title": f"{unit.name}{document.title}",
        "description": "公开的预算表。金额单位为元，精确到分；空白表示没有数额。",
        "created": f"{evidence.cut.known_at_text[:19]}Z",
        "countryCode": "CN",
        "sources": [{"title": f"{unit.name}预算账本，截至 {cut['as_of']}，摘要 {cut['digest']}"}],
        "contributors": [{"title": unit.name, "role": "publisher"}],
        "evidence": {"cut": cut, "edition": evidence.edition, "edition_digest": evidence.edition_digest},
    }
