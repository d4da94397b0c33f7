"""How a unit's year stands: from 年初 to 执行."""

from events.vocabulary import Stage
from projections.figures.status import YearStatus, status_rows
from projections.reading.reader import Question, Reader
from projections.reading.scope import scope_of, year_amounts


def status_of(reader: Reader, question: Question) -> YearStatus:
    """How a unit's year stands."""
    scope = scope_of(reader, question)
    rows = status_rows(year_amounts(reader, scope, tuple(Stage)), scope.names)
    unit = reader.edition(question.year).amount_unit
    return YearStatus(scope.unit, question.year, question.cut, unit, rows)
