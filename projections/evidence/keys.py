"""Ed25519 keys: made, read from PEM, used. ``cryptography`` is imported when a key is first needed."""

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from events.errors import WrongUsage
from events.signature import fingerprint_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Ask = Callable[[], str]  # for the passphrase of a private key


class KeyPair(NamedTuple):
    """A new key: the private half as PEM (PKCS #8), and the public half as PEM."""

    private_pem: bytes
    public_pem: bytes


class Signer(NamedTuple):
    """Whoever holds a private key: the public half, and how to sign."""

    public_key: str
    sign: Callable[[bytes], str]

    @property
    def fingerprint(self) -> str:
        """The name of the key."""
        return fingerprint_of(self.public_key)


def new_key(passphrase: str | None) -> KeyPair:
    """A new private key, encrypted if there is a passphrase."""
    from cryptography.hazmat.primitives import serialization as as_
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    lock = as_.BestAvailableEncryption(passphrase.encode()) if passphrase else as_.NoEncryption()
    return KeyPair(
        private.private_bytes(as_.Encoding.PEM, as_.PrivateFormat.PKCS8, lock),
        private.public_key().public_bytes(as_.Encoding.PEM, as_.PublicFormat.SubjectPublicKeyInfo),
    )


def public_key_of(pem: bytes, ask: Ask) -> str:
    """The 32 bytes of a public key as base64, from its PEM or from that of the private key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if b"PRIVATE KEY" in pem:
        return _public_half(_private_key(pem, ask))
    try:
        public = load_pem_public_key(pem)
    except ValueError as error:
        raise WrongUsage("这不是 PEM 写成的密钥（{detail}）。", detail=error) from error
    if not isinstance(public, Ed25519PublicKey):
        raise WrongUsage("这不是 Ed25519 密钥。")
    return base64.b64encode(public.public_bytes_raw()).decode()


def signer(pem: bytes, ask: Ask) -> Signer:
    """Whoever holds the private key in this PEM."""
    private = _private_key(pem, ask)
    return Signer(_public_half(private), lambda message: base64.b64encode(private.sign(message)).decode())


def has_signed(public_key: str, signature: str, message: bytes) -> bool:
    """Whether a signature is that of this key to this message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key)).verify(base64.b64decode(signature), message)
    except InvalidSignature:
        return False
    return True


def _private_key(pem: bytes, ask: Ask) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if b"PRIVATE KEY" not in pem:
        raise WrongUsage("签名需要私钥文件；这里没有私钥。")
    passphrase = ask().encode() if b"BEGIN ENCRYPTED PRIVATE KEY" in pem else None
    try:
        private = load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError) as error:
        raise WrongUsage("私钥打不开：口令不对，或文件已损坏（{detail}）。", detail=error) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise WrongUsage("这不是 Ed25519 密钥。")
    return private


def _public_half(private: "Ed25519PrivateKey") -> str:
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()
