"""One language at a time: every sentence is translated, and the program shows no word of the other language."""

import ast
import os
import re
import string
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from commands.desk.messages import FOLDER
from commands.locale import collect
from commands.main import COMMANDS
from events.vocabulary import Term

LOCALES = sorted(collect.TRANSLATED)
PACKAGES = ("events", "ledger", "projections", "commands")
CODE = sorted(path for package in PACKAGES for path in (collect.ROOT / package).rglob("*.py"))

# The field's own words stay as they are in English too: they are what a person has to type.
UNITS = ["万元", "元"]
FIELD_WORDS = [*(term.label for kind in Term.__subclasses__() for term in kind), *UNITS, "杭财行〔2024〕5号"]
CLICK_WORDS = re.compile("Usage|Options|Commands|Show this|required|default|Error|Try |Missing|Invalid|No such|valid")
CHINESE = re.compile("[一-鿿]+")
COUNTED = re.compile(
    r"\{(?:count|cells|days|events|lines|streams|tables|blocks|added|known|rows|columns|said)\} [a-z]+s\b"
)
MANY = ("reversed {count} times", "sheet of {cells} cells", "{count} bytes as base64")  # said of many alone
PERCENT = re.compile(r"%\(\w+\)\w")

# Their sentences are words of the published document, which stays Chinese.
OF_THE_DOCUMENT = [collect.ROOT / "projections" / "formats" / name for name in ("csv.py", "pdf.py")]

CALL = "from commands.main import main; main()"
HELP_OF_ALL = """
from commands.main import COMMANDS, program
group = program()
for name in COMMANDS:
    for inner in ["", *getattr(group.get_command(None, name), "commands", {})]:
        group.main([name, *inner.split(), "--help"], "budget", standalone_mode=False)
"""


@cache
def entries(locale: str) -> dict[collect.Sentence, tuple[str, ...]]:
    return {message.id: collect.forms(message) for message in collect.catalogue(locale) if message.id}


def placeholders(text: str) -> set[str]:
    named = {f"{name}!{conversion}" for _, name, _, conversion in string.Formatter().parse(text) if name is not None}
    return named | set(PERCENT.findall(text))


def chinese_left(text: str) -> list[str]:
    text = "".join(text.split())
    for word in sorted(FIELD_WORDS, key=len, reverse=True):
        text = text.replace(word, " ")
    return CHINESE.findall(text)


def chinese_sentences(path: Path) -> list[str]:
    """Every text with Chinese letters and a full stop, but for docstrings."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return [text for text in texts if isinstance(text, str) and "。" in text and CHINESE.search(text)]


def budget(*arguments: str, language: str | None = None, program: str = CALL) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("BUDGET_", "LANG"))}
    environment |= {"PYTHONIOENCODING": "utf-8"} | ({"BUDGET_LANG": language} if language else {})
    called = [sys.executable, "-c", program, *arguments]
    outcome = subprocess.run(called, env=environment, cwd=collect.ROOT, capture_output=True, check=False)
    return (outcome.stdout + outcome.stderr).decode()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_in_the_code_is_in_the_catalogue(locale):
    assert collect.TRANSLATED[locale]() - set(entries(locale)) == set(), "run make messages and translate"


def test_the_catalogue_holds_no_sentence_that_is_gone():
    assert set(entries("en")) - collect.our_sentences() == set(), "run make messages"


@pytest.mark.parametrize(
    "path",
    [path for path in CODE if path not in OF_THE_DOCUMENT],
    ids=lambda path: str(path.relative_to(collect.ROOT)),
)
def test_no_sentence_takes_a_way_past_the_catalogue(path):
    assert [sentence for sentence in chinese_sentences(path) if sentence not in entries("en")] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_entry_is_translated_with_the_same_placeholders(locale):
    assert [message.id for message in collect.untranslated(collect.catalogue(locale))] == []
    for sentence, translations in entries(locale).items():
        original = sentence if isinstance(sentence, str) else sentence[-1]
        for translation in translations:
            assert placeholders(translation) == placeholders(original), sentence


def test_english_translations_hold_no_chinese_but_the_words_of_the_field():
    assert chinese_left("\n".join(form for forms in entries("en").values() for form in forms)) == []


def test_what_is_counted_reads_well_of_one_as_of_many():
    told = [form for forms in entries("en").values() for form in forms if not any(words in form for words in MANY)]
    assert [form for form in told if COUNTED.search(form)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_what_runs_is_what_was_compiled_from_what_is_read(locale):
    assert collect.file(locale, "mo").read_bytes() == collect.as_mo(collect.catalogue(locale)), "run make messages"


def test_the_template_holds_what_the_catalogues_hold():
    with (FOLDER / "budget.pot").open("rb") as template:
        held = {message.id for message in read_po(template) if message.id}
    assert held == {sentence for locale in LOCALES for sentence in entries(locale)}, "run make messages"


@pytest.mark.parametrize("arguments", [["--help"], ["approve", "--help"]])
def test_help_speaks_the_chosen_language(arguments):
    english, chinese = budget(*arguments, language="en"), budget(*arguments)
    assert english.startswith("Usage: budget")
    assert chinese_left(english) == []
    assert chinese.startswith("用法: budget")
    assert CLICK_WORDS.findall(chinese) == []


def test_the_help_of_every_command_shows_no_chinese_in_english_but_the_words_of_the_field():
    text = budget(language="en", program=HELP_OF_ALL)
    assert text.count("Usage: budget") >= len(COMMANDS)
    assert chinese_left(text) == []


def test_the_help_of_every_command_shows_no_english_words_of_click():
    text = budget(program=HELP_OF_ALL)
    assert text.count("用法: budget") >= len(COMMANDS)
    assert CLICK_WORDS.findall(text) == []


@pytest.mark.parametrize("arguments", ["aprove", "table", "table x", "init -x"])
def test_wrong_usage_shows_no_english_words_of_click(arguments):
    text = budget(*arguments.split())
    assert "错误：" in text
    assert CLICK_WORDS.findall(text) == []


def test_what_cannot_be_done_is_said_in_the_chosen_language():
    asked = ["--ledger", "nowhere.db", "status", "--year", "2024"]
    assert budget(*asked, language="en").startswith("The ledger nowhere.db does not exist")
    assert budget(*asked).startswith("账本 nowhere.db 不存在")


@pytest.mark.parametrize(("language", "numbers"), [("zh", "1、2、3、4、5"), ("en", "1, 2, 3, 4, 5")])
def test_things_named_one_after_another_are_parted_as_the_language_does(sample, monkeypatch, language, numbers):
    monkeypatch.setenv("BUDGET_LANG", language)
    assert numbers in sample("table", 12, "--year", 2024).err
