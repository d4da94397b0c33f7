"""``budget reduce``: 追减, one line by options or many from a sheet."""

from commands.desk.adjusting import adjustment
from commands.desk.messages import _
from ledger.deciding.budget import ReduceBudget

command = adjustment(
    ReduceBudget, help_text=_("记录追减：用选项写一条明细，或用 --file 给出表格；金额写正数。先显示效果再询问。")
)
