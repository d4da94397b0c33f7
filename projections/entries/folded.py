"""The entries that are kept, held against those just folded into temporary tables of the same names."""

import sqlite3
from collections.abc import Collection, Iterable

_NAMED = """
SELECT units.name, projects.name, year, function, nature, stage, effective, position, line, fund_source, origin,
       economic, recorded, weight, fen
FROM {schema}.entries JOIN {schema}.entry_units AS units ON units.key = unit
LEFT JOIN {schema}.entry_projects AS projects ON projects.key = project
WHERE units.name IN ({units})
"""


def are_tables_as_folded(connection: sqlite3.Connection, tables: Iterable[str]) -> bool:
    """Whether each table has every row of the one folded, and no more; each is looked up by its key."""
    return all(_is_as_folded(connection, f"main.{table}", f"temp.{table}") for table in tables)


def are_units_as_folded(connection: sqlite3.Connection, units: Collection[str]) -> bool:
    """Whether the entries of some units are those folded, whatever keys their names have here and there."""
    marks = ", ".join("?" * len(units))
    kept, folded = (_NAMED.format(schema=schema, units=marks) for schema in ("main", "temp"))
    differing = f"SELECT * FROM ({kept} EXCEPT {folded}) UNION ALL SELECT * FROM ({folded} EXCEPT {kept})"  # noqa: S608 (constants)
    return connection.execute(differing, (*units,) * 4).fetchone() is None


def definitions(connection: sqlite3.Connection, schema: str, tables: Collection[str]) -> set[tuple[str | None, ...]]:
    """How these tables of the read model are defined, and what else hangs on them."""
    marks = ", ".join("?" * len(tables))
    query = f"SELECT type, name, tbl_name, sql FROM {schema}.sqlite_master WHERE tbl_name IN ({marks})"  # noqa: S608 (constants)
    return set(connection.execute(query, (*tables,)))


def _is_as_folded(connection: sqlite3.Connection, kept: str, folded: str) -> bool:
    sides = (kept, folded, f"{folded} NATURAL CROSS JOIN {kept}")
    counts = {connection.execute(f"SELECT count(*) FROM {side}").fetchone() for side in sides}  # noqa: S608 (constants)
    return len(counts) == 1
