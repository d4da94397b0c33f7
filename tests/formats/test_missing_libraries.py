"""A form whose library is not installed says which one, and the other forms are written."""

import sys

import pytest
from web_words import document

from events.errors import WrongUsage
from projections import formats

LIBRARY = {
    "docx": ("docx", "python-docx"),
    "xlsx": ("xlsxwriter", "xlsxwriter"),
    "pdf": ("typst", "typst"),
    "html": ("jinja2", "jinja2"),
}


@pytest.mark.parametrize("form", formats.FORMATS)
def test_only_what_needs_the_library_is_not_written(monkeypatch, form):
    given = document(2024)
    module, library = LIBRARY.get(form, ("docx", ""))
    for name in [name for name in sys.modules if name.partition(".")[0] == module] + [module]:
        monkeypatch.setitem(sys.modules, name, None)
    for name in [name for name in sys.modules if name.startswith("projections.formats.")]:
        monkeypatch.delitem(sys.modules, name)
    if not library:
        assert formats.write(given, form)
        return
    with pytest.raises(WrongUsage, match=f"输出 {form} 需要安装 {library}：pip install {library}。"):
        formats.write(given, form)
