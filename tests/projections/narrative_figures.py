"""The figures in the sentences of a narrative: as two documents print them, and as ours are read.

Our sentences are read without looking at the template: whatever number stands before a unit is a
figure, and what it says follows from the words before it and from the section it stands in. A
figure that is understood by none of these rules is an error, so none can be overlooked.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from events.disclosure import ComparabilityDeclared, ExplanationRecorded, IndicatorRecorded, SubjectNamed
from events.document import Document
from events.instant import end_of_day
from events.line import Line, LineKey
from events.model import Event, Value
from events.money import Money
from events.period import Period
from events.stream import Stream
from events.vocabulary import Aspect, Basis, FundSource, Measure, Nature, Origin
from ledger.catalogue import builtin
from ledger.deciding.budget import ApproveInitialBudget, CarryOverBudget, TransferBudget
from ledger.deciding.execution import RecordExecution
from ledger.deciding.statement import Declare
from ledger.deciding.unit import RegisterUnit
from ledger.keeping.sqlite import SqliteStore
from ledger.recording import Ledger, Order, record
from projections.cut import Cut
from projections.documents.document import Heading, Paragraph
from projections.entries.read_model import ReadModel
from projections.narrative.figures import figures
from projections.narrative.template import Piece, pieces
from projections.reading.reader import Question, Reader

SEEDS = Path(__file__).parent.parent / "seeds" / "narrative"
UNIT, DOCUMENT = "101", Document(number="杭财行〔2024〕1号")
MORNING = datetime(2023, 1, 2, 1, tzinfo=UTC)


def narrative(reader: Reader, question: Question) -> list[Piece]:
    """The narrative that answers a question, in the template in force."""
    return pieces(reader.forms, f"{reader.edition(question.year).first_year}.md", figures(reader, question))


class Stated(NamedTuple):
    """A statement: a figure with its unit and the word that gives it a direction, or a word alone."""

    section: str
    statement: str
    figure: str
    unit: str
    words: str

    @property
    def key(self) -> tuple[str, str]:
        return self.section, self.statement

    @property
    def value(self) -> tuple[Decimal | None, str, str]:
        """What is said, however it is written: 2.1 is 2.10, and 1017.26 is 1,017.26."""
        number = Decimal(self.figure.replace(",", "")) if self.figure else None
        return number, self.unit, self.words

    def __str__(self) -> str:
        return f"{self.figure}{self.unit} {self.words}".strip()


def printed_figures(year: int) -> list[Stated]:
    """The statements of a published narrative, in printed order."""
    return [Stated(**row) for row in _rows(f"{year}.tsv")]


def printed_list(year: int, name: str) -> list[str]:
    """A list of names out of a published sentence, in printed order."""
    return [row["name"] for row in _rows("lists.tsv") if (row["year"], row["list"]) == (str(year), name)]


def _rows(file: str) -> list[dict[str, str]]:
    with (SEEDS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


# 项 of both documents. Their 类 and 款 are in lists.tsv, under the names that were printed.
ITEMS = {
    "行政运行": "2012901",
    "一般行政管理事务": "2012902",
    "其他群众团体事务支出": "2012999",
    "科技成果转化与扩散": "2060404",
    "其他人力资源和社会保障管理事务支出": "2080199",
    "行政单位离退休": "2080501",
    "机关事业单位基本养老保险缴费支出": "2080505",
    "机关事业单位职业年金缴费支出": "2080506",
    "其他社会保障和就业支出": "2089999",
    "行政单位医疗": "2101101",
}

ITEM = re.compile(r"（\d+）(.+)（类）(.+)（款）(.+)（项）预算为")
CAUSE = r"(?:(?:增加|减少)的)?主要原因是"
FIGURE = re.compile(r"“?(?P<figure>-?\d[\d,]*(?:\.\d+)?)(?:(?P<unit>万元|%|辆|台|个)(?!以上)|”)")
WORDING = re.compile(
    rf"(?P<level>与上年(?:基本)?持平)|(?P<cause>{CAUSE})[^。；]*|(?P<unused>没有使用)(?P<fund>\w+)拨款|"
    r"(?P<none>未安排)购置车辆|(?P<day>截至\d{4}年\d+月\d+日)"
)
SAID = re.compile(f"{FIGURE.pattern}|{WORDING.pattern}")

# By section: what stands before a figure, whose figure it is, and which of its figures it is.
HEADS = {
    "(一)": [(r".*收支总预算", "收支总预算", "")],
    "(二)": [(r"\d+年收入预算", "收入预算", ""), (r"(?:其中：)?(.+)", r"\1", "金额")],
    "(三)": [
        (r"\d+年支出预算", "支出预算", ""),
        (r"(结转下年|年终结转结余)", r"\1", ""),
        (r"(?:上年执行数含本年未安排预算的科目：)?(.+)", r"停列 \1", "上年执行数"),
    ],
    "(三)1": [(r"(?:包括)?(.+)", r"按功能 \1", "金额")],
    "(三)2": [(r"(?:包括)?(.+)", r"按用途 \1", "金额")],
    "(四)": [
        (r"\d+年财政拨款收支总预算", "财政拨款收支总预算", ""),
        (r"(?:支出包括：)?(.+支出)", r"支出 \1", "金额"),
        (r"(?:收入包括：)?(.+)", r"收入 \1", "金额"),
    ],
    "(五)1": [(r"\d+年一般公共预算当年拨款", "一般公共预算当年拨款", "")],
    "(五)2": [(r"(.+（类）)支出", r"\1", "金额")],
    "(五)3": [(ITEM.pattern, r"\3", "预算")],
    "(六)": [(r"\d+年一般公共预算(基本支出)", r"\1", ""), (r"(人员经费|公用经费)", r"\1", "")],
    "(七)": [
        (r"年初预算数均为", "各单位因公出国（境）费用", "年初预算数"),
        (r"\d+年“三公”经费预算数为", "三公 合计", ""),
    ],
    "(七)1": [(r"1\. (.+)：安排\1预算", r"\1", "预算")],
    "(七)2": [(r"2\. (.+)：安排\1预算", r"\1", "预算")],
    "(七)3": [
        (r"3\. (.+)：安排\1预算", r"\1", "预算"),
        (r"(公务用车(?:购置|运行维护费)支出)", r"\1", "预算"),
        (r"主要用于经批准购置的", "公务用车购置支出", "购置数"),
    ],
    "(八)": [(r"本单位\d+年度(政府性基金预算)支出", r"\1", "支出")],
    "(九)": [(r"本单位\d+年度(国有资本经营预算)支出", r"\1", "支出")],
    "(十)1": [(r"本单位(机关运行经费)财政拨款预算", r"\1", "预算")],
    "(十)2": [
        (r"\d+年本单位政府采购预算(总额)", "政府采购", r"\1"),
        (r"(?:其中：)?政府采购(货物|工程|服务)预算", "政府采购", r"\1"),
    ],
    "(十)3": [
        (r"本单位共有(车辆)", "截至", r"\1"),
        (r"(?:其中：)?和?(.+用车)", "截至", r"\1"),
        (r"单位价值(\d+万元以上.+)", "截至", r"\1"),
    ],
    "(十)4": [(r"涉及当年(财政拨款)", "绩效目标管理", r"\1"), (r"(一级项目)", "绩效目标管理", r"\1")],
}


def sections(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """The paragraphs of (一) to (十), each with its printed number: （五） 3. is ``(五)3``."""
    part = section = heading = ""
    for piece in pieces:
        if isinstance(piece, Heading) and piece.level == 1:
            part = piece.text[:2]
        elif isinstance(piece, Heading) and piece.level == 2:
            section, heading = f"({piece.text[1]})", ""
        elif isinstance(piece, Heading):
            heading = piece.text.split(".")[0]
        elif isinstance(piece, Paragraph) and part == "二、":
            numbered = re.match(r"(\d+)\. ", piece.text)
            yield section + (heading or (numbered[1] if numbered else "")), piece.text


def text_of(pieces: Iterable[Piece], section: str) -> str:
    """All that a narrative says in a section."""
    return "\n".join(text for where, text in sections(pieces) if where == section)


def generated_figures(pieces: Iterable[Piece]) -> list[Stated]:
    """The statements of a generated narrative, in order."""
    return [stated for section, text in sections(pieces) for stated in _Reading(section, text)]


def unread_digits(text: str) -> str:
    """What digits a paragraph has beside its figures, years, numbering, thresholds, and what people wrote."""
    written = rf"{SAID.pattern}|主要用于[^，。]*|\d{{4}} ?年|^\d+\. |^（\d+）|单位价值\d+万元以上"
    return "".join(re.findall(r"\d", re.sub(written, "", text)))


class _Reading:
    """One paragraph, read from left to right: of whom it speaks, and what it said last."""

    def __init__(self, section: str, text: str) -> None:
        self._section = section
        self._text = text
        self._subject = ""
        self._last = ""

    def __iter__(self) -> Iterator[Stated]:
        end = 0
        for said in SAID.finditer(self._text):
            before = re.split(r"[，；。、]", self._text[end : said.start()])[-1].strip()
            if said["figure"]:
                yield self._figure(before, said)
            elif not said["day"]:
                yield self._wording(said)
            else:
                self._subject = said["day"]
            end = said.end()

    def _figure(self, before: str, said: re.Match[str]) -> Stated:
        direction = re.search(r"(增加|减少|增长|下降)$", before)
        self._last = self._statement(before)
        unit = said["unit"] or ""
        return Stated(self._section, self._last, said["figure"], unit, direction[1] if direction else "")

    def _statement(self, before: str) -> str:
        if before in ("增长", "下降"):
            return f"{self._last}%"
        if before == "占":
            return f"{self._subject} 占比%"
        if re.fullmatch(r"同口径(增加|减少)", before):
            return "三公 同口径"
        if compared := re.fullmatch(r"比(上年执行|上年预算)数?(增加|减少)", before):
            return f"{self._subject} 比{compared[1]}数"
        return self._first_said(before)

    def _first_said(self, before: str) -> str:
        for pattern, subject, which in HEADS[self._section]:
            if found := re.fullmatch(pattern, before):
                if subject != "截至":  # the day was said before
                    named = found.expand(subject)
                    self._subject = ITEMS.get(named, named) if self._section == "(五)3" else named
                return f"{self._subject} {found.expand(which)}".strip()
        raise AssertionError(f"{self._section}: nothing is known of a figure after “{before}” in: {self._text}")

    def _wording(self, said: re.Match[str]) -> Stated:
        if said["unused"]:
            self._subject = said["fund"]
            return Stated(self._section, f"{said['fund']} 使用", "", "", said["unused"])
        if said["none"]:
            return Stated(self._section, "购置车辆和设备", "", "", said["none"])
        if said["level"]:
            return Stated(self._section, f"{self._subject} 持平", "", "", said["level"].removeprefix("与上年"))
        return Stated(self._section, f"{self._subject} 原因", "", "", said["cause"].removesuffix("是"))


LISTS = {
    "收入来源": ("(一)", r"收入包括：(.+?)；"),
    "功能类": ("(一)", r"；支出包括：(.+?)。"),
    "人员经费": ("(六)", r"^人员经费.*?：(.+)。"),
    "公用经费": ("(六)", r"^公用经费.*?：(.+)。"),
}


def generated_list(pieces: Iterable[Piece], name: str) -> list[str]:
    """A list of names out of a generated sentence, in order."""
    section, pattern = LISTS[name]
    found = re.search(pattern, text_of(pieces, section), flags=re.MULTILINE)
    assert found, name
    return found[1].split("、")


def generated_items(pieces: Iterable[Piece]) -> list[str]:
    """类/款/项 of every 项 that (五)3 speaks of, in order."""
    return ["/".join(names) for names in ITEM.findall(text_of(pieces, "(五)3"))]


def line(  # noqa: PLR0913 (a line has as many dimensions)
    function: str,
    wan: str,
    source: FundSource = FundSource.GENERAL,
    *,
    origin: Origin = Origin.THIS_YEAR,
    nature: Nature = Nature.OPERATING,
    economic: str | None = "30201",
    project: str | None = None,
) -> Line:
    """A budget line, office supplies of this year's appropriation unless said otherwise."""
    return Line.of(LineKey(source, origin, function, nature, economic, project), Money.from_wan(wan))


