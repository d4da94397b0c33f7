"""Charts say what the tables of the same document say."""

from datetime import UTC, date, datetime

import pytest

from events.money import total
from events.vocabulary import Measure
from projections.cut import Cut
from projections.publishing.charts import Charts
from projections.reading.reader import Question
from projections.reading.tables import tables

EVERYTHING = Cut(date(2025, 1, 1), datetime(2100, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("measure", Measure)
def test_the_shares_of_a_year_are_those_of_the_measure_its_tables_print(sample, measure):
    question = Question("101", 2023, measure, EVERYTHING)
    (table,) = tables(sample, question, [3])
    shares = Charts(sample, question).named("支出结构").shares
    assert total(share.amount for share in shares) == table.sides[0].rows[0].cells[0]
