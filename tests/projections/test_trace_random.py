"""Random histories: every cell taken apart adds up, and what lies between two cuts accounts for every change."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from test_random_histories import LENGTHS, SEEDS, START, UNIT, YEAR, History, history
from traced_cells import trace_cells

from events.money import Money
from events.vocabulary import Measure
from ledger.catalogue import builtin
from projections.cut import Cut
from projections.figures.table import cells_of
from projections.reading.reader import Question, Reader
from projections.reading.tables import tables
from projections.tracing.cells import Pointer, trace_cell
from projections.tracing.difference import difference

MEASURES = st.sampled_from(Measure)


def cuts(length: int) -> st.SearchStrategy[Cut]:
    days, minutes = st.integers(-5, 370), st.integers(5000, 5000 * (length + 2))
    return st.builds(
        lambda day, minute: Cut(date(2024, 1, 1) + timedelta(days=day), START + timedelta(minutes=minute)),
        days,
        minutes,
    )


def asked(told: History, measure: Measure, cut: Cut) -> tuple[Reader, Question]:
    return Reader(told.store, told.entries, builtin()), Question(UNIT, YEAR, measure, cut)


def has_begun(told: History, cut: Cut) -> bool:
    return any(head.stream == f"{UNIT}/{YEAR}" for head in told.store.heads(cut.known_at_text))


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, length=LENGTHS, measure=MEASURES, data=st.data())
def test_every_cell_of_every_table_is_the_sum_of_its_lines(seed, length, measure, data):
    with history(seed, length) as told:
        cut = data.draw(cuts(length))
        if not has_begun(told, cut):
            return
        reader, question = asked(told, measure, cut)
        traced = dict(trace_cells(reader, question))
        for place, cell in cells_of(tables(reader, question)).items():
            sums = sum(item.value.fen for item in traced[place].contributions if isinstance(item.value, Money))
            assert sums == (cell.fen if isinstance(cell, Money) else 0)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, length=LENGTHS, data=st.data())
def test_the_total_is_made_of_the_very_movements_the_oracle_remembers(seed, length, data):
    with history(seed, length) as told:
        cut = data.draw(cuts(length))
        if not has_begun(told, cut):
            return
        reader, question = asked(told, Measure.CURRENT, cut)
        total = trace_cell(reader, question, 3, Pointer(None, "支出合计", "合计"))
        counted = [m for m in told.movements if m.stage in Measure.CURRENT.stages]
        remembered = Counter((m.fen, m.day.isoformat()) for m in counted if m.day <= cut.as_of and m.at <= cut.known_at)
        assert Counter((item.value.fen, item.event.effective_on) for item in total.contributions) == remembered


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, length=LENGTHS, measure=MEASURES, data=st.data())
def test_the_events_between_two_cuts_account_for_every_changed_cell_in_both_directions(seed, length, measure, data):
    with history(seed, length) as told:
        one, other = data.draw(cuts(length)), data.draw(cuts(length))
        if not (has_begun(told, one) and has_begun(told, other)):
            return
        for before, after in ((one, other), (other, one)):
            reader, question = asked(told, measure, before)
            found = difference(reader, question, question._replace(cut=after))
            listed = {item.event_id for item in (*found.came, *found.went)}
            for cell in found.cells:
                assert {account.event_id for account in cell.accounts} <= listed
                assert sum(account.amount.fen for account in cell.accounts) == cell.change.fen != 0
