"""``budget explain``: 主要用途 and 主要原因."""

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from events.disclosure import ExplanationRecorded, explained_subject
from events.vocabulary import Aspect, Basis, Topic
from ledger.deciding.statement import Declare


@click.command(
    help=_(
        "记录 SUBJECT 的主要用途或主要原因，文字接在“主要用于”“主要原因是”之后，不要重复这些字。SUBJECT 是功能科目的项（7 位编码）、指标名称，或："
    )
    + "、".join(topic.label for topic in Topic)
    + "。"
)
@click.argument("subject", type=options.Parsed("SUBJECT", explained_subject))
@click.argument("text")
@options.word("--aspect", Aspect, about=_("说明什么："), required=True)
@options.word("--basis", Basis, about=_("原因针对哪种比较，默认正文所用的那种："))
@recording()
def command(recorder: Recorder, subject: str, text: str, aspect: Aspect, basis: Basis | None) -> None:
    """Record an explanation."""
    day = recorder.day()
    fact = make(ExplanationRecorded, effective_on=day, subject=subject, aspect=aspect, basis=basis, text=text)
    recorder.record(Declare(fact=fact))
