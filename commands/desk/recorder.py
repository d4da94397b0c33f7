"""How a recording goes at the desk: show the effect, ask, record, say what was recorded."""

import errno
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, NamedTuple, TypeVar

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.options import Command
from commands.desk.session import Session, pass_session
from events.errors import Fault, WrongUsage
from events.line import Line
from events.model import Event
from events.money import ZERO, total
from events.payload import from_record
from events.reversal import EventReversed
from events.stream import Stream
from events.text import seen
from ledger.deciding.decider import remarks
from ledger.deciding.intent import Intent
from ledger.recording import Order, Receipt, record
from projections.figures.history import TITLES

LINES_SHOWN = 20

E = TypeVar("E", bound=Event)


class Flags(NamedTuple):
    """How a recording is to be done. ``day`` is the one chosen, where the command leaves it to be chosen."""

    unit: str | None
    year: int | None
    day: date | None
    yes: bool
    dry_run: bool
    command_id: str | None
    form: str


class Recorder:
    """One recording command: its session and its flags."""

    def __init__(self, session: Session, flags: Flags) -> None:
        self.session = session
        self.flags = flags
        self._chose_day = True

    @property
    def _command_id(self) -> str | None:
        return seen(self.flags.command_id) if self.flags.command_id is not None else None

    @property
    def stream(self) -> Stream:
        """The unit's year that the command is about; of a command without a year, the unit itself."""
        return Stream(self.unit_code, self.flags.year)

    @property
    def year(self) -> int:
        """The year that the command is about; 0 if it is about none."""
        return self.flags.year or 0

    @property
    def unit_code(self) -> str:
        """The code of the unit that the command is about."""
        return self.session.reader.roll(self.session.cut()).find(self.flags.unit).code

    def day(self) -> date:
        """The day a fact counts from: as chosen, else today, kept inside the fiscal year."""
        self._chose_day = self.flags.day is not None
        today, year = self.session.today(), self.flags.year
        return self.flags.day or (min(max(today, date(year, 1, 1)), date(year, 12, 31)) if year else today)

    def today(self) -> date:
        """Today, for a fact whose day nobody chooses."""
        self._chose_day = False
        return self.session.today()

    def record(
        self,
        intent: Intent,
        stream: Stream | None = None,
        *,
        once: bool = False,
        asks: bool = False,
        behind: datetime | None = None,
        precondition: Callable[[], None] = lambda: None,
    ) -> None:
        """Record an intent, after showing its effect and asking where the command asks.

        The precondition raises if what the intent rests on does not hold any more; it is looked at before a trial,
        and in the transaction that records.
        """
        where = stream or self.stream
        order = Order(self.session.actor, self._command_id, once, chose_day=self._chose_day, behind=behind)
        is_shown = self.flags.dry_run or (asks and not self.flags.yes)
        if is_shown:
            precondition()
            trial = self._tried(where, intent, order)
            if self.flags.dry_run:
                self._answer(trial, _("试运行，没有记录。"), dry_run=True)
                return
            if not trial.is_repeat:
                _confirm()
            order = order._replace(expected=trial.before.version)
        with self.session.store.transaction():
            precondition()
            receipt = record(self.session.ledger, where, intent, order)
        if not is_shown:
            _remark(intent, receipt)
        self._acknowledge(receipt)
        if self.session.entries.failure:
            click.echo(_("事件已记录，但读模型没有跟上；请运行 budget rebuild。"), err=True)

    def _tried(self, where: Stream, intent: Intent, order: Order) -> Receipt:
        """What recording would come to, shown."""
        trial = record(self.session.ledger, where, intent, order._replace(is_trial=True))
        _show_effect(trial)
        _remark(intent, trial)
        return trial

    def earlier(self, kind: type[E], stream: Stream | None = None) -> E | None:
        """What the command id led to before, if it was an event of this kind.

        For commands whose intent changes with the ledger itself, which their own first try has moved on.
        """
        if (command_id := self._command_id) is None:
            return None
        where, store = stream or self.stream, self.session.store
        intents = store.intents([command_id]).get(command_id, {})
        digests = (intent_digest for intent_digest, name in intents.items() if name == str(where))
        records = (record for digest in digests for record in store.answer(command_id, digest) or ())
        return next((event for event in map(from_record, records) if isinstance(event, kind)), None)

    def _acknowledge(self, receipt: Receipt) -> None:
        """Say what was recorded; it is, even if nobody can be told."""
        try:
            self._answer(receipt, _("已记录。"))
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            last = receipt.records[-1].event_id
            raise WrongUsage(
                "事件 {event} 已记录，只是回答写不出来（{detail}）；请不要重复记录。", event=last, detail=error.strerror
            ) from error

    def _answer(self, receipt: Receipt, said: str, **more: Any) -> None:
        last = receipt.records[-1]
        if receipt.is_repeat:
            said, more = _("此前已经记录过，没有重复记录。"), {**more, "repeated": True}
        if self.flags.form == "json":
            answer = {"event_id": last.event_id, "stream": last.stream, "version": last.version, **more}
            click.echo(json.dumps(answer, ensure_ascii=False))
            return
        click.echo(f"{said} {_(TITLES[last.type])} {last.event_id}{_content_of(receipt)}")


