"""What the add-in is told of the Python that it starts: in a sheet of its own, or in the user's configuration file."""

from __future__ import annotations

import sys
from pathlib import Path

from jixiao.shipped import shipped


def settings_for(python: str, folder: str) -> dict[str, str]:
    """By the names xlwings looks up. `python`: the interpreter; `folder`: that of macros.py and udfs.py.

    %VARIABLES% are allowed in both. Without the setting of the workbook's folder, a macros.py beside a workbook could
    run instead of ours.
    """
    return {
        "INTERPRETER_WIN": python,
        "PYTHONPATH": folder,
        "UDF MODULES": "udfs",
        "USE UDF SERVER": "True",
        "SHOW CONSOLE": "False",
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    }


def settings_of_this_process() -> dict[str, str]:
    """The running interpreter and the files that came with the package."""
    running = Path(sys.executable)
    if running.name.lower() == "pythonw.exe":  # a failing start could tell nobody
        running = running.with_name("python.exe")
    return settings_for(str(running), str(shipped("macros.py").parent))
