"""LibreOffice's Python with lxml and without, whatever the machine has: by a folder that it looks into first."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import lxml

_ABSENT = "raise ModuleNotFoundError(\"No module named 'lxml'\", name='lxml')\n"


def with_lxml(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """With the one of this Python, whose version is the same."""
    (folder / "lxml").symlink_to(Path(str(lxml.__file__)).parent)
    return _looking_into(environment, folder)


def without_lxml(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    (folder / "lxml.py").write_text(_ABSENT)
    return _looking_into(environment, folder)


def _looking_into(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    others = [environment["PYTHONPATH"]] if environment.get("PYTHONPATH") else []
    return {**environment, "PYTHONPATH": os.pathsep.join([str(folder), *others])}
