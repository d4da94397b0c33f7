"""Every way to tamper that we could think of, each tried in a few places: none goes unnoticed."""

from pathlib import Path

import pytest
import small_ledger
from noticing import Kept, Verdict, copy, examined
from proofs import WAYS
from tampering_hand import Sight, Way, tamper

TRIES = 2
PLACES = 20  # in one of them the rules of a stream have nothing against it


def verdict(way: Way, detail: int, kept: Kept, path: Path, *, with_digest: bool) -> Verdict:
    copy(kept.path, path)
    tamper(path, detail, way)
    return examined(path, kept, with_digest=with_digest).verdict


@pytest.mark.parametrize("way", [pytest.param(way, id=way.name) for way in WAYS])
def test_tampering_is_noticed_or_mended(kept: Kept, tmp_path: Path, way: Way):
    for detail in range(TRIES):
        found = verdict(way, detail, kept, tmp_path / "budget.db", with_digest=True)
        assert found in (Verdict.NOTICED, Verdict.HARMLESS)
        if way.sight is Sight.ALONE:
            alone = verdict(way, detail, kept, tmp_path / "budget.db", with_digest=False)
            assert alone in (Verdict.NOTICED, Verdict.HARMLESS)


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A sound ledger without publications, which would pin what was known."""
    path = tmp_path_factory.mktemp("unpublished") / "budget.db"
    return Kept.of(path, small_ledger.make(path, is_published=False))


@pytest.mark.parametrize("way", [pytest.param(way, id=way.name) for way in WAYS if way.sight is Sight.OUTSIDE])
def test_what_fits_in_itself_needs_the_digest_from_outside(unpublished: Kept, tmp_path: Path, way: Way):
    path = tmp_path / "budget.db"
    unnoticed = (
        detail
        for detail in range(PLACES)
        if verdict(way, detail, unpublished, path, with_digest=False) is Verdict.UNNOTICED
    )
    assert verdict(way, next(unnoticed), unpublished, path, with_digest=True) is Verdict.NOTICED


def test_what_was_edited_is_told_by_the_chain_and_the_digest(kept: Kept, tmp_path: Path):
    copy(kept.path, tmp_path / "budget.db")
    tamper(tmp_path / "budget.db", 0, next(way for way in WAYS if way.name == "edit payload"))
    assert {"chain", "digest"} & set(examined(tmp_path / "budget.db", kept).checks) == {"chain"}
    tamper(tmp_path / "budget.db", 0, next(way for way in WAYS if way.name == "rewrite everything"))
    assert "digest" in examined(tmp_path / "budget.db", kept).checks


def test_no_two_ways_have_one_name():
    assert len({way.name for way in WAYS}) == len(WAYS)
