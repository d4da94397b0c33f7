"""The faces a printed document asks for: which role wants which, which are found here, what to install.

Official faces come first, as GB/T 9704 names them; free ones stand in where an office has not bought
them. A role may take several faces, so that a character missing from the first comes from the next.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from events.errors import Fault, WrongUsage, fault

if TYPE_CHECKING:
    from typst import Fonts

BOLD, REGULAR = 700, 400
NOTO_SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "思源宋体")
NOTO_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "思源黑体")
PACKAGES = "texlive-lang-chinese fonts-noto-cjk"
# TeX keeps Fandol where the system does not look for fonts.
TREES = ("/usr/share/texlive", "/usr/share", "/usr/local/texlive/*", "C:/texlive/*")
FANDOL = ("texmf-dist/fonts/opentype/public/fandol", "texmf/fonts/opentype/public/fandol")


class Role(NamedTuple):
    """What a face is wanted for: the official families by all their names, and the free ones."""

    name: str
    purpose: Fault
    face: str
    official: tuple[str, ...]
    free: tuple[str, ...]
    weight: int = REGULAR


class Face(NamedTuple):
    """A family that is found here, and the file it is in."""

    family: str
    path: str
    is_official: bool


XIAOBIAOSONG = (
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "FZXiaoBiaoSong-B05",
    "方正小标宋_GBK",
    "华文中宋",
    "STZhongsong",
)
FANGSONG = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong")
HEITI = ("黑体", "SimHei", "华文黑体", "STHeiti")
KAITI = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti", "Kaiti SC")
SONGTI = ("宋体", "SimSun", "华文宋体", "STSong", "Songti SC")

ROLES = (
    Role("title", fault("标题"), "小标宋", XIAOBIAOSONG, ("FandolSong", *NOTO_SERIF), BOLD),
    Role("body", fault("正文"), "仿宋", FANGSONG, ("FandolFang R", "FandolFang", *NOTO_SERIF)),
    Role("heading", fault("一级标题"), "黑体", HEITI, ("FandolHei", *NOTO_SANS)),
    Role("subheading", fault("二级标题"), "楷体", KAITI, ("FandolKai", *NOTO_SERIF)),
    Role("table", fault("表格和页码"), "宋体", SONGTI, ("FandolSong", *NOTO_SERIF)),
)


@cache
def installed() -> "Fonts":
    """All fonts of this machine, looked for once, with Fandol of a TeX installation."""
    from typst import Fonts

    return Fonts(include_embedded_fonts=False, font_paths=[str(folder) for folder in fandol_folders()])


def fandol_folders() -> list[Path]:
    """The folders in which TeX installations keep Fandol."""
    trees = [Path(tree) for tree in TREES]
    roots = [root for tree in trees for root in sorted(Path(tree.anchor).glob(str(tree.relative_to(tree.anchor))))]
    return [folder for root in roots for below in FANDOL if (folder := root / below).is_dir()]


def families(fonts: "Fonts") -> dict[tuple[str, int], str]:
    """The file of every family (lower case) at every upright weight."""
    upright = [font for font in fonts.fonts() if font.style == "normal"]
    return {(font.family.lower(), font.weight): font.path or "" for font in reversed(upright)}


def faces(role: Role, files: Mapping[tuple[str, int], str]) -> list[Face]:
    """The faces a role can take, best first; empty if there is none."""
    return list(_faces(role, files))


def _faces(role: Role, files: Mapping[tuple[str, int], str]) -> Iterator[Face]:
    for family in (*role.official, *role.free):
        weights = [weight for name, weight in files if name == family.lower()]
        if weights:
            nearest = min(weights, key=lambda weight: abs(weight - role.weight))
            yield Face(family, files[family.lower(), nearest], family in role.official)


def stacks(files: Mapping[tuple[str, int], str]) -> dict[str, list[str]]:
    """The families of every role, best first; WrongUsage naming the face of a role that has none."""
    return {role.name: _stack(role, files) for role in ROLES}


def _stack(role: Role, files: Mapping[tuple[str, int], str]) -> list[str]:
    found = [face.family for face in faces(role, files)]
    if not found:
        raise WrongUsage(
            "PDF 的{purpose}缺少字体“{face}”：{remedy}",
            purpose=role.purpose,
            face=role.face,
            remedy=remedy(role),
        )
    return found


def remedy(role: Role) -> Fault:
    """What to install where a role has no face."""
    return fault(
        "请安装 {official}，或免费的 {free}（Debian、Ubuntu：apt install {packages}）。",
        official=role.official[0],
        free=role.free[0],
        packages=PACKAGES,
    )
