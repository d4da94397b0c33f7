"""A traced figure laid out: for people, for spreadsheets, for programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from events.errors import Fault, fault, listed
from events.money import Money
from projections.amounts import in_unit
from projections.answers.words import Translate, headings, moment, of_whom, own
from projections.grid import Grid, GridCell
from projections.tracing.source_events import Paper, SourceEvent
from projections.tracing.trace import Contribution, MarkedSentence, Name, Trace, Traced, Value

HEADINGS = (
    "数和事件",
    "类型",
    "年度",
    "行",
    "明细",
    "金额（元）",
    "生效日",
    "记录时刻（UTC）",
    "文号",
    "经办",
    "事由",
)
SHEET_HEADINGS = (
    "数",
    "句",
    "编号",
    "类型",
    "年度",
    "单位",
    "行",
    "明细",
    "金额（元）",
    "内容",
    "文号",
    "文件标题",
    "发文机关",
    "成文日期",
    "事由",
    "经办",
    "生效日",
    "记录时刻（UTC）",
    "冲销的事件",
    "哈希",
)
SENTENCE_HEADINGS = ("序号", "其中的数", "句子")
WORDS = (*HEADINGS, *SHEET_HEADINGS, *SENTENCE_HEADINGS)


def trace_grid(trace: Trace, translated: Translate) -> Grid:
    """Every figure with its lines below it; figures in words, documents and hashes in the notes."""
    return Grid(
        title=translated(fault("追溯：{figures}", figures="；".join(_titles(trace.figures, translated)))),
        above=of_whom(trace.unit.name, "元", translated),
        headings=headings(HEADINGS, translated),
        body=tuple(row for figure in trace.figures for row in _rows(figure, translated)),
        notes=tuple(translated(note) for note in _notes(trace, translated)),
    )


def trace_sheet_grid(trace: Trace, translated: Translate) -> Grid:
    """A line for every line of every event, with all there is to say of it."""
    return Grid(
        title="",
        above=("", ""),
        headings=headings(SHEET_HEADINGS, translated),
        body=tuple(_sheet_row(figure, item, translated) for figure in trace.figures for item in figure.contributions),
    )


def sentences_grid(found: Iterable[MarkedSentence], translated: Translate) -> Grid:
    """The sentences one may ask about, and the figures in each."""
    return Grid(
        title=translated(fault("句子及其中的数")),
        above=("", ""),
        headings=headings(SENTENCE_HEADINGS, translated),
        body=tuple(
            (
                GridCell(str(one.sentence.number), is_amount=True),
                GridCell("、".join(figure.printed for figure in one.figures)),
                GridCell(one.sentence.text),
            )
            for one in found
        ),
    )


def _titles(figures: Iterable[Traced], translated: Translate) -> list[str]:
    """What was asked about, each once: sentences, or figures without those that are only part of a percentage."""
    figures = list(figures)
    parts = [name for figure in figures for name in figure.made_of]
    asked = [figure for figure in figures if figure.sentence or figure.name not in parts]
    return list(dict.fromkeys(f"“{one.sentence.text}”" if one.sentence else name_of(one, translated) for one in asked))


def name_of(figure: Traced, translated: Translate) -> str:
    """Where a figure stands."""
    return in_one_line(figure.name, translated)


def in_one_line(name: Name, translated: Translate) -> str:
    """The name of a figure, from the outside in."""
    return " / ".join(part if isinstance(part, str) else translated(part) for part in name)


def in_words(figure: Traced, translated: Translate) -> Fault:
    """A figure as it is printed and exactly, and how it comes about."""
    name, value, items = name_of(figure, translated), figure.value, figure.contributions
    counted = {"events": len({item.event.event_id for item in items}), "lines": len(items)}
    if figure.made_of:
        return _rate_in_words(figure, translated)
    if value is None and items:
        return fault("{name}：空白，计入的 {lines} 条之和为 0。", name=name, lines=len(items))
    if not items:
        return fault("{name}：{value}，没有任何事件计入。", name=name, value=printed(figure) or fault("空白"))
    if isinstance(value, Money):
        exact = {"yuan": f"{GridCell(value.yuan(), is_amount=True).printed}", "fen": f"{int(value.fen):,}"}
        said = {"name": name, "value": printed(figure), "unit": figure.amount_unit}
        return fault(
            "{name}：{value}{unit}，精确为 {yuan} 元（{fen} 分），是 {events} 个事件的 {lines} 条之和。",
            **said,
            **exact,
            **counted,
        )
    return fault("{name}：{value}，由 {events} 个事件写明。", name=name, value=value, events=counted["events"])


def _rate_in_words(figure: Traced, translated: Translate) -> Fault:
    name, (part, whole) = name_of(figure, translated), (in_one_line(made, translated) for made in figure.made_of)
    if figure.value is None:
        return fault("{name}：空白，{whole} 没有数或为 0，得不出百分比。", name=name, whole=whole)
    return fault(
        "{name}：{value}%，由 {part} 除以 {whole} 得出。", name=name, value=figure.value, part=part, whole=whole
    )


def printed(figure: Traced) -> str:
    """A figure as it is printed, without its unit."""
    value = figure.value
    if isinstance(value, Money):
        return GridCell(in_unit(value, figure.amount_unit), is_amount=True).printed
    return "" if value is None else str(value)


def key_text(item: Contribution) -> str:
    """The dimensions of a line in words."""
    if item.key is None:
        return ""
    key = item.key
    nature = key.nature.label if key.nature else None
    parts = (
        key.fund_source.label,
        key.origin.label,
        key.function_code,
        nature,
        key.economic_code,
        key.project,
    )
    return "/".join(part for part in parts if part)


def document_text(document: Paper) -> str:
    """A document in one line."""
    title = f"《{document.title}》" if document.title else ""
    rest = (document.issuer, document.dated)
    return "，".join(part for part in (f"{document.number}{title}", *rest) if part)


def events_of(figures: Iterable[Traced]) -> list[SourceEvent]:
    """The events behind some figures, each once, in order of recording."""
    found = {item.event for figure in figures for item in figure.contributions}
    return sorted(found, key=lambda event: event.order)


def documents_of(figures: Iterable[Traced]) -> dict[Paper, list[str]]:
    """The documents behind some figures, each with the events that rest on it."""
    found: dict[Paper, list[str]] = {}
    for figure in figures:
        for item in figure.contributions:
            if item.event.document:
                events = found.setdefault(item.event.document, [])
                events += [item.event.event_id] if item.event.event_id not in events else []
    return found


def _notes(trace: Trace, translated: Translate) -> Iterator[Fault]:
    yield from (in_words(figure, translated) for figure in trace.figures)
    for document, events in documents_of(trace.figures).items():
        yield fault("文件 {document}：{events}", document=document_text(document), events=listed(events))
    for event in events_of(trace.figures):
        yield fault("事件 {event} 的哈希：{hash}", event=event.event_id, hash=event.hash)
    cut = trace.cut.as_json(trace.ledger_digest)
    yield fault("截至 {as_of} 生效、{known_at} 所知；账本摘要 {digest}", **cut)
    if trace.publication:
        yield fault("公开记录：{event}", event=trace.publication)


def _rows(figure: Traced, translated: Translate) -> Iterator[tuple[GridCell, ...]]:
    blank = (GridCell(""),)
    value = _amount(figure.value, is_ratio=bool(figure.made_of))
    yield (GridCell(name_of(figure, translated)), *blank * 4, value, *blank * 5)
    for item in figure.contributions:
        event = item.event
        yield (
            GridCell(event.event_id, indent=1),
            own(event.title, translated),
            GridCell(str(item.year)),
            GridCell("" if item.line is None else str(item.line)),
            GridCell(item.value if isinstance(item.value, str) else key_text(item)),
            _amount(item.value),
            GridCell(event.effective_on),
            GridCell(moment(event.recorded_at)),
            GridCell(event.document.number if event.document else ""),
            GridCell(event.actor),
            GridCell(_reason(item)),
        )


def _reason(item: Contribution) -> str:
    reason = item.event.reason or ""
    return f"{reason}（{item.event.reverses}）" if item.event.reverses else reason


def _amount(value: Value, *, is_ratio: bool = False) -> GridCell:
    if isinstance(value, Money):
        return GridCell(value.yuan(), is_amount=True)
    if is_ratio:
        return GridCell("" if value is None else f"{value}%")
    return GridCell("" if value is None or isinstance(value, str) else str(value), is_amount=True)


def _sheet_row(figure: Traced, item: Contribution, translated: Translate) -> tuple[GridCell, ...]:
    event, document = item.event, item.event.document
    texts = (
        event.event_id,
        translated(fault(event.title)),
        str(item.year),
        item.unit,
        "" if item.line is None else str(item.line),
        key_text(item),
    )
    paper = tuple(part or "" for part in document) if document else ("",) * 4
    rest = (event.reason or "", event.actor, event.effective_on, event.recorded_at, event.reverses or "", event.hash)
    sentence = str(figure.sentence.number) if figure.sentence else ""
    said = item.value if isinstance(item.value, str) else ""
    before = (GridCell(name_of(figure, translated)), GridCell(sentence), *map(GridCell, texts))
    return (*before, _amount(item.value), GridCell(said), *map(GridCell, (*paper, *rest)))


def trace_json(trace: Trace) -> dict[str, Any]:
    """Every figure with its contributions; amounts in 元 and in 分."""
    return {
        "unit": {"code": trace.unit.code, "name": trace.unit.name},
        "year": trace.year,
        "measure": trace.measure.value,
        "cut": trace.cut.as_json(trace.ledger_digest),
        "publication": trace.publication,
        "figures": [_figure(figure) for figure in trace.figures],
    }


def sentences_json(found: Iterable[MarkedSentence]) -> list[dict[str, Any]]:
    """The sentences one may ask about."""
    return [
        {
            **one.sentence._asdict(),
            "figures": [{"name": list(figure.name), "words": figure.printed} for figure in one.figures],
        }
        for one in found
    ]


def _name(name: Name) -> list[str]:
    return [str(part) for part in name]


def _figure(figure: Traced) -> dict[str, Any]:
    return {
        "name": _name(figure.name),
        "sentence": figure.sentence._asdict() if figure.sentence else None,
        "printed": printed(figure).replace(",", "") if isinstance(figure.value, Money) else printed(figure) or None,
        "amount_unit": figure.amount_unit if isinstance(figure.value, Money) or figure.made_of else None,
        **_value(figure.value),
        "made_of": [_name(made) for made in figure.made_of],
        "contributions": [_contribution(item) for item in figure.contributions],
    }


def _value(value: Value) -> dict[str, Any]:
    """An amount in 元 and 分; a text or a number of things as it is."""
    if isinstance(value, Money):
        return {"amount": value.yuan(), "fen": int(value.fen)}
    return {"amount": None, "fen": None} | ({} if value is None else {"value": value})


def _contribution(item: Contribution) -> dict[str, Any]:
    event = item.event
    document = event.document._asdict() if event.document else None
    return {
        "event_id": event.event_id,
        "type": event.type,
        "title": event.title,
        "year": item.year,
        "unit": item.unit,
        "line": item.line,
        "stage": item.stage.value if item.stage else None,
        "key": item.key._asdict() if item.key else None,
        **_value(item.value),
        "document": document,
        "reason": event.reason,
        "actor": event.actor,
        "effective_on": event.effective_on,
        "recorded_at": event.recorded_at,
        "reverses": event.reverses,
        "hash": event.hash,
    }
