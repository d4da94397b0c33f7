"""``budget reverse``: 冲销 one event, from the day it counted from."""

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.options import Parsed
from commands.desk.recorder import Recorder, is_attended, recording
from events.document import Document
from events.errors import WrongUsage
from events.stream import Stream, event_id, stream_of
from ledger.deciding.reversal import ReverseEvent


@click.command(help=_("冲销事件 EVENT_ID（如 101/2024/3）：自它的生效日起取消，自记录之时起为账本所知。"))
@click.argument("event", metavar="EVENT_ID", type=Parsed("EVENT_ID", stream_of))
@options.documented(required=False)
@options.reason
@recording(of_year=False, dated=False)
def command(recorder: Recorder, event: tuple[Stream, int], reason: str, document: Document | None) -> None:
    """Reverse an event."""
    stream, version = event
    _check_agreement(recorder, stream)
    identity = event_id(str(stream), version)
    intent = make(ReverseEvent, event_id=identity, document=document, reason=reason)
    recorder.record(intent, stream, asks=is_attended())


def _check_agreement(recorder: Recorder, stream: Stream) -> None:
    """``--unit`` and ``--year`` are not needed here, but must not contradict the event."""
    flags, roll = recorder.flags, recorder.session.reader.roll(recorder.session.cut())
    unit = roll.find(flags.unit or stream.unit)
    if unit.code != stream.unit or (flags.year and flags.year != stream.year):
        raise WrongUsage("--unit 或 --year 与事件所在的 {stream} 不符。", stream=stream)
