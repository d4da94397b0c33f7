"""``budget reopen``: 重新开账."""

from commands.desk.closing import closing
from commands.desk.messages import _
from ledger.deciding.closing import ReopenYear

command = closing(ReopenYear, help_text=_("重新开账。"))
