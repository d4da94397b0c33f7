"""Files of keys: written once, readable by their owner alone; a passphrase is asked for at the terminal."""

import os
from pathlib import Path

import click

from commands.desk.messages import _
from commands.desk.output import writing
from commands.desk.recorder import is_attended
from events.errors import WrongUsage
from projections.evidence.keys import Signer, public_key_of, signer

OWNER_ALONE, EVERYBODY = 0o600, 0o644


def public_key_in(path: Path) -> str:
    """The public key in a file, be it public or private."""
    return public_key_of(_read(path), lambda: _passphrase(path))


def signer_in(path: Path) -> Signer:
    """Whoever holds the private key in a file."""
    return signer(_read(path), lambda: _passphrase(path))


def new_passphrase() -> str:
    """A passphrase for a new key, asked for twice."""
    if not is_attended():
        raise WrongUsage("无人在场，不能询问口令；私钥不加口令时请写 --no-passphrase。")
    return str(click.prompt(_("私钥的口令"), hide_input=True, confirmation_prompt=_("再输一次"), err=True))


def write_new(path: Path, content: bytes, mode: int) -> None:
    """A file that was not there before."""
    with writing(path):
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError as error:
            raise WrongUsage("{path} 已经存在，没有改动它。", path=path) from error
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        except OSError:
            path.unlink()
            raise


def _passphrase(path: Path) -> str:
    if not is_attended():
        raise WrongUsage("{path} 有口令，而无人在场，不能询问。", path=path)
    return str(click.prompt(_("{path} 的口令", path=path), hide_input=True, err=True))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUsage("{path} 不能读取（{detail}）。", path=path, detail=error.strerror) from error