def project_line(function: str, wan: str, source: FundSource = FundSource.GENERAL) -> Line:
    """A line of 项目支出."""
    return line(function, wan, source, nature=Nature.PROJECT, economic=None, project="某项目")


class MadeUp:
    """A small ledger of a made-up unit. What is told of a year counts from its first day."""

    def __init__(self, folder: Path) -> None:
        self._store = SqliteStore.create(folder / "budget.db")
        self._entries = ReadModel(self._store)
        self._record(RegisterUnit(effective_on=date(2022, 1, 1), name="某某局"), Stream(UNIT))

    def budget(self, year: int, *lines: Line) -> None:
        """年初批复."""
        day = date(year, 1, 1)
        self._record(
            ApproveInitialBudget(effective_on=day, document=DOCUMENT, reason="年初批复", lines=lines),
            Stream(UNIT, year),
        )

    def execution(self, year: int, *lines: Line) -> None:
        """The year's 执行数, by functional 项."""
        period = Period(year, None)
        bare = tuple(line.under(nature=None, economic_code=None, project=None) for line in lines)
        self._record(RecordExecution(effective_on=period.last_day, period=period, lines=bare), Stream(UNIT, year))

    def carry_over(self, year: int, *lines: Line) -> None:
        """结转 into a year, out of the one before."""
        self._record(
            CarryOverBudget(effective_on=date(year, 1, 1), document=DOCUMENT, reason="结转", lines=lines),
            Stream(UNIT, year),
        )

    def transfer(self, year: int, *lines: Line) -> None:
        """调剂."""
        self._record(
            TransferBudget(effective_on=date(year, 5, 1), document=DOCUMENT, reason="调剂", lines=lines),
            Stream(UNIT, year),
        )

    def cause(self, year: int, subject: str, text: str, basis: Basis = Basis.EXECUTION) -> None:
        """主要原因."""
        self._tell(year, ExplanationRecorded, subject=subject, aspect=Aspect.CAUSE, basis=basis, text=text)

    def purpose(self, year: int, subject: str, text: str) -> None:
        """主要用途."""
        self._tell(year, ExplanationRecorded, subject=subject, aspect=Aspect.PURPOSE, text=text)

    def indicator(self, year: int, name: str, wan: str) -> None:
        """An indicator in 万元."""
        self._tell(year, IndicatorRecorded, indicator=name, amount=Money.from_wan(wan))

    def count(self, year: int, name: str, count: int) -> None:
        """An indicator that is counted."""
        self._tell(year, IndicatorRecorded, indicator=name, count=count)

    def leave_out(self, year: int, *economic: str) -> None:
        """同口径."""
        self._tell(year, ComparabilityDeclared, excluded=economic, reason="管理方式变化")

    def name(self, year: int, code: str, name: str) -> None:
        """科目名称."""
        self._tell(year, SubjectNamed, code=code, name=name)

    def question(self, year: int = 2024, measure: Measure = Measure.INITIAL) -> Question:
        """The question for a year, at its end."""
        day = date(year, 12, 31)
        return Question(UNIT, year, measure, Cut(day, end_of_day(day)))

    def reader(self) -> Reader:
        """A reader of what was told."""
        return Reader(self._store, self._entries, builtin())

    def narrative(self, year: int = 2024, measure: Measure = Measure.INITIAL) -> list[Piece]:
        """The narrative of a year in Hangzhou's sentences."""
        return narrative(self.reader(), self.question(year, measure))

    def says(self, section: str, year: int = 2024, measure: Measure = Measure.INITIAL) -> str:
        """What the narrative of a year says in a section."""
        return text_of(self.narrative(year, measure), section)

    def close(self) -> None:
        self._store.close()

    def _tell(self, year: int, fact: type[Event], **said: object) -> None:
        self._record(Declare(fact=fact(effective_on=date(year, 1, 1), **said)), Stream(UNIT, year))

    def _record(self, intent: Value, stream: Stream) -> None:
        ledger = Ledger(self._store, self._entries.follow, builtin(), now=lambda: MORNING)
        record(ledger, stream, intent, Order("某人"))
