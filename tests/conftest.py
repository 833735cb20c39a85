"""Tests that need Excel run only when they are asked for: `pytest -m excel`. Without Excel they then fail."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "excel" in config.getoption("markexpr"):
        return
    excel = [item for item in items if item.get_closest_marker("excel")]
    if excel:
        config.hook.pytest_deselected(items=excel)
        items[:] = [item for item in items if item not in excel]
