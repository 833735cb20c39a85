"""Tests that need Excel or LibreOffice run only when asked for: `pytest -m excel`. Without it they then fail."""

from __future__ import annotations

import pytest

HOSTS = ("excel", "libreoffice")  # markers


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    unasked = [host for host in HOSTS if host not in config.getoption("markexpr")]
    left_out = [item for item in items if any(item.get_closest_marker(host) for host in unasked)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
