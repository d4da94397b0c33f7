"""What a file that went out is: exactly one of a publication, or an altered one, told by the digest printed in it.

A digest stands in every form as plain text: the zip forms are not compressed, a PDF has it among its
metadata. Office programs compress what they save again, so archives are also looked into.
"""

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from events.errors import Fault, WrongUsage, fault, listed
from events.record import digest_of_bytes
from ledger.verifying.digests import Recognised
from ledger.verifying.finding import Check, Finding
from projections.evidence.publications import Publication

DIGEST = re.compile(rb"sha256:[0-9a-f]{64}")
TAG = re.compile(rb"<[^>]*>")
ZIP = b"PK\x03\x04"
UNPACKED_BYTES_MAX = 200_000_000


class Status(StrEnum):
    """What became of a file that was held against the ledger."""

    EXACT = "exact"
    ALTERED = "altered"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


class Sighted(NamedTuple):
    """A file as it was found: the digest of its bytes, and the digests printed in it."""

    path: str
    digest: str
    printed: tuple[str, ...]


class PublishedAs(NamedTuple):
    """A publication and what a file is called in it."""

    event_id: str
    name: str


class Identified(NamedTuple):
    """What a file is. ``origins`` are the publications it is exactly a file of, or whose digest it prints.

    ``recognised`` says whose digest is printed in a file that is not exactly one that went out.
    """

    path: str
    status: Status
    origins: tuple[PublishedAs, ...] = ()
    printed: str | None = None
    recognised: Recognised | None = None

    @property
    def known_at(self) -> str:
        """The instant of the last event that the printed digest takes in."""
        return self.recognised.recorded_at if self.recognised else ""


def sighted(paths: Iterable[Path]) -> list[Sighted]:
    """Every file, and every file in every folder, that is not hidden."""
    return [_sighted(file) for path in paths for file in _files(path)]


def identified(
    files: Sequence[Sighted], published: Sequence[Publication], known: Mapping[str, Recognised]
) -> list[Identified]:
    """What every file is. ``known`` are the digests of this ledger among those printed in them."""
    pinned: dict[str, list[PublishedAs]] = {}
    printed: dict[str, list[PublishedAs]] = {}
    for one in published:
        printed.setdefault(one.fact.ledger_digest, []).append(PublishedAs(one.event_id, ""))
        for file in one.fact.files:
            pinned.setdefault(file.digest, []).append(PublishedAs(one.event_id, file.name))
    return [_identified(file, pinned, printed, known) for file in files]


def file_findings(files: Iterable[Identified]) -> Iterator[Finding]:
    """The files that are not exactly what went out."""
    for file in files:
        if file.status is not Status.EXACT:
            yield Finding("", _fault(file), Check.PUBLISHED)


def _identified(
    file: Sighted,
    pinned: Mapping[str, Sequence[PublishedAs]],
    printed: Mapping[str, Sequence[PublishedAs]],
    known: Mapping[str, Recognised],
) -> Identified:
    if file.digest in pinned:
        return Identified(file.path, Status.EXACT, tuple(pinned[file.digest]))
    for text in file.printed:
        if text in known or text in printed:
            return Identified(file.path, Status.ALTERED, tuple(printed.get(text, ())), text, known.get(text))
    if file.printed:
        return Identified(file.path, Status.FOREIGN, printed=file.printed[0])
    return Identified(file.path, Status.UNKNOWN)


def _fault(file: Identified) -> Fault:
    events = listed(origin.event_id for origin in file.origins)
    if file.status is Status.FOREIGN:
        return fault(
            "{file}：不是公开过的原件，其中所印的摘要 {digest} 也从未是本账本的。", file=file.path, digest=file.printed
        )
    if file.status is Status.UNKNOWN:
        return fault("{file}：不是公开过的原件，其中也找不到账本摘要。", file=file.path)
    if events:
        return fault(
            "{file}：印着公开 {events} 的账本摘要，内容却不是当时的任何一个文件：它被改动过，或者没有公开过。",
            file=file.path,
            events=events,
        )
    return fault(
        "{file}：所印的摘要是本账本在 {at} 时的，而它不是公开过的文件：它被改动过，或者没有公开过。",
        file=file.path,
        at=file.known_at or fault("第一个事件之前"),
    )


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = (file for file in path.rglob("*") if file.is_file())
    seen = [file for file in inside if not any(part.startswith(".") for part in file.relative_to(path).parts)]
    if not seen:
        raise WrongUsage("文件夹 {path} 里没有文件，没有可核对的。", path=path)
    return sorted(seen)


def _sighted(path: Path) -> Sighted:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WrongUsage("{path} 不能读取（{detail}）。", path=path, detail=error.strerror) from error
    return Sighted(str(path), digest_of_bytes(content), tuple(printed_digests(content)))


def printed_digests(content: bytes) -> list[str]:
    """The digests that stand in a file, each once, in their order."""
    found = [match for text in _texts(content) for match in DIGEST.findall(text)]
    return list(dict.fromkeys(digest.decode() for digest in found))


def _texts(content: bytes) -> Iterator[bytes]:
    """A file as it is; of an archive also every member, with and without the tags that may part a text."""
    yield content
    if not content.startswith(ZIP):
        return
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > UNPACKED_BYTES_MAX:
                return
            for name in archive.namelist():
                yield (member := archive.read(name))
                yield TAG.sub(b"", member)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return
