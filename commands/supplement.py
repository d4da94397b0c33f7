"""``budget supplement``: 追加, one line by options or many from a sheet."""

from commands.desk.adjusting import adjustment
from commands.desk.messages import _
from ledger.deciding.budget import SupplementBudget

command = adjustment(
    SupplementBudget, help_text=_("记录追加：用选项写一条明细，或用 --file 给出表格；金额写正数。先显示效果再询问。")
)
