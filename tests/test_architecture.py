"""The house keeps its shape: imports run in one line, functions fit a screen, rooms have names."""

import ast
import itertools
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ["events", "ledger", "projections", "commands"]
FUNCTION_LINES_MAX = 40
FUNCTION_LINES_MEDIAN_MAX = 10
FILE_LINES_MAX = 350
NAMELESS_ROOMS = {"utils", "helpers", "manager", "service", "common", "misc", "base"}
TOP_LEVEL = {"events", "ledger", "projections", "commands", "tests", "docs", "benchmarks"}

MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def in_circles(uses: Mapping[str, set[str]]) -> set[str]:
    """Those that use each other in a circle, and those that use them."""
    settled: set[str] = set()
    while free := {name for name in uses if name not in settled and (uses[name] & uses.keys()) - {name} <= settled}:
        settled |= free
    return uses.keys() - settled


def function_lengths(path: Path) -> list[tuple[int, str]]:
    functions = (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))
    return [(node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}") for node in functions]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_layer_imports_only_itself_and_those_below(path):
    above = LAYERS[LAYERS.index(path.relative_to(ROOT).parts[0]) + 1 :]
    assert not {name for name in imported(path) if name.split(".")[0] in above}


def test_no_modules_import_each_other_in_a_circle():
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
    uses = {name: {other for other in imported(path) if other in names} for name, path in names.items()}
    assert in_circles(uses) == set()


@pytest.mark.parametrize("layer", LAYERS)
def test_no_rooms_of_a_layer_lean_on_each_other_in_a_circle(layer):
    uses: dict[str, set[str]] = {}
    for path in MODULES:
        of, room, *_ = *path.relative_to(ROOT).with_suffix("").parts, ""
        if of == layer and room != "__init__":
            inner = (name.split(".")[1:2] for name in imported(path) if name.startswith(f"{layer}."))
            uses.setdefault(room, set()).update(*inner)
    assert in_circles(uses) == set()


def test_events_perform_no_input_or_output_read_no_clock_and_know_no_sql():
    banned = {"sqlite3", "sqlite_utils", "os", "pathlib", "io", "time", "subprocess", "socket", "logging"}
    for path in (ROOT / "events").rglob("*.py"):
        assert not imported(path) & banned, path
        calls = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
        assert not calls & {"now", "utcnow", "today"}, path


def test_only_the_clock_module_reads_the_clock():
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today", "time_ns"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    ]
    assert readers == ["ledger/clock.py"]


def test_only_the_ledger_writes_sql_on_events():
    for path in [*(ROOT / "projections").rglob("*.py"), *(ROOT / "commands").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(INTO|UPDATE|FROM|JOIN) events\b", text), path


def test_functions_are_short():
    lengths = sorted(itertools.chain.from_iterable(map(function_lengths, MODULES)))
    assert [found for found in lengths if found[0] > FUNCTION_LINES_MAX] == []
    assert lengths[len(lengths) // 2][0] <= FUNCTION_LINES_MEDIAN_MAX


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_is_short_named_for_its_content_and_says_what_it_is(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES_MAX
    assert path.stem not in NAMELESS_ROOMS
    assert ast.get_docstring(tree(path))


def test_the_top_level_is_what_was_asked_for():
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - {"demo", "build", "dist"} <= TOP_LEVEL
