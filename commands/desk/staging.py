"""Many files at once: known to be writable before anything is done for which they are wanted."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from commands.desk.output import save, told_of_writing


@contextmanager
def staged(folder: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Write files on the disk of a folder, and put them there in the end, unless something in between fails."""
    folder = folder.resolve()
    with ExitStack() as stack:
        with told_of_writing(folder):
            room = Path(stack.enter_context(TemporaryDirectory(dir=_nearest(folder), prefix=".budget-")))
        for name, content in files.items():
            save(room / name, content)
        yield
        with told_of_writing(folder):
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (room / name).replace(folder / name)


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())
