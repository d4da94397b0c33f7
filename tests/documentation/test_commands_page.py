"""The reference of commands is what the program says of itself, and leaves no command out."""

import subprocess
import sys
from pathlib import Path

import pytest
from pages import DOCS, ROOT, name_of, text_of
from transcript import neutral

from commands.main import COMMANDS

MAKER = Path(__file__).with_name("commands_page.py")
PAGE = DOCS / "commands.md"


@pytest.fixture(scope="module")
def written() -> str:
    return text_of(PAGE)


def test_the_page_is_up_to_date(written: str, tmp_path: Path):
    made = subprocess.run(
        [sys.executable, str(MAKER)],
        cwd=ROOT,
        env=neutral(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    again = f"python {name_of(MAKER)} > {name_of(PAGE)}"
    assert written == made.stdout, f"make the page again: {again}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section(written: str, name: str):
    assert f"\n## budget {name}\n" in written
