"""A document template: text with names in it, edited by an office that knows no Python.

Headings begin with ``#``; a paragraph is a block between blank lines, and a tag on a line of its own
counts as one; ``[表 5]`` stands for a table,
``[图 支出结构]`` for a chart. Between ``{{`` and ``}}`` stand the names of ``figures``. A name that
does not exist is an error that names it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.loaders import FileSystemLoader
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import ImmutableSandboxedEnvironment

from events.errors import WrongUsage
from events.money import Money
from projections.documents.document import Heading, Paragraph

_HEADING = re.compile(r"(#{1,3}) +(.+)")
_REFERENCE = re.compile(r"\[(表|图) +(.+?)\]")


class Reference(NamedTuple):
    """A place for a table (by number) or a chart (by name)."""

    kind: str
    name: str


Piece = Heading | Paragraph | Reference


class Printing(NamedTuple):
    """How values become text: the filters a template can use, and what every value passes last."""

    filters: Mapping[str, Callable[..., Any]]
    finalize: Callable[[Any], Any] | None = None


def pieces(folder: Path, name: str, names: dict[str, Any], printing: Printing | None = None) -> list[Piece]:
    """The pieces of a template with its names filled in."""
    return list(_pieces(rendered(folder, name, names, printing)))


def rendered(folder: Path, name: str, names: dict[str, Any], printing: Printing | None = None) -> str:
    """The text of a template; WrongUsage naming the file, the line and what is wrong there."""
    filters, finalize = printing or Printing(FILTERS)
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, finalize=finalize
    )
    environment.filters |= filters
    try:
        return environment.get_template(name).render(names)
    except TemplateSyntaxError as error:
        raise WrongUsage(
            "模板 {file} 第 {line} 行写法有误：{detail}", file=error.name, line=error.lineno, detail=error.message
        ) from error
    except UndefinedError as error:
        file, line = _place_of(error, name)
        raise WrongUsage(
            "模板 {file} 第 {line} 行用了没有的名称：{detail}", file=file, line=line, detail=error.message
        ) from error
    except Exception as error:  # whatever goes wrong here is the template's doing, not the program's
        file, line = _place_of(error, name)
        raise WrongUsage("模板 {file} 第 {line} 行有误：{detail}", file=file, line=line, detail=error) from error


def used_files(folder: Path, name: str) -> list[str]:
    """A template and every file it takes words from, in the order in which they are named."""
    found: list[str] = []
    waiting = [name]
    while waiting:
        file = waiting.pop(0)
        found.append(file)
        named = find_referenced_templates(SYNTAX.parse((folder / file).read_text(encoding="utf-8")))
        waiting += [other for other in named if other and other not in found]
    return found


def wan(amount: Money) -> str:
    """An amount for a sentence: ``10,026.26万元``, and ``0万元``."""
    if not amount:
        return "0万元"
    whole, _, part = abs(amount).wan().partition(".")
    sign = "-" if amount.fen < 0 else ""
    return f"{sign}{int(whole):,}.{part}万元"


def trimmed(number: str) -> str:
    """A percentage for a sentence, without trailing zeros: 25, 38.3, 52.19."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def listed(parts: Iterable[Any], key: str = "名称") -> str:
    """Names joined as Chinese lists are."""
    return "、".join(part if isinstance(part, str) else part[key] for part in parts)


SYNTAX = Environment(autoescape=False)  # noqa: S701 (only read, never rendered)
FILTERS: dict[str, Callable[..., Any]] = {"万元": wan, "百分比": trimmed, "列": listed}


def _pieces(text: str) -> Iterator[Piece]:
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.strip().splitlines() if line.strip()]
        paragraph = ""
        for line in lines:
            if (piece := _standing_alone(line)) is None:
                paragraph += line
                continue
            if paragraph:
                yield Paragraph(paragraph)
                paragraph = ""
            yield piece
        if paragraph:
            yield Paragraph(paragraph)


def _standing_alone(line: str) -> Piece | None:
    """A heading or a reference, which take a line of their own."""
    if heading := _HEADING.fullmatch(line):
        return Heading(len(heading[1]), heading[2])
    if reference := _REFERENCE.fullmatch(line):
        return Reference(reference[1], reference[2])
    return None


def _place_of(error: BaseException, name: str) -> tuple[str, int]:
    """The file and the line in which an error arose, imported files included; line 0 where that is unknown."""
    trace, place = error.__traceback__, (name, 0)
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".md"):
            place = (Path(file).name, trace.tb_lineno)
        trace = trace.tb_next
    return place
