"""``budget verify``: whether the ledger is what was recorded."""

import click

from commands.desk.messages import _, told
from commands.desk.session import Session, pass_session
from events.errors import EvidenceBroken
from ledger.integrity import Verification, verify


@click.command(help=_("核对哈希链、缺号、时刻次序、触发器和读模型；给出 --digest 时核对账本摘要。不符时退出码为 4。"))
@click.option("--digest", metavar="sha256:…", help=_("从公开件或别处得到的账本摘要。"))
@pass_session
def command(session: Session, digest: str | None) -> None:
    """Verify the ledger."""
    outcome = verify(session.store, digest)
    _report(outcome)
    if outcome.findings:
        raise EvidenceBroken("账本未通过核对：{count} 处不符。", count=len(outcome.findings))
    if not session.entries.is_faithful():
        raise EvidenceBroken("读模型与事件不符；事件完好，请运行 budget rebuild 重建。")
    click.echo(_("账本完好：{events} 个事件，{streams} 条流。", events=outcome.events, streams=outcome.streams))
    click.echo(outcome.digest)
    if outcome.matched_at is not None:
        click.echo(_("给出的摘要是账本在 {at} 时的摘要。", at=outcome.matched_at))


def _report(outcome: Verification) -> None:
    for finding in outcome.findings:
        click.echo(f"{finding.event_id} {told(finding.fault)}".strip(), err=True)
