"""``budget reverse``: 冲销 one event, from the day it counted from."""

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.options import Flags, Parsed
from commands.desk.recorder import Recorder, is_attended
from commands.desk.session import Session, pass_session
from events.document import Document
from events.errors import WrongUsage
from events.stream import Stream, event_id, stream_of
from ledger.deciding.reversal import ReverseEvent


@click.command(help=_("冲销事件 EVENT_ID（如 101/2024/3）：自它的生效日起取消，自记录之时起为账本所知。"))
@click.argument("event", metavar="EVENT_ID", type=Parsed("EVENT_ID", stream_of))
@options.documented(required=False)
@options.reason
@options.recording(of_year=False)
@pass_session
def command(session: Session, event: tuple[Stream, int], reason: str, flags: Flags, document: Document | None) -> None:
    """Reverse an event."""
    stream, version = event
    _check_agreement(session, stream, flags)
    identity = event_id(str(stream), version)
    intent = make(ReverseEvent, event_id=identity, document=document, reason=reason)
    Recorder(session, flags).record(intent, stream, asks=is_attended())


def _check_agreement(session: Session, stream: Stream, flags: Flags) -> None:
    """``--unit`` and ``--year`` are not needed here, but must not contradict the event."""
    unit = session.reader.roll(session.cut()).find(flags.unit or stream.unit)
    if unit.code != stream.unit or (flags.year and flags.year != stream.year):
        raise WrongUsage("--unit 或 --year 与事件所在的 {stream} 不符。", stream=stream)
