"""One wrong sentence or comparison for every narrative, delta and share rule, and what the rule says of it."""

from dataclasses import replace
from datetime import date

from making_wrong import (
    added,
    amounts,
    cell,
    comparison,
    event,
    line,
    one_more,
    relabelled,
    text,
    wan,
)
from wrong_tables import Case

from events.disclosure import IndicatorRecorded
from events.vocabulary import FundSource, Nature, Origin, Stage
from projections.entries.read_model import Amount
from projections.figures.comparison import Comparison

THIRD = "（3）一般公共服务支出（类）群众团体事务（款）其他群众团体事务支出（项）预算为"
LEVEL = "劳模帮扶等方面的支出，与上年持平"
RAISED = "比上年执行数增加371.09万元，增长7.78%"
DEFINED = "机关运行经费财政拨款预算"
RESTATED = IndicatorRecorded(effective_on=date(2024, 1, 1), indicator="机关运行经费", amount=wan("1.00"))
COMPLETED = "2023年支出年初预算为200.00万元，支出决算为150.00万元，完成年初预算的"

NARRATIVE = [
    Case("N-01", 2024, text("收支总预算10,026.26万元", "收支总预算10,026.27万元"), "10026.27万元，表中为 10026.26万元"),
    Case("N-02", 2024, text("科学技术支出21.60万元，", "科学技术支出21.61万元，"), "“科学技术支出”为 21.61万元"),
    Case(
        "N-02", 2024, text("卫生健康支出（类）支出237.49万元", "卫生支出（类）支出237.49万元"), "没有写“卫生健康支出”"
    ),
    Case("N-03", 2024, text("日常公用支出1,017.26万元", "日常公用支出1,017.27万元"), "“公用”为 1017.27万元"),
    Case("N-03", 2024, text("占10.15%", "占10.16%"), "支出用途第 2 项占比为 10.16%，应为 10.15%"),
    Case("N-04", 2024, text(f"{THIRD}161.15万元", f"{THIRD}161.51万元"), "为 161.51万元，表中为 161.15万元"),
    Case(
        "N-04", 2024, text(THIRD, "其他群众团体事务支出"), "没有写“一般公共服务支出/群众团体事务/其他群众团体事务支出”"
    ),
    Case(
        "N-05", "moving", relabelled(5, "20129", "群团事务"), "20129 在表5印作“群团事务”，2024 年目录为“群众团体事务”"
    ),
    Case("N-06", 2024, text("离休费、退休费", "退休费、离休费"), "人员经费主要包括的次序"),
    Case("N-06", 2024, text("办公费、印刷费", "办公费"), "没有写“印刷费”"),
    Case(
        "N-07",
        2024,
        text("安排公务接待费预算5.90万元", "安排公务接待费预算6.00万元"),
        "表7〔合计·公务接待费〕为 6.00万元",
    ),
    Case("N-08", 2024, text("一级项目3个", "一级项目2个"), "正文写一级项目 2 个，表中有 3 个"),
    Case("N-08", 2024, text("涉及当年财政拨款3,705.39万元", "涉及当年财政拨款3,705.40万元"), "3705.40万元"),
    Case("N-09", 2024, text("采购服务预算480.23万元", "采购服务预算480.32万元"), "货物、工程、服务之和为 562.32万元"),
    Case("N-10", 2023, event(IndicatorRecorded, definition=None), "没有说明口径"),
    Case("N-10", 2023, event(IndicatorRecorded, definition="全部公用经费"), f"由“{DEFINED}”改为“全部公用经费”"),
    Case("N-11", 2024, text("没有使用政府性基金预算", "使用政府性基金预算"), "没有说没有使用政府性基金"),
    Case("N-11", "moving", added("本单位没有使用政府性基金预算。"), "表8却有数"),
    Case(
        "N-12",
        2024,
        text("支出包括：一般公共服务支出、科学技术支出", "支出包括：科学技术支出"),
        "没有写“一般公共服务支出”",
    ),
    Case(
        "N-12", 2024, text("收入包括：一般公共预算拨款收入", "收入包括：事业收入"), "收入包括写了表中没有的“事业收入”"
    ),
]


def without_discontinued(found: Comparison) -> Comparison:
    return replace(found, rows=tuple(row for row in found.rows if row.current is not None))


def without_notes(found: Comparison) -> Comparison:
    return replace(found, notes=())


def without_comparable(found: Comparison) -> Comparison:
    return replace(found, rows=tuple(row for row in found.rows if row.name != "同口径"))


def published_otherwise(material):
    """Last year's budget as if it had been published with 6.10 for 公务接待费."""
    dimensions = (FundSource.GENERAL, Origin.THIS_YEAR, "2012901", Nature.OPERATING, "30217", None)
    return replace(material, published_base=(Amount("101", Stage.INITIAL, *dimensions, wan("6.10").fen),))


def executed_otherwise(amount: Amount) -> Amount:
    return amount._replace(fen=amount.fen + 1) if amount.stage is Stage.EXECUTION else amount


