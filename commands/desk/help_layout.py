"""Help text that lines up although a Chinese character is two columns wide."""

from collections.abc import Iterable

import click

from projections.width import width_of

WIDTH = 100
GAP = 2
NEVER_FIRST = "，。、；：？！）〕”"


class WideFormatter(click.HelpFormatter):
    """click's formatter, measuring in columns of the terminal instead of characters."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = GAP) -> None:
        """Write a definition list, its second column aligned."""
        rows = list(rows)
        first = min(max(width_of(term) for term, _ in rows), col_max) + col_spacing
        for term, text in rows:
            self.write(" " * self.current_indent + term)
            if width_of(term) > first - col_spacing:
                self.write("\n" + " " * (first + self.current_indent))
            else:
                self.write(" " * (first - width_of(term)))
            lines = wrapped(text, max(self.width - first - self.current_indent, 20))
            self.write(("\n" + " " * (first + self.current_indent)).join(lines) + "\n")

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        indent = " " * self.current_indent
        for paragraph in text.split("\n\n"):
            lines = wrapped(" ".join(paragraph.split("\n")), max(self.width - self.current_indent, 20))
            self.write("".join(f"{indent}{line}\n" for line in lines))


class WideContext(click.Context):
    """A context that lays help out with the wide formatter."""

    formatter_class = WideFormatter

    def make_formatter(self) -> click.HelpFormatter:
        """Make a formatter of a fixed width, so that help is the same everywhere."""
        return WideFormatter(width=WIDTH)


def wrapped(text: str, width: int) -> list[str]:
    """Lines no wider than ``width``, broken at spaces and between Chinese characters."""
    lines = [""]
    for piece in _pieces(text):
        if width_of(lines[-1] + piece.rstrip()) > width and lines[-1] and piece not in NEVER_FIRST:
            lines.append("")
        lines[-1] += piece.lstrip() if not lines[-1] else piece
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterable[str]:
    """Words with the space behind them; every wide character is a word of its own."""
    word = ""
    for character in text:
        if width_of(character) > 1:
            if word:
                yield word
            yield character
            word = ""
        elif character == " ":
            yield word + character
            word = ""
        else:
            word += character
    if word:
        yield word
