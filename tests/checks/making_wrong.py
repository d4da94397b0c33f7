"""Ways to make one thing wrong in what there is to check: a cell, a row, a sentence, a comparison, an event.

Each way is a function from Material to Material and insists that there was something to change.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from events.model import Event
from events.money import Money
from projections.checks import RULES
from projections.checks.material import Material, Narrative, Recorded
from projections.checks.rule import Result, judge
from projections.documents.document import Heading, Paragraph
from projections.figures.comparison import ComparedRow, Comparison
from projections.figures.table import Cell, Row, Side, Table

Change = Callable[[Material], Material]


def verdict(material: Material, rule_id: str) -> Result:
    (rule,) = [rule for rule in RULES if rule.id == rule_id]
    return judge(rule, material)


def findings(result: Result) -> str:
    return "\n".join(map(str, result.findings))


def wan(number: str) -> Money:
    return Money.from_wan(number)


def table(number: int, change: Callable[[Table], Table]) -> Change:
    """One table changed."""

    def wrong(material: Material) -> Material:
        assert number in [known.number for known in material.tables]
        changed = tuple(change(known) if known.number == number else known for known in material.tables)
        return replace(material, tables=changed)

    return wrong


def titled(number: int, title: str) -> Change:
    return table(number, lambda known: replace(known, title=title))


def row(number: int, key: str, change: Callable[[Row, Side], Row | None]) -> Change:
    """The row with this code or label changed, or dropped."""

    def in_side(side: Side) -> Side:
        kept = [change(known, side) if key in (known.code, known.labels[-1]) else known for known in side.rows]
        return side._replace(rows=tuple(known for known in kept if known is not None))

    def in_table(known: Table) -> Table:
        assert any(key in (line.code, line.labels[-1]) for side in known.sides for line in side.rows), key
        return replace(known, sides=tuple(map(in_side, known.sides)))

    return table(number, in_table)


def cell(number: int, key: str, heading: str, value: Cell | str) -> Change:
    """One cell of the row with this code or label. A text such as ``1.00`` is an amount in 万元."""
    content = wan(value) if isinstance(value, str) and value.replace(".", "").isdigit() else value

    def change(line: Row, side: Side) -> Row:
        column = ["/".join(path) for path in side.columns].index(heading)
        return line._replace(cells=(*line.cells[:column], content, *line.cells[column + 1 :]))

    return row(number, key, change)


def dropped(number: int, key: str) -> Change:
    return row(number, key, lambda *_: None)


def relabelled(number: int, key: str, label: str) -> Change:
    return row(number, key, lambda line, _: line._replace(labels=(*line.labels[:-1], label)))


def text(old: str, new: str) -> Change:
    """A piece of the narrative written otherwise."""

    def wrong(material: Material) -> Material:
        assert isinstance(material.narrative, Narrative)
        assert any(old in block.text for block in material.narrative.blocks), old
        blocks = tuple(block._replace(text=block.text.replace(old, new)) for block in material.narrative.blocks)
        return replace(material, narrative=replace(material.narrative, blocks=blocks))

    return wrong


def added(paragraph: str) -> Change:
    """One more paragraph at the end of the narrative."""

    def wrong(material: Material) -> Material:
        assert isinstance(material.narrative, Narrative)
        blocks: tuple[Heading | Paragraph, ...] = (*material.narrative.blocks, Paragraph(paragraph))
        return replace(material, narrative=replace(material.narrative, blocks=blocks))

    return wrong


def places(*numbers: str) -> Change:
    """The narrative with places for these tables only."""
    return lambda material: replace(material, narrative=replace(material.narrative, tables=numbers))


def comparison(which: str, change: Callable[[Comparison], Comparison]) -> Change:
    return lambda material: replace(material, **{which: change(getattr(material, which))})


def line(which: str, key: str, **fields: Any) -> Change:
    """A line of a comparison, by code or name, with other figures."""

    def wrong(known: ComparedRow) -> ComparedRow:
        return known._replace(**fields) if key in (known.code, known.name) else known

    def change(found: Comparison) -> Comparison:
        assert any(key in (known.code, known.name) for known in (*found.rows, found.total) if known)
        total = wrong(found.total) if found.total else None
        return replace(found, rows=tuple(map(wrong, found.rows)), total=total)

    return comparison(which, change)


def event(kind: type[Event], **fields: Any) -> Change:
    """The first standing event of a kind with other fields, past all validation."""

    def wrong(material: Material) -> Material:
        found = next(known for known in material.events if known.stands and isinstance(known.event, kind))
        changed = found._replace(event=found.event.model_copy(update=fields))
        return replace(material, events=tuple(changed if known is found else known for known in material.events))

    return wrong


def one_more(fact: Event, event_id: str = "201/2024/999") -> Change:
    """One more event, as if it had been brought in from elsewhere."""

    def wrong(material: Material) -> Material:
        more = Recorded(event_id, "2024-06-01T00:00:00.000000Z", fact, stands=True)
        return replace(material, events=(*material.events, more))

    return wrong


def amounts(field: str, change: Callable[[Any], Any]) -> Change:
    """Every amount of the year (``amounts``) or of last year (``base_amounts``) changed, or dropped where None."""

    def wrong(material: Material) -> Material:
        changed = map(change, getattr(material, field))
        return replace(material, **{field: tuple(amount for amount in changed if amount is not None)})

    return wrong


def both(*changes: Change) -> Change:
    def wrong(material: Material) -> Material:
        for change in changes:
            material = change(material)
        return material

    return wrong


def same(material: Material) -> Material:
    """Nothing made wrong."""
    return material
