"""Options that mean the same in every command, and the kinds of values they take."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import wraps
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource
from click.types import IntParamType

from commands.desk.messages import _, translated
from events.errors import Invalid, WrongUsage, listed
from events.instant import parse_day, parse_instant
from events.money import Money
from events.stream import YEAR_MAX, YEAR_MIN
from events.vocabulary import Ground, Measure, Term

if TYPE_CHECKING:
    from events.document import Document

Command = TypeVar("Command", bound=Callable[..., Any])


class Parsed(click.ParamType[object]):
    """An option whose text is read by one of our own parsers."""

    def __init__(self, name: str, parse: Callable[[str], object]) -> None:
        self.name = name
        self._parse = parse

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Parse, or fail in the words of the parser."""
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except Invalid as invalid:
            self.fail(translated(invalid.fault), param, ctx)


def _digest(text: str) -> str:
    from ledger.verifying.digests import parse_digest  # most commands ask for none

    return parse_digest(text)


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = Parsed("DATE", parse_day)
DIGEST = Parsed("DIGEST", _digest)
INSTANT = Parsed("TIME", parse_instant)
MONEY = Parsed("AMOUNT", Money.parse)


class Whole(IntParamType):
    """A whole number, called so in what is said of a wrong one."""

    name = _("整数")


class Bounded(click.IntRange):
    """The same between bounds."""

    name = Whole.name


WHOLE = Whole()
YEAR = Bounded(YEAR_MIN, YEAR_MAX)


class Word(Parsed):
    """One of a closed list of words, in Chinese or by its token."""

    def __init__(self, kind: type[Term]) -> None:
        super().__init__("WORD", kind.named)
        self._kind = kind

    @property
    def choices(self) -> str:
        """The Chinese words that may be used."""
        return "、".join(term.label for term in self._kind)


class Token(click.Choice[str]):
    """One of some terms of a closed list, by what is stored for it; the command gets the term."""

    def __init__(self, kind: type[Term], *terms: Term) -> None:
        super().__init__([term.value for term in terms or kind])
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The term, or fail in click's words."""
        return self._kind.of(super().convert(value, param, ctx))


def word(name: str, kind: type[Term], *, about: str, **more: Any) -> Callable[[Command], Command]:
    """An option that takes one word of a closed list and names the list in its help."""
    of_kind = Word(kind)
    return click.option(name, type=of_kind, metavar="WORD", help=f"{about}{of_kind.choices}", **more)


class View(NamedTuple):
    """Which cut to look at, and what to write."""

    unit: str | None
    consolidated: bool
    as_of: date | None
    known_at: datetime | None
    form: str
    file: str | None


FORMS = ("text", "json", "csv", "md", "html")
# What a file's ending says of its content; those that no answer can be written as are here to be refused.
ENDINGS = {"txt": "text", "markdown": "md", "htm": "html"} | {
    form: form for form in ("json", "csv", "md", "html", "xlsx", "xls", "ods", "docx", "doc", "pdf", "zip")
}


unit = click.option("--unit", metavar="U", help=_("单位代码或名称；只有一个单位时可不写。"))
year = click.option("--year", type=YEAR, required=True, metavar="Y", help=_("预算年度。"))
any_year = click.option("--year", type=YEAR, metavar="Y", help=_("只看某年度；默认全部年度。"))
as_of = click.option("--as-of", type=DAY, metavar="D", help=_("截至哪一天生效；默认今天。"))
as_of_any_day = click.option("--as-of", type=DAY, metavar="D", help=_("截至哪一天生效；默认不限。"))
known_at = click.option(
    "--known-at", type=INSTANT, metavar="T", help=_("截至何时已记录；只写日期指当天结束；默认现在。")
)
measure = click.option(
    "--measure",
    type=Token(Measure),
    default=Measure.CURRENT.value,
    help=_("initial 年初预算数，current 变动后预算数，execution 执行数。"),
)
budget_measure = click.option(
    "--measure",
    type=Token(Measure, Measure.INITIAL, Measure.CURRENT),
    default=Measure.CURRENT.value,
    help=_("initial 年初预算数，current 变动后预算数。"),
)
reason = click.option("--reason", required=True, metavar="TEXT", help=_("事由。"))
optional_reason = click.option("--reason", metavar="TEXT", help=_("事由。"))
answer_form = click.option("-O", "form", type=click.Choice(["text", "json"]), default="text", help=_("回答的形式。"))
out = click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help=_("写到哪个文件夹。"))
ground = word("--ground", Ground, about=_("依据类型，默认预算调整："), default=Ground.ADJUSTMENT.label)
optional_ground = word("--ground", Ground, about=_("依据类型："))
amount = click.option("--amount", type=MONEY, help=_("金额，带单位：20万元 或 200000元。"))

