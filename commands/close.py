"""``budget close``: 关账."""

from commands.desk.closing import closing
from commands.desk.messages import _
from ledger.deciding.closing import CloseYear

command = closing(CloseYear, help_text=_("关账：此后该年度除公开外不再记录，直到重新开账。"))
