"""``budget carry-over``: 结转 out of the year before, into ``--year``."""

from commands.desk.adjusting import adjustment
from commands.desk.messages import _
from ledger.deciding.budget import CarryOverBudget

command = adjustment(
    CarryOverBudget, help_text=_("记录结转：从上年转入 --year 年度，一次记录，两年同时反映。先显示效果再询问。")
)
