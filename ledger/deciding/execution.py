"""执行数: what was spent of a year's budget."""

from collections.abc import Iterator

from events.budget import ExecutionRecorded, Lines, PeriodText
from events.document import Document
from events.errors import Fault, Refused, fault, listed
from events.model import Event, Text
from ledger.deciding.decider import remarks, require, rule, stated
from ledger.deciding.intent import Dated
from ledger.deciding.state import State


class RecordExecution(Dated):
    """记录执行数 of a month or of the year."""

    period: PeriodText
    document: Document | None = None
    reason: Text | None = None
    lines: Lines


@rule.register
def _execute(intent: RecordExecution, state: State) -> tuple[Event, ...]:
    if intent.period.year != state.stream.year:
        raise Refused("期间 {period} 不在 {stream} 年度内。", period=intent.period, stream=state.stream)
    require(_execution_faults(intent, state))
    return (stated(ExecutionRecorded, intent),)


@remarks.register
def _overspending(intent: RecordExecution, state: State) -> Iterator[Fault]:
    """Where more is executed than budgeted (勾稽 L-07): it has happened, and is recorded all the same."""
    from ledger.deciding.balances import overspent  # reads every line of the year, for which recording has no need

    return overspent(state, intent.lines, intent.effective_on)


def _execution_faults(intent: RecordExecution, state: State) -> list[Fault]:
    recorded = list(state.standing(ExecutionRecorded))
    is_of_month, wanted = intent.period.month is not None, {line.key for line in intent.lines}
    others = [identity for identity, known in recorded if (known.period.month is not None) != is_of_month]
    if others:
        return [
            fault(
                "{stream} 已按{grain}记录执行数（事件 {event}），全年数与分月数不能并存；请先冲销一方。",
                stream=state.stream,
                grain=fault("全年") if is_of_month else fault("月"),
                event=listed(others),
            )
        ]
    return [
        fault("{line} 在 {period} 的执行数已记录（事件 {event}）。", line=key, period=intent.period, event=identity)
        for identity, known in recorded
        if known.period == intent.period
        for key in sorted(wanted & {line.key for line in known.lines}, key=str)
    ]
