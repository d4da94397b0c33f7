"""Which faces a PDF takes: the official ones first, free ones after them, and a word on what to install."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import fonts as desk
from commands.main import program
from events.errors import WrongUsage
from projections.documents import fonts
from projections.documents.fonts import ROLES, Face, faces, families, installed, remedy, stacks

pytestmark = pytest.mark.fonts

FREE = {
    ("fandolsong", 400): "/f/FandolSong-Regular.otf",
    ("fandolsong", 700): "/f/FandolSong-Bold.otf",
    ("fandolfang r", 400): "/f/FandolFang-Regular.otf",
    ("fandolhei", 400): "/f/FandolHei-Regular.otf",
    ("fandolkai", 400): "/f/FandolKai-Regular.otf",
    ("noto serif cjk sc", 400): "/n/NotoSerifCJK-Regular.ttc",
}
BOUGHT = {
    ("fzxiaobiaosong-b05s", 400): "C:/fonts/FZXBSJW.TTF",
    ("仿宋_gb2312", 400): "C:/fonts/simfang.ttf",
    ("simhei", 400): "C:/fonts/simhei.ttf",
}


def role(name):
    (found,) = [role for role in ROLES if role.name == name]
    return found


def asked():
    return CliRunner().invoke(program(), ["fonts"], prog_name="budget")


@pytest.mark.parametrize("wanted", ROLES, ids=lambda wanted: wanted.name)
def test_this_machine_has_a_face_for_every_role(wanted):
    found = faces(wanted, families(installed()))
    assert found, f"the PDF tests need fonts: {wanted.purpose} {wanted.face}: {remedy(wanted)}"
    assert all(Path(face.path).is_file() for face in found)


def test_official_faces_come_before_free_ones():
    assert faces(role("body"), FREE | BOUGHT)[:2] == [
        Face("仿宋_GB2312", "C:/fonts/simfang.ttf", is_official=True),
        Face("FandolFang R", "/f/FandolFang-Regular.otf", is_official=False),
    ]
    taken = {name: families[0] for name, families in stacks(FREE | BOUGHT).items()}
    assert taken == {
        "title": "FZXiaoBiaoSong-B05S",
        "body": "仿宋_GB2312",
        "heading": "SimHei",
        "subheading": "FandolKai",
        "table": "FandolSong",
    }


def test_a_rare_character_may_come_from_the_next_face():
    assert stacks(FREE)["body"] == ["FandolFang R", "Noto Serif CJK SC"]


def test_the_title_takes_the_boldest_there_is():
    assert faces(role("title"), FREE)[0].path == "/f/FandolSong-Bold.otf"
    assert faces(role("table"), FREE)[0].path == "/f/FandolSong-Regular.otf"


@pytest.mark.parametrize(
    ("name", "face", "official"),
    [("heading", "黑体", "黑体"), ("body", "仿宋", "仿宋_GB2312"), ("title", "小标宋", "方正小标宋简体")],
)
def test_a_role_without_a_face_is_told_with_what_to_install(name, face, official):
    wanted = role(name)
    without = {key: path for key, path in FREE.items() if key[0] not in {family.lower() for family in wanted.free}}
    with pytest.raises(WrongUsage) as caught:
        stacks(without)
    assert str(caught.value) == (
        f"PDF 的{wanted.purpose}缺少字体“{face}”：请安装 {official}，或免费的 {wanted.free[0]}"
        "（Debian、Ubuntu：apt install texlive-lang-chinese fonts-noto-cjk）。"
    )


def test_fandol_is_found_where_tex_keeps_it(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "TREES", (f"{tmp_path}/texlive/*", f"{tmp_path}/none"))
    years = [tmp_path / "texlive" / year / fonts.FANDOL[0] for year in ("2023", "2024")]
    for folder in years:
        folder.mkdir(parents=True)
    assert fonts.fandol_folders() == years


def test_a_slanted_face_stands_for_no_upright_one():
    class Font:
        family, style, weight, path = "SimHei", "italic", 400, "/f/slanted.ttf"

    class Fonts:
        def fonts(self):
            return [Font]

    assert families(Fonts()) == {}


def test_budget_fonts_lists_what_is_found():
    answer = asked()
    assert answer.exit_code == 0, answer.output
    lines = answer.stdout.splitlines()
    assert lines[0] == "PDF 所用的字体"
    for wanted, face in [(each, faces(each, families(installed()))[0]) for each in ROLES]:
        (line,) = [line for line in lines if line.split()[:1] == [str(wanted.purpose)]]
        assert all(word in line for word in (wanted.face, face.family, face.path))


def test_budget_fonts_ends_with_1_where_a_face_is_missing(monkeypatch):
    monkeypatch.setattr(desk, "families", lambda _fonts: {("fandolhei", 400): "/f/hei.otf"} | BOUGHT)
    answer = asked()
    assert answer.exit_code == 1
    heading, kai = (next(line for line in answer.stdout.splitlines() if word in line) for word in ("黑体", "楷体"))
    assert heading.split() == ["一级标题", "黑体", "SimHei", "官方", "C:/fonts/simhei.ttf"]
    assert kai.split()[:3] == ["二级标题", "楷体", "缺"]
    assert "请安装 楷体_GB2312，或免费的 FandolKai" in kai


def test_budget_fonts_speaks_english(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en")  # so that the language of other tests comes back
    monkeypatch.setenv("BUDGET_LANG", "en")
    assert asked().stdout.startswith("The fonts the PDF uses")
