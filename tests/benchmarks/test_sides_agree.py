"""The benchmarks still run, on a tiny ledger and without a clock: every side of a job gives the same answer."""

import csv
import hashlib
import json
import subprocess
from collections import defaultdict
from importlib import import_module
from itertools import islice

import pytest

from benchmarks.clock import Clock
from benchmarks.facts import LINES_PER_YEAR, all_facts, year_facts
from benchmarks.files import Files
from benchmarks.job import Side, command, task
from benchmarks.jobs import Place, all_jobs
from benchmarks.jobs.recording import VERSION

TINY = 4_300  # lines: one unit, five years
SLOW = ("publish", "start")  # these have tests of their own
FIRST_FACTS = "449de9dae0ed38cd"


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    return Place(Files(tmp_path_factory.mktemp("bench")), TINY)


def sides(job):
    return [side for side in (job.ours, *(rival.side for rival in job.rivals)) if not side.absent]


def answer(side: Side, files: Files):
    for file in side.files:
        files.ensure(file)
    name, given = side.command[-2:]
    module, function = name.split(":")
    return json.loads(
        json.dumps(getattr(import_module(f"benchmarks.sides.{module}"), function)(Clock(), **json.loads(given)))
    )


def sums(side: Side, files: Files) -> dict[tuple[str, str], int]:
    """科目 and 用途 with their amounts in 分, from what a plain-text program prints."""
    for file in side.files:
        files.ensure(file)
    as_csv = ("--balance-format", "%(account),%(quantity(scrub(display_total)))\n%/") if side.name == "ledger" else ()
    printed = subprocess.run([*side.command, *as_csv], check=True, capture_output=True, text=True).stdout
    rows = [(account.split(":")[-2:], amount) for account, amount in csv.reader(printed.splitlines())]
    return {
        (function, nature.lower()): round(float(amount.removesuffix("CNY")) * 100)
        for (function, nature), amount in ((parts, amount) for parts, amount in rows if len(parts) == 2)
        if function.isdigit() and not nature.isdigit()
    }


def test_a_program_is_not_there_because_a_package_is_called_the_same(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert command("ledger", "ledger", "bal", needs="ledger").absent == "ledger is not installed"
    assert not task("the product's own", "product_reading:all_units", needs="ledger").absent


def test_a_ledger_is_the_same_every_time():
    first = hashlib.sha256(repr(list(islice(all_facts(TINY), 1_000))).encode()).hexdigest()
    assert first[:16] == FIRST_FACTS


def test_a_units_year_has_860_lines_recorded_in_order():
    facts = list(all_facts(TINY))
    assert sum(len(fact.lines) for fact in year_facts("101", 2024)) == LINES_PER_YEAR
    assert [fact.at for fact in facts] == sorted(fact.at for fact in facts)


def test_no_rule_of_the_product_refuses_any_of_it(tmp_path):
    from benchmarks.sides.product_writing import appended, made_with_units

    path = made_with_units(tmp_path / "ledger.db", TINY)
    appended(path, year_facts("101", 2024))


def ours(place, key):
    return answer({job.key: job for job in all_jobs(place)}[key].ours, place.files)


def added(facts, wanted=lambda _: True) -> dict[str, int]:
    """What the lines of some facts come to, by 功能科目."""
    sums = defaultdict(int)
    for row in (row for fact in facts for row in fact.lines if wanted(row)):
        sums[row[2]] += row[-1]
    return dict(sums)


def test_the_state_is_what_the_facts_add_up_to(place):
    sums = defaultdict(lambda: [0, 0])
    for fact in year_facts("101", 2024)[:VERSION]:
        for *key, fen in fact.lines:
            sums["|".join(part or "" for part in key)][fact.kind == "execution"] += fen
    assert ours(place, "state") == sums


@pytest.mark.parametrize(
    ("key", "wanted"), [("pivot", lambda row: row[0] == "general"), ("consolidated-pivot", lambda _: True)]
)
def test_a_pivot_is_what_the_facts_add_up_to(place, key, wanted):
    budget = [fact for fact in year_facts("101", 2024) if fact.kind != "execution"]
    sums = {code: fen for code, fen in added(budget, wanted).items() if fen}
    (_, total, *_), *rows = ours(place, key)
    assert {code: fen for code, fen, *_ in rows if len(code) == len("2012901")} == sums
    assert total == sum(sums.values())


@pytest.mark.parametrize("key", ["state", "pivot", "consolidated-pivot", "verify"])
def test_all_sides_give_the_same_answer(place, key):
    (job,) = [job for job in all_jobs(place) if job.key == key]
    assert job.is_answered
    answers = [answer(side, place.files) for side in sides(job)]
    assert all(one == answers[0] for one in answers)


@pytest.mark.parametrize("key", ["append", "append-full", "import", "rebuild"])
def test_every_side_takes_in_what_it_is_given(place, key):
    (job,) = [job for job in all_jobs(place) if job.key == key]
    assert all(answer(side, place.files) for side in sides(job))


@pytest.mark.parametrize(("key", "in_process"), [("table", "pivot"), ("consolidated", "consolidated-pivot")])
def test_plain_text_programs_are_asked_for_the_same_sums(place, key, in_process):
    jobs = {job.key: job for job in all_jobs(place)}
    ours = answer(jobs[in_process].ours, place.files)
    total = ours[0][1]
    programs = [side for side in sides(jobs[key]) if not side.name.startswith("budget")]
    if not programs:
        pytest.skip("none of ledger, hledger, bean-query is installed")
    for side in programs:
        assert sum(sums(side, place.files).values()) == total, side.name
