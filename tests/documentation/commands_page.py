"""The page ``docs/commands.md``, made from the program's own help.

python tests/documentation/commands_page.py > docs/commands.md
"""

import sys
from collections.abc import Iterator

import click

from commands.main import program

FOREWORD = """\
# Commands

Made from the program's own help by `python tests/documentation/commands_page.py > docs/commands.md`;
a test fails when it is out of date. Do not edit it by hand.

The help is Chinese; `BUDGET_LANG=en` gives messages and help in English. How amounts, days and sheets are
written is told in [sheets.md](sheets.md), what `-O json` answers in [json.md](json.md).

{environment}

| exit code | means |
|---|---|
| 0 | done |
| 1 | refused by a rule of the budget, and nothing was recorded; or a check has findings |
| 2 | wrong usage: something is missing or does not exist |
| 3 | conflict: somebody else wrote first, or a command id came with other content |
| 4 | the evidence is broken |
| 130 | interrupted |
"""


def page() -> str:
    """The whole page."""
    group = program()
    foreword = FOREWORD.format(environment="\n".join(_environment(group)))
    return "\n".join(
        [foreword, *_sections(group, group.context_class(group, info_name="budget", **group.context_settings))]
    )


def _environment(group: click.Group) -> Iterator[str]:
    yield "| from the environment | stands for |"
    yield "|---|---|"
    for option in group.params:
        if isinstance(option.envvar, str):
            yield f"| `{option.envvar}` | `{option.opts[0]}` |"
    yield "| `BUDGET_LANG` | the language: `zh`, or `en` |"


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    level = "##" if context.parent is None or context.parent.parent is None else "###"
    yield f"{level} {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, name
            yield from _sections(inner, inner.context_class(inner, info_name=name, parent=context))


if __name__ == "__main__":
    sys.stdout.write(page())
