"""Installations into a folder that stands for a user's profile, for the tests of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.addin.installation import install, plan_installation, plan_removal, removal_lines, remove
from jixiao.addin.places import CannotInstall, Places, places_in
from jixiao.addin.plan import Ingredients

Tree = dict[str, bytes | None]


def build(path: Path, name: str, settings: Mapping[str, str]) -> None:
    """Stands for the builder: a file that tells what it was built for."""
    path.write_text("\n".join([name, *settings.values()]), encoding="utf-8")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """With an XLSTART, as Excel makes it, and a workbook of the user's in it."""
    places = places_in(tmp_path / "用户")
    places.xlstart.mkdir(parents=True)
    (places.xlstart / "个人宏.xlsb").write_bytes(b"own")
    places.local.mkdir(parents=True)
    return places


@pytest.fixture
def ingredients(tmp_path: Path) -> Ingredients:
    files = {name: tmp_path / "program" / name for name in ("udfs.py", "macros.py")}
    for name, path in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {name}\n")
    return Ingredients(files, Path(sys.executable), build)


@pytest.fixture
def with_python(tmp_path: Path, ingredients: Ingredients) -> Ingredients:
    """Like an installation without internet: a folder with an interpreter that can be moved."""
    python = tmp_path / "stick" / "python"
    (python / "Lib" / "__pycache__").mkdir(parents=True)
    (python / "Lib" / "__pycache__" / "x.pyc").write_bytes(b"")
    for name in ("python.exe", "python312._pth", "Lib/module.py"):
        (python / name).write_bytes(name.encode())
    return replace(ingredients, interpreter=python / "python.exe", python=python)


def tree(folder: Path) -> Tree:
    """Everything below the folder: the content of files, None for folders."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def installed(places: Places, ingredients: Ingredients) -> list[str]:
    plan = plan_installation(places, ingredients)
    lines = plan.lines()
    install(plan)
    return lines


def uninstalled(places: Places) -> list[str]:
    record = plan_removal(places, program=Path(sys.executable))
    assert record is not None
    lines = removal_lines(record, places)
    remove(record, places)
    return lines


def refusal(places: Places, ingredients: Ingredients) -> str:
    before = tree(places.profile)
    with pytest.raises(CannotInstall) as refused:
        install(plan_installation(places, ingredients))
    assert tree(places.profile) == before
    return str(refused.value)
