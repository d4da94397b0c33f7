"""The sheet of a 年初批复 as most tests of sheets have it."""

from pathlib import Path

from at_the_desk import PAPER, Answer, Desk, cells, opened

APPROVED = cells("""
    资金来源      功能科目编码  功能科目名称      支出用途  经济科目编码  经济科目名称        项目          金额（万元）
    一般公共预算  2012901       行政运行          人员支出  30101         基本工资            -             1,234.56
    一般公共预算  2012901       行政运行          公用经费  30211         差旅费              -             49.90
    -             2012901       行政运行          公用经费  30212         因公出国（境）费用  -             0
    事业收入      2012902       一般行政管理事务  项目支出  -             -                   劳模管理服务  241.654321
""")


def approve(desk: Desk, content: bytes | str, name: str = "明细.csv") -> Answer:
    return desk("approve", desk.file(content, name), "--year", 2024, *PAPER, "--effective-on", "2024-01-01")


def elsewhere(folder: Path) -> Desk:
    folder.mkdir()
    return opened(folder)
