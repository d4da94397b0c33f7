"""``budget sign``: an officer's signature to all that a unit has recorded, or to one publication."""

from datetime import date
from pathlib import Path

import click

from commands.desk.making import make
from commands.desk.messages import _
from commands.desk.recorder import Recorder, recording
from events.errors import EvidenceBroken, WrongUsage
from events.signature import SignatureRecorded, signed_message
from events.stream import Stream, stream_of
from ledger.deciding.signature import RecordSignature
from ledger.verifying.integrity import verify
from projections.evidence.signatures import Signable, signable_ledger, signable_publication


@click.command(
    help=_(
        "用私钥签名：不写 PUBLICATION_ID 时签单位至今记录的全部内容，写了就签这次公开和它的每个文件。签名记入账本，不能冲销。"
    )
)
@click.argument("publication", metavar="[PUBLICATION_ID]", required=False)
@click.option(
    "--key",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("私钥文件（PEM）；对应的公钥应已用 budget key register 登记。"),
)
@recording(of_year=False, dated=False)
def command(recorder: Recorder, publication: str | None, file: Path) -> None:
    """Sign, and record the signature."""
    unit = stream_of(publication)[0].unit if publication else recorder.unit_code
    if recorder.flags.unit and recorder.unit_code != unit:
        raise WrongUsage("--unit {unit} 与公开 {event} 的单位不符。", unit=recorder.flags.unit, event=publication)
    if findings := verify(recorder.session.store).findings:
        raise EvidenceBroken("账本未通过核对（{count} 处不符），不能签名；请运行 budget verify。", count=len(findings))
    store = recorder.session.store
    earlier = recorder.earlier(SignatureRecorded, Stream(unit))
    if earlier and earlier.publication == publication:
        signable = Signable(earlier.what, earlier.publication, earlier.known_at, earlier.digest)
    else:
        signable = signable_publication(store, publication) if publication else signable_ledger(store, unit)
    recorder.record(_intent(signable, unit, file, recorder.today()), Stream(unit), once=True)


def _intent(signable: Signable, unit: str, file: Path, day: date) -> RecordSignature:
    from commands.desk.key_files import signer_in

    hand = signer_in(file)
    signature = hand.sign(signed_message(unit, *signable))
    return make(
        RecordSignature, effective_on=day, fingerprint=hand.fingerprint, signature=signature, **signable._asdict()
    )
