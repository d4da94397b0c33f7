"""Where events are kept: what a store does, and the one that is an SQLite file."""
