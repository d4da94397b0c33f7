"""Messages: Chinese as they stand in the code, other languages through one gettext catalogue.

``click`` asks the same catalogue for its own words, so they too come out in the chosen language.
"""

import gettext
import os
from functools import cache
from pathlib import Path

from events.errors import Fault, Listed

DOMAIN = "budget"
FOLDER = Path(__file__).parent.parent / "locale"
LANGUAGES = {"zh": "zh_CN", "en": "en"}


def speak(language: str) -> None:
    """Choose the language of this process: ``en``, or Chinese for anything else."""
    os.environ["LANGUAGE"] = LANGUAGES.get(language[:2].lower(), LANGUAGES["zh"])
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)


def _(template: str, /, **details: object) -> str:
    """A message in the chosen language, with its details filled in."""
    translated = _catalogue(gettext.textdomain(), os.environ.get("LANGUAGE")).gettext(template) if template else ""
    return translated.format(**{name: _worded(detail) for name, detail in details.items()}) if details else translated


@cache
def _catalogue(domain: str, _languages: str | None) -> gettext.NullTranslations:
    """What the domain says in the chosen languages. gettext itself looks for its files at every message."""
    return gettext.translation(domain, FOLDER, fallback=True)


def translated(fault: Fault) -> str:
    """A fault in the chosen language."""
    return _(fault.template, **fault.details)


def _worded(detail: object) -> object:
    if isinstance(detail, Fault):
        return translated(detail)
    return _("、").join(str(_worded(thing)) for thing in detail) if isinstance(detail, Listed) else detail
