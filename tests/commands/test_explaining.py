"""主要用途 and 主要原因 at the desk: in a person's words, and told where they will not be printed."""

import pytest

CAUSE = ("--aspect", "主要原因", "--year", 2024, "--effective-on", "2024-01-20")


def explained(desk, subject, *more):
    event = desk.json("explain", subject, "按出访计划安排", *CAUSE, *more)["event_id"]
    (happened,) = [one for one in desk.json("history", "--year", 2024) if one["event_id"] == event]
    return happened["about"]


@pytest.mark.parametrize("word", ["因公出国（境）费用", "因公出国(境)费用", "overseas", "“因公出国（境）费用”"])
def test_what_no_code_stands_for_is_named_in_words(sample, word):
    assert explained(sample, word) == ["因公出国（境）费用"]


@pytest.mark.parametrize("word", ["“三公”经费", '"三公"经费', "三公经费", "sangong_total"])
def test_quotes_make_no_difference(sample, word):
    assert explained(sample, word) == ["“三公”经费"]


def test_a_cause_without_a_basis_is_printed(sample, tmp_path):
    sample.does("explain", "2012901", "编制数增加", *CAUSE)
    sample.does("publish", "--year", 2024, "--measure", "initial", "--format", "md", "--out", tmp_path / "out")
    (page,) = (tmp_path / "out").glob("*.md")
    assert "主要原因是编制数增加" in page.read_text(encoding="utf-8")


def test_a_code_that_is_in_no_catalogue_is_refused(sample):
    answer = sample("explain", "2999901", "日常运行", *CAUSE)
    assert answer.code == 1
    assert "科目目录中没有 2999901" in answer.err


def test_a_code_of_the_wrong_length_is_refused(sample):
    answer = sample("explain", "201290", "日常运行", *CAUSE)
    assert answer.code == 2
    assert "应为 2 开头的 3、5 或 7 位数字" in answer.err


def test_what_will_not_be_printed_is_recorded_with_a_remark(sample):
    answer = sample.does("explain", "行政运行", "日常运行", *CAUSE)
    assert "提示：101/2024 没有指标“行政运行”" in answer.err
    assert answer.out.startswith("已记录。")


def test_a_target_of_a_misspelt_project_is_recorded_with_a_remark(sample):
    answer = sample.does("project", "target", "劳模管理服", "慰问劳模", "--year", 2024)
    assert "提示：101/2024 没有项目“劳模管理服”" in answer.err
