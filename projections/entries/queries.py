"""What is asked of the entries, in SQL: their sums at a cut, and the lines behind them."""

from collections.abc import Collection

from projections.entries.coding import FUND_SOURCES, NATURES, NO_CODE, NO_PROJECT, ORIGINS, STAGES

GRAIN = ("unit", "economic", "project")  # what an answer may add up

_LINE = ("stage", "function", "nature", "fund_source", "origin")  # what is summed together is kept together
_LINE_AS_ONE = (  # a number for each such line: it sorts in two thirds of the time of five
    f"(((function * {len(NATURES) + 1} + nature + 1) * {len(STAGES)} + stage)"
    f" * {len(FUND_SOURCES)} + fund_source) * {len(ORIGINS)} + origin"
)
_FINER = {"economic": NO_CODE, "project": NO_PROJECT}  # and what says that an amount has none
_COUNTED = "year = ? AND unit IN ({units}) AND stage {stages} AND effective <= ? AND recorded <= ?"

MOVEMENTS = f"""
SELECT position, line, unit, stage, fund_source, origin, function, nature, economic, project, fen
FROM entries WHERE {_COUNTED}
ORDER BY position, line, fen
"""  # noqa: S608 (constants)


def amounts_query(grain: Collection[str], *, is_apart: bool) -> str:
    """Units apart: one pass over the rows in the order in which they are kept. Units together: so each, then all."""
    apart = [name for name in _FINER if name in grain]
    economic, project = (name if name in apart else absent for name, absent in _FINER.items())
    said = f"stage, fund_source, origin, function, nature, {economic}, {project}, sum(fen)"
    line = ", ".join([*_LINE, *apart])
    counted = f"FROM entries WHERE {_COUNTED} GROUP BY unit, {line}"
    if is_apart:
        return f"SELECT unit, {said} {counted} HAVING sum(weight) > 0"
    each = f"SELECT unit, {line}, sum(fen) AS fen, sum(weight) AS weight {counted}"
    together = ", ".join([_LINE_AS_ONE, *apart])
    return f"SELECT min(unit), {said} FROM ({each}) GROUP BY {together} HAVING sum(weight) > 0"  # noqa: S608 (constants)


def asked_of(query: str, units: Collection[int], stages: Collection[int]) -> str:
    """A query with its conditions: a parameter for each unit, and the codes of the stages."""
    return query.format(units=marks(units), stages=_among({*stages}))


def marks(values: Collection[object]) -> str:
    """A parameter for each value."""
    return ", ".join("?" * len(values))


def _among(codes: set[int]) -> str:
    """Which codes are meant: a run of them is read in one go, without a search for each."""
    run = range(min(codes), max(codes) + 1)
    return f"BETWEEN {run[0]} AND {run[-1]}" if codes == {*run} else f"IN ({', '.join(map(str, codes))})"
