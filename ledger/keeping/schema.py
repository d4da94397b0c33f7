"""The SQLite tables of the event log, and the triggers that keep them append-only."""

EVENTS = """
CREATE TABLE events (
    position      INTEGER PRIMARY KEY,
    stream        TEXT NOT NULL,
    version       INTEGER NOT NULL,
    event_id      TEXT NOT NULL CHECK (event_id = stream || '/' || version),
    recorded_at   TEXT NOT NULL,
    actor         TEXT NOT NULL,
    command_id    TEXT NOT NULL,
    intent_digest TEXT NOT NULL,
    type          TEXT NOT NULL,
    type_version  INTEGER NOT NULL,
    payload       TEXT NOT NULL CHECK (json_valid(payload)),
    hash          TEXT NOT NULL,
    UNIQUE (stream, version)
) STRICT
"""

# By which a second asking is recognised. An id given by hand may come in twice: from two units that count alike.
COMMAND_INDEX = "CREATE INDEX events_command ON events (command_id)"

# One row for every run of events taken in from a log, chained by itself: it is what lets their instants be old ones.
IMPORTS = """
CREATE TABLE imports (
    first_position INTEGER PRIMARY KEY,
    last_position  INTEGER NOT NULL CHECK (last_position >= first_position),
    imported_at    TEXT NOT NULL,
    actor          TEXT NOT NULL,
    last_instant   TEXT NOT NULL,
    hash           TEXT NOT NULL
) STRICT
"""

APPEND_ONLY = {"events": EVENTS, "imports": IMPORTS}

# As sqlite-utils looks for it. When a step was applied is left empty: nothing could vouch for it.
STEPS = """
CREATE TABLE _sqlite_migrations (
    id            INTEGER PRIMARY KEY,
    migration_set TEXT NOT NULL,
    name          TEXT NOT NULL,
    applied_at    TEXT NOT NULL,
    UNIQUE (migration_set, name)
) STRICT
"""

STEPS_TAKEN = ((1, "ledger", "event_log", ""),)  # what ``migrations`` leaves there

_LAST_IMPORTED = "coalesce((SELECT last_position FROM imports ORDER BY first_position DESC LIMIT 1), 0)"

_GAPLESS = """
CREATE TRIGGER events_gapless BEFORE INSERT ON events
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
  OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
BEGIN SELECT raise(ABORT, 'events: positions and versions have no gaps and are never reused'); END
"""

# What is recorded here is later than all there is. What was taken in keeps its instants, in order in its stream.
_FORWARD = f"""
CREATE TRIGGER events_forward BEFORE INSERT ON events
WHEN NEW.recorded_at < (SELECT recorded_at FROM events WHERE stream = NEW.stream ORDER BY version DESC LIMIT 1)
  OR NEW.position > {_LAST_IMPORTED} AND (
     NEW.recorded_at < (SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1)
  OR NEW.recorded_at <= (SELECT last_instant FROM imports ORDER BY first_position DESC LIMIT 1))
BEGIN SELECT raise(ABORT, 'events: recorded_at never goes back'); END
"""  # noqa: S608 (constants)

_REFUSED = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT raise(ABORT, '{table}: append only'); END
"""

# A REPLACE of an existing row fires no DELETE trigger on a plain connection, so inserts are watched here too.
_IMPORTS_GAPLESS = """
CREATE TRIGGER imports_gapless BEFORE INSERT ON imports
WHEN NEW.first_position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
  OR EXISTS (SELECT 1 FROM imports WHERE last_position >= NEW.first_position)
BEGIN SELECT raise(ABORT, 'imports: a run has no gaps and begins behind the last event'); END
"""

TRIGGERS: dict[str, str] = {
    "events_gapless": _GAPLESS,
    "events_forward": _FORWARD,
    "imports_gapless": _IMPORTS_GAPLESS,
} | {
    f"{table}_no_{verb}": _REFUSED.format(table=table, verb=verb)
    for table in APPEND_ONLY
    for verb in ("update", "delete")
}