def recording(*, of_year: bool = True, dated: bool = True) -> Callable[[Command], Command]:
    """The options of every command that records; the command gets a Recorder.

    One that is not ``dated`` knows itself from what day its fact counts.
    """

    def decorate(command: Command) -> Command:
        @wraps(command)
        def gathered(session: Session, /, **rest: Any) -> Any:
            day = rest.pop("effective_on") if dated else None
            how = {key: rest.pop(key) for key in Flags._fields if key != "day"}
            return command(Recorder(session, Flags(day=day, **how)), **rest)

        taken = [
            options.unit,
            click.option("--year", type=options.YEAR, required=of_year, metavar="Y", help=_("预算年度。")),
            click.option("--yes", is_flag=True, help=_("不再询问。")),
            click.option("--dry-run", is_flag=True, help=_("只看效果，不记录。")),
            click.option("--command-id", metavar="ID", help=_("命令编号：同一编号同一内容只记录一次。")),
            options.answer_form,
        ]
        return options.applied(pass_session(gathered), [_EFFECTIVE_ON, *taken] if dated else taken)  # type: ignore[return-value]

    return decorate


_EFFECTIVE_ON = click.option(
    "--effective-on",
    type=options.DAY,
    metavar="D",
    help=_("生效日；默认今天，今天不在预算年度之内时取年度里最近的一天。"),
)


def _content_of(receipt: Receipt) -> str:
    """What was recorded, in short."""
    event, *_others = receipt.events
    lines: list[Line] = [line for each in receipt.events for line in getattr(each, "lines", ())]
    if isinstance(event, EventReversed):
        return _("，冲销的是 {event}", event=event.event_id)
    if not lines:
        return ""
    if event.type == "BudgetTransferred":
        moved = total(line.amount for line in lines if line.fen > 0)
        return _("，{count} 条明细，调入调出各 {amount}", count=len(lines), amount=moved)
    return _("，{count} 条明细，合计 {amount}", count=len(lines), amount=total(x.amount for x in lines))


def _remark(intent: Intent, receipt: Receipt) -> None:
    """Tell what is worth knowing of an intent and stops nothing."""
    for found in () if receipt.is_repeat else remarks(intent, receipt.before):
        remark(found)


def remark(found: Fault) -> None:
    """Tell of something that stops nothing."""
    click.echo(_("提示：{remark}", remark=translated(found)), err=True)


def _show_effect(receipt: Receipt) -> None:
    if receipt.is_repeat:
        return
    moving = [receipt.before.history[e.event_id] if isinstance(e, EventReversed) else e for e in receipt.events]
    if not any(getattr(event, "lines", ()) for event in moving):
        return
    from ledger.deciding.balances import BUDGETING, balances

    moved = [event for event in moving if isinstance(event, BUDGETING)]
    keys = list(dict.fromkeys(line.key for event in moved for line in event.lines))
    was, will_be = balances(receipt.before), balances(receipt.after)
    for key in keys[:LINES_SHOWN]:
        before, after = was.get(key, ZERO), will_be.get(key, ZERO)
        click.echo(_("{line}：变动后预算 {before} 变为 {after}", line=key, before=before, after=after), err=True)
    if len(keys) > LINES_SHOWN:
        click.echo(_("……共 {count} 条明细。", count=len(keys)), err=True)


def _confirm() -> None:
    if sys.stdin is None:
        raise WrongUsage("没有得到确认，没有记录；不需询问时请加 --yes。")
    try:
        agreed = click.confirm(_("确认记录？"), err=True)
    except click.Abort:
        raise WrongUsage("没有得到确认，没有记录；不需询问时请加 --yes。") from None
    if not agreed:
        raise WrongUsage("已取消，没有记录。")


def is_attended() -> bool:
    """Whether a person sits at the terminal."""
    return sys.stdin is not None and sys.stdin.isatty()
