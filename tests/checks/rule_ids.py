"""The 84 rules there must be, each with its severity. A rule is added here on purpose, never dropped by accident."""

ERROR, WARN, INFO = "error", "warn", "info"

TABLE = ["T1-01", "T1-02", "T1-03", "T1-04", "T1-05", "T2-01", "T2-02", "T3-01", "T3-02", "T4-01", "T5-01", "T5-02"]
TABLE += ["T6-01", "T6-02", "T6-03", "T7-01", "T7-02", "T8-01", "T9-01", "T10-01", "T11-01"]
CROSS = [f"X-{number:02}" for number in range(1, 16)]
NARRATIVE = [f"N-{number:02}" for number in range(1, 13)]
DELTA = [f"D-{number:02}" for number in range(1, 13)]
SHARE = ["S-01", "S-02", "S-03"]
FORMAT = [f"F-{number:02}" for number in range(1, 13)]
LEDGER = [f"L-{number:02}" for number in range(1, 10)]

GROUPS = {
    "table": TABLE,
    "cross": CROSS,
    "narrative": NARRATIVE,
    "delta": DELTA,
    "share": SHARE,
    "format": FORMAT,
    "ledger": LEDGER,
}
ALL = [rule for rules in GROUPS.values() for rule in rules]

WEAKER = {
    "X-13": WARN,
    "X-14": INFO,
    "X-15": INFO,
    "N-10": WARN,
    "D-06": WARN,
    "D-10": WARN,
    "S-02": INFO,
    "F-05": WARN,
    "F-06": WARN,
    "F-12": WARN,
    "L-05": INFO,
}
SEVERITIES = dict.fromkeys(ALL, ERROR) | WEAKER
