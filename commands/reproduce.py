"""``budget reproduce``: the bytes of a publication again."""

from pathlib import Path

import click

from commands.desk import options
from commands.desk.messages import _
from commands.desk.output import save
from commands.desk.session import Session, pass_session
from events.errors import EvidenceBroken, Faulty
from ledger.verifying.integrity import verify
from projections.publishing.pins import pins_of, reproduce


@click.command(help=_("重现公开记录 PUBLICATION_ID（如 101/2024/40）的全部文件，字节与公开时相同。"))
@click.argument("publication", metavar="PUBLICATION_ID")
@options.out
@pass_session
def command(session: Session, publication: str, out: Path) -> None:
    """Make a publication again."""
    if findings := verify(session.store).findings:
        raise EvidenceBroken("账本未通过核对（{count} 处不符），不能重现；请运行 budget verify。", count=len(findings))
    files, differences = reproduce(session.reader, pins_of(session.reader, publication))
    if differences:
        raise Faulty(differences, "有 {count} 处与公开时不同，没有写出文件。")
    for name, content in files.items():
        save(out / name, content)
    click.echo(_("{count} 个文件写入 {folder}，字节与公开时相同。", count=len(files), folder=out))
