"""The published tables of a unit's year at a cut."""

from collections.abc import Sequence

from projections.figures.table import Table, build
from projections.reading.reader import Question, Reader
from projections.reading.scope import scope_of, year_amounts


def tables(reader: Reader, question: Question, numbers: Sequence[int] = (), *, blanks: bool = True) -> list[Table]:
    """The published tables with these numbers, or all of the edition; ``blanks`` as for ``build``."""
    edition = reader.edition(question.year)
    forms = [edition.table(number) for number in numbers] or edition.tables
    scope = scope_of(reader, question)
    grain = frozenset[str]().union(*(form.grain for form in forms))
    amounts = year_amounts(reader, scope, question.measure.stages, grain=grain)
    return [build(form, scope, amounts, blanks=blanks) for form in forms]
