"""Keys of officers, and what they sign."""

from collections.abc import Iterator

from events.errors import Refused
from events.model import Event, Name, Sha256, Text
from events.signature import (
    Instant,
    KeyRegistered,
    KeyRevoked,
    PublicKey,
    SignatureRecorded,
    SignatureText,
    fingerprint_of,
    naming_faults,
)
from events.vocabulary import Signed
from ledger.deciding.decider import rule, stated
from ledger.deciding.intent import OfUnit
from ledger.deciding.state import State


class RegisterKey(OfUnit):
    """登记签名公钥 of an officer."""

    officer: Name
    public_key: PublicKey
    reason: Text | None = None


@rule.register
def _register_key(intent: RegisterKey, state: State) -> tuple[Event, ...]:
    for identity, known in state.standing(KeyRegistered):
        if known.public_key == intent.public_key:
            raise Refused("这把公钥已登记（事件 {event}，{officer}）。", event=identity, officer=known.officer)
    return (stated(KeyRegistered, intent),)


class RevokeKey(OfUnit):
    """停用签名公钥; once more if it turns out that the key was not to be trusted from an earlier day on."""

    fingerprint: Sha256
    reason: Text


@rule.register
def _revoke_key(intent: RevokeKey, state: State) -> tuple[Event, ...]:
    _require_registered(state, intent.fingerprint)
    for identity, revoked in _revocations(state, intent.fingerprint):
        if revoked.effective_on <= intent.effective_on:
            raise Refused(
                "公钥 {key} 自 {day} 起已停用（事件 {event}）；再次停用只能从更早的一天起。",
                key=intent.fingerprint,
                day=revoked.effective_on,
                event=identity,
            )
    return (stated(KeyRevoked, intent),)


class RecordSignature(OfUnit):
    """记录签名 to the unit's streams or to a publication."""

    what: Signed
    publication: Name | None = None
    known_at: Instant
    digest: Sha256
    fingerprint: Sha256
    signature: SignatureText


@rule.register
def _record_signature(intent: RecordSignature, state: State) -> tuple[Event, ...]:
    for found in naming_faults(intent.what, intent.publication):
        raise Refused.of(found)
    _require_key(state, intent.fingerprint)
    return (stated(SignatureRecorded, intent),)


def _require_key(state: State, fingerprint: str) -> None:
    """Only a key that is registered here and was not revoked signs."""
    _require_registered(state, fingerprint)
    for identity, _ in _revocations(state, fingerprint):
        raise Refused("公钥 {key} 已停用（事件 {event}）。", key=fingerprint, event=identity)


def _require_registered(state: State, fingerprint: str) -> None:
    registered = (fingerprint_of(known.public_key) for _, known in state.standing(KeyRegistered))
    if fingerprint not in registered:
        raise Refused("公钥 {key} 没有在 {stream} 登记。", key=fingerprint, stream=state.stream)


def _revocations(state: State, fingerprint: str) -> Iterator[tuple[str, KeyRevoked]]:
    return (found for found in state.standing(KeyRevoked) if found[1].fingerprint == fingerprint)
