"""The same facts as files of plain-text accounting: a journal for ``ledger`` and ``hledger``, a file for ``beancount``.

One transaction for each event, on the day it counts from, with its document. Accounts are
``Budget:2010601:personnel:general:101:30101``, so that three levels are 科目 x 用途; execution stands
under another root. Neither file knows when a fact was recorded.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from benchmarks.budget_lines import keys
from benchmarks.clock import Clock
from benchmarks.facts import YEARS, Fact, Row, all_facts, units_for

ROOTS = {"execution": "Execution"}
BUDGET = "Budget"
COMMODITY = "CNY"
FEN_PER_YUAN = 100


def make_journal(clock: Clock, target: str, lines: int) -> None:  # noqa: ARG001
    """The file that ``ledger`` and ``hledger`` read."""
    _write(target, map(_journal_entry, all_facts(lines)))


def make_beancount(clock: Clock, target: str, lines: int) -> None:  # noqa: ARG001
    """The file that ``bean-query`` reads: every account is opened before it is used."""
    options = ('option "operating_currency" "CNY"\n',)
    _write(target, chain(options, _openings(lines), map(_beancount_entry, all_facts(lines))))


def _write(target: str, parts: Iterator[str]) -> None:
    with Path(target).open("w", encoding="utf-8") as file:
        file.writelines(parts)


def _journal_entry(fact: Fact) -> str:
    root = ROOTS.get(fact.kind, BUDGET)
    postings = "".join(f"    {_account(root, fact.unit, row)}  {_yuan(row[-1])} {COMMODITY}\n" for row in fact.lines)
    return f"{fact.day} ({fact.document}) {fact.reason}\n{postings}    Balance:{root}\n\n"


def _beancount_entry(fact: Fact) -> str:
    root = f"Expenses:{ROOTS.get(fact.kind, BUDGET)}"
    postings = "".join(f"  {_bean_account(root, fact.unit, row)}  {_yuan(row[-1])} {COMMODITY}\n" for row in fact.lines)
    return f'{fact.day} * "{fact.unit}" "{fact.reason}"\n  paper: "{fact.document}"\n{postings}  {_counter(root)}\n\n'


def _account(root: str, unit: str, row: Row) -> str:
    fund_source, origin, function, nature, economic, project, _ = row
    return ":".join(
        (root, function, nature, fund_source, unit, origin, economic or "-", *([project] if project else ()))
    )


def _bean_account(root: str, unit: str, row: Row) -> str:
    """Every part of an account begins with a capital or a digit there."""
    return ":".join(part[:1].upper() + part[1:].replace("_", "-") for part in _account(root, unit, row).split(":"))


def _openings(lines: int) -> Iterator[str]:
    roots = [f"Expenses:{root}" for root in (BUDGET, *ROOTS.values())]
    for root in roots:
        yield f"{YEARS[0]}-01-01 open {_counter(root)} {COMMODITY}\n"
        for unit in units_for(lines):
            for key in keys(unit):
                yield f"{YEARS[0]}-01-01 open {_bean_account(root, unit, (*key, 0))} {COMMODITY}\n"


def _counter(root: str) -> str:
    return root.replace("Expenses", "Equity")


def _yuan(fen: int) -> str:
    whole, part = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{whole}.{part:02}"
