"""One wrong document or ledger for every format and ledger rule, and what the rule says of it."""

from dataclasses import replace
from datetime import date

from making_wrong import (
    Change,
    added,
    amounts,
    both,
    cell,
    event,
    line,
    one_more,
    places,
    table,
    text,
    titled,
    wan,
)
from moving_ledger import activity, paper, reception, salaries, trips
from wrong_tables import Case

from events.budget import BudgetReduced, BudgetSupplemented, BudgetTransferred, ExecutionRecorded, InitialBudgetApproved
from events.disclosure import DocumentPublished
from events.document import Document
from events.line import Line
from events.period import Period
from events.reversal import EventReversed
from events.vocabulary import Ground, Stage

TITLE = "2024年市级单位项目支出预算表"
SUMMER = date(2024, 6, 15)
DECIDED = {"effective_on": SUMMER, "document": paper(2024), "reason": "工作需要"}


def in_yuan(number: int) -> Change:
    return table(number, lambda known: replace(known, amount_unit="元"))


def named(number: int, name: str) -> Change:
    return table(number, lambda known: replace(known, unit=known.unit._replace(name=name)))


def coarse(amount):
    return amount._replace(function_code=amount.function_code[:5])


def without_economic(amount):
    return amount._replace(economic_code=None)


FORMAT = [
    Case("F-01", 2024, titled(10, "2023年市级单位项目支出预算表"), "写的是 2023 年，本件是 2024 年"),
    Case("F-01", 2024, text("2024年收入预算", "2023年收入预算"), "正文“2023年收入预算"),
    Case("F-02", 2024, named(3, "杭州市总工会（本级）"), "单位名称“杭州市总工会（本级）”"),
    Case(
        "F-02", 2024, text("杭州市总工会2024年收支", "杭州市总工会（本级）2024年收支"), "又写作“杭州市总工会（本级）”"
    ),
    Case("F-02", 2024, text("纳入预算管理", "纳入部门预算管理"), "“部门预算”和“单位预算”混用"),
    Case("F-03", 2024, places("1", *map(str, range(3, 12))), "没有放表2"),
    Case("F-03", 2024, places(*map(str, range(1, 13))), "表12不在表样里"),
    Case("F-03", 2024, places("2", "1", *map(str, range(3, 12))), "次序"),
    Case("F-03", 2024, titled(11, TITLE), f"有两张表同名：{TITLE}"),
    Case("F-04", 2024, added("联系电话：待填。"), "占位文字“待填”"),
    Case("F-04", 2024, cell(11, "劳模管理服务", "绩效目标", "慰问××人"), "表11有占位文字“××”"),
    Case("F-05", 2024, text("主要用于在职人员工资", "主要用于主要用于在职人员工资"), "“主要用于”重复"),
    Case("F-05", 2024, text("主要用于在职人员工资", "主要用于，，在职人员工资"), "多余的“，，”"),
    Case("F-05", 2024, text("行政运行（项）预算", "行政运行（项预算"), "“（）”不成对"),
    Case("F-06", 2024, text("预算1,017.26万元", "预算1017.26万元"), "“1017.26万元”"),
    Case("F-06", 2024, text("22.50万元", "22.5万元"), "“22.5万元”"),
    Case("F-06", 2024, table(10, lambda known: replace(known, prints_amount_unit=False)), "表10没有写金额单位"),
    Case("F-07", 2024, in_yuan(7), "表7以元为单位，表样规定万元"),
    Case("F-08", 2024, cell(5, "2012901", "项目支出", "见附件"), "“见附件”不是金额"),
    Case("F-08", 2024, line("functions", "2012901", current=None), "把空白和 0 混同了"),
    Case("F-09", 2024, amounts("amounts", coarse), "功能科目 20129 没有到项"),
    Case("F-09", 2024, amounts("amounts", without_economic), "2012901 的基本支出没有经济科目"),
    Case("F-10", 2024, text("三、名词解释", "三、其他"), "没有“名词解释”一节"),
    Case("F-11", "moving", event(DocumentPublished, effective_on=date(2024, 2, 10)), "隔了 21 天"),
    Case(
        "F-12", 2024, cell(11, "劳模管理服务", "绩效目标", "完成2020年评估"), "“劳模管理服务”的绩效目标还写着 2020 年"
    ),
]


