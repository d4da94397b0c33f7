"""Without the optional libraries: what needs one says which, everything else works."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from at_the_desk import Answer

from projections.extras import EXTRAS

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BARE = f"import sys; sys.modules.update(dict.fromkeys({[*EXTRAS]!r})); from commands.main import main; main()"
FIGURE = ("--year", "2024", "--table", "7", "--row", "合计", "--column", "公务接待费")
NEEDING = {
    "jinja2": [
        ("demo", "--out", "made"),
        ("publish", "--year", "2024", "--out", "made", "--yes"),
        ("reproduce", "101/2024/1", "--out", "made"),
        ("template", "check", "--year", "2024"),
        ("trace", "--year", "2024", "--sentence", "1"),
    ],
    "xlsxwriter": [("trace", *FIGURE, "-o", "made.xlsx")],
    "typst": [("fonts",)],
    "cryptography": [("key", "new", "officer.pem", "--no-passphrase")],
    "python-calamine": [("approve", "lines.xlsx", "--year", "2024", "--document", "杭财行〔2024〕5号", "--dry-run")],
}
WITHOUT = [
    ("table", "7", "--year", "2024"),
    ("compare", "--year", "2024"),
    ("status", "--year", "2024"),
    ("history",),
    ("trace", *FIGURE),
    ("late", "--year", "2024"),
    ("verify",),
    ("digest",),
    ("log", "export", "-o", "ledger.ndjson"),
    ("supplement", "--help"),
]


@pytest.fixture
def bare(demo, tmp_path):
    """The program in a folder of its own, without any of the libraries, on the sample ledger."""

    def run(*words: str) -> Answer:
        surroundings = {key: value for key, value in os.environ.items() if not key.startswith("BUDGET_")}
        path = os.pathsep.join(filter(None, [str(Path.cwd()), surroundings.get("PYTHONPATH")]))
        called = [sys.executable, "-c", BARE, "--ledger", str(demo / "budget.db"), *words]
        environment = {**surroundings, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            called, cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    (tmp_path / "lines.xlsx").write_bytes(b"PK\x03\x04")
    return run


@pytest.mark.parametrize("library", NEEDING)
def test_what_needs_a_library_says_which_and_makes_nothing(bare, tmp_path, library):
    before = {*tmp_path.iterdir()}
    for words in NEEDING[library]:
        answer = bare(*words)
        assert answer.code == 2, words
        assert library in answer.err
        assert f"pip install {library}" in answer.err
        assert "Traceback" not in answer.err
    assert {*tmp_path.iterdir()} == before


@pytest.mark.parametrize("words", WITHOUT, ids=lambda words: " ".join(words[:2]))
def test_everything_else_works_without_them(bare, words):
    answer = bare(*words)
    assert (answer.code, answer.err.count("Traceback")) == (0, 0), answer.err


def test_the_optional_libraries_are_those_of_the_project():
    extras = PROJECT["optional-dependencies"]
    wanted = {text.split(">=")[0] for name in extras if name != "all" for text in extras[name]}
    assert {*EXTRAS.values()} == wanted
    for module, library in EXTRAS.items():
        assert library in map(str.lower, packages_distributions()[module])
