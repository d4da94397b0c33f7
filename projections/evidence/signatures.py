"""Every signature of a ledger: whose it is, to what, and whether it holds."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from events.errors import BudgetError, Fault, WrongUsage, fault, listed
from events.instant import day_in_china
from events.record import Record, digest
from events.signature import KeyRegistered, KeyRevoked, SignatureRecorded, signed_message
from events.stream import event_id, stream_of
from events.vocabulary import Signed
from ledger.keeping.store import Store
from ledger.verifying.finding import Check, Finding
from projections.evidence.facts import facts
from projections.evidence.keys import has_signed
from projections.evidence.publications import TYPES as PUBLISHED

TYPES = [KeyRegistered.__name__, KeyRevoked.__name__, SignatureRecorded.__name__]


class Key(NamedTuple):
    """A registered key, the record that ended it if one did, and the revocation that counts from the earliest day."""

    event_id: str
    version: int
    fact: KeyRegistered
    revoked: Record | None = None
    revocation: KeyRevoked | None = None


class Signable(NamedTuple):
    """What can be signed: the unit's streams up to their last event, or a publication's record."""

    what: Signed
    publication: str | None
    known_at: str
    digest: str


class Verdict(StrEnum):
    """What became of a signature. An untrusted one holds, but by a key the auditor does not know."""

    HOLDS = "holds"
    UNTRUSTED = "untrusted"
    BROKEN = "broken"


class Examined(NamedTuple):
    """A signature that was examined, and what is wrong with it."""

    record: Record
    fact: SignatureRecorded
    officer: str
    verdict: Verdict
    fault: Fault | None


def keys_of(store: Store, unit: str) -> dict[str, Key]:
    """The keys of a unit by fingerprint, in the order of their registration."""
    keys: dict[str, Key] = {}
    for record, fact in facts(store, unit, TYPES):
        if isinstance(fact, KeyRegistered):
            keys.setdefault(fact.fingerprint, Key(record.event_id, record.version, fact))
        elif isinstance(fact, KeyRevoked) and fact.fingerprint in keys:
            keys[fact.fingerprint] = _ended(keys[fact.fingerprint], record, fact)
    return keys


def _ended(key: Key, record: Record, fact: KeyRevoked) -> Key:
    if key.revocation and key.revocation.effective_on <= fact.effective_on:
        return key
    return key._replace(revoked=key.revoked or record, revocation=fact)


def signable_ledger(store: Store, unit: str) -> Signable:
    """All that a unit has recorded so far. Whatever it records later is recorded at a later instant."""
    heads = store.heads(unit=unit)
    ends = (store.logged_at(head.stream, head.version) for head in heads)
    known_at = max((end.recorded_at for end in ends if end), default="")
    return Signable(Signed.LEDGER, None, known_at, digest(heads))


def signable_publication(store: Store, publication: str) -> Signable:
    """A publication by the hash of its record; WrongUsage listing those there are if it is none."""
    stream, _ = stream_of(publication)
    published = {record.event_id: record for record in store.read_stream(str(stream), types=PUBLISHED)}
    if publication not in published:
        known = listed(published) or fault("（无）")
        raise WrongUsage("没有公开记录 {event}；{stream} 有：{known}。", event=publication, stream=stream, known=known)
    record = published[publication]
    return Signable(Signed.PUBLICATION, publication, record.recorded_at, published_digest(record))


def examined(store: Store, trusted: Iterable[str] = ()) -> list[Examined]:
    """Every signature of every unit. Where fingerprints are given, only those keys are trusted."""
    units = store.units()
    return [one for unit in units for one in _of_unit(store, unit, frozenset(trusted))]


def signature_findings(signatures: Iterable[Examined], trusted: Mapping[str, str]) -> Iterator[Finding]:
    """The signatures that do not hold, and the trusted keys (by fingerprint, with their files) that signed nothing."""
    signatures = list(signatures)
    for one in signatures:
        if one.verdict is Verdict.BROKEN and one.fault:
            yield Finding(event_id(one.record.stream, one.record.version), one.fault, Check.SIGNATURES)
    held = {one.fact.fingerprint for one in signatures if one.verdict is Verdict.HOLDS}
    for fingerprint, file in trusted.items():
        if fingerprint not in held:
            yield Finding(
                "", fault("没有一个有效的签名出自 {file} 的密钥 {key}。", file=file, key=fingerprint), Check.SIGNATURES
            )


def _of_unit(store: Store, unit: str, trusted: frozenset[str]) -> Iterator[Examined]:
    keys = keys_of(store, unit)
    for record, fact in facts(store, unit, TYPES):
        if not isinstance(fact, SignatureRecorded):
            continue
        key = keys.get(fact.fingerprint)
        wrong = _fault(store, record, fact, key)
        verdict = Verdict.BROKEN if wrong else Verdict.HOLDS
        if trusted and fact.fingerprint not in trusted and not wrong:
            verdict = Verdict.UNTRUSTED
        yield Examined(record, fact, key.fact.officer if key else "", verdict, wrong)


def _fault(store: Store, record: Record, fact: SignatureRecorded, key: Key | None) -> Fault | None:
    if key is None or key.version > record.version:
        return fault("签名时公钥 {key} 还没有登记。", key=fact.fingerprint)
    if key.revoked and key.revocation and _is_over(record, key.revoked, key.revocation):
        return fault("签名的公钥 {key} 已经停用（事件 {event}）。", key=fact.fingerprint, event=key.revoked.event_id)
    message = signed_message(record.stream, fact.what, fact.publication, fact.known_at, fact.digest)
    if not has_signed(key.fact.public_key, fact.signature, message):
        return fault("签名与公钥 {key} 不符。", key=fact.fingerprint)
    if fact.what is Signed.PUBLICATION:
        return _publication_fault(store, record, fact)
    now = digest(store.heads(fact.known_at, record.stream))
    if now != fact.digest:
        return fault("所签的摘要与账本不符：签的是 {then}，现为 {now}。", then=fact.digest, now=now)
    return None


def _is_over(signed: Record, revoked: Record, revocation: KeyRevoked) -> bool:
    """Whether a key had ended: in the ledger, or by the day from which it was said to have ended."""
    day = day_in_china(datetime.fromisoformat(signed.recorded_at))
    return revoked.version < signed.version or day > revocation.effective_on


def _publication_fault(store: Store, record: Record, fact: SignatureRecorded) -> Fault | None:
    named = fact.publication or ""
    try:
        subject = signable_publication(store, named)
    except BudgetError as error:
        return error.fault
    if stream_of(named)[0].unit == record.stream and (subject.digest, subject.known_at) == (fact.digest, fact.known_at):
        return None
    return fault("所签的公开 {event} 与账本中的不符。", event=named)


def published_digest(published: Record) -> str:
    """What is signed of a publication: the hash of its record, which covers the cut and every file."""
    return f"sha256:{published.hash}"
