"""The desk: parse, call, print. No rule lives here."""
