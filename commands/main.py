"""``budget``: the list of commands. A command is imported when it is called."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from commands.desk.ending import ExitCode, meaning_of, tampering, tell
from commands.desk.help_layout import WideContext
from commands.desk.messages import _, speak
from commands.desk.starting import leave_plugins_out, search_for_garbage
from events.errors import BudgetError

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
        search_for_garbage()
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
            ctx.exit(tell(error))
        except click.MissingParameter as error:  # click ends its sentence with a full stop of its own
            raise click.UsageError(_("缺少 {name}。", name=_named(error)), error.ctx) from None
        except click.ClickException:
            raise
        except KeyboardInterrupt:
            click.echo(_("已中断；如果正在记录，请用 budget history 看是否已经记录。"), err=True)
            ctx.exit(ExitCode.INTERRUPTED)
        except Exception as error:
            if (meant := meaning_of(error) or tampering(ctx.obj)) is None:
                raise
            ctx.exit(tell(meant))


def _named(missing: click.MissingParameter) -> str:
    return missing.param.get_error_hint(missing.ctx) if missing.param else ""


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
    """Run the program from a terminal."""
    leave_plugins_out()
    for stream in filter(None, (sys.stdout, sys.stderr)):  # either may be closed
        stream.reconfigure(errors="replace")
    try:
        program()(prog_name="budget")
    except OSError as error:  # help that cannot be written
        if (meant := meaning_of(error)) is None:
            raise
        sys.exit(tell(meant))


def _is_text(argument: str) -> bool:
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True
