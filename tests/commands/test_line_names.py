"""A line named in one word, as ``transfer`` takes it: what is a fund source, and what is part of a project's name."""

import pytest

from commands.desk.lines import line_name
from events.errors import Invalid
from events.line import LineKey
from events.vocabulary import FundSource, Nature, Origin


def key(
    nature: Nature,
    *,
    economic: str | None = None,
    project: str | None = None,
    other: bool = False,
    carried: bool = False,
) -> LineKey:
    fund_source = FundSource.OTHER if other else FundSource.GENERAL
    origin = Origin.CARRIED_OVER if carried else Origin.THIS_YEAR
    return LineKey(fund_source, origin, "2012901", nature, economic, project)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2012901/公用经费/30211", key(Nature.OPERATING, economic="30211")),
        ("2012901/公用经费/30211/其他收入", key(Nature.OPERATING, economic="30211", other=True)),
        ("2012901/项目支出/培训", key(Nature.PROJECT, project="培训")),
        ("2012901/项目支出/培训/其他收入", key(Nature.PROJECT, project="培训", other=True)),
        ("2012901/项目支出/培训/二期", key(Nature.PROJECT, project="培训/二期")),
        ("2012901/项目支出/培训/二期/其他收入", key(Nature.PROJECT, project="培训/二期", other=True)),
        ("2012901/项目支出/培训/", key(Nature.PROJECT, project="培训/")),
        ("2012901/项目支出/其他收入", key(Nature.PROJECT, project="其他收入")),
        ("2012901/事业单位经营支出", key(Nature.BUSINESS)),
        ("2012901/事业单位经营支出//其他收入", key(Nature.BUSINESS, other=True)),
        ("2012901/事业单位经营支出/其他收入", key(Nature.BUSINESS, other=True)),
        ("2012901/公用经费/30211/上年结转", key(Nature.OPERATING, economic="30211", carried=True)),
        ("2012901/项目支出/培训/其他收入/上年结转", key(Nature.PROJECT, project="培训", other=True, carried=True)),
        ("2012901/项目支出/上年结转", key(Nature.PROJECT, project="上年结转")),
        ("2012901/项目支出/30216", key(Nature.PROJECT, project="30216")),
        ("2012901/项目支出/2024", key(Nature.PROJECT, project="2024")),
        ("2012901/项目支出/2024/二期", key(Nature.PROJECT, project="2024/二期")),
        ("2012901/项目支出/30216/培训/二期", key(Nature.PROJECT, economic="30216", project="培训/二期")),
    ],
)
def test_a_line_is_named_by_what_sets_it_apart(text: str, meant: LineKey):
    assert line_name(text) == meant


@pytest.mark.parametrize(
    ("text", "told"),
    [("2012901", "应写成 功能科目/用途/经济科目或项目"), ("2012901/办公", "办公"), ("20129/公用经费/30211", "20129")],
)
def test_what_names_no_line_is_told(text: str, told: str):
    with pytest.raises(Invalid, match=told):
        line_name(text)


@pytest.mark.parametrize("fund_source", FundSource)
@pytest.mark.parametrize("origin", Origin)
@pytest.mark.parametrize(
    ("nature", "economic", "project"),
    [
        (Nature.PERSONNEL, "30101", None),
        (Nature.PROJECT, None, "培训/二期"),
        (Nature.PROJECT, "30216", "培训"),
        (Nature.REMITTANCE, None, None),
    ],
)
def test_a_line_is_read_as_messages_write_it(fund_source, origin, nature, economic, project):
    line = LineKey(fund_source, origin, "2012901", nature, economic, project)
    assert line_name(str(line)) == line
