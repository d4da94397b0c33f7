"""Verify a budget ledger with nothing of ours: ``python verify.py budget.db [sha256:...]``.

Checks positions, versions, times and the chain of hashes of each stream; prints the digest of the whole
ledger and of each unit; looks for a digest given from outside, now and at earlier times (docs/format.md).
"""

import hashlib
import json
import sqlite3
import sys

HEADER = "stream, version, event_id, recorded_at, actor, command_id, intent_digest, type, type_version"
COLUMNS = f"position, {HEADER}, payload, hash"
canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest(heads, unit=None):
    chosen = [stream for stream in sorted(heads) if unit is None or stream.split("/")[0] == unit]
    return "sha256:" + sha256(canonical([[stream, *heads[stream][:2]] for stream in chosen]))


def units_of(heads):
    return sorted({stream.split("/")[0] for stream in heads})


def known(heads, at):
    return {digest(heads, unit): f"{unit or 'the whole ledger'}, {at}" for unit in [*units_of(heads), None]}


if len(sys.argv) == 1:
    sys.exit(__doc__)
path, wanted = sys.argv[1], [given.replace("sha256:", "") for given in sys.argv[2:]]
ledger = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
heads, faults, earlier, position_before, instant = {}, [], {}, 0, ""
for position, *header, payload, stored in ledger.execute(f"SELECT {COLUMNS} FROM events ORDER BY position"):
    stream, version, event_id, recorded_at = header[:4]
    before, previous, time_before = heads.get(stream, (0, "", ""))
    if wanted and recorded_at != instant:
        for text, match in known(heads, instant).items():
            earlier.setdefault(text, match)
    if position != position_before + 1:
        faults.append(f"{event_id}: a position before {position} is missing")
    if version != before + 1 or event_id != f"{stream}/{version}":
        faults.append(f"{event_id}: version {before + 1} of {stream} should stand here")
    if recorded_at < time_before:
        faults.append(f"{event_id}: recorded before the event in front of it")
    if stored != sha256(f"{canonical([previous, *header])[:-1]},{payload}]"):
        faults.append(f"{event_id}: the hash does not fit")
    heads[stream], position_before, instant = (version, stored, recorded_at), position, recorded_at
found = [{**earlier, **known(heads, "now")}.get("sha256:" + text) for text in wanted]
faults += ["the digest is not one of this ledger"] * found.count(None)
matches = [f"the digest given is that of {match}" for match in found if match]
of_units = [f"{unit} {digest(heads, unit)}" for unit in units_of(heads)]
print(*(faults or ["no fault found"]), *matches, *of_units, digest(heads), sep="\n")
sys.exit(1 if faults else 0)
