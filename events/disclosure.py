"""What a published document says beside the lines: indicators, explanations, projects, names."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from events.codes import economic_item, is_code, subject_code
from events.document import Document
from events.errors import Invalid
from events.model import Event, Name, Sha256, Text, Value
from events.money import Money
from events.text import half_width
from events.vocabulary import Aspect, Basis, Measure, ProjectKind, Topic, tokens

Place = Annotated[str, StringConstraints(pattern=r"^(table-[1-9][0-9]?|narrative)$")]
SubjectCode = Annotated[str, AfterValidator(subject_code)]
EconomicItem = Annotated[str, AfterValidator(economic_item)]


QUOTES = dict.fromkeys(map(ord, '“”"'))


def explained_subject(text: str) -> str:
    """What is stored for a person's word: the token of a topic, a 科目 code, else the name of an indicator."""
    for topic in Topic:
        if _bare(text) in (topic.value, _bare(topic.label)):
            return topic.value
    return subject_code(text) if is_code(text) else text


def _bare(text: str) -> str:
    return half_width(text).translate(QUOTES).strip()


class IndicatorRecorded(Event):
    """A figure that no line carries (机关运行经费, 政府采购, 国有资产 …), with its definition (口径).

    Either an amount or a count. ``restates`` names the year before, whose base it replaces in this
    year's comparisons; that year's own figure stays as it was.
    """

    indicator: Name
    amount: Money | None = None
    count: int | None = None
    definition: Text | None = None
    restates: int | None = None
    document: Document | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _one_figure(self) -> Self:
        if (self.amount is None) == (self.count is None):
            raise Invalid("指标“{indicator}”应有且只有一个数：金额或数量。", indicator=self.indicator)
        if self.restates is not None and self.reason is None:
            raise Invalid("重述 {year} 年“{indicator}”必须说明原因。", year=self.restates, indicator=self.indicator)
        return self


class ExplanationRecorded(Event):
    """主要用途 or 主要原因 of a subject: a 科目 code, a topic (``total``, ``overseas`` …), or an indicator's name."""

    subject: Name
    aspect: Aspect = Field(strict=False)
    basis: Basis | None = Field(default=None, strict=False)
    text: Text

    @property
    def topic(self) -> Topic | None:
        """The topic it is about, unless that is a 科目 or an indicator."""
        return tokens(Topic).get(self.subject)

    @property
    def code(self) -> str | None:
        """The code of the 科目 it is about, if it is about one."""
        return self.subject if is_code(self.subject) else None


class ProjectRegistered(Event):
    """项目: tables list projects in the order in which they were registered."""

    name: Name
    code: Name | None = None
    kind: ProjectKind | None = Field(default=None, strict=False)


class PerformanceTargetSet(Event):
    """绩效目标 of a project for the year."""

    project: Name
    target: Text


class ComparabilityDeclared(Event):
    """同口径: economic 款 left out of both sides of a comparison with last year's budget, and why."""

    excluded: tuple[EconomicItem, ...] = Field(min_length=1)
    document: Document | None = None
    reason: Text


class SubjectNamed(Event):
    """科目名称: the name a unit prints for a code this year, everywhere or in one table."""

    code: SubjectCode
    name: Name
    place: Place | None = None
    reason: Text | None = None


class PublishedFile(Value):
    """One file of a publication and the digest of its bytes."""

    name: Name
    digest: Sha256


class DocumentPublished(Event):
    """公开: pins the cut, the template edition and every byte that went out (勾稽 L-08).

    ``made_with`` names the programs that wrote the bytes, for the day they no longer come out alike.
    """

    is_reversible: ClassVar[bool] = False
    passes_closing: ClassVar[bool] = True

    as_of: date
    known_at: datetime
    ledger_digest: Sha256
    edition: Name
    edition_digest: Sha256
    measure: Measure = Field(strict=False)
    forms: tuple[Name, ...]
    files: tuple[PublishedFile, ...]
    made_with: tuple[Name, ...] = ()
    forced: bool = False