def a_line_off(amount):
    return amount._replace(fen=amount.fen + 1) if amount.stage is Stage.SUPPLEMENT else amount


def not_carried_out(amount):
    return None if amount.stage is Stage.CARRIED_OUT else amount


def overspent_last_year(amount):
    return amount._replace(fen=amount.fen + wan("999").fen) if amount.stage is Stage.EXECUTION else amount


def stale_digest(material):
    return replace(material, pins=tuple(pin._replace(digest="sha256:0") for pin in material.pins))


def without_files(material):
    pins = tuple(pin._replace(published=pin.published.model_copy(update={"files": ()})) for pin in material.pins)
    return replace(material, pins=pins)


def supplement(ground: Ground, *lines: Line) -> BudgetSupplemented:
    return BudgetSupplemented(ground=ground, lines=lines, **DECIDED)


def reduction(*lines: Line) -> BudgetReduced:
    return BudgetReduced(ground=Ground.SAVING, lines=lines, **DECIDED)


def reversal(event_id: str, day: date = SUMMER) -> EventReversed:
    return EventReversed(effective_on=day, event_id=event_id, reason="更正")


def execution(line: Line, day: date) -> ExecutionRecorded:
    return ExecutionRecorded(effective_on=day, period=Period(2024, day.month), lines=(line,))


MOVED = BudgetTransferred.model_construct(lines=(activity("-2"), salaries("3")), **DECIDED)
UNTITLED = Document(number="杭财行〔2024〕5号", issuer="杭州市财政局", dated=date(2024, 1, 20))
OLD = paper(2021)
TO_TRIPS = BudgetTransferred(lines=(activity("-1"), trips("1")), **DECIDED)
NEW_YEAR = date(2024, 1, 15)

LEDGER = [
    Case("L-01", "moving", amounts("amounts", a_line_off), "2012902/项目支出/活动：年初 100.00万元、调整 5.00万元"),
    Case("L-01", "moving", one_more(supplement(Ground.ADJUSTMENT, salaries("1"))), "2012901/人员支出/30101"),
    Case("L-02", "moving", one_more(MOVED), "的一般公共预算合计为 1.00万元，应为 0"),
    Case("L-02", "moving", event(BudgetSupplemented, lines=(activity("-5"),)), "合计为 -5.00万元，方向不对"),
    Case("L-03", "moving", one_more(reduction(reception("-9"))), "预算不能为负"),
    Case("L-03", "moving", one_more(reduction(activity("-50"))), "预算不能低于执行数"),
    Case("L-04", "moving", event(InitialBudgetApproved, document=UNTITLED), "的文件 杭财行〔2024〕5号 没有标题"),
    Case("L-05", "moving", event(InitialBudgetApproved, document=OLD), "文号 杭财行〔2021〕5号 不是 2024 年或上一年的"),
    Case("L-06", "moving", event(EventReversed, event_id="201/2024/777"), "201/2024/777 不存在"),
    Case("L-06", "moving", event(EventReversed, effective_on=date(2024, 9, 9)), "生效日与所冲销的"),
    Case("L-06", "moving", both(one_more(reversal("201/2024/1")), one_more(reversal("201/2024/1"))), "冲销了 2 次"),
    Case("L-07", "moving", one_more(execution(activity("14"), NEW_YEAR)), "2012902 到 2024-01-15 执行数和结转超出预算"),
    Case("L-07", "moving", amounts("base_amounts", not_carried_out), "由上年结转 13.00万元，上年结出 0.00万元"),
    Case("L-07", "moving", amounts("base_amounts", overspent_last_year), "2012902 结转超出上年结余"),
    Case("L-08", "moving", stale_digest, "账本摘要与账本不符"),
    Case("L-08", "moving", without_files, "没有记下任何文件"),
    Case("L-09", "moving", one_more(supplement(Ground.RESERVE, trips("1"))), "依据不是因公出国计划审批"),
    Case("L-09", "moving", one_more(TO_TRIPS), "依据不是因公出国计划审批"),
    Case("L-09", 2024, cell(7, "合计", "因公出国（境）费用", "1.00"), "印了 1.00万元，年初应为 0"),
]
