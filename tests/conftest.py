"""What all tests share: hypothesis draws the same examples every time, on a machine of any speed."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from projections.fonts import ROLES, faces, families, installed

settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a browser or fonts is left out with a word where there are none; with ``REQUIRE_ALL`` it fails."""
    if os.environ.get("REQUIRE_ALL"):
        return
    absent = {"browser": shutil.which("chromium") is None, "fonts": not _has_fonts()}
    for item in items:
        for need, is_absent in absent.items():
            if is_absent and item.get_closest_marker(need):
                item.add_marker(pytest.mark.skip(reason=f"no {need} here"))


def _has_fonts() -> bool:
    files = families(installed())
    return all(faces(role, files) for role in ROLES)
