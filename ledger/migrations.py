"""How a ledger file comes to today's schema. A migration once released is never edited."""

from sqlite_utils import Migrations
from sqlite_utils.db import Database

from ledger.schema import COMMANDS, EVENTS, SEALS, TRIGGERS

MIGRATIONS = Migrations("ledger")


@MIGRATIONS()
def event_log(database: Database) -> None:
    """Events, the commands that made them, and the seals on time."""
    for statement in (EVENTS, COMMANDS, SEALS, *TRIGGERS.values()):
        database.execute(statement)


def migrate(database: Database) -> None:
    """Apply what a database has not had yet."""
    MIGRATIONS.apply(database)
