"""``budget rebuild``: the read model anew, from the events."""

import click

from commands.desk.messages import _
from commands.desk.session import Session, pass_session


@click.command(help=_("丢弃读模型，从事件重建。"))
@pass_session
def command(session: Session) -> None:
    """Rebuild the entries."""
    click.echo(_("已重建 {count} 条分录。", count=session.entries.rebuild()))
