"""``budget fonts``: the faces a PDF asks for, and where they are found here."""

from collections.abc import Sequence

import click

from commands.desk.messages import _, translated
from commands.desk.output import columns_looked_at
from projections.documents.fonts import ROLES, Face, Role, faces, families, installed, remedy
from projections.grid import Grid, GridCell, plain_headings
from projections.renderers import text


@click.command(help=_("PDF 所用的字体：每种用途找到了哪种字体、在哪个文件；缺字体时说明装什么，退出码为 1。"))
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print the roles and the faces they take."""
    files = families(installed())
    found = [(role, faces(role, files)) for role in ROLES]
    click.echo(text.render(_grid(found), columns_looked_at()), nl=False)
    ctx.exit(0 if all(own for _role, own in found) else 1)


def _grid(found: Sequence[tuple[Role, Sequence[Face]]]) -> Grid:
    return Grid(
        title=_("PDF 所用的字体"),
        above=(_("依《党政机关公文格式》（GB/T 9704），找不到官方字体时用替代字体。"), ""),
        headings=plain_headings(_("用途"), _("应为"), _("找到"), "", _("文件，或要安装的字体")),
        body=tuple(tuple(GridCell(cell) for cell in _cells(role, own)) for role, own in found),
    )


def _cells(role: Role, own: Sequence[Face]) -> tuple[str, ...]:
    """One line: the face that is taken first, or what to install."""
    purpose = translated(role.purpose)
    if not own:
        return (purpose, role.face, "", _("缺"), translated(remedy(role)))
    first = own[0]
    return (purpose, role.face, first.family, _("官方") if first.is_official else _("替代"), first.path)