DELTA = [
    Case(
        "D-01", 2024, line("functions", "2012901", change=wan("1.00")), "增减额为 1.00万元，本年减上年应为 371.09万元"
    ),
    Case("D-01", 2024, text("增加371.09万元", "增加371.90万元"), "增减额为 371.90万元，表中为 371.09万元"),
    Case(
        "D-01",
        2024,
        text("收入预算10,026.26万元，比上年", "收入预算10,000.00万元，比上年"),
        "收入预算的本年数为 10000.00万元",
    ),
    Case("D-02", 2024, line("functions", "2012901", percent="8.00"), "为 8.00%，应为 7.78%"),
    Case("D-02", 2024, text("增长7.78%", "增长8%"), "为 8%，应为 7.78%"),
    Case("D-03", 2024, text("增加371.09万元，增长", "增加371.09万元，下降"), "“增加”与“下降”不一致"),
    Case("D-03", 2024, text("增加371.09万元，增长", "减少371.09万元，下降"), "写“减少”，实为 371.09万元"),
    Case("D-04", 2024, line("general", "2012901", base=None), "没有上年数，却有百分比 7.78%"),
    Case("D-04", 2024, line("general", "2012901", base=None, percent=None), "应写“上年无此项”"),
    Case("D-05", 2024, text(LEVEL, "劳模帮扶等方面的支出"), "应写持平"),
    Case("D-05", 2024, text(LEVEL, f"{LEVEL}，主要原因是没有变化"), "不应写原因"),
    Case("D-05", 2024, text(LEVEL, f"劳模帮扶等方面的支出，{RAISED}，与上年持平"), "不应再写增减"),
    Case("D-06", 2024, text("，主要原因是日常运行费用增加", ""), "行政运行变动 371.09万元，没有说明原因"),
    Case("D-07", 2024, comparison("functions", without_discontinued), "之和为 9342.85万元，总基数为 9398.85万元"),
    Case("D-08", 2024, amounts("base_amounts", executed_otherwise), "账上的上年执行数为"),
    Case("D-08", 2024, line("three_public", "公务接待费", base=wan("6.10")), "账上的上年预算数为 6.00万元"),
    Case("D-08", 2024, published_otherwise, "上年公开的预算数为 6.10万元"),
    Case("D-08", 2024, line("indicators", "机关运行经费", base=wan("731.98")), "上年预算数为 1039.76万元"),
    Case("D-09", 2024, line("three_public", "同口径", base=wan("26.00")), "合计减去剔除部分应为 6.00万元"),
    Case("D-09", 2024, comparison("three_public", without_comparable), "声明了同口径，比较表里却没有"),
    Case("D-09", 2024, comparison("three_public", without_notes), "没有列出剔除的 30212"),
    Case("D-09", 2024, text("同口径减少0.10万元", "同口径减少0.20万元"), "同口径的增减为 0.20万元"),
    Case(
        "D-09", 2024, text("同口径减少0.10万元，下降1.67%", "同口径增加0.10万元，增长1.67%"), "写“增加”，实为 -0.10万元"
    ),
    Case("D-09", 2024, text("0.10万元，下降1.67%", "0.10万元，下降1.76%"), "同口径的百分比为 1.76%"),
    Case("D-09", 2024, text("同口径", "同样口径"), "没有写同口径的增减"),
    Case("D-10", 2024, text("减少的主要原因是加强", "增加的主要原因是加强"), "公务接待费的原因"),
    Case("D-10", 2024, text("日常运行费用增加", "日常运行费用减少"), "“日常运行费用减少”与变动 371.09万元 不符"),
    Case("D-10", 2024, text(LEVEL, f"{LEVEL}，主要原因是没有变化"), "“没有变化”"),
    Case("D-11", 2024, added(f"{COMPLETED}76%。"), "完成率不是 76%", right=added(f"{COMPLETED}75%。")),
    Case(
        "D-11",
        2024,
        added("2023年支出年初预算为0万元，支出决算为150.00万元，完成年初预算的100%。"),
        "应以全年预算为基数",
        right=added("2023年支出年初预算为0万元，支出决算为150.00万元，完成全年预算的100%。"),
    ),
    Case("D-12", 2024, added("机关运行经费预算1,071.26万元。"), "机关运行经费前后不一：1017.26、1071.26"),
    Case("D-12", "moving", one_more(RESTATED), "指标“机关运行经费”记录了几个不同的数：1.00万元、13.335万元"),
]

SHARE = [
    Case("S-01", 2024, text("占59.11%", "占59.12%"), "功能类第 1 项占比为 59.12%，应为 59.11%"),
    Case("S-01", 2024, text("占36.95%", "占36.96%"), "支出用途第 3 项占比为 36.96%，应为 36.95%"),
    Case("S-01", 2024, cell(5, "206", "合计", None), "功能类有 3 项，正文写了 4 个占比"),
    Case("S-02", 2024, text("占36.95%", "占36.96%"), "相加为 100.01%"),
    Case("S-03", 2024, text("占59.11%", "占59.11"), "占比 59.11 没有百分号"),
]
