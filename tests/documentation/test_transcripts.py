"""Every command the documentation shows does what is printed under it."""

from pathlib import Path

import pytest
from pages import PAGES, blocks, name_of
from transcript import fits, run, steps

WITH_TRANSCRIPTS = [page for page in PAGES if blocks(page, "console")]


@pytest.mark.parametrize("page", WITH_TRANSCRIPTS, ids=name_of)
def test_a_page_shows_what_its_commands_print(page: Path, desk: Path):
    for block in blocks(page, "console"):
        for step in steps(block):
            printed = run(step, desk)
            assert fits(step.expected, printed), f"{step.command}\nshould print:\n{step.expected}\nprints:\n{printed}"


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("one\n...\nfour", "one\ntwo\nthree\nfour\n"),
        ("one\n...\ntwo", "one\ntwo\n"),
        ("sha256:...", "sha256:00ff\n"),
        ("a ... c", "a b c   \n\n"),
        ("", ""),
        ("...", ""),
    ],
)
def test_dots_stand_for_any_text_or_any_lines(expected: str, printed: str):
    assert fits(expected, printed)


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("one", "two\n"),
        ("one", "one\ntwo\n"),
        ("", "one\n"),
        ("a...c", "ab\nc\n"),
        ("1.5", "1x5\n"),
        ("one\n...", "two\n"),
    ],
)
def test_what_differs_does_not_fit(expected: str, printed: str):
    assert not fits(expected, printed)


def test_a_command_goes_on_in_the_lines_the_shell_marks():
    found = list(steps("$ echo one \\\n> two\none two\n$ cat <<END\n> three\n>\n> END\nthree\n\n$ true\n"))
    assert found == [("echo one \\\ntwo", "one two"), ("cat <<END\nthree\n\nEND", "three\n"), ("true", "")]


def test_a_command_that_fails_is_noticed(tmp_path: Path):
    (step,) = steps("$ exit 3\n")
    with pytest.raises(AssertionError, match="ended with 3"):
        run(step, tmp_path)
