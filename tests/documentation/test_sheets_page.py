"""docs/sheets.md names every column a sheet may have."""

import re
import unicodedata

from pages import DOCS, table_under

from commands.sheets.reading import HEADINGS


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def test_every_column_is_named_in_both_languages():
    shown = {
        row[1].strip("`"): {folded(name) for name in re.split(" or ", row[0])}
        for row in table_under(DOCS / "sheets.md", "Sheets")
    }
    assert shown == {names[-1]: set(names[:-1]) for names in HEADINGS.values()}
