"""Ways to tamper with what stands beside the events: triggers, definitions of tables, the header, the read model."""

from functools import partial

from tampering_hand import LEDGER_TABLES, MIGRATIONS, Hand, Sight, Way

STEP_MAX = 20

Cells = list[object]


# Triggers: these act while the guards stand


def a_trigger(hand: Hand) -> tuple[str, str]:
    """One of the guards and the table it guards."""
    found = hand.run("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    return hand.chance.choice(found)


def drop_trigger(hand: Hand) -> None:
    hand.run(f"DROP TRIGGER {a_trigger(hand)[0]}")


def blunt_trigger(hand: Hand) -> None:
    name, table = a_trigger(hand)
    hand.run(f"DROP TRIGGER {name}")
    hand.run(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN SELECT 1; END")


def add_trigger(hand: Hand) -> None:
    table = hand.chance.choice([*LEDGER_TABLES, *hand.read_model])
    hand.run(f"CREATE TRIGGER swallow BEFORE INSERT ON {table} BEGIN SELECT raise(IGNORE); END")


def rewrite_definition(hand: Hand) -> None:
    hand.run("PRAGMA writable_schema = ON")
    hand.run("UPDATE sqlite_master SET sql = replace(sql, 'json_valid(payload)', 'true') WHERE name = 'events'")
    hand.run("PRAGMA writable_schema = OFF")


# Definitions and the header


def loosen_table(table: str, hand: Hand) -> None:
    """The same rows in a table that holds no rules."""
    hand.run(f"ALTER TABLE {table} RENAME TO kept")
    hand.run(f"CREATE TABLE {table} AS SELECT * FROM kept")
    hand.run("DROP TABLE kept")


def add_index(hand: Hand) -> None:
    hand.run("CREATE INDEX strange ON events (actor)")


def forget_migrations(hand: Hand) -> None:
    hand.run(f"DELETE FROM {MIGRATIONS}")


def set_pragma(assignment: str, hand: Hand) -> None:
    hand.run(f"PRAGMA {assignment}")


# The read model


def edit_cell(hand: Hand) -> None:
    table, row = a_row(hand)
    changed = with_another_cell(row, hand)
    columns = columns_of(table, hand)
    assignments, places = (sep.join(f"{name} {op} ?" for name in columns) for sep, op in ((", ", "="), (" AND ", "IS")))
    hand.run(f"UPDATE OR REPLACE {table} SET {assignments} WHERE {places}", (*changed, *row))


def remove_row(hand: Hand) -> None:
    table, row = a_row(hand)
    places = " AND ".join(f"{name} IS ?" for name in columns_of(table, hand))
    hand.run(f"DELETE FROM {table} WHERE {places}", row)


def insert_row(hand: Hand) -> None:
    table, row = a_row(hand)
    hand.run(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", with_another_cell(row, hand))


def empty_table(hand: Hand) -> None:
    hand.run(f"DELETE FROM {a_row(hand)[0]}")


def drop_table(hand: Hand) -> None:
    hand.run(f"DROP TABLE {hand.chance.choice(hand.read_model)}")


def hide_behind_view(hand: Hand) -> None:
    """A view of the table's name that tells one number otherwise."""
    table, row = a_row(hand)
    columns = columns_of(table, hand)
    numbers = [name for name, cell in zip(columns, row, strict=True) if isinstance(cell, int)]
    told = hand.chance.choice(numbers)
    hand.run(f"ALTER TABLE {table} RENAME TO behind")
    shown = ", ".join(f"{name} + 1 AS {name}" if name == told else name for name in columns)
    hand.run(f"CREATE VIEW {table} AS SELECT {shown} FROM behind")


def a_row(hand: Hand) -> tuple[str, Cells]:
    """A row of one of the read model's tables."""
    filled = [table for table in hand.read_model if hand.run(f"SELECT 1 FROM {table} LIMIT 1").fetchone()]
    table = hand.chance.choice(filled)
    return table, list(hand.chance.choice(hand.run(f"SELECT * FROM {table}").fetchall()))


def columns_of(table: str, hand: Hand) -> list[str]:
    return [column[1] for column in hand.run(f"PRAGMA table_info({table})")]


def with_another_cell(row: Cells, hand: Hand) -> Cells:
    """The row with one cell changed: a number moved a little, a text made longer."""
    place = hand.chance.randrange(len(row))
    step = hand.chance.choice([-1, 1]) * hand.chance.randint(1, STEP_MAX)
    cell = row[place]
    return [*row[:place], cell + step if isinstance(cell, int) else f"{cell}x", *row[place + 1 :]]


TRIGGER_WAYS = [
    Way("drop a trigger", drop_trigger, Sight.ALONE, acts_on_guards=True),
    Way("blunt a trigger", blunt_trigger, Sight.ALONE, acts_on_guards=True),
    Way("add a trigger that swallows", add_trigger, Sight.ALONE, acts_on_guards=True),
]
DEFINITION_WAYS = [
    Way("rewrite a definition", rewrite_definition, Sight.ALONE, acts_on_guards=True),
    *(Way(f"loosen table {name}", partial(loosen_table, name), Sight.ALONE) for name in LEDGER_TABLES),
    Way("add an index", add_index, Sight.ALONE),
    Way("forget the migrations", forget_migrations, Sight.ALONE),
    Way("take the version of the tables back", partial(set_pragma, "user_version = 0"), Sight.ALONE),
    Way("take the version of the tables ahead", partial(set_pragma, "user_version = 1000"), Sight.ALONE),
    Way("take away the file's identity", partial(set_pragma, "application_id = 0"), Sight.ALONE),
]
READ_MODEL_WAYS = [
    Way("edit a cell of the read model", edit_cell, Sight.ALONE),
    Way("remove a row of the read model", remove_row, Sight.ALONE),
    Way("insert a row into the read model", insert_row, Sight.ALONE),
    Way("empty a table of the read model", empty_table, Sight.ALONE),
    Way("drop a table of the read model", drop_table, Sight.ALONE),
    Way("hide a table of the read model behind a view", hide_behind_view, Sight.ALONE),
]
