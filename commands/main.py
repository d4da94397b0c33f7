"""``budget``: the list of commands, and how an error ends. A command is imported when it is called."""

import errno
import gc
import os
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from commands.desk.help_layout import WideContext
from commands.desk.messages import _, speak, told
from events.errors import BudgetError, Conflict, EvidenceBroken, Refused, WrongUsage

if TYPE_CHECKING:
    from commands.desk.session import Session

DONE, REFUSED, WRONG_USAGE, CONFLICT, EVIDENCE_BROKEN = range(5)
INTERRUPTED = 130  # what shells call a program ended by Ctrl-C
FAULTS_SHOWN = 200

# In the order of a year's work. The short help stands here so that listing commands imports none.
COMMANDS = {
    "demo": "用真实数据演示：记录三年、重建两年的公开表",
    "init": "新建空账本",
    "unit": "登记和说明单位",
    "subject": "查看和命名科目",
    "project": "登记项目和绩效目标",
    "approve": "记录年初批复",
    "supplement": "记录追加",
    "reduce": "记录追减",
    "transfer": "记录调剂",
    "carry-over": "记录结转",
    "execute": "记录执行数",
    "reverse": "冲销一个事件",
    "indicator": "记录指标（机关运行经费、政府采购等）",
    "explain": "记录主要用途和主要原因",
    "comparable": "声明同口径",
    "close": "关账",
    "reopen": "重新开账",
    "table": "一张公开表",
    "compare": "与上年比较",
    "status": "预算执行情况",
    "history": "事件记录",
    "check": "逐条检查勾稽规则",
    "trace": "由一个数查到它的事件和文件",
    "late": "迟记的事件：倒填过关账或公开的在前",
    "diff": "两次公开或两个截点的差异",
    "publish": "公开整本单位预算",
    "reproduce": "重现一次公开，字节相同",
    "template": "试用表样和模板",
    "fonts": "PDF 所用的字体",
    "verify": "核对账本是否被改动",
    "sign": "对账本或一次公开签名",
    "key": "签名用的密钥",
    "digest": "账本摘要",
    "log": "导出和导入事件日志",
    "rebuild": "重建读模型",
}


