"""``budget digest``: one hash over the heads of all streams, or of one unit's."""

from datetime import datetime

import click

from commands.desk import options
from commands.desk.messages import _
from commands.desk.session import Session, pass_session


@click.command(help=_("账本摘要：所有流的末端哈希合成的一个值，留在账本之外，日后用 verify --digest 核对。"))
@click.option("--unit", metavar="U", help=_("只算这个单位自己的流：公开件上印的就是它；默认整个账本。"))
@click.option("--known-at", type=options.INSTANT, metavar="T", help=_("截至何时已记录；默认现在。"))
@pass_session
def command(session: Session, unit: str | None, known_at: datetime | None) -> None:
    """Print the digest."""
    cut = session.cut(known_at=known_at)
    code = session.reader.roll(cut).find(unit).code if unit else None
    click.echo(session.reader.digest(cut, code))
    if not session.store.heads(cut.known_at_text):
        click.echo(_("提示：到那时还没有记录任何事件，这是空账本的摘要。"), err=True)
