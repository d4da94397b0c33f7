"""科目 codes: text, never numbers; a code's level and parents follow from its length.

Expenditure function codes (支出功能分类) have 3 digits for a 类, 5 for a 款, 7 for a 项 and start
with 2. Departmental economic codes (部门支出经济分类) have 3 digits for a 类, 5 for a 款 and start
with 3. Source: 政府收支分类科目.
"""

from events.errors import Invalid

FUNCTION_LENGTHS = (3, 5, 7)
ECONOMIC_LENGTHS = (3, 5)
ITEM_LENGTH = 7

OVERSEAS_TRIPS = "30212"
RECEPTION = "30217"
VEHICLE_RUNNING = "30231"
VEHICLE_PURCHASE = "31013"
THREE_PUBLIC = (OVERSEAS_TRIPS, RECEPTION, VEHICLE_RUNNING, VEHICLE_PURCHASE)  # 三公经费


def function_code(text: str) -> str:
    """The text itself if it is a function code of any level, else Invalid."""
    return _code(text, "2", FUNCTION_LENGTHS, "功能科目编码“{text}”应为 2 开头的 3、5 或 7 位数字。")


def function_item(text: str) -> str:
    """The text itself if it is a 项 (7 digits), else Invalid."""
    return _code(text, "2", (ITEM_LENGTH,), "功能科目编码“{text}”应为 2 开头的 7 位数字（到项）。")


def economic_item(text: str) -> str:
    """The text itself if it is an economic 款 (5 digits), else Invalid."""
    return _code(text, "3", (5,), "经济科目编码“{text}”应为 3 开头的 5 位数字（到款）。")


def subject_code(text: str) -> str:
    """The text itself if it is a function or an economic code of any level, else Invalid."""
    return (economic_code if text.startswith("3") else function_code)(text)


def economic_code(text: str) -> str:
    """The text itself if it is an economic code of any level, else Invalid."""
    return _code(text, "3", ECONOMIC_LENGTHS, "经济科目编码“{text}”应为 3 开头的 3 或 5 位数字。")


def is_code(text: str) -> bool:
    """Whether a text is written as codes are, valid or not."""
    return text.isascii() and text.isdigit()


def is_economic(code: str) -> bool:
    """Whether a valid code belongs to the economic classification."""
    return code.startswith("3")


def level(code: str) -> int:
    """1 for a 类, 2 for a 款, 3 for a 项."""
    return len(code) // 2


def lineage(code: str) -> tuple[str, ...]:
    """The code with its ancestors, topmost first: 2012901 -> 201, 20129, 2012901."""
    return tuple(code[:length] for length in FUNCTION_LENGTHS if length <= len(code))


def _code(text: str, first: str, lengths: tuple[int, ...], otherwise: str) -> str:
    if is_code(text) and text[0] == first and len(text) in lengths:
        return text
    raise Invalid(otherwise, text=text)
