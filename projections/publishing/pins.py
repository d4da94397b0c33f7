"""What a publication pinned, read back from the ledger: enough to make the same bytes again."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from events.errors import EvidenceBroken, Fault, WrongUsage, fault, listed
from events.stream import Stream, stream_of
from events.vocabulary import Measure
from projections.cut import Cut
from projections.documents.document import Document
from projections.documents.fonts import families, installed, stacks
from projections.places import forms_folder
from projections.publishing.publication import document_of, file_digests, files_of
from projections.reading.reader import Question, Reader
from projections.registers.statements import Statement, statements

MAKERS = ("budget-ledger", "jinja2", "python-docx", "typst", "xlsxwriter")


class Pins(NamedTuple):
    """A publication as it was recorded."""

    event_id: str
    question: Question
    ledger_digest: str
    edition: str
    edition_digest: str
    forms: tuple[str, ...]
    files: Mapping[str, str]
    made_with: tuple[str, ...]


def makers(forms: Collection[str]) -> tuple[str, ...]:
    """What the bytes of these forms depend on beside the document: programs with their versions, and faces."""
    faces = ", ".join(names[0] for names in stacks(families(installed())).values()) if "pdf" in forms else ""
    return (*(f"{name} {_version(name)}" for name in MAKERS), *([f"fonts {faces}"] if faces else []))


def pins_of(reader: Reader, event_id: str) -> Pins:
    """The pins of a publication of a ledger that is, at its cut, still what it was.

    WrongUsage listing those there are if it is none, EvidenceBroken if the ledger has another digest there now.
    """
    stream, _ = stream_of(event_id)
    published = publications(reader, stream)
    for stated in published:
        if stated.event_id == event_id:
            return _of_this_ledger(reader, _pins(stated, stream))
    known = listed(stated.event_id for stated in published)
    raise WrongUsage(
        "没有公开记录 {event}；{stream} 有：{known}。", event=event_id, stream=stream, known=known or fault("（无）")
    )


def publications(reader: Reader, stream: Stream) -> list[Statement]:
    """All publications of a unit's year."""
    always = Cut(date.max, datetime.max.replace(tzinfo=UTC))
    return statements(reader.store, stream, ["DocumentPublished"], always)


def reproduce(reader: Reader, pins: Pins) -> tuple[dict[str, bytes], list[Fault]]:
    """The files of a publication made again, and whatever differs from what was pinned."""
    document = document_of(with_forms_of(reader, pins), pins.question)
    files = files_of(document, pins.forms)
    return files, list(_differences(document, files, pins))


def with_forms_of(reader: Reader, pins: Pins) -> Reader:
    """A reader that has the forms a publication was made with."""
    place = pins.edition.partition("/")[0]
    return reader if reader.forms.name == place else replace(reader, forms=forms_folder(place))


def _differences(document: Document, files: Mapping[str, bytes], pins: Pins) -> Iterator[Fault]:
    if document.evidence.edition_digest != pins.edition_digest:
        yield fault("表样或模板已与公开时不同（{edition}）。", edition=pins.edition)
    made = file_digests(dict(files))
    for name in sorted({*made, *pins.files}):
        if made.get(name) != pins.files.get(name):
            yield fault("{name} 的内容与公开时不同。", name=name)
    now = makers(pins.forms)
    if made != dict(pins.files) and now != pins.made_with:
        yield fault("生成程序的版本已变：公开时 {then}，现为 {now}。", then=listed(pins.made_with), now=listed(now))


def _of_this_ledger(reader: Reader, pins: Pins) -> Pins:
    now = reader.digest(pins.question.cut, pins.question.unit)
    if now != pins.ledger_digest:
        raise EvidenceBroken(
            "公开 {event} 的账本摘要与公开时不同：公开时 {then}，现为 {now}；请运行 budget verify。",
            event=pins.event_id,
            then=pins.ledger_digest,
            now=now,
        )
    return pins


def _pins(stated: Statement, stream: Stream) -> Pins:
    payload = stated.payload
    cut = Cut(date.fromisoformat(payload["as_of"]), datetime.fromisoformat(payload["known_at"]))
    return Pins(
        event_id=stated.event_id,
        question=Question(stream.unit, stream.year or 0, Measure.of(payload["measure"]), cut),
        ledger_digest=payload["ledger_digest"],
        edition=payload["edition"],
        edition_digest=payload["edition_digest"],
        forms=tuple(payload["forms"]),
        files={file["name"]: file["digest"] for file in payload["files"]},
        made_with=tuple(payload.get("made_with", ())),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "—"
