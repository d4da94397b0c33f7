"""Any answer as JSON text for programs."""

import json
from typing import Any


def dump(value: dict[str, Any] | list[dict[str, Any]]) -> str:
    """A value as readable JSON text."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
