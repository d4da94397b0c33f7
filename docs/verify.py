"""Verify a budget ledger with nothing of ours: ``python verify.py budget.db [sha256:...]``.

Checks positions, versions, times and chains; prints all digests; looks for those given (docs/format.md).
"""

import hashlib
import itertools
import json
import os
import sqlite3
import sys

canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digests(heads):
    told = {unit: [] for unit in ("the whole ledger", *sorted({stream.split("/")[0] for stream in heads}))}
    for stream in sorted(heads):
        for unit in ("the whole ledger", stream.split("/")[0]):
            told[unit].append([stream, *heads[stream][:2]])
    return [(unit, "sha256:" + sha256(canonical(rows))) for unit, rows in told.items()]


def walked(records):
    heads = {}
    for instant, group in itertools.chain([("", [])], itertools.groupby(records, key=lambda told: told[0])):
        heads.update((stream, head) for _, stream, head in group)
        yield from ((text, f"{unit}, {instant}") for unit, text in digests(heads))


if len(sys.argv) == 1:
    sys.exit(__doc__)
path, wanted = sys.argv[1], ["sha256:" + given.replace("sha256:", "") for given in sys.argv[2:]]
is_fixed = not (os.path.exists(path + "-wal") or os.access(os.path.dirname(path) or ".", os.W_OK))  # read-only media
ledger = sqlite3.connect(f"file:{path}?mode=ro{'&immutable=1' if is_fixed else ''}", uri=True)
heads, faults, records, last = {}, [], [], 0
for position, *header, payload, stored in ledger.execute("SELECT * FROM events ORDER BY position"):
    stream, version, event_id, recorded_at = header[:4]
    before, previous, time_before = heads.get(stream, (0, "", ""))
    if position != last + 1:
        faults.append(f"{event_id}: a position before {position} is missing")
    if version != before + 1 or event_id != f"{stream}/{version}":
        faults.append(f"{event_id}: version {before + 1} of {stream} should stand here")
    if recorded_at < time_before:
        faults.append(f"{event_id}: recorded before the event in front of it")
    if stored != sha256(f"{canonical([previous, *header])[:-1]},{payload}]"):
        faults.append(f"{event_id}: the hash does not fit")
    heads[stream], last = (version, stored, recorded_at), position
    records.append((recorded_at, stream, heads[stream]))
whole, *units = digests(heads)
now = ((text, f"{unit}, now") for unit, text in (whole, *units))
known = dict(reversed([*now, *walked(records), *walked(sorted(records))])) if wanted else {}
faults += ["the digest is not one of this ledger" for text in wanted if text not in known]
matches = [f"the digest given is that of {known[text]}" for text in wanted if text in known]
print(*(faults or ["no fault found"]), *matches, *map(" ".join, units), whole[1], sep="\n")
sys.exit(1 if faults else 0)
