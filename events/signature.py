"""Who stands by what: an officer's public key, its end, and what was signed with it.

The private key is never in the ledger. What is signed is a framed text that any tool can put
together again; ``docs/format.md`` says how.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from events.errors import Fault, Invalid, fault
from events.model import Event, Name, Sha256, Text
from events.record import digest_of_bytes, framed
from events.vocabulary import Signed

DOMAIN = "budget-ledger signature 1"
KEY_BYTES, SIGNATURE_BYTES = 32, 64


def _base64_of(count: int) -> Callable[[str], str]:
    """A check that a text is so many bytes, in the one way base64 writes them."""

    def checked(text: str) -> str:
        try:
            content = base64.b64decode(text, validate=True)
        except binascii.Error:
            content = b""
        if len(content) != count or base64.b64encode(content).decode() != text:
            raise Invalid("应为 {count} 个字节的 base64。", count=count)
        return text

    return checked


PublicKey = Annotated[str, AfterValidator(_base64_of(KEY_BYTES))]
SignatureText = Annotated[str, AfterValidator(_base64_of(SIGNATURE_BYTES))]
Instant = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}\.[0-9]{6}Z$")]


class KeyRegistered(Event):
    """签名公钥登记: an officer signs with this Ed25519 key from now on."""

    is_reversible: ClassVar[bool] = False
    is_of_unit: ClassVar[bool] = True

    officer: Name
    public_key: PublicKey
    reason: Text | None = None

    @property
    def fingerprint(self) -> str:
        """The name of the key: the digest of its 32 bytes."""
        return fingerprint_of(self.public_key)


class KeyRevoked(Event):
    """签名公钥停用: nothing signed from now on counts, nor what was signed after an effective day that lies back."""

    is_reversible: ClassVar[bool] = False
    is_of_unit: ClassVar[bool] = True

    fingerprint: Sha256
    reason: Text


class SignatureRecorded(Event):
    """签名: an officer's signature to all that the unit has recorded, or to one publication.

    For the ledger, ``digest`` is that of the unit's streams and ``known_at`` the instant of their last
    event; for a publication they are the hash and the instant of its record.
    """

    is_reversible: ClassVar[bool] = False
    is_of_unit: ClassVar[bool] = True

    what: Signed = Field(strict=False)
    publication: Name | None = None
    known_at: Instant
    digest: Sha256
    fingerprint: Sha256
    signature: SignatureText

    @model_validator(mode="after")
    def _names_what_it_signs(self) -> Self:
        for found in naming_faults(self.what, self.publication):
            raise Invalid.of(found)
        return self


def naming_faults(what: Signed, publication: str | None) -> Iterator[Fault]:
    """Why a signature does not say what it is put to: a publication is named, a ledger is not."""
    if (what is Signed.PUBLICATION) != (publication is not None):
        yield fault("签名公开件时应写明公开记录的编号，签名账本时不写。")


def fingerprint_of(public_key: str) -> str:
    """The name of a key: the digest of its 32 bytes."""
    return digest_of_bytes(base64.b64decode(public_key))


def signed_message(unit: str, what: Signed, publication: str | None, known_at: str, digest: str) -> bytes:
    """The bytes that are signed. The first member keeps them apart from anything else a key may sign."""
    return framed(DOMAIN, unit, what.value, publication or "", known_at, digest)
