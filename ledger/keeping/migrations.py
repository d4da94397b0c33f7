"""How a ledger file comes to today's schema. A migration once released is never edited."""

from sqlite_utils import Migrations
from sqlite_utils.db import Database

from ledger.keeping.schema import APPEND_ONLY, COMMAND_INDEX, STEPS, TRIGGERS

MIGRATIONS = Migrations("ledger")


@MIGRATIONS()
def event_log(database: Database) -> None:
    """Events, the index by command, what was taken in, and the triggers that guard both."""
    for statement in (*APPEND_ONLY.values(), COMMAND_INDEX, *TRIGGERS.values()):
        database.execute(statement)


def migrate(database: Database) -> None:
    """Apply what a database has not had yet."""
    if not database[MIGRATIONS.migrations_table].exists():
        database.execute(STEPS)
    MIGRATIONS.apply(database)
    database.execute(f"UPDATE {MIGRATIONS.migrations_table} SET applied_at = ''")  # noqa: S608 (a constant)
