"""``budget init``: an empty ledger."""

import click

from commands.desk.messages import _
from commands.desk.session import Session, pass_session
from ledger.keeping.sqlite import SqliteStore


@click.command(help=_("新建空账本。文件已存在时不改动它。"))
@pass_session
def command(session: Session) -> None:
    """Make the file and its tables."""
    SqliteStore.create(session.path).close()
    click.echo(_("已新建账本 {path}", path=session.path))
