"""Where an answer goes, and in which form: a value for programs, a grid for people."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from commands.desk.messages import _
from commands.desk.options import View
from events.errors import WrongUsage
from projections.grid import Grid
from projections.renderers import json_form

DATABASE = b"SQLite format 3\0"  # what a file of SQLite begins with
RENDERERS = {"csv": "csv_sheet", "md": "markdown", "html": "html_page"}


def show(
    view: View, as_json: Callable[[], Any], as_grid: Callable[[], Grid], as_sheet: Callable[[], bytes] | None = None
) -> None:
    """Write an answer in the form the view asks for; a workbook only into a file."""
    content: str | bytes
    if view.form == "xlsx":
        if view.file is None or as_sheet is None:
            raise WrongUsage("XLSX 只能写入文件，请加 -o 文件名。")
        content = as_sheet()
    else:
        content = written(view.form, as_json, as_grid, None if view.file else columns_looked_at())
    if view.file is None:
        click.echo(str(content).removeprefix("\ufeff"), nl=False)
        return
    save(Path(view.file), content)
    click.echo(_("已写入 {path}", path=view.file), err=True)


def columns_looked_at() -> int | None:
    """How wide the terminal is that somebody looks at; None where the answer goes to a file or another program."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size  # brings every kind of archive with it

    return get_terminal_size().columns


def written(form: str, as_json: Callable[[], Any], as_grid: Callable[[], Grid], columns: int | None = None) -> str:
    """An answer in this form; text folded to so many columns, if they are given."""
    if form == "json":
        return json_form.dump(as_json())
    if form == "text":
        from projections.renderers import text

        return text.render(as_grid(), columns)
    renderer = import_module(f"projections.renderers.{RENDERERS[form]}")
    return str(renderer.render(as_grid()))


def save(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write a file as a whole or not at all, making its folder where there is none.

    A link is followed; what is no file, a pipe or a device, is written to.
    """
    path = path.resolve()
    parts = [content.encode()] if isinstance(content, str) else [content] if isinstance(content, bytes) else content
    with writing(path):
        require_replaceable(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(parts)
        else:
            _put_in_place(path, parts)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into what a person can act on."""
    try:
        yield
    except OSError as error:
        raise WrongUsage("{path} 不能写入（{detail}）。", path=path, detail=error.strerror) from error


def require_replaceable(path: Path) -> None:
    """WrongUsage if what would be overwritten is a folder, or a ledger, this one or another."""
    if path.is_dir():
        raise WrongUsage("{path} 是文件夹，不能写成文件；请换一个名称。", path=path)
    if not path.is_file():
        return
    with path.open("rb") as file:
        is_database = file.read(len(DATABASE)) == DATABASE
    if is_database:
        raise WrongUsage("{path} 是账本或别的数据库，没有覆盖它；请换一个文件名。", path=path)


def _put_in_place(path: Path, parts: Iterable[bytes]) -> None:
    beside = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
    try:
        with beside.open("xb") as file:
            file.writelines(parts)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink()
