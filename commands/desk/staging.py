"""The files of a publication: on the disk before it is recorded, in their places afterwards."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from commands.desk.output import require_replaceable, save, writing
from events.errors import WrongUsage


@contextmanager
def staged(folder: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Write files on the disk of a folder, and put them there in the end, unless something in between fails."""
    folder = folder.resolve()
    with ExitStack() as stack:
        with writing(folder):
            room = Path(stack.enter_context(TemporaryDirectory(dir=_nearest(folder), prefix=".budget-")))
        for name, content in files.items():
            require_replaceable(folder / name)
            save(room / name, content)
        yield
        try:
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (room / name).replace(folder / name)
        except OSError as error:
            raise WrongUsage(
                "公开已经记录，只是文件没有全部写入 {path}（{detail}）；请用 budget reproduce 重新生成。",
                path=folder,
                detail=error.strerror,
            ) from error


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())
