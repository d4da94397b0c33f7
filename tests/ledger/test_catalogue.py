"""The catalogue of 科目: which row holds on a day, and whether a code may be used in a year."""

import re
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from events.codes import is_economic, level, lineage, subject_code
from ledger.catalogue import FILES, FOLDER, Catalogue, Subject, builtin, read_subjects

ALWAYS = Subject("201", "一般公共服务支出", None, None, "A")
UNTIL_2019 = Subject("20805", "行政事业单位离退休", None, date(2019, 12, 31), "C")
SINCE_2020 = Subject("20805", "行政事业单位养老支出", date(2020, 1, 1), None, "A")
EXPIRED = Subject("2010308", "信访事务", None, date(2023, 12, 31), "C")
ADDED_IN_MAY = Subject("22911", "特别国债", date(2025, 5, 23), None, "A")
ENDED_IN_MAY = Subject("22912", "旧债", date(2020, 1, 1), date(2025, 5, 22), "A")
ENDED_ON_NEW_YEARS_DAY = Subject("22913", "短债", None, date(2025, 1, 1), "A")
ADDED_ON_THE_LAST_DAY = Subject("22914", "新债", date(2025, 12, 31), None, "A")
CATALOGUE = Catalogue(
    [
        ALWAYS,
        UNTIL_2019,
        SINCE_2020,
        EXPIRED,
        ADDED_IN_MAY,
        ENDED_IN_MAY,
        ENDED_ON_NEW_YEARS_DAY,
        ADDED_ON_THE_LAST_DAY,
    ]
)

ROWS = [row for name in FILES for row in read_subjects(FOLDER / name)]


@pytest.mark.parametrize(
    ("code", "day", "row"),
    [
        ("201", date(1949, 10, 1), ALWAYS),
        ("20805", date(2019, 12, 31), UNTIL_2019),
        ("20805", date(2020, 1, 1), SINCE_2020),
        ("22911", date(2025, 5, 22), None),
        ("22911", date(2025, 5, 23), ADDED_IN_MAY),
        ("22912", date(2025, 5, 22), ENDED_IN_MAY),
        ("22912", date(2025, 5, 23), None),
        ("22912", date(2019, 12, 31), None),
        ("999", date(2024, 1, 1), None),
    ],
)
def test_a_subject_is_the_row_that_holds_on_the_day(code: str, day: date, row: Subject | None):
    assert CATALOGUE.subject(code, day) == row


@pytest.mark.parametrize(
    ("code", "year", "row"),
    [
        ("20805", 2019, UNTIL_2019),
        ("20805", 2020, SINCE_2020),
        ("22911", 2024, None),
        ("22911", 2025, ADDED_IN_MAY),
        ("22912", 2025, ENDED_IN_MAY),
        ("22912", 2026, None),
        ("22913", 2025, ENDED_ON_NEW_YEARS_DAY),
        ("22913", 2026, None),
        ("22914", 2025, ADDED_ON_THE_LAST_DAY),
    ],
)
def test_a_subject_counts_for_a_year_in_which_it_was_added_or_ended(code: str, year: int, row: Subject | None):
    assert CATALOGUE.of_year(code, year) == row


@pytest.mark.parametrize(("code", "year"), [("201", 2024), ("2010308", 2023), ("20805", 2024), ("22911", 2025)])
def test_a_valid_subject_has_no_fault(code: str, year: int):
    assert CATALOGUE.unknown(code, year) is None


def test_an_expired_subject_is_told_with_its_time():
    assert re.fullmatch("科目 2010308 在 2024 年度无效（….*2023-12-31）。", str(CATALOGUE.unknown("2010308", 2024)))


def test_a_subject_that_is_not_yet_valid_is_told_with_its_time():
    assert re.fullmatch("科目 22911 在 2024 年度无效（2025-05-23.*…）。", str(CATALOGUE.unknown("22911", 2024)))


def test_an_unknown_subject_is_told_with_what_to_do():
    assert "科目目录中没有 2019999" in str(CATALOGUE.unknown("2019999", 2024))
    assert "budget subject name 2019999" in str(CATALOGUE.unknown("2019999", 2024))


def test_the_files_are_read_with_their_open_ends(tmp_path: Path):
    file = tmp_path / "function.csv"
    file.write_text(
        "code,name,valid_from,valid_to,confidence\n201,一般公共服务支出,,,A\n2010308,信访事务,,2023-12-31,C\n",
        encoding="utf-8",
    )
    assert read_subjects(file) == [ALWAYS, EXPIRED]


class TestTheBuiltinCatalogue:
    def test_it_knows_the_subjects_of_its_files(self):
        assert [
            row for row in ROWS if builtin().subject(row.code, row.valid_from or row.valid_to or date.max) != row
        ] == []

    def test_every_row_has_a_code_and_a_name_and_says_how_sure_it_is(self):
        assert [row for row in ROWS if subject_code(row.code) != row.code or not row.name.strip()] == []
        assert {row.confidence for row in ROWS} == {"A", "B", "C"}

    def test_no_two_rows_of_a_code_hold_on_one_day(self):
        rows: defaultdict[str, list[Subject]] = defaultdict(list)
        for row in ROWS:
            rows[row.code].append(row)
        clashes = [
            (one, other)
            for same in rows.values()
            for one, other in combinations(same, 2)
            if (one.valid_from or date.min) <= (other.valid_to or date.max)
            and (other.valid_from or date.min) <= (one.valid_to or date.max)
        ]
        assert clashes == []

    @pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
    def test_every_subject_of_a_year_has_its_ancestors(self, year: int):
        codes = [row.code for row in ROWS if builtin().of_year(row.code, year)]
        orphans = [code for code in codes for above in lineage(code) if builtin().of_year(above, year) is None]
        assert orphans == []

    def test_both_classifications_reach_the_level_a_line_needs(self):
        assert {(is_economic(row.code), level(row.code)) for row in ROWS} == {
            (False, 1),
            (False, 2),
            (False, 3),
            (True, 1),
            (True, 2),
        }

    @pytest.mark.parametrize("code", ["30212", "30217", "30231", "31013"])
    def test_it_has_the_subjects_that_make_up_the_three_public_expenses(self, code: str):
        assert builtin().unknown(code, 2024) is None

    def test_a_subject_renamed_between_years_is_found_under_each_name(self):
        assert [builtin().of_year("20805", year).name for year in (2019, 2020)] == [
            "行政事业单位离退休",
            "行政事业单位养老支出",
        ]

    def test_a_subject_moved_elsewhere_expires(self):
        assert builtin().unknown("2010308", 2023) is None
        assert "2024 年度无效" in str(builtin().unknown("2010308", 2024))
