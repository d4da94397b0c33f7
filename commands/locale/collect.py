"""``make messages``: collect what the program says into the catalogues, and compile them.

Our sentences are Chinese in the code and are translated into English; click's are English and are
translated into Chinese. Translations already there are kept, new sentences wait empty for theirs,
and sentences the code no longer says are dropped. Nothing written depends on the day or on line numbers.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from commands.desk.messages import DOMAIN, FOLDER
from commands.main import COMMANDS
from events.vocabulary import Basis, Measure
from projections.answers import audit_sheet, check, comparison, difference, history, late, status, trace
from projections.answers.comparison import STATUS_WORDS
from projections.checks import sentences
from projections.figures.comparison import NAMES
from projections.figures.history import TITLES

Sentence = str | tuple[str, ...]  # click's have a singular and a plural
Calls = Mapping[str, tuple[int, ...]]  # a function, and which of its arguments are sentences

ROOT = Path(__file__).parents[2]
CLICK = Path(click.__file__).parent
OUR_CALLS: Calls = {
    "_": (1,),
    "fault": (1,),
    "Invalid": (1,),
    "WrongUsage": (1,),
    "Refused": (1,),
    "Conflict": (1,),
    "EvidenceBroken": (1,),
    "Faulty": (2,),
    "_code": (4,),
}
CLICK_CALLS: Calls = {"_": (1,), "ngettext": (1, 2)}
CLICK_VARIABLES = {"required"}  # what click translates where no extractor sees it
HEADERS = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:")


class Undated(Catalog):
    """A catalogue whose header says only what reading it takes: no dates, no names, no versions."""

    def __iter__(self) -> Iterator[Message]:
        header, *messages = super().__iter__()
        lines = str(header.string).splitlines()
        header.string = "".join(f"{line}\n" for line in lines if line.startswith(HEADERS))
        yield header
        yield from messages


def our_sentences() -> set[Sentence]:
    """What the packages of the product say, in Chinese."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    said = (_said(ROOT / package, OUR_CALLS) for package in build["targets"]["wheel"]["packages"])
    words = {*COMMANDS.values(), *TITLES.values(), *STATUS_WORDS.values(), difference.NOTHING}
    words |= {*NAMES.values(), *(term.label for kind in (Basis, Measure) for term in kind)}
    headings = (answer.HEADINGS for answer in (comparison, difference, history, late, status))
    return words.union(*headings, trace.WORDS, audit_sheet.WORDS, check.WORDS, sentences(), *said)


def click_sentences() -> set[Sentence]:
    """What the installed click says, in English."""
    return _said(CLICK, CLICK_CALLS) | CLICK_VARIABLES


def _said(folder: Path, calls: Calls) -> set[Sentence]:
    found = extract_from_dir(folder, [("**.py", "python")], keywords=calls)
    return {message for _, _, message, _, _ in found}


TRANSLATED: dict[str, Callable[[], set[Sentence]]] = {"en": our_sentences, "zh_CN": click_sentences}


def catalogue(locale: str | None = None) -> Catalog:
    """The stored catalogue of a language; an empty one without a language."""
    empty = Undated(locale, header_comment=f"# {DOMAIN}: make messages", fuzzy=False)
    if locale and (path := file(locale, "po")).exists():
        with path.open("rb") as stored:
            for message in read_po(stored, locale):
                if message.id:
                    empty[message.id] = message
    return empty


def fit(catalog: Catalog, sentences: Iterable[Sentence]) -> None:
    """Make a catalogue hold exactly these sentences; keep the translations of those it has."""
    wanted = set(sentences)
    held = {message.id for message in catalog if message.id}
    for sentence in held - wanted:
        catalog.delete(sentence)
    for sentence in wanted - held:
        catalog.add(sentence)


def untranslated(catalog: Catalog) -> list[Message]:
    """The entries of a catalogue that still wait for a translation, or for somebody to check it."""
    return [message for message in catalog if message.id and (message.fuzzy or not all(forms(message)))]


def forms(message: Message) -> tuple[str, ...]:
    """The translations of an entry: one for each plural form of its language."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or [""])


def file(locale: str, kind: str) -> Path:
    """Where the catalogue of a language is kept: ``po`` to be read, ``mo`` to be run."""
    return FOLDER / locale / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def as_po(catalog: Catalog) -> bytes:
    """A catalogue as text, in the order of its sentences."""
    return _bytes(lambda out: write_po(out, catalog, width=0, no_location=True, sort_output=True))


def as_mo(catalog: Catalog) -> bytes:
    """A catalogue compiled."""
    return _bytes(lambda out: write_mo(out, catalog))


def _bytes(write: Callable[[IO[bytes]], None]) -> bytes:
    out = BytesIO()
    write(out)
    return out.getvalue()


def main() -> None:
    """Write the template, and the catalogue of each language as text and compiled."""
    template = catalogue()
    for locale, collected in TRANSLATED.items():
        fit(known := catalogue(locale), said := collected())
        file(locale, "po").parent.mkdir(parents=True, exist_ok=True)
        file(locale, "po").write_bytes(as_po(known))
        file(locale, "mo").write_bytes(as_mo(known))
        for sentence in said:
            template.add(sentence)
        click.echo(f"{locale}: {len(said)} sentences, {len(untranslated(known))} without a translation")
    (FOLDER / f"{DOMAIN}.pot").write_bytes(as_po(template))


if __name__ == "__main__":
    main()
