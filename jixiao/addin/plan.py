"""What an installation consists of, as data: said by a dry run, carried out by the installation."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jixiao.addin.build import new_project_name
from jixiao.addin.host import PATH_FILES
from jixiao.addin.places import Places
from jixiao.addin.record import Part, Record, State
from jixiao.addin.settings import settings_for
from jixiao.addin.steps import Placement, missing_folders

Build = Callable[[Path, str, Mapping[str, str]], object]

_RECORD = "安装记录"
_GENERATED = shutil.ignore_patterns("__pycache__")


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What an installation is made of: the Python files that Excel calls, the interpreter that runs them, what builds
    the add-in. `python` is the folder of an interpreter that is copied and takes the place of `interpreter`."""

    files: Mapping[str, Path]
    interpreter: Path
    build: Build
    python: Path | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    places: Places
    before: Record | None
    project_name: str
    interpreter: Path
    placements: tuple[Placement, ...]

    @property
    def kept(self) -> tuple[Part, ...]:
        """Parts installed earlier that this installation uses and does not place anew."""
        return tuple(part for part in self._others() if self.interpreter.is_relative_to(part.path))

    @property
    def obsolete(self) -> tuple[Part, ...]:
        return tuple(part for part in self._others() if part not in self.kept and part.state is State.SOUND)

    def lines(self) -> list[str]:
        """Every change on the disk, in order."""
        targets = [*(each.target for each in self.placements), self.places.record]
        return [
            *(f"新建文件夹　{folder}" for folder in _all_missing(targets)),
            *(f"{_verb(each.target)}{each.what}　{each.target}" for each in self.placements),
            *(f"删除不再需要的{part.what}　{part.path}" for part in self.obsolete),
            f"{_verb(self.places.record)}{_RECORD}　{self.places.record}",
        ]

    def _others(self) -> Iterable[Part]:
        placed = {each.target for each in self.placements}
        return (part for part in (self.before.parts if self.before else ()) if part.path not in placed)


def planned(places: Places, before: Record | None, ingredients: Ingredients) -> Plan:
    """The name of the add-in's settings is random, so that no workbook can bring a sheet of that name, and stays."""
    name = before.project_name if before else new_project_name()
    python, interpreter = ingredients.python, ingredients.interpreter
    if python:
        interpreter = places.python / interpreter.name
    told = settings_for(places.portable(interpreter), places.portable(places.app))
    content = conf_text(told).encode(places.encoding)
    placements = (
        *(Placement(f"程序文件 {file}", places.app / file, _copying(path)) for file, path in ingredients.files.items()),
        *([Placement("Python", places.python, partial(_copy_python, python))] if python else []),
        Placement("配置文件", places.conf(name), lambda path: path.write_bytes(content)),
        Placement("加载项", places.addin, lambda path: ingredients.build(path, name, told)),
    )
    return Plan(places, before, name, interpreter, placements)


def conf_text(told: Mapping[str, str]) -> str:
    """As VBA's Write writes it and its Input reads it."""
    return "".join(f'"{key}","{value}"\r\n' for key, value in told.items())


def _copying(source: Path) -> Callable[[Path], object]:
    return partial(shutil.copyfile, source)


def _copy_python(source: Path, target: Path) -> None:
    """With the packages beside it made known to it: as it is published it knows only the standard library."""
    shutil.copytree(source, target, ignore=_GENERATED)
    for path in target.glob(PATH_FILES):
        path.write_text(f"{path.stem}.zip\n.\nLib\\site-packages\nimport site\n", encoding="utf-8")


def _all_missing(targets: Iterable[Path]) -> list[Path]:
    return list(dict.fromkeys(folder for target in targets for folder in missing_folders(target.parent)))


def _verb(target: Path) -> str:
    return "替换" if target.exists() else "写入"
