"""The read model beside the events: what is put in, taken out or changed is noticed; what a grain leaves out is added up."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_random_histories import KEYS, LENGTHS, SEEDS, START, UNIT, YEAR, History, history

from events.line import Line
from events.money import Money
from events.stream import Stream
from events.vocabulary import Ground, Stage
from ledger.deciding.budget import ApproveInitialBudget, SupplementBudget
from ledger.deciding.reversal import ReverseEvent
from ledger.deciding.unit import RegisterUnit
from projections.cut import Cut
from projections.edition import Condition, TableForm, read_edition
from projections.entries.queries import GRAIN
from projections.entries.read_model import Amount, ReadModel
from projections.figures.table import LOOKED_AT
from projections.places import FOLDER

TABLES = ("entries", "entry_units", "entry_projects", "entry_progress")
LAST = "position = (SELECT max(position) FROM entries)"
ALTERATIONS = [
    f"UPDATE entries SET fen = fen + 1 WHERE {LAST}",
    f"UPDATE entries SET effective = effective + 1 WHERE {LAST}",
    f"UPDATE entries SET recorded = recorded - 1 WHERE {LAST}",
    f"UPDATE entries SET weight = 2 WHERE {LAST}",
    f"UPDATE entries SET economic = 30299 WHERE {LAST}",
    "UPDATE entries SET project = 0 WHERE project > 0",
    f"DELETE FROM entries WHERE {LAST}",
    f"""INSERT INTO entries SELECT year, unit, function, nature, stage, effective, position, line + 100, fund_source,
        origin, economic, project, recorded, 1, 0 FROM entries WHERE {LAST}""",
    "INSERT INTO entry_units (name) VALUES ('102')",
    "INSERT INTO entry_projects (name) VALUES ('没有人用的名称')",
    "UPDATE entry_units SET name = '102'",
    "UPDATE entry_projects SET key = key + 1",
    "DELETE FROM entry_projects",
    "INSERT INTO entry_progress SELECT * FROM entry_progress",
]


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_any_row_or_name_that_is_altered_missing_or_too_many_is_noticed(alteration: str):
    with history(seed=1, length=0) as told:
        for step in (told.approve, told.supplement, told.carry, told.execute, told.reverse):
            step()
        assert told.entries.is_faithful()
        assert told.store.connection.execute(alteration).rowcount > 0
        assert not told.entries.is_faithful()
        told.entries.rebuild()
        assert told.entries.is_faithful()


def test_a_table_of_somebody_elses_is_none_of_its_business():
    with history(seed=1, length=3) as told:
        told.store.connection.execute("CREATE TABLE central_entries (x)")
        assert told.entries.is_faithful()
        told.store.connection.execute("CREATE INDEX hidden ON entries (fen)")
        assert not told.entries.is_faithful()


@pytest.mark.parametrize("alteration", [said for said in ALTERATIONS if " entries " in said])
def test_of_some_units_whatever_is_altered_in_their_own_entries_is_noticed(alteration: str):
    with history(seed=1, length=0) as told:
        several_units(told)
        assert told.entries.is_faithful(UNITS)
        told.store.connection.execute(alteration)
        assert not told.entries.is_faithful(UNITS)


def test_of_some_units_the_entries_of_others_are_not_looked_at():
    with history(seed=1, length=0) as told:
        several_units(told)
        of_103 = "unit = (SELECT key FROM entry_units WHERE name = '103')"
        told.store.connection.execute(f"UPDATE entries SET fen = fen + 1 WHERE {of_103}")
        assert told.entries.is_faithful([UNIT, "102"])
        assert not told.entries.is_faithful([UNIT, "103"])
        assert not told.entries.is_faithful()


def test_other_keys_for_the_same_names_are_noticed():
    with history(seed=1, length=8) as told:
        told.store.connection.execute("UPDATE entries SET unit = unit + 1")
        told.store.connection.execute("UPDATE entry_units SET key = key + 1")
        assert not told.entries.is_faithful()


def content(told: History) -> list[list[tuple[object, ...]]]:
    return [told.store.connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]


def take_in_and_fail(model: ReadModel, records: object, original=ReadModel._take_in) -> None:  # noqa: SLF001
    original(model, records)
    raise ZeroDivisionError


@settings(max_examples=25)
@given(seed=SEEDS, length=LENGTHS, data=st.data())
def test_rows_and_keys_are_the_same_whether_followed_caught_up_with_or_folded(seed, length, data):
    steps = st.sets(st.integers(0, length))
    failing, undone = data.draw(steps), data.draw(steps)
    with history(seed, length=0) as told:
        for number in range(length):
            with pytest.MonkeyPatch.context() as patch, told.store.transaction(keep=number not in undone):
                if number in failing:
                    patch.setattr(ReadModel, "_take_in", take_in_and_fail)
                told.step()
        told.entries.catch_up()
        kept = content(told)
        assert told.entries.is_faithful()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("projections.entries.read_model.BATCH", data.draw(st.integers(1, 5)))
            told.entries.rebuild()
        assert content(told) == kept


UNITS = (UNIT, "102", "103")


def several_units(told: History) -> None:
    """Years of three units with lines of 0, some of them reversed."""
    for unit in UNITS[1:]:
        told.record(RegisterUnit(effective_on=date(2023, 1, 1), name=f"单位{unit}", parent=UNIT), Stream(unit))
    for unit in UNITS:
        lines = tuple(Line.of(key, Money(told.chance.choice([0, 0, 100, 10**6]))) for key in KEYS)
        there = Stream(unit, YEAR)
        recorded = [told.record(ApproveInitialBudget(**told.decision(), lines=lines), there)]
        for _ in range(3):
            added = SupplementBudget(**told.decision(), ground=Ground.RESERVE, lines=(told.line(1), told.line(1)))
            recorded.append(told.record(added, there))
        for identity in filter(None, told.chance.sample(recorded, 2)):
            told.record(ReverseEvent(event_id=identity, reason="录错"), there)


def added_up(amounts: Collection[Amount], grain: Collection[str]) -> dict[object, int]:
    sums: dict[object, int] = defaultdict(int)
    for amount in amounts:
        told_apart = (
            amount.unit if "unit" in grain else "",
            amount.economic_code if "economic" in grain else None,
            amount.project if "project" in grain else None,
        )
        sums[told_apart, amount[1:6]] += amount.fen
    return sums


@settings(max_examples=40)
@given(seed=SEEDS, grain=st.sets(st.sampled_from(GRAIN)), days=st.integers(-5, 370), minutes=st.integers(0, 90_000))
def test_what_a_grain_leaves_out_is_added_up_and_no_line_of_0_is_lost(seed, grain, days, minutes):
    with history(seed, length=0) as told:
        several_units(told)
        cut = Cut(date(2024, 1, 1) + timedelta(days=days), START + timedelta(minutes=minutes))
        for units in (UNITS, UNITS[:1]):
            fine = told.entries.amounts(units, YEAR, tuple(Stage), cut)
            coarse = told.entries.amounts(units, YEAR, tuple(Stage), cut, grain)
            assert added_up(coarse, grain) == added_up(fine, grain)
            assert len(coarse) == len(added_up(coarse, grain))


def meeting(where: Condition) -> SimpleNamespace:
    """An amount of which nothing is known but what conditions are said to look at, and that meets one."""
    fund_source, origin, nature, economic_code = (one[0] if one else None for one in where[:4])
    stage = Stage.CARRIED_OUT if where.carried_out else Stage.INITIAL
    return SimpleNamespace(
        stage=stage, fund_source=fund_source, origin=origin, nature=nature, economic_code=economic_code
    )


FORMS = [form for path in sorted(FOLDER.glob("*/*.toml")) for form in read_edition(path).tables]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_conditions_look_at_nothing_else_of_an_amount(form: TableForm):
    conditions = [form.where, *(side.where for side in form.sides)]
    conditions += [part.where for side in form.sides for part in (*side.columns, *side.rows)]
    for where in conditions:
        assert where.holds(meeting(where))
        assert set(vars(meeting(where))) == set(LOOKED_AT)
