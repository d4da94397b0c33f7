"""The whole of ``budget verify``: every check run, and everything found told at once."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from events.errors import BudgetError, EvidenceBroken, Fault, fault
from events.instant import instant_text
from ledger.keeping.sqlite import SqliteStore
from ledger.verifying.every_record import Watch, every_record
from ledger.verifying.finding import Check, Finding
from ledger.verifying.integrity import Verification, verify
from ledger.verifying.payloads import payload_findings
from projections.entries.read_model import ReadModel
from projections.evidence.publications import Forms, Held, held, publication_findings, publications
from projections.evidence.published_file import Identified, file_findings, identified, sighted
from projections.evidence.reach import Reach, reaches
from projections.evidence.signatures import Examined, examined, signature_findings
from projections.reading.reader import Reader

T = TypeVar("T")
DAY = timedelta(days=1)
Watching = Callable[[Fault], Watch]

CHAIN, CONTENT = fault("哈希链"), fault("事件内容")
UNREAD = Verification(0, 0, "", {}, ())


@dataclass(frozen=True)
class Wish:
    """What is to be verified, beyond the ledger itself.

    ``published`` are files and folders; ``trusted`` are the keys an auditor brings, by fingerprint,
    with the files they came from. A quick look reads chains and guards and the digest, no payload.
    """

    digest: str | None = None
    published: tuple[Path, ...] = ()
    signatures: bool = False
    trusted: Mapping[str, str] = field(default_factory=dict)
    is_quick: bool = False
    now: datetime | None = None


@dataclass(frozen=True)
class Examination:
    """What came of it. ``remarks`` are worth knowing and no fault of the ledger."""

    chain: Verification
    findings: tuple[Finding, ...]
    remarks: tuple[Fault, ...]
    reaches: tuple[Reach, ...]
    publications: tuple[Held, ...]
    files: tuple[Identified, ...]
    signatures: tuple[Examined, ...] | None


def examine(reader: Reader, wish: Wish, watching: Watching) -> Examination:
    """Verify a ledger and whatever is held against it."""
    store, tried = reader.store, _Trial()
    files = sighted(wish.published)
    printed = [text for file in files for text in file.printed]
    (chain,) = tried(lambda: [verify(store, wish.digest, printed, watching(CHAIN))]) or (UNREAD,)
    published = tried(lambda: publications(store))
    compared = () if wish.is_quick else tried(lambda: held(store, published, reader.forms))
    seen = identified(files, published, chain.recognised)
    signed = tried(lambda: examined(store, wish.trusted)) if wish.signatures else None
    findings = [*chain.findings, *publication_findings(compared), *file_findings(seen)]
    findings += signature_findings(signed or (), wish.trusted)
    if not wish.is_quick:
        findings += _slow_findings(store, reader.entries, watching, is_sound=not (findings or tried.findings))
    touched = tried(lambda: reaches(store, findings, published))
    return Examination(
        chain=chain,
        findings=(*tried.findings, *findings),
        remarks=(*_remarks(compared), *tried(lambda: _ahead(store, wish.now))),
        reaches=touched,
        publications=compared,
        files=tuple(seen),
        signatures=signed,
    )


class _Trial:
    """Steps that a damaged file may end; the others go on."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def __call__(self, step: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """What a step gives; nothing if the file could not be read."""
        try:
            return tuple(step())
        except (
            sqlite3.DatabaseError,
            EvidenceBroken,
            TypeError,
            UnicodeDecodeError,
        ) as error:  # bytes may stand where a text should
            damaged = fault("账本文件无法继续读取（{detail}），已损坏。", detail=str(error))
            if damaged not in (finding.fault for finding in self.findings):
                self.findings.append(Finding("", damaged, Check.FILE))
            return ()


def _slow_findings(store: SqliteStore, entries: ReadModel, watching: Watching, *, is_sound: bool) -> Iterator[Finding]:
    """What takes time: the file's own structure, every payload, and the entries folded anew."""
    tried = _Trial()
    damages = tried(store.damages)
    wrong = tried(lambda: payload_findings(watching(CONTENT)(every_record(store)), store.logged_at))
    yield from (Finding("", fault("账本文件已损坏（{detail}）。", detail=words), Check.FILE) for words in damages)
    yield from wrong
    yield from tried.findings
    if model := _model_fault(entries, is_sound=is_sound and not (wrong or damages or tried.findings)):
        yield Finding("", model, Check.READ_MODEL)


def _model_fault(entries: ReadModel, *, is_sound: bool) -> Fault | None:
    try:
        if entries.is_faithful():
            return None
    except BudgetError as error:
        return error.fault
    except Exception as error:  # noqa: BLE001 (events that were tampered with may say anything)
        return fault("读模型不能由事件推出（{detail}）。", detail=error)
    if is_sound:
        return fault("读模型与事件不符；事件完好，请运行 budget rebuild 重建。")
    return fault("读模型与事件不符。")


def _ahead(store: SqliteStore, now: datetime | None) -> Iterator[Fault]:
    """Whether the ledger has instants that are yet to come: a clock was wrong."""
    last = store.last_instant()
    if now is not None and last > now + DAY:
        yield fault("账本里最晚的时刻 {at} 在此刻之后：曾用走错的钟记录。", at=instant_text(last))


def _remarks(compared: Sequence[Held]) -> Iterator[Fault]:
    for one in compared:
        if one.forms is Forms.DIFFERING:
            yield fault(
                "公开 {event} 所用的表样 {edition} 与手边的不同，不能原样重现；这不是账本的问题。",
                event=one.publication.event_id,
                edition=one.publication.fact.edition,
            )
