"""Single bits turned over anywhere in a ledger file: a short run of the long proof."""

from functools import cache

from noticing import Kept, Verdict, copy, examined
from proofs import Outcome, flips

SEEDS = range(300)


@cache
def outcome() -> Outcome:
    return flips(SEEDS)


def wrong(verdict: Verdict) -> list[str]:
    return [line for line in outcome().wrong if line.startswith(verdict.name)]


def test_bits_were_turned_over_that_matter_and_some_that_do_not():
    figures = outcome().figures
    assert figures["all"] == len(SEEDS)
    assert min(figures["noticed"], figures["harmless"]) > len(SEEDS) // 10


def test_no_flip_changes_an_event_unnoticed():
    assert [line for line in wrong(Verdict.UNNOTICED) if "events" in line] == []


def test_no_flip_lets_the_program_hang():
    assert wrong(Verdict.HUNG) == []


def test_no_flip_goes_unnoticed():
    assert wrong(Verdict.UNNOTICED) == []


def test_every_flip_that_is_noticed_is_told():
    assert wrong(Verdict.UNCAUGHT) == []


def test_a_sound_ledger_is_examined_without_a_finding(kept: Kept, kept_open: Kept, tmp_path):
    for sound in (kept, kept_open):
        copy(sound.path, tmp_path / "budget.db")
        assert examined(tmp_path / "budget.db", sound).verdict is Verdict.HARMLESS
