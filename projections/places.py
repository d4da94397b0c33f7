"""The places whose forms there are: each is a folder, one that comes with the product or an office's own."""

from pathlib import Path

from events.errors import WrongUsage, listed

FOLDER = Path(__file__).parent / "editions"
DEFAULT = "hangzhou"


def forms_folder(name: str) -> Path:
    """The folder of a place's forms: one that comes with the product by its name, or an office's own by its path."""
    for folder in (FOLDER / name, Path(name)):
        if folder.is_dir():
            return folder
    known = listed(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
    raise WrongUsage("没有表样 {name}；可用 {known}，或自己的文件夹。", name=name, known=known)
