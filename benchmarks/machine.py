"""On what machine the figures were made."""

import os
import platform
import sqlite3
from pathlib import Path


def described() -> str:
    """Cores, processor, Python and SQLite."""
    return (
        f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _processor() -> str:
    cpu = Path("/proc/cpuinfo")
    text = cpu.read_text(encoding="utf-8") if cpu.is_file() else ""
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()
