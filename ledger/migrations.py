"""How a ledger file comes to today's schema. A migration once released is never edited."""

from sqlite_utils import Migrations
from sqlite_utils.db import Database

from ledger.schema import COMMAND_INDEX, EVENTS, IMPORTS, SEALS, TRIGGERS

MIGRATIONS = Migrations("ledger")


@MIGRATIONS()
def event_log(database: Database) -> None:
    """Events, the index by command, the seals on time, and what was taken in."""
    for statement in (EVENTS, COMMAND_INDEX, SEALS, IMPORTS, *TRIGGERS.values()):
        database.execute(statement)


def migrate(database: Database) -> None:
    """Apply what a database has not had yet."""
    MIGRATIONS.apply(database)
