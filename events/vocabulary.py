"""The field's closed lists of words: a stable token for storage, a Chinese label for people."""

from enum import StrEnum
from functools import cache
from typing import Self, TypeVar, cast

from events.errors import Invalid, listed


class Term(StrEnum):
    """A word of a closed list. Its value is stored; its label is printed."""

    label: str

    def __new__(cls, token: str, label: str) -> Self:
        """A member from its stored token and its printed label."""
        term = str.__new__(cls, token)
        term._value_ = token
        term.label = label
        return term

    @classmethod
    def of(cls, token: str) -> Self:
        """The term with this token, else Invalid."""
        term = cls._value2member_map_.get(token)
        if term is None:
            raise Invalid("不认识存储的词“{text}”，可以是：{choices}。", text=token, choices=listed(cls))
        return cast("Self", term)

    @classmethod
    def named(cls, text: str) -> Self:
        """The term with this label or token, else Invalid with the words that would do."""
        for term in cls:
            if text in (term.label, term.value):
                return term
        raise Invalid("不认识“{text}”，可以写：{choices}。", text=text, choices=listed(t.label for t in cls))


T = TypeVar("T", bound=Term)


@cache
def tokens(terms: type[T]) -> dict[str, T]:
    """The terms of a closed list by what is stored for them."""
    return {term.value: term for term in terms}


class FundSource(Term):
    """资金来源, in the order of the published 收入预算总表."""

    GENERAL = "general", "一般公共预算"
    GOVERNMENT_FUND = "government_fund", "政府性基金预算"
    STATE_CAPITAL = "state_capital", "国有资本经营预算"
    SPECIAL_ACCOUNT = "special_account", "财政专户管理资金"
    INSTITUTION = "institution", "事业收入"
    BUSINESS = "business", "事业单位经营收入"
    SUPERIOR = "superior", "上级补助收入"
    AFFILIATE = "affiliate", "附属单位上缴收入"
    OTHER = "other", "其他收入"


class Origin(Term):
    """Whether the money is this year's or came over from the year before."""

    THIS_YEAR = "this_year", "本年"
    CARRIED_OVER = "carried_over", "上年结转"


class Nature(Term):
    """支出用途."""

    PERSONNEL = "personnel", "人员支出"
    OPERATING = "operating", "公用经费"
    PROJECT = "project", "项目支出"
    BUSINESS = "business", "事业单位经营支出"
    REMITTANCE = "remittance", "上缴上级支出"
    SUBSIDY = "subsidy", "对附属单位补助支出"

    @property
    def is_basic(self) -> bool:
        """Whether it is 基本支出, which is budgeted down to the economic 款 (预算法 art. 46)."""
        return self in (Nature.PERSONNEL, Nature.OPERATING)


class Ground(Term):
    """On what ground a budget is 追加 or 追减 during the year."""

    ADJUSTMENT = "adjustment", "预算调整"
    RESERVE = "reserve", "预备费"
    SUPERIOR_SPECIAL = "superior_special", "上级专项"
    UNALLOCATED = "unallocated", "待分配"
    OVERSEAS_PLAN = "overseas_plan", "因公出国计划审批"
    STAFF_CHANGE = "staff_change", "人员变动"
    SAVING = "saving", "压减支出"
    RECOVERY = "recovery", "收回资金"
    OTHER = "other", "其他"


class Stage(Term):
    """Which part of a year's budget a line belongs to."""

    INITIAL = "initial", "年初批复"
    SUPPLEMENT = "supplement", "追加"
    REDUCTION = "reduction", "追减"
    TRANSFER = "transfer", "调剂"
    CARRIED_IN = "carried_in", "上年结转"
    CARRIED_OUT = "carried_out", "结转下年"
    EXECUTION = "execution", "执行数"


class Measure(Term):
    """Which sum of stages a table prints."""

    INITIAL = "initial", "年初预算数"
    CURRENT = "current", "变动后预算数"
    EXECUTION = "execution", "执行数"

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that add up to it."""
        return _STAGES[self]


class Basis(Term):
    """What a figure is compared with."""

    EXECUTION = "execution", "上年执行数"
    BUDGET = "budget", "上年预算数"


class Aspect(Term):
    """What an explanation explains."""

    PURPOSE = "purpose", "主要用途"
    CAUSE = "cause", "主要原因"


class Topic(Term):
    """What an explanation may be about beside a 科目 and an indicator."""

    TOTAL = "total", "合计"
    THREE_PUBLIC = "sangong_total", "“三公”经费"
    OVERSEAS_TRIPS = "overseas", "因公出国（境）费用"
    RECEPTION = "reception", "公务接待费"
    VEHICLES = "vehicles", "公务用车购置及运行维护费"
    VEHICLE_PURCHASE = "vehicle_purchase", "公务用车购置费"
    VEHICLE_RUNNING = "vehicle_running", "公务用车运行维护费"


class ProjectKind(Term):
    """项目类别 of the 预算管理一体化 field set."""

    OTHER_OPERATION = "other_operation", "其他运转类"
    SPECIFIC_TARGET = "specific_target", "特定目标类"


class Signed(Term):
    """What a signature is put to: all that a unit has recorded, or one publication."""

    LEDGER = "ledger", "账本"
    PUBLICATION = "publication", "公开件"


_STAGES = {
    Measure.INITIAL: (Stage.INITIAL,),
    Measure.CURRENT: (
        Stage.INITIAL,
        Stage.SUPPLEMENT,
        Stage.REDUCTION,
        Stage.TRANSFER,
        Stage.CARRIED_IN,
        Stage.CARRIED_OUT,
    ),
    Measure.EXECUTION: (Stage.EXECUTION,),
}
