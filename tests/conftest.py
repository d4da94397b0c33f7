"""What all tests share: hypothesis draws the same examples every time, on a machine of any speed."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser its tests are left out with a word; where all must run (``REQUIRE_ALL``), they fail instead."""
    if os.environ.get("REQUIRE_ALL") or shutil.which("chromium"):
        return
    absent = pytest.mark.skip(reason="no chromium here")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(absent)
