"""``budget digest``: one hash over the heads of all streams."""

from datetime import datetime

import click

from commands.desk import options
from commands.desk.messages import _
from commands.desk.session import Session, pass_session


@click.command(help=_("账本摘要：所有流的末端哈希合成的一个值，留在账本之外，日后用 verify --digest 核对。"))
@click.option("--known-at", type=options.INSTANT, metavar="T", help=_("截至何时已记录；默认现在。"))
@pass_session
def command(session: Session, known_at: datetime | None) -> None:
    """Print the digest."""
    click.echo(session.reader.digest(session.cut(known_at=known_at)))
