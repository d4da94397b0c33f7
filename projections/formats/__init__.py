"""The forms a document is published in: one file per form, each with one function.

    write(document: Document) -> dict[str, bytes]      # file name -> content

The bytes follow from the document alone: no clock, no random ids, fixed times inside archives. A new
form is a new file and its name in the list below.
"""

from importlib import import_module

from events.errors import Invalid, WrongUsage, listed
from projections.documents.document import Document
from projections.extras import library_of

FORMATS = ("docx", "pdf", "xlsx", "html", "md", "csv", "json")


def named(text: str) -> tuple[str, ...]:
    """The forms named in a list with commas, each once; Invalid if there is none, or one that does not exist."""
    forms = tuple(dict.fromkeys(form.strip() for form in text.split(",") if form.strip()))
    if not forms:
        raise Invalid("没有写形式，可选：{forms}。", forms=listed(FORMATS))
    for form in forms:
        if form not in FORMATS:
            raise Invalid("没有 {form} 这种形式，可选：{forms}。", form=form, forms=listed(FORMATS))
    return forms


def write(document: Document, form: str) -> dict[str, bytes]:
    """The files of a document in one form; WrongUsage if what it needs is missing."""
    try:
        files: dict[str, bytes] = import_module(f"projections.formats.{form}").write(document)
    except ImportError as error:
        if not (library := library_of(error)):
            raise
        raise WrongUsage(
            "输出 {form} 需要安装 {library}：pip install {library}。", form=form, library=library
        ) from error
    return files
