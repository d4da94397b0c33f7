"""A reader whose figures remember where they came from. Whatever is asked of it is computed as always."""

from collections.abc import Collection, Sequence
from typing import Any

from events.stream import Stream
from events.vocabulary import Stage
from projections.cut import Cut
from projections.entries.queries import GRAIN
from projections.entries.read_model import Amount
from projections.reading.reader import Reader
from projections.registers.statements import Statement
from projections.tracing.tracked import Stated, Tracked, TrackedText

FIGURES = ("amount", "count")
TEXTS = ("target",)


class TracingReader(Reader):
    """A reader that gives every line of every event on its own, reversed ones with their reversals."""

    def amounts(
        self,
        units: Sequence[str],
        year: int,
        stages: Sequence[Stage],
        cut: Cut,
        grain: Collection[str] = GRAIN,  # noqa: ARG002 (everything is told apart)
    ) -> list[Amount]:
        """See Reader.amounts; not added up."""
        moved = self.entries.movements(units, year, stages, cut)
        return [one.amount._replace(fen=Tracked.of(one.amount.fen, one)) for one in moved]

    def statements(self, stream: Stream, types: Sequence[str], cut: Cut) -> list[Statement]:
        """See Reader.statements."""
        return [stated._replace(payload=_tracked(stated, stream)) for stated in super().statements(stream, types, cut)]


def tracing(reader: Reader) -> TracingReader:
    """The same reader, with figures that remember."""
    return TracingReader(reader.store, reader.entries, reader.catalogue, reader.forms)


def _tracked(stated: Statement, stream: Stream) -> dict[str, Any]:
    payload = stated.payload
    source = Stated(stated.event_id, payload.get("restates") or stream.year or 0)
    figures = {key: Tracked.of(payload[key], source) for key in FIGURES if payload.get(key) is not None}
    texts = {key: TrackedText.of(payload[key], source) for key in TEXTS if payload.get(key) is not None}
    return payload | figures | texts
