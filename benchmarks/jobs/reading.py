"""Reading: a table of one unit and of all units, from a cold process and inside one."""

from pathlib import Path
from typing import Any

from benchmarks.facts import YEARS
from benchmarks.files import BEANCOUNT, DUCKDB, JOURNAL, LEDGER
from benchmarks.job import BUDGET, Job, Rival, Side, command, task
from benchmarks.jobs import Place, words

UNIT, YEAR = "101", YEARS[-1]
PERIOD = ("-b", f"{YEAR}-01-01", "-e", f"{YEAR + 1}-01-01", "--depth", "3")
ONE_UNIT = ("^Budget:.*:general:101:", "^Expenses:Budget:.*:General:101:")
ALL_UNITS = ("^Budget:", "^Expenses:Budget:")
PIVOTS = 20
# Of the parsed file, pickled: who keeps none would also remove that of others.
NO_CACHE = ("BEANCOUNT_DISABLE_LOAD_CACHE=1", "BEANCOUNT_LOAD_CACHE_FILENAME=.{filename}.none")


def jobs(place: Place) -> list[Job]:
    """Table 5 of a unit, table 3 of all."""
    return [_table(place), _table_of_a_tenth(place), _pivot(place), _consolidated(place), _consolidated_pivot(place)]


def _table(place: Place) -> Job:
    return Job(
        "table",
        f"table 5 of one unit and year, whole process, {words(place.lines)} lines",
        _table_5("budget", place.files.path(LEDGER, place.lines)),
        _plain_text(place, ONE_UNIT, ledger=1 / 20),
    )


def _table_of_a_tenth(place: Place) -> Job:
    tenth = _table_5(f"budget, {words(place.tenth)} lines", place.files.path(LEDGER, place.tenth))
    return Job(
        "table-tenth",
        "the same next to a ledger of a tenth of the lines",
        _table_5("budget", place.files.path(LEDGER, place.lines)),
        (Rival(tenth, 1.2),),
        is_brief=True,
    )


def _pivot(place: Place) -> Job:
    asked: dict[str, Any] = {"unit": UNIT, "year": YEAR, "count": PIVOTS}
    ledger, file = place.files.path(LEDGER, place.lines), place.files.path(DUCKDB, place.lines)
    return Job(
        "pivot",
        f"the same sums in process, {words(place.lines)} lines",
        task("budget", "product_reading:one_unit", ledger=ledger, **asked),
        (
            Rival(task("DuckDB, one thread", "duck:one_unit", needs="duckdb", file=file, **asked), 0.2),
            Rival(task("budget, names and units too", "product_reading:one_unit_asked", ledger=ledger, **asked)),
        ),
        is_answered=True,
        is_brief=True,
    )


def _consolidated(place: Place) -> Job:
    ledger = place.files.path(LEDGER, place.lines)
    words_ = ("table", "3", "--unit", UNIT, "--consolidated", "--year", str(YEAR))
    return Job(
        "consolidated",
        f"one year of all units by 科目 x 用途, whole process, {words(place.lines)} lines",
        command("budget", BUDGET, "--ledger", ledger, *words_),
        _plain_text(place, ALL_UNITS, ledger=1 / 30),
    )


def _consolidated_pivot(place: Place) -> Job:
    asked: dict[str, Any] = {"year": YEAR, "count": PIVOTS}
    ledger, file = place.files.path(LEDGER, place.lines), place.files.path(DUCKDB, place.lines)
    ours: dict[str, Any] = {"ledger": ledger, "unit": UNIT, **asked}
    return Job(
        "consolidated-pivot",
        f"the same sums in process, {words(place.lines)} lines",
        task("budget", "product_reading:all_units", **ours),
        (
            Rival(task("DuckDB, one thread", "duck:all_units", needs="duckdb", file=file, **asked), 3.0),
            Rival(task("budget, names and units too", "product_reading:all_units_asked", **ours)),
        ),
        is_answered=True,
        is_brief=True,
    )


def _table_5(name: str, ledger: Path) -> Side:
    return command(name, BUDGET, "--ledger", ledger, "table", "5", "--unit", UNIT, "--year", str(YEAR))


def _plain_text(place: Place, accounts: tuple[str, str], *, ledger: float) -> tuple[Rival, ...]:
    """The programs that read a text file, asked for the same sums."""
    journal = place.files.path(JOURNAL, place.lines)
    account, bean_account = accounts
    ledger_words = ("ledger", "--args-only", "-f", journal, "bal", account, *PERIOD, "--no-total")
    hledger_words = ("hledger", "-f", journal, "bal", account, *PERIOD, "--flat", "-N", "-O", "csv")
    query = (
        f"SELECT root(account, 4) AS line, sum(number) WHERE account ~ '{bean_account}' AND year = {YEAR} GROUP BY line"
    )
    bean_words = (_beside_python("bean-query"), "-f", "csv", place.files.path(BEANCOUNT, place.lines), query)
    bean = command("bean-query, from the text", "env", *NO_CACHE, *bean_words, needs="bean-query")
    cached = command("bean-query, its cache warm", *bean_words, needs="bean-query")
    return (
        Rival(_slow(command("ledger", *ledger_words, needs="ledger"), is_primed=False), ledger),
        Rival(_slow(command("hledger", *hledger_words, needs="hledger"), is_primed=False), 1 / 100),
        Rival(_slow(bean, is_primed=False), 1 / 100),
        Rival(_slow(cached, is_primed=True)),
    )


def _slow(side: Side, *, is_primed: bool) -> Side:
    return side._replace(is_slow=True, is_primed=is_primed)


def _beside_python(program: str) -> str:
    return str(Path(BUDGET).with_name(program))
