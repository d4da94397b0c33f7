"""The oracle: plain lists of what was accepted, from which everything is counted by hand.

It knows the intents, the clock and ``docs/format.md``; it knows nothing of entries, states, deciders or SQL.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from drawing_intents import Wish

from events.record import Record

TICK = timedelta(microseconds=1)
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
CUMULATIVE = {
    "ApproveInitialBudget": ("initial", 1),
    "SupplementBudget": ("supplement", 1),
    "ReduceBudget": ("reduction", -1),
    "TransferBudget": ("transfer", 1),
    "CarryOverBudget": ("carried_in", 1),
    "RecordExecution": ("execution", 1),
}
MEASURES = {
    "initial": {"initial"},
    "current": {"initial", "supplement", "reduction", "transfer", "carried_in", "carried_out"},
    "execution": {"execution"},
}
FEN_PER_WAN = 1_000_000


class Movement(NamedTuple):
    """An amount that counts from a day, known since an instant; weight -1 takes an earlier one back."""

    event_id: str
    unit: str
    year: int
    stage: str
    line: tuple[Any, ...]
    fen: int
    weight: int
    day: date
    at: datetime


class Accepted(NamedTuple):
    """A command that was recorded."""

    wish: Wish
    event_ids: tuple[str, ...]
    is_once: bool


@dataclass
class Oracle:
    """Everything accepted so far."""

    records: list[Record] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    commands: dict[str, Accepted] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    reversed_ids: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    last: datetime = BEFORE_ALL

    @property
    def digest(self) -> str:
        """The digest of all heads, as the page on the format says."""
        return "sha256:" + sha256(canonical([[stream, *self.heads[stream]] for stream in sorted(self.heads)]))

    def accept(self, wish: Wish, records: Sequence[Record], now: datetime) -> None:
        """A command that was recorded: hold its records against what had to be, and remember it."""
        at = max(now, self.last + TICK)
        assert records, "an accepted command recorded nothing"
        command_id = records[0].command_id
        assert command_id not in self.commands, f"command {command_id} was recorded twice"
        for record in records:
            self._hold(record, str(wish.stream), command_id, at)
        self._hold_rules(wish)
        self.last = at
        self.commands[command_id] = Accepted(wish, tuple(r.event_id for r in records), command_id.startswith("sha256:"))
        self.movements += self._moved(wish, records[0].event_id, at)

    def _hold(self, record: Record, stream: str, command_id: str, at: datetime) -> None:
        version, previous = self.heads.get(stream, (0, ""))
        written = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        place = (len(self.records) + 1, stream, version + 1, f"{stream}/{version + 1}", written)
        assert record[:5] == place, f"{record[:5]} stands where {place} should"
        assert record.command_id == command_id
        assert record.hash == linked(previous, *record[1:-1]), f"{record.event_id}: the hash is another"
        self.records.append(record)
        self.heads[stream] = (version + 1, record.hash)

    def _hold_rules(self, wish: Wish) -> None:
        """What no history may hold, whatever was asked."""
        stream, kind = str(wish.stream), type(getattr(wish.intent, "fact", wish.intent)).__name__
        assert stream not in self.closed or kind in ("ReopenYear", "DocumentPublished"), f"{kind} in a closed year"
        if kind == "ApproveInitialBudget":
            standing = {m.event_id for m in self._of(stream, "initial") if m.weight > 0} - self.reversed_ids
            assert not standing, f"a second initial budget beside {standing}"
        if kind == "ReverseEvent":
            target = wish.intent.event_id
            assert target.rpartition("/")[0] == stream, f"{target} is of another stream"
            assert target not in self.reversed_ids, f"{target} was reversed twice"
            self.reversed_ids.add(target)
        self.closed = (self.closed | {stream} if kind == "CloseYear" else self.closed) - (
            {stream} if kind == "ReopenYear" else set()
        )

    def _of(self, stream: str, stage: str) -> list[Movement]:
        return [m for m in self.movements if f"{m.unit}/{m.year}" == stream and m.stage == stage]

    def _moved(self, wish: Wish, event_id: str, at: datetime) -> list[Movement]:
        kind, intent = type(wish.intent).__name__, wish.intent
        if kind == "ReverseEvent":
            taken_back = [m for m in self.movements if m.event_id == intent.event_id]
            return [m._replace(event_id="", fen=-m.fen, weight=-1, at=at) for m in taken_back]
        if kind not in CUMULATIVE:
            return []
        stage, sign = CUMULATIVE[kind]
        return [
            Movement(event_id, wish.stream.unit, year, part, line, fen, 1, intent.effective_on, at)
            for year, part, line, fen in _parts(intent, wish.stream.year, stage, sign)
        ]

    def amounts(self, unit: str, year: int, as_of: date, known_at: datetime) -> Counter:
        """What stands of every line and stage of a unit's year at a cut, explicit zeros included."""
        sums, weights = Counter(), Counter()
        for m in self.movements:
            if (m.unit, m.year) == (unit, year) and m.day <= as_of and m.at <= known_at:
                sums[m.stage, *m.line] += m.fen
                weights[m.stage, *m.line] += m.weight
        return Counter({key: fen for key, fen in sums.items() if weights[key] > 0})

    def column(self, unit: str, year: int, measure: str, cut: tuple[date, datetime]) -> dict[str, str]:
        """The printed sum of every 功能科目 of a measure in 万元; sums of nothing are left blank."""
        sums = Counter()
        for (stage, _, _, function, *_), fen in self.amounts(unit, year, *cut).items():
            if stage in MEASURES[measure]:
                sums.update(dict.fromkeys((function[:3], function[:5], function), fen))
        return {code: printed(fen) for code, fen in sums.items() if fen}

    def instants(self) -> list[datetime]:
        """The moments at which something was recorded."""
        return sorted({m.at for m in self.movements})


def _parts(intent: Any, year: int, stage: str, sign: int) -> Iterator[tuple[int, str, tuple[Any, ...], int]]:
    for line in intent.lines:
        (fund, origin, *rest), amount = line.key, line.amount
        if stage != "carried_in":
            yield year, stage, (str(fund), str(origin), *rest), sign * amount.fen
            continue
        yield year, stage, (str(fund), "carried_over", *rest), amount.fen
        yield year - 1, "carried_out", (str(fund), "this_year", *rest), -amount.fen


def printed(fen: int) -> str:
    """An amount in 万元 to two places, a half rounded up."""
    return str((Decimal(fen) / FEN_PER_WAN).quantize(Decimal("0.01"), ROUND_HALF_UP) + 0)


def linked(*header_and_payload: object) -> str:
    """The hash of a record as the page on the format says: the payload stands in the array as it is stored."""
    *header, payload = header_and_payload
    return sha256(f"{canonical(header)[:-1]},{payload}]")


def canonical(array: list[Any]) -> str:
    """An array as the page on the format says."""
    return json.dumps(array, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """Of its UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()
