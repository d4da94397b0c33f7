"""The sections of ``docs/format.md`` that follow from the program: the tokens, and every payload.

python tests/documentation/format_sections.py
"""

import re
from collections.abc import Iterator
from inspect import getdoc

from pages import DOCS, ROOT, text_of

from events import vocabulary
from events.model import Event
from events.payload import model_of
from events.upcasting import TYPES
from events.vocabulary import Term

PAGE = DOCS / "format.md"
GOLDEN = ROOT / "tests" / "events" / "golden"
ELSEWHERE = {"type", "effective_on", "document", "lines"}  # told once for all, above

MEANINGS = {
    "amount": "an amount in 分",
    "as_of": "the day of the cut",
    "aspect": "a token: what the text explains",
    "basis": "a token: the comparison that a cause explains",
    "SubjectNamed.code": "the code of the 科目",
    "ProjectRegistered.code": "the project's own code",
    "count": "a number of things, where there is no amount",
    "definition": "what the figure takes in (口径)",
    "departments": "the departments (内设机构), as texts",
    "digest": "what is signed: the digest of the unit's streams, or the hash of the publication's record",
    "duties": "the duties (主要职能), as texts",
    "edition": "the template edition that was used",
    "edition_digest": "the digest of the forms, the template, the files it takes words from and the letterhead",
    "event_id": "the event that is cancelled",
    "excluded": "the economic codes left out of both sides",
    "files": "every file written: its name and the SHA-256 of its bytes",
    "fingerprint": "the fingerprint of the key",
    "forced": "whether it went out although a check had failed",
    "forms": "the forms it was written in",
    "ground": "a token: on what ground",
    "indicator": "the name of the figure",
    "kind": "a token: what kind of project (项目类别)",
    "DocumentPublished.known_at": "the instant of the cut",
    "SignatureRecorded.known_at": "the instant up to which is signed, or at which the publication was recorded",
    "ledger_digest": "the digest of the ledger at the cut",
    "made_with": "the programs that wrote the bytes, with their versions",
    "measure": "a token: which sum of stages the tables print",
    "name": "the name",
    "nature": "what kind of unit it is, in words",
    "officer": "whose key it is",
    "parent": "the code of the unit above it",
    "period": "`2024` for the whole year, `2024-05` for a month",
    "place": "where the name is printed: `table-2`, `narrative`; otherwise everywhere",
    "project": "the name of the project",
    "public_key": "the 32 bytes of the Ed25519 public key, as base64",
    "publication": "the event id of the publication that is signed",
    "reason": "why, in words",
    "restates": "the year before, whose base this figure replaces in this year's comparisons",
    "signature": "the 64 bytes of the signature, as base64",
    "subject": "what is explained: a 科目 code, the token of a topic, or the name of an indicator",
    "target": "the performance target, in words",
    "text": "the explanation",
    "what": "a token: what is signed",
}


def made_anew(page: str) -> str:
    """The page with both sections as they should be."""
    for name, lines in {"tokens": _tokens(), "payloads": _payloads()}.items():
        before, begin, rest = re.split(rf"(<!-- {name}: .*-->\n)", page, maxsplit=1)
        end = f"<!-- {name} end -->"
        page = before + begin + "\n" + "\n".join(lines) + "\n" + end + rest.partition(end)[2]
    return page


def _tokens() -> Iterator[str]:
    yield "| list | tokens |"
    yield "|---|---|"
    for kind in Term.__subclasses__():
        if kind is not vocabulary.Stage:  # a stage follows from the type of an event and is not stored in one
            yield f"| {_words(kind.__name__)} | {'、'.join(f'`{term.value}` {term.label}' for term in kind)} |"
    yield ""


def _payloads() -> Iterator[str]:
    for name in TYPES:
        model = model_of(name)
        for version in range(1, model.version + 1):
            yield from _payload(name, model, version)


def _payload(name: str, model: type[Event], version: int) -> Iterator[str]:
    yield f"### {name}" + (f" {version}" if version > 1 else "")
    yield ""
    yield re.sub(r" \(勾稽 [^)]*\)", "", (getdoc(model) or "").partition("\n")[0].replace("``", "`"))
    yield ""
    own = {field: about for field, about in model.model_fields.items() if field not in ELSEWHERE}
    if own:
        yield "| field | is |"
        yield "|---|---|"
        for field, about in own.items():
            meaning = MEANINGS.get(f"{model.__name__}.{field}") or MEANINGS[field]
            yield f"| `{field}` | {meaning}{'' if about.is_required() else '; may be left out'} |"
        yield ""
    shared = [f"`{field}`" for field in ("document", "lines") if field in model.model_fields]
    if shared:
        optional = "document" in model.model_fields and not model.model_fields["document"].is_required()
        yield f"And {' and '.join(shared)}{'; `document` may be left out' if optional else ''}."
        yield ""
    yield "```json"
    yield (GOLDEN / f"{name}.v{version}.json").read_text(encoding="utf-8")
    yield "```"
    yield ""


def _words(name: str) -> str:
    return re.sub(r"(?<=.)([A-Z])", r" \1", name).lower()


if __name__ == "__main__":
    PAGE.write_text(made_anew(text_of(PAGE)), encoding="utf-8")
