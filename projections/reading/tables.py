"""The published tables of a unit's year at a cut."""

from collections.abc import Sequence

from projections.reading.reader import Question, Reader
from projections.reading.scope import scope_of, year_amounts
from projections.table import Table, build


def tables(reader: Reader, question: Question, numbers: Sequence[int] = ()) -> list[Table]:
    """The published tables with these numbers, or all of the edition."""
    edition = reader.edition(question.year)
    forms = [edition.table(number) for number in numbers] or edition.tables
    scope = scope_of(reader, question)
    amounts = year_amounts(reader, scope, question.measure.stages)
    return [build(form, scope, amounts) for form in forms]
