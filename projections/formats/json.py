"""The document for programs: its tables as the command line prints them, and all of it in order."""

from typing import Any

from projections.amounts import in_unit
from projections.charts.chart import Chart, PairedBars, Waterfall
from projections.documents.document import Block, ChartBlock, Document, Heading, TableBlock
from projections.documents.table_layout import table_json
from projections.renderers import json_form

Json = dict[str, Any]


def write(document: Document) -> dict[str, bytes]:
    """``tables.json``: every table; ``document.json``: blocks and evidence, tables by number."""
    digest = document.evidence.ledger_digest
    tables = [table_json(block.table, digest) for block in document.tables]
    return {
        "tables.json": json_form.dump(tables).encode(),
        "document.json": json_form.dump(_document(document)).encode(),
    }


def _document(document: Document) -> Json:
    evidence = document.evidence
    return {
        "title": document.title,
        "unit": {"code": document.unit.code, "name": document.unit.name},
        "year": document.year,
        "evidence": {
            "cut": evidence.cut.as_json(evidence.ledger_digest),
            "edition": evidence.edition,
            "edition_digest": evidence.edition_digest,
        },
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> Json:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, TableBlock):
        return {"kind": "table", "table": block.table.number, "title": block.grid.title}
    if isinstance(block, ChartBlock):
        chart = block.chart
        return {"kind": "chart", "title": chart.title, "amount_unit": chart.amount_unit, **_figures(chart)}
    return {"kind": "paragraph", "text": block.text}


def _figures(chart: Chart) -> Json:
    unit = chart.amount_unit
    if isinstance(chart, Waterfall):
        bars = [{**bar._asdict(), "amount": in_unit(bar.amount, unit)} for bar in chart.bars]
        return {"chart": "waterfall", "bars": bars}
    if isinstance(chart, PairedBars):
        pairs = [
            {"label": pair.label, "current": in_unit(pair.current, unit), "base": in_unit(pair.base, unit)}
            for pair in chart.pairs
        ]
        return {"chart": "paired_bars", "names": list(chart.names), "pairs": pairs}
    shares = [{"label": share.label, "amount": in_unit(share.amount, unit)} for share in chart.shares]
    return {"chart": "treemap", "shares": shares}
