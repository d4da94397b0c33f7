"""The libraries that the program can be without: what is imported, and what is installed for it."""

EXTRAS = {
    "cryptography": "cryptography",
    "docx": "python-docx",
    "jinja2": "jinja2",
    "python_calamine": "python-calamine",
    "typst": "typst",
    "xlsxwriter": "xlsxwriter",
}


def library_of(error: ImportError) -> str | None:
    """What to install where an import failed; None if nothing of these was asked for."""
    return EXTRAS.get((error.name or "").partition(".")[0])