CUT = (as_of, known_at)
CUT_OF_ALL_DAYS = (as_of_any_day, known_at)
NO_CUT = ()


def viewing(command: Command) -> Command:
    """The options of every command that reads at a cut; ``view`` reaches the command."""
    return viewing_in(*FORMS)(command)


def viewing_in(*forms: str, cut: Sequence[Callable[[Any], Any]] = CUT) -> Callable[[Command], Command]:
    """The same, with the forms the command can answer in and the cut it can be asked at."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def gathered(*args: Any, **rest: Any) -> Any:
            view = View(**{key: rest.pop(key, None) for key in View._fields})
            return command(*args, view=view._replace(form=_form(view.form, view.file, forms)), **rest)

        options = [
            unit,
            click.option("--consolidated", is_flag=True, help=_("连同下属单位汇总。")),
            *cut,
            click.option(
                "-O", "form", type=click.Choice(forms), help=_("输出形式；默认随 -o 文件名的后缀，没有后缀为 text。")
            ),
            click.option("-o", "file", type=click.Path(dir_okay=False), help=_("写入文件而不是屏幕。")),
        ]
        return applied(gathered, options)  # type: ignore[return-value]

    return decorate


def _form(given: str | None, file: str | None, forms: tuple[str, ...]) -> str:
    """The form asked for, else the one that the file's ending says; WrongUsage where the two contradict each other."""
    ending = PurePath(file or "").suffix.removeprefix(".").lower()
    meant = ENDINGS.get(ending, given or "text")
    if given is None and meant not in forms:
        raise WrongUsage(
            "{file} 的后缀是 .{ending}，这里写不出这种文件；可用 -O {forms}。",
            file=file,
            ending=ending,
            forms=listed(forms),
        )
    is_plain_text = meant == "text" and given != "xlsx"  # .txt is any text
    if given not in (None, meant) and not is_plain_text:
        raise WrongUsage("-O {form} 与文件 {file} 的后缀不符：请改其中之一，或不写 -O。", form=given, file=file)
    return given or meant


def documented(*, required: bool = True) -> Callable[[Command], Command]:
    """The options that name a document; ``document`` reaches the command, None if it is not named."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def gathered(*args: Any, **rest: Any) -> Any:
            parts = {key: rest.pop(f"document_{key}") for key in ("number", "title", "issuer", "dated")}
            return command(*args, document=_document(parts), **rest)

        names = [
            click.option(
                "--document", "document_number", required=required, metavar="NO", help=_("文号，如 杭财行〔2024〕5号。")
            ),
            click.option("--document-title", metavar="TEXT", help=_("文件标题。")),
            click.option("--document-issuer", metavar="TEXT", help=_("发文机关。")),
            click.option("--document-date", "document_dated", type=DAY, metavar="D", help=_("成文日期。")),
        ]
        return applied(gathered, names)  # type: ignore[return-value]

    return decorate


def _document(parts: dict[str, Any]) -> "Document | None":
    from commands.desk.making import make
    from events.document import Document

    return make(Document, **parts) if parts["number"] is not None else None


def is_chosen(name: str) -> bool:
    """Whether an option of the running command was written, and is not its default."""
    return click.get_current_context().get_parameter_source(name) is not ParameterSource.DEFAULT


def applied(command: Callable[..., Any], options: list[Callable[[Any], Any]]) -> Callable[..., Any]:
    """A command with these options, in their order."""
    for option in reversed(options):
        command = option(command)
    return command
