"""The slips of the two published documents are found when they are made again as they were printed."""

import pytest
from making_wrong import cell, places, text, verdict
from wrong_documents import named

from projections.checks.rule import Verdict

LEVEL = "运行维护费预算0万元，与上年持平"
WORN = "参与2020年企业社会责任建设评估申报"

SLIPS = [
    (2023, text("减少2.10万元，下降25.93%", "减少2.1万元，下降26%"), {"D-02", "F-06"}),
    (2023, text("增长2.57%", "增长2.6%"), {"D-02"}),
    (2023, text(LEVEL, f"{LEVEL}，主要原因是未安排预算支出"), {"D-05", "D-10"}),
    (2023, text("本单位2023年度没有使用", "本部门2023年度没有使用"), {"F-02"}),
    (2024, text("预算1,017.26万元", "预算1017.26万元"), {"F-06"}),
    (2024, text("减少22.50万元", "减少22.5万元"), {"F-06"}),
    (2024, text("主要用于信息化", "主要用于主要用于信息化"), {"F-05"}),
    (2024, text("2024年杭州市总工会预算", "2024年杭州市总工会杭州市总工会预算"), {"F-05"}),
    (2024, named(1, "杭州市总工会（本级）"), {"F-02"}),
    (2024, places("1", "3", "4", "5", "6", "7", "8", "9", "10", "11"), {"F-03"}),
    (2024, cell(11, "经济技术创新及和谐劳动关系建设", "绩效目标", WORN), {"F-12"}),
    (2024, cell(11, "劳模管理服务", "绩效目标", "下达2021年度劳模慰问帮扶资金（浙财企〔2018〕69号）"), {"F-12"}),
]


@pytest.mark.parametrize(("year", "slip", "rules"), SLIPS)
def test_a_slip_that_was_printed_is_found(materials, year, slip, rules):
    for rule in rules:
        assert verdict(slip(materials[year]), rule).verdict is Verdict.FAILED, rule


def test_income_may_be_called_income_with_or_without_a_grant(materials):
    said = text("收入包括：一般公共预算拨款收入", "收入包括：一般公共预算收入")
    assert verdict(said(materials[2024]), "N-12").verdict is Verdict.PASSED
