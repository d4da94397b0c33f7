"""How cells look. Signed amounts are red above zero and green below, and always show their sign."""

from typing import Any

Look = dict[str, Any]
UP, DOWN, NOW, BEFORE = "#C0392B", "#1E7B4C", "#2B5C8A", "#A9BDD0"
AMOUNT, SIGNED = "#,##0.00", "+#,##0.00;-#,##0.00;0.00"
FONT: Look = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
OPTIONS = {  # of a workbook: text stays text, whatever it looks like
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": FONT,
}
LOOKS: dict[str, Look] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 16, "align": "center"},
    "left": {},
    "right": {"align": "right"},
    "note": {"text_wrap": True},
    "heading": {"font_name": "黑体", "align": "center", "text_wrap": True, "border": 1, "bg_color": "#F2F2F2"},
    "text": {"align": "left", "text_wrap": True, "border": 1},
    "amount": {"align": "right", "num_format": AMOUNT, "border": 1},
    "rise": {"align": "right", "num_format": SIGNED, "font_color": UP, "border": 1},
    "fall": {"align": "right", "num_format": SIGNED, "font_color": DOWN, "border": 1},
    "helper": {"align": "right", "num_format": AMOUNT, "font_color": "#808080", "border": 1},
    "link": {"font_color": "#0563C1", "underline": 1, "border": 1},
}


class Looks:
    """The looks of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, int], Any] = {}

    def of(self, name: str, indent: int = 0) -> Any:
        """A look, indented by so many characters."""
        if (name, indent) not in self._made:
            self._made[name, indent] = self._book.add_format(
                FONT | LOOKS[name] | ({"indent": indent} if indent else {})
            )
        return self._made[name, indent]
