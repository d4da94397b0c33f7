"""``budget key``: the keys officers sign with. Only public keys ever reach the ledger."""

from pathlib import Path

import click

from commands.desk import options
from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from commands.desk.session import Session, pass_session
from events.errors import WrongUsage, listed
from events.stream import Stream
from ledger.deciding.signature import RegisterKey, RevokeKey
from projections.evidence.signatures import Key, keys_of

FILE = click.Path(dir_okay=False, path_type=Path)
FINGERPRINT_DIGITS_MIN = 8


@click.group(help=_("签名用的密钥。账本里只记公钥，私钥由本人保管。"))
def command() -> None:
    """Group what concerns keys."""


@command.command(help=_("新建 Ed25519 密钥：私钥写入 FILE（PEM，仅本人可读），公钥写入 FILE.pub，并打印公钥指纹。"))
@click.argument("file", type=FILE)
@click.option("--no-passphrase", is_flag=True, help=_("私钥不加口令；默认询问口令。"))
def new(file: Path, no_passphrase: bool) -> None:
    """Make a key pair."""
    from commands.desk.key_files import EVERYBODY, OWNER_ALONE, new_passphrase, public_key_in, write_new
    from projections.evidence.keys import new_key

    public = file.with_name(file.name + ".pub")
    for path in (file, public):
        if path.exists():
            raise WrongUsage("{path} 已经存在，没有改动它。", path=path)
    pair = new_key(None if no_passphrase else new_passphrase())
    write_new(file, pair.private_pem, OWNER_ALONE)
    write_new(public, pair.public_pem, EVERYBODY)
    click.echo(_("私钥写入 {private}，公钥写入 {public}；公钥指纹：", private=file, public=public), err=True)
    click.echo(_fingerprint(public_key_in(public)))


@command.command(help=_("登记经办人的公钥。FILE 是公钥或私钥的 PEM 文件；私钥只用来得出公钥。"))
@click.argument("file", type=FILE)
@click.option("--officer", required=True, metavar="NAME", help=_("用这把密钥签名的人。"))
@options.optional_reason
@recording(of_year=False)
def register(recorder: Recorder, file: Path, officer: str, reason: str | None) -> None:
    """Register a public key."""
    from commands.desk.key_files import public_key_in

    day, public_key = recorder.day(), public_key_in(file)
    intent = make(RegisterKey, effective_on=day, officer=officer, public_key=public_key, reason=reason)
    recorder.record(intent, Stream(recorder.unit_code))


@command.command(
    help=_("停用公钥，此后用它签的不算数。FINGERPRINT 可以只写开头。--effective-on 写早些，那天之后签的也不算数。")
)
@click.argument("fingerprint")
@options.reason
@recording(of_year=False)
def revoke(recorder: Recorder, fingerprint: str, reason: str) -> None:
    """Revoke a public key."""
    unit = recorder.unit_code
    key = _found(keys_of(recorder.session.store, unit), fingerprint)
    day = recorder.day()
    recorder.record(make(RevokeKey, effective_on=day, fingerprint=key.fact.fingerprint, reason=reason), Stream(unit))


@command.command("list", help=_("列出登记过的公钥。"))
@options.unit
@options.answer_form
@pass_session
def list_keys(session: Session, unit: str | None, form: str) -> None:
    """List the keys of a unit."""
    from projections.renderers.json_form import dump

    code = session.reader.roll(session.cut()).find(unit).code
    keys = keys_of(session.store, code).values()
    if form == "json":
        click.echo(dump([_as_json(key) for key in keys]), nl=False)
        return
    for key in keys:
        ended = _("停用于 {day}", day=key.revocation.effective_on) if key.revocation else ""
        click.echo(f"{key.fact.fingerprint}  {key.fact.officer}  {key.fact.effective_on}  {ended}".rstrip())


def _as_json(key: Key) -> dict[str, str | None]:
    return {
        "fingerprint": key.fact.fingerprint,
        "officer": key.fact.officer,
        "public_key": key.fact.public_key,
        "effective_on": key.fact.effective_on.isoformat(),
        "event_id": key.event_id,
        "revoked_on": key.revocation.effective_on.isoformat() if key.revocation else None,
        "revoked_by": key.revoked.event_id if key.revoked else None,
    }


def _found(keys: dict[str, Key], beginning: str) -> Key:
    digits = beginning.strip().lower().removeprefix("sha256:")
    found = [key for name, key in keys.items() if name.removeprefix("sha256:").startswith(digits)]
    if len(digits) < FINGERPRINT_DIGITS_MIN or len(found) != 1:
        known = listed(keys)
        raise WrongUsage(
            "没有认出公钥“{text}”（至少写指纹的前 8 位）；已登记：{known}。", text=beginning, known=known or "-"
        )
    return found[0]


def _fingerprint(public_key: str) -> str:
    from events.signature import fingerprint_of

    return fingerprint_of(public_key)
