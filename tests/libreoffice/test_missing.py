"""Where LibreOffice or its Python interface is missing, or is another Python's: one sentence, in both languages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jixiao.engine.libreoffice import NoOffice
from jixiao.engine.libreoffice.access import load_uno, refuse_wrong_python
from jixiao.engine.libreoffice.process import office_command, without_venv


def interface(folder: Path, python: str) -> Path:
    """A folder whose library says that it was built for a Python."""
    (folder / "libpyuno.so").write_bytes(b"\x7fELF...libuno_cppu.so.3\0libpython%b.so.1.0\0" % python.encode())
    return folder


def test_without_libreoffice_the_package_to_install_is_named() -> None:
    with pytest.raises(NoOffice, match="请安装软件包 libreoffice-calc / LibreOffice is missing"):
        office_command(["no-such-office"])


def test_without_the_interface_the_package_to_install_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "uno", raising=False)
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(NoOffice, match="请安装软件包 python3-uno / LibreOffice's Python interface is missing"):
        load_uno([tmp_path])


def test_an_interface_for_another_python_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(NoOffice, match=r"要求 Python 3\.99，现在运行的是 3\.11；请用 python3\.99 运行"):
        refuse_wrong_python([interface(tmp_path, "3.99")], (3, 11))


def test_the_interface_of_this_python_is_taken(tmp_path: Path) -> None:
    refuse_wrong_python([tmp_path / "没有", interface(tmp_path, "3.12")], (3, 12))


def test_an_active_virtual_environment_is_kept_from_the_python_of_libreoffice() -> None:
    given = {"VIRTUAL_ENV": "/home/a/venv", "PATH": "/home/a/venv/bin:/usr/bin", "LANG": "C"}
    assert without_venv(given) == {"PATH": "/usr/bin", "LANG": "C"}
    assert without_venv({"VIRTUAL_ENV": "/v", "PATH": "/vendor/bin:/bin"})["PATH"] == "/vendor/bin:/bin"
