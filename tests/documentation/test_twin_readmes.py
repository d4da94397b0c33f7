"""README.md and README.zh.md say the same, each in its own language."""

import re
from pathlib import Path

import pytest
from pages import ROOT, blocks, prose

from commands.main import COMMANDS

ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"


def heading_levels(page: Path) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(page), re.MULTILINE)]


def lines_of(page: Path, start: str) -> int:
    return len(re.findall(rf"^{re.escape(start)}", prose(page), re.MULTILINE))


def test_the_twins_have_the_same_headings_in_number_and_level():
    assert heading_levels(ENGLISH) == heading_levels(CHINESE)


@pytest.mark.parametrize("language", ["console", "sh"])
def test_the_twins_show_the_same_commands_and_answers(language: str):
    assert blocks(ENGLISH, language) == blocks(CHINESE, language) != []


@pytest.mark.parametrize("start", ["|", "- "], ids=["tables", "lists"])
def test_the_twins_have_tables_and_lists_of_the_same_length(start: str):
    assert lines_of(ENGLISH, start) == lines_of(CHINESE, start) > 0


def test_the_twins_name_each_other():
    assert "](README.zh.md)" in prose(ENGLISH)
    assert "](README.md)" in prose(CHINESE)


def test_the_two_commands_are_targets_of_the_makefile():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    (block,) = blocks(ENGLISH, "sh")[:1]
    assert [line.split()[1] for line in block.splitlines()] == ["demo", "test"]
    assert {"demo", "test"} <= set(targets)


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=lambda page: page.name)
def test_a_command_that_is_said_to_be_missing_is_missing(page: Path):
    missing = prose(page).rpartition("\n## ")[2]
    leading = re.findall(r"^- ((?:`[^`]+`[,、 ]*)+)[:：]", missing, re.MULTILINE)
    names = [name.split()[0] for item in leading for name in re.findall(r"`([^`]+)`", item)]
    assert not set(names) & set(COMMANDS)
