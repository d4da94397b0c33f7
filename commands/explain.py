"""``budget explain``: 主要用途 and 主要原因."""

from datetime import date

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.options import Flags
from commands.desk.recorder import Recorder
from commands.desk.session import Session, pass_session
from events.disclosure import ExplanationRecorded, explained_subject
from events.vocabulary import Aspect, Basis, Topic
from ledger.deciding.statement import Declare


@click.command(
    help=_("记录 SUBJECT 的主要用途或主要原因。SUBJECT 是功能科目的项（7 位编码）、指标名称，或：")
    + "、".join(topic.label for topic in Topic)
    + "。"
)
@click.argument("subject", type=options.Parsed("SUBJECT", explained_subject))
@click.argument("text")
@options.word("--aspect", Aspect, about=_("说明什么："), required=True)
@options.word("--basis", Basis, about=_("原因针对哪种比较，默认正文所用的那种："))
@options.effective_on
@options.recording()
@pass_session
def command(
    session: Session,
    subject: str,
    text: str,
    aspect: Aspect,
    basis: Basis | None,
    effective_on: date | None,
    flags: Flags,
) -> None:
    """Record an explanation."""
    recorder = Recorder(session, flags)
    day = recorder.day(effective_on)
    fact = make(ExplanationRecorded, effective_on=day, subject=subject, aspect=aspect, basis=basis, text=text)
    recorder.record(Declare(fact=fact))
