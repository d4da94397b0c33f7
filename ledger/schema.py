"""The SQLite tables of the event log, and the triggers that keep them append-only."""

EVENTS = """
CREATE TABLE events (
    position     INTEGER PRIMARY KEY,
    stream       TEXT NOT NULL,
    version      INTEGER NOT NULL,
    event_id     TEXT NOT NULL CHECK (event_id = stream || '/' || version),
    recorded_at  TEXT NOT NULL,
    actor        TEXT NOT NULL,
    command_id   TEXT NOT NULL,
    type         TEXT NOT NULL,
    type_version INTEGER NOT NULL,
    payload      TEXT NOT NULL CHECK (json_valid(payload)),
    hash         TEXT NOT NULL,
    UNIQUE (stream, version)
) STRICT
"""

COMMANDS = """
CREATE TABLE commands (
    command_id     TEXT PRIMARY KEY,
    intent_digest  TEXT NOT NULL,
    first_position INTEGER NOT NULL,
    last_position  INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""

SEALS = "CREATE TABLE seals (sealed_until TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"

APPEND_ONLY_TABLES = ("events", "commands", "seals")

_GAPLESS = """
CREATE TRIGGER events_gapless BEFORE INSERT ON events
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
  OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
BEGIN SELECT raise(ABORT, 'events: positions and versions have no gaps and are never reused'); END
"""

_FORWARD = """
CREATE TRIGGER events_forward BEFORE INSERT ON events
WHEN NEW.recorded_at < (SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1)
  OR NEW.recorded_at <= (SELECT max(sealed_until) FROM seals)
BEGIN SELECT raise(ABORT, 'events: recorded_at never goes back'); END
"""

_REFUSED = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT raise(ABORT, '{table}: append only'); END
"""

# A REPLACE of an existing row fires no DELETE trigger on a plain connection, so inserts are watched.
_NO_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
BEGIN SELECT raise(ABORT, '{table}: append only'); END
"""

TRIGGERS: dict[str, str] = {
    "events_gapless": _GAPLESS,
    "events_forward": _FORWARD,
    "commands_no_replace": _NO_REPLACE.format(table="commands", key="command_id"),
    "seals_no_replace": _NO_REPLACE.format(table="seals", key="sealed_until"),
} | {
    f"{table}_no_{verb}": _REFUSED.format(table=table, verb=verb)
    for table in APPEND_ONLY_TABLES
    for verb in ("update", "delete")
}
