"""What makes a short run shorter. ``docs/performance.md`` has the figures, ``make bench`` measures them."""

import gc
import os
import sys
from types import ModuleType


def leave_plugins_out() -> None:
    """Neither call plugins of pydantic nor look for any, for which it would import a tenth of a short run.

    The setting is pydantic's own and keeps plugins from being called; only an empty module in the place of the
    one that looks for them keeps it from looking. Nothing installed beside the program has a say in what a valid
    event is.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    loader = ModuleType("pydantic.plugin._loader")
    vars(loader)["get_plugins"] = tuple
    sys.modules.setdefault(loader.__name__, loader)


def search_for_garbage() -> None:
    """From here on, but not in what was imported until now: ``commands/__main__.py`` had it put off until then."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
