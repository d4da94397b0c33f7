"""``budget verify``: whether the ledger is what was recorded."""

from pathlib import Path

import click

from commands.desk import options
from commands.desk.messages import _, translated
from commands.desk.session import Session, pass_session
from events.errors import EvidenceBroken

ANYWHERE = click.Path(exists=True, path_type=Path)


@click.command(
    help=_(
        "核对哈希链、缺号、时刻次序、触发器、事件内容、读模型和历次公开；一次说出全部不符之处，"
        "指出最早断开的一环和它可能影响到的表与公开。有不符时退出码为 4。"
    )
)
@click.option(
    "--digest",
    metavar="sha256:…",
    type=options.DIGEST,
    help=_("从别处得到的摘要：整个账本的或一个单位的，现在的或以前的。"),
)
@click.option(
    "--published",
    multiple=True,
    type=ANYWHERE,
    metavar="FILE",
    help=_("公开出去的文件或文件夹，可多次：认出它是哪次公开的哪个文件，否则按其中所印的摘要核对。"),
)
@click.option("--signatures", is_flag=True, help=_("也核对每一个签名。"))
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=options.FILE,
    metavar="FILE",
    help=_("核对签名，只信任这把公钥（PEM），可多次。"),
)
@click.option("--quick", is_flag=True, help=_("只核对哈希链、触发器和摘要，不看事件内容、读模型和公开。"))
@options.answer_form
@pass_session
def command(
    session: Session,
    digest: str | None,
    published: tuple[Path, ...],
    signatures: bool,
    keys: tuple[Path, ...],
    quick: bool,
    form: str,
) -> None:
    """Verify the ledger."""
    from commands.desk.progress_bar import Watcher
    from commands.desk.verdicts import verdict_lines
    from projections.evidence.examination import Wish, examine

    store = session.store
    wish = Wish(digest, published, signatures or bool(keys), _trusted(keys), quick, session.now())
    found = examine(session.reader, wish, Watcher(lambda: sum(head.version for head in store.heads())))
    if form == "json":
        from projections.answers.verification import verification_json
        from projections.renderers.json_form import dump

        click.echo(dump(verification_json(found, wish, translated)), nl=False)
    else:
        for line in verdict_lines(found, wish):
            click.echo(line, err=bool(found.findings))
    if found.findings:
        raise EvidenceBroken("账本未通过核对：{count} 处不符。", count=len(found.findings))


def _trusted(files: tuple[Path, ...]) -> dict[str, str]:
    if not files:
        return {}
    from commands.desk.key_files import public_key_in
    from events.signature import fingerprint_of

    return {fingerprint_of(public_key_in(path)): str(path) for path in files}
