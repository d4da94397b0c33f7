"""Figures written down: for a terminal, or as the table of ``docs/performance.md``."""

from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from benchmarks.machine import described
from benchmarks.rounds import Outcome, Runs

UNITS = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6))
LITTLE = 0.9995  # of a unit, from which on it is used
THREE_DIGITS = 100
MEANING = (
    "CPU: user and system time, median of the runs, which are made in turn. "
    "Ratio: ours to theirs, median of the rounds."
)
HEADINGS = ("job", "ours: CPU", "range", "memory", "against", "its CPU", "range", "runs", "ratio", "to reach", "")


class Figure(NamedTuple):
    """What a side took over its runs, in seconds of CPU and wall and MB."""

    cpu: float
    lowest: float
    highest: float
    wall: float
    peak: float
    runs: int


class Held(NamedTuple):
    """Ours held against one rival: the median of the rounds' ratios, and their range."""

    ratio: float
    lowest: float
    highest: float
    to_reach: float | None

    @property
    def verdict(self) -> str:
        """Whether what was to be reached is reached."""
        if self.to_reach is None:
            return ""
        return "met" if self.ratio <= self.to_reach else "missed"


def figure(runs: Runs) -> Figure | None:
    """The median and the range of a side's runs; None where there are none."""
    if not runs.taken:
        return None
    cpu = [taken.cpu for taken in runs.taken]
    walls = [taken.wall for taken in runs.taken]
    return Figure(median(cpu), min(cpu), max(cpu), median(walls), max(taken.peak for taken in runs.taken), len(cpu))


def held(outcome: Outcome) -> dict[str, Held]:
    """Ours against each rival that ran, round by round: what slows the machine for a while slows both."""
    ours = outcome.runs[outcome.job.ours.name].taken
    found = {}
    for rival in outcome.job.rivals:
        rounds = zip(ours, outcome.runs[rival.side.name].taken, strict=False)
        if ratios := [one.cpu / other.cpu for one, other in rounds]:
            found[rival.side.name] = Held(median(ratios), min(ratios), max(ratios), rival.to_reach)
    return found


def heading(what: str) -> str:
    """What was measured, and where."""
    return f"{what}. {described()}. {MEANING}"


def block(outcome: Outcome) -> str:
    """A job for a terminal."""
    found = held(outcome)
    head = f"{'':34}{'CPU':>10}{'range':>20}{'wall':>10}{'memory':>9}{'runs':>6}{'ratio':>18}  to reach"
    rows = [_row(name, runs, found.get(name)) for name, runs in outcome.runs.items()]
    differ = [f"  the answer of {name} is another one!" for name in outcome.differ]
    return "\n".join([f"{outcome.job.key}: {outcome.job.title}", head, *rows, *differ, ""])


def markdown(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The table, a line for each rival of each job."""
    yield _cells(HEADINGS)
    yield _cells(["---"] * len(HEADINGS))
    for outcome in outcomes:
        yield from _markdown_rows(outcome)


def duration(seconds: float) -> str:
    """Three digits or more, and a unit: 4.1 s, 870 µs."""
    unit, size = next(((unit, size) for unit, size in UNITS if seconds >= size * LITTLE), UNITS[-1])
    count = seconds / size
    return f"{count:.0f} {unit}" if count >= THREE_DIGITS else f"{count:.3g} {unit}"


def _row(name: str, runs: Runs, against: Held | None) -> str:
    found = figure(runs)
    if found is None:
        return f"  {name:32}{runs.missing}"
    row = f"  {name:32}{duration(found.cpu):>10}{_range(found):>20}{duration(found.wall):>10}{found.peak:>6.0f} MB{found.runs:>6}"
    if against is None:
        return row
    goal = "" if against.to_reach is None else f"  {against.to_reach:.3g} {against.verdict}"
    return f"{row}{_ratio(against):>18}{goal}"


def _markdown_rows(outcome: Outcome) -> Iterator[str]:
    job, found = outcome.job, held(outcome)
    ours = figure(outcome.runs[job.ours.name])
    said = (outcome.runs[job.ours.name].missing, "", "") if ours is None else _said(ours)
    if not job.rivals:
        yield _cells([job.title, *said, *[""] * 7])
    for number, rival in enumerate(job.rivals):
        name = rival.side.name
        begin = (job.title, *said) if number == 0 else ("", "", "", "")
        warning = "another answer!" if name in outcome.differ else ""
        yield _cells([*begin, *_against(outcome.runs[name], found.get(name), warning)])


def _said(ours: Figure) -> tuple[str, str, str]:
    return (f"{duration(ours.cpu)} ({ours.runs})", _range(ours), f"{ours.peak:.0f} MB")


def _against(runs: Runs, against: Held | None, warning: str) -> list[str]:
    found = figure(runs)
    if found is None or against is None:
        return [runs.side.name, runs.missing, "", "", "", "", ""]
    goal = "" if against.to_reach is None else f"{against.to_reach:.3g}"
    theirs = [runs.side.name, duration(found.cpu), _range(found), str(found.runs)]
    return [*theirs, _ratio(against), goal, warning or against.verdict]


def _ratio(against: Held) -> str:
    one = against.lowest == against.highest
    return f"{against.ratio:.3g}" if one else f"{against.ratio:.3g} ({against.lowest:.2g}–{against.highest:.2g})"


def _range(found: Figure) -> str:
    if found.runs == 1:
        return ""
    return f"{duration(found.lowest)}–{duration(found.highest)}".replace(" ", "\u00a0")


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
