"""Lines from the command line: one by options, or many from a sheet."""

from collections.abc import Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from commands.desk import options
from commands.desk.messages import _
from commands.desk.options import Command
from commands.desk.recorder import Recorder, remark
from events.codes import ECONOMIC_LENGTHS, economic_item, function_item, is_code, is_economic
from events.errors import Faulty, Invalid, WrongUsage
from events.line import Line, LineKey, line_faults, project_name
from events.money import Money
from events.vocabulary import FundSource, Nature, Origin

FUND_SOURCES = {word for term in FundSource for word in (term.label, term.value)}
ORIGINS = {word for term in Origin for word in (term.label, term.value)}

file = click.option("--file", type=options.FILE, help=_("多条明细的表格（CSV 或 XLSX）。"))


class Single(NamedTuple):
    """A line as its options give it."""

    fund_source: FundSource | None
    origin: Origin | None
    function_code: str | None
    nature: Nature | None
    economic_code: str | None
    project: str | None
    amount: Money | None


def single_line(command: Command) -> Command:
    """The options for one line, and ``--file`` for many; ``single`` and ``file`` reach the command."""

    @wraps(command)
    def gathered(*args: Any, **rest: Any) -> Any:
        single = Single(**{key: rest.pop(key) for key in Single._fields})
        return command(*args, single=single, **rest)

    of_a_line = [
        file,
        options.word("--fund-source", FundSource, about=_("资金来源，默认一般公共预算：")),
        options.word("--origin", Origin, about=_("资金年度，默认本年：")),
        click.option("--function-code", type=options.Parsed("CODE", function_item), help=_("功能科目编码，7 位。")),
        options.word("--nature", Nature, about=_("支出用途：")),
        click.option("--economic-code", type=options.Parsed("CODE", economic_item), help=_("经济科目编码，5 位。")),
        click.option("--project", type=options.Parsed("NAME", project_name), help=_("项目名称。")),
        options.amount,
    ]
    return options.applied(gathered, of_a_line)  # type: ignore[return-value]


def lines_of(recorder: Recorder, file: Path | None, single: Single) -> tuple[Line, ...]:
    """The lines of a file, or the one line the options describe."""
    if file is not None:
        if any(value is not None for value in single):
            raise WrongUsage("--file 与单条明细的选项不能同时使用。")
        return sheet_lines(recorder, file, is_budget=True, least=Money(1))
    if single.function_code is None or single.amount is None:
        raise WrongUsage("请用 --function-code、--nature、--amount 等写一条明细，或用 --file 给出表格。")
    return (complete_line(single),)


def complete_line(single: Single) -> Line:
    """A line from its parts; Faulty where a budget line lacks something."""
    key = LineKey(
        single.fund_source or FundSource.GENERAL,
        single.origin or Origin.THIS_YEAR,
        single.function_code or "",
        single.nature,
        single.economic_code,
        single.project,
    )
    if faults := [*line_faults(key)]:
        raise Faulty(faults, "明细不完整，没有记录。")
    return Line.of(key, single.amount or Money(0))


def sheet_lines(recorder: Recorder, file: Path, *, is_budget: bool, least: Money | None = None) -> tuple[Line, ...]:
    """The lines of a sheet, each of them at least so much; remarks on it go to stderr."""
    from commands.sheets.reading import Purpose, read_lines  # a line of its own needs neither
    from projections.registers.naming import names_of

    session = recorder.session
    names = names_of(session.store, session.reader.catalogue, [recorder.stream], session.cut(date.max))
    lines, remarks = read_lines(file, Purpose(recorder.year, is_budget, least), names)
    for found in remarks:
        remark(found)
    return tuple(lines)


def line_name(text: str) -> LineKey:
    """A line in one word, as messages name it: 功能科目/用途/经济科目或项目[/资金来源][/资金年度].

    A project may have ``/`` in its name.
    """
    function_code, *named = text.split("/", 2)
    if not named:
        raise Invalid("“{text}”应写成 功能科目/用途/经济科目或项目，例如 2012901/公用经费/30201。", text=text)
    nature = Nature.named(named[0])
    places = named[1].split("/") if named[1:] else []
    least = 1 if nature is Nature.PROJECT else 0  # the name of a project may be that of a fund source
    origin = places.pop() if len(places) > least and places[-1] in ORIGINS else None
    fund_source = places.pop() if len(places) > least and places[-1] in FUND_SOURCES else None
    economic_code = places.pop(0) if _begins_with_code(places, nature) else None
    project = "/".join(places)
    return LineKey(
        FundSource.named(fund_source) if fund_source else FundSource.GENERAL,
        Origin.named(origin) if origin else Origin.THIS_YEAR,
        function_item(function_code),
        nature,
        economic_item(economic_code) if economic_code else None,
        project_name(project) if project else None,
    )


def _begins_with_code(places: Sequence[str], nature: Nature) -> bool:
    """Whether an economic code stands first; before the name of a project only what can be nothing else is one."""
    if nature is not Nature.PROJECT:
        return bool(places) and is_code(places[0])
    return len(places) > 1 and is_code(places[0]) and is_economic(places[0]) and len(places[0]) == max(ECONOMIC_LENGTHS)
