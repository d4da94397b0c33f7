"""``budget log``: the events as lines of text, out of a ledger and into another."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import timedelta
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO

import click

from commands.desk import options
from commands.desk.messages import _
from commands.desk.output import save
from commands.desk.session import Session, pass_session
from events.errors import WrongUsage
from events.instant import instant_text
from events.record import Head, digest
from ledger.exchange.log import line_of, read_lines
from ledger.exchange.outgoing import whole

if TYPE_CHECKING:
    from ledger.exchange.intake import Intake

STANDARD = "-"
BYTES_IN_MEMORY = 16_000_000
DAY = timedelta(days=1)


@click.group(help=_("导出和导入事件日志：每行一个事件，哈希链原样。"))
def command() -> None:
    """Group the two ways of a log."""


@command.command(help=_("导出事件日志（NDJSON）：事件一行一个，按到达次序；摘要写在标准错误上，请另行送交。"))
@click.option("--unit", metavar="U", help=_("只要这个单位自己的流；默认全部。"))
@click.option("-o", "file", type=click.Path(dir_okay=False), metavar="FILE", help=_("写入文件而不是屏幕。"))
@pass_session
def export(session: Session, unit: str | None, file: str | None) -> None:
    """Write the events, and tell the digest that should go another way."""
    code = session.reader.roll(session.cut()).find(unit).code if unit else ""
    lines = _Lines(session, code)
    if file is None or file == STANDARD:
        _print(lines)
    else:
        save(Path(file), lines)
    click.echo(_("已导出 {count} 个事件，摘要：{digest}", count=lines.count, digest=lines.digest), err=True)


@command.command(
    "import", help=_("导入另一账本导出的日志；FILE 写 - 表示从标准输入读。已有的事件跳过；有一处不符就全部不导入。")
)
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@click.option(
    "--digest",
    "expected",
    metavar="sha256:…",
    type=options.DIGEST,
    help=_("日志或导入后的账本应有的摘要；不符则不导入。"),
)
@click.option("--dry-run", is_flag=True, help=_("只看效果，不记录。"))
@options.answer_form
@pass_session
def import_(session: Session, file: str, expected: str | None, dry_run: bool, form: str) -> None:
    """Take in a log."""
    from ledger.exchange.intake import take_in

    with _opened(file) as source:
        taken = take_in(session.ledger, read_lines(source), session.actor, expected_digest=expected, is_trial=dry_run)
    if not taken.added + taken.known:
        raise WrongUsage("{path} 里没有事件，没有导入；请核对它是不是导出的日志、传送中有没有丢失。", path=file)
    _remark(session, taken)
    said = taken._asdict()
    del said["last_instant"]
    if form == "json":
        click.echo(json.dumps(said | ({"dry_run": True} if dry_run else {}), ensure_ascii=False))
        return
    done = _("试运行，没有导入。") if dry_run else _("已导入。")
    counted = _(
        "新增 {added} 个事件（新的流 {streams_new} 条，延长 {streams_extended} 条），此前已有 {known} 个。", **said
    )
    click.echo(f"{done} {counted}")
    click.echo(taken.digest)


def _remark(session: Session, taken: "Intake") -> None:
    """Tell of a clock that ran ahead, and of a read model that stayed behind."""
    if taken.added and taken.last_instant > session.now() + DAY:
        ahead = _(
            "提示：账本里有晚于现在的记录时刻 {at}，此后记录的都会晚于它；请核对导出一方的时钟。",
            at=instant_text(taken.last_instant),
        )
        click.echo(ahead, err=True)
    if session.entries.failure:
        click.echo(_("事件已记录，但读模型没有跟上；请运行 budget rebuild。"), err=True)


class _Lines:
    """The lines of a log, counted as they go out, and the digest of what went."""

    def __init__(self, session: Session, unit: str) -> None:
        self._logged = session.store.logged(unit)
        self._of_all = not unit
        self._heads: dict[str, Head] = {}
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        with closing(self._logged) as going:
            for record in whole(going, of_all=self._of_all):
                self._heads[record.stream] = Head(record.stream, record.version, record.hash)
                self.count += 1
                yield line_of(record)

    @property
    def digest(self) -> str:
        return digest(self._heads.values())


def _print(lines: Iterable[bytes]) -> None:
    """Print lines once all of them are there: what turns out to be broken leaves no half of a log behind."""
    if sys.stdout is None:
        raise WrongUsage("标准输出已关闭，没有导出；请用 -o 写入文件。")
    with SpooledTemporaryFile(BYTES_IN_MEMORY) as waiting:
        waiting.writelines(lines)
        waiting.seek(0)
        copyfileobj(waiting, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    if file == STANDARD:
        if sys.stdin is None:
            raise WrongUsage("标准输入已关闭，没有导入；请写出日志文件的名称。")
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise WrongUsage("{path} 不能读取（{detail}）。", path=file, detail=error.strerror) from error