class LazyGroup(click.Group):
    """A group whose commands are modules of this package, imported one at a time."""

    context_class = WideContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands in the order of a year's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"commands.{cmd_name.replace('-', '_')}")
        if not gc.isenabled():
            _search_again()
        command: click.Command = module.command
        _widen(command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take only text: bytes in another encoding come as characters that nothing can write down."""
        if not all(map(_is_text, args)):
            raise click.UsageError(_("命令行里有不是 UTF-8 的字节，没有执行。"))
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command; a mistyped one is answered with those it may have meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section(_("命令")):
            formatter.write_dl([(name, _(text)) for name, text in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it raises on purpose becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except BudgetError as error:
            _tell(error)
            ctx.exit(exit_code(error))
        except click.MissingParameter as error:  # click ends its sentence with a full stop of its own
            raise click.UsageError(_("缺少 {name}。", name=_named(error)), error.ctx) from None
        except click.ClickException:
            raise
        except KeyboardInterrupt:
            click.echo(_("已中断；如果正在记录，请用 budget history 看是否已经记录。"), err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            if (meant := _meant(error) or _evidence_broken(ctx.obj)) is None:
                raise
            _tell(meant)
            ctx.exit(exit_code(meant))


def _evidence_broken(session: "Session | None") -> BudgetError | None:
    """What an error means that nobody foresaw, if the ledger was altered: events then say what no program expects."""
    from ledger.verifying.every_record import every_record
    from ledger.verifying.integrity import verify
    from ledger.verifying.payloads import payload_findings

    if session is None:
        return None
    try:
        store = session.store
        findings = verify(store).findings or list(payload_findings(every_record(store), store.logged_at))
    except Exception:  # noqa: BLE001 (the first error is the one to tell)
        return None
    if not findings:
        return None
    return EvidenceBroken("账本被改动过，读不出来（{count} 处不符）；请运行 budget verify。", count=len(findings))


EXIT_CODES = {Refused: REFUSED, Conflict: CONFLICT, EvidenceBroken: EVIDENCE_BROKEN}


def exit_code(error: BudgetError) -> int:
    """The code an error ends with."""
    return next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), WRONG_USAGE)


def _meant(error: Exception) -> BudgetError | None:
    """What an error of the surroundings means where nobody nearer knew; None if it is a fault of this program."""
    if type(error).__module__ == "sqlite3":
        return EvidenceBroken(
            "账本无法继续读取（{detail}）：请运行 budget verify；读模型损坏时运行 budget rebuild。", detail=error
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return WrongUsage("无法继续写入：{detail}", detail=error.strerror)
    if isinstance(error, OSError) and error.filename and error.strerror:
        return WrongUsage("{path} 不能读写（{detail}）。", path=error.filename, detail=error.strerror)
    return _extra_missing(error) if isinstance(error, ImportError) else None


def _extra_missing(error: ImportError) -> BudgetError | None:
    from projections.extras import library_of

    library = library_of(error)
    return WrongUsage("这一步需要安装 {library}：pip install {library}。", library=library) if library else None


def _named(missing: click.MissingParameter) -> str:
    return missing.param.get_error_hint(missing.ctx) if missing.param else ""


def _tell(error: BudgetError) -> None:
    click.echo(told(error.fault), err=True)
    for fault in error.faults[:FAULTS_SHOWN]:
        click.echo(f"  {told(fault)}", err=True)
    if len(error.faults) > FAULTS_SHOWN:
        click.echo(_("  ……共 {count} 处。", count=len(error.faults)), err=True)


def _widen(command: click.Command) -> None:
    command.context_class = WideContext
    for inner in getattr(command, "commands", {}).values():
        _widen(inner)


def budget(ctx: click.Context, ledger: str, actor: str | None, edition: str) -> None:
    """Open nothing yet: a session opens the ledger when it is first asked."""
    from commands.desk.session import Session

    session = Session(ledger, actor, edition)
    ctx.obj = session
    ctx.call_on_close(session.close)


def program() -> LazyGroup:
    """The whole program, its words in the chosen language."""
    speak(os.environ.get("BUDGET_LANG", "zh"))
    options = [
        click.Option(["--ledger"], envvar="BUDGET_LEDGER", default="./budget.db", metavar="PATH", help=_("账本文件。")),
        click.Option(
            ["--edition"],
            envvar="BUDGET_EDITION",
            default="hangzhou",
            metavar="NAME",
            help=_("表样：hangzhou、shanghai，或自己的文件夹。"),
        ),
        click.Option(["--actor"], envvar="BUDGET_ACTOR", metavar="NAME", help=_("经办人；默认登录名。")),
    ]
    version = click.version_option(package_name="budget-ledger", message="%(version)s", help=_("版本。"))
    group = LazyGroup(
        "budget",
        params=list(options),
        context_settings={"help_option_names": ["-h", "--help"]},
        callback=click.pass_context(budget),
        help=_("预算账本：每一笔预算事实都是一个事件，一切报表由事件推出。"),
    )
    return version(group)


def main() -> None:
    """Run the program from a terminal; nothing installed beside it has a say in what a valid event is."""
    _leave_plugins_out()
    for stream in filter(None, (sys.stdout, sys.stderr)):  # either may be closed
        stream.reconfigure(errors="replace")
    try:
        program()(prog_name="budget")
    except OSError as error:  # help that cannot be written
        if (meant := _meant(error)) is None:
            raise
        _tell(meant)
        sys.exit(exit_code(meant))


def _leave_plugins_out() -> None:
    """Neither call plugins of pydantic nor look for any, for which it would import a tenth of a short run."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    loader = ModuleType("pydantic.plugin._loader")
    vars(loader)["get_plugins"] = tuple
    sys.modules.setdefault(loader.__name__, loader)


def _search_again() -> None:
    """Search for garbage from here on, but not in what was imported until now."""
    gc.freeze()
    gc.enable()


def _is_text(argument: str) -> bool:
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True
