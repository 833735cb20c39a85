"""What an installation remembers of itself, so that it can be checked, replaced and undone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from jixiao.addin.places import CannotInstall, Places


class State(Enum):
    """How a part is found, compared with what was installed."""

    SOUND = "正常"
    CHANGED = "已不是安装时的内容"
    MISSING = "找不到"


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder that was put in its place; `digest` is the SHA-256 of a file, empty for a folder."""

    what: str
    path: Path
    digest: str

    @property
    def state(self) -> State:
        if not self.path.exists():
            return State.MISSING
        return State.SOUND if digest(self.path) == self.digest else State.CHANGED


@dataclass(frozen=True, slots=True)
class Record:
    version: str
    project_name: str
    interpreter: Path
    parts: tuple[Part, ...]
    folders: tuple[Path, ...]  # made by the installation, outermost first

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str).encode("utf-8")


def digest(path: Path) -> str:
    return "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()


def read_record(places: Places) -> Record | None:
    """None where nothing was installed. Raises CannotInstall for a record that is no record."""
    if not places.record.exists():
        return None
    try:
        return _record(json.loads(places.record.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotInstall(
            f"安装记录 {places.record} 已损坏，无法得知装过什么；"
            f"请删除它和加载项 {places.addin}，再运行 jixiao addin install"
        ) from error


def _record(data: dict[str, Any]) -> Record:
    return Record(
        version=data["version"],
        project_name=data["project_name"],
        interpreter=Path(data["interpreter"]),
        parts=tuple(Part(part["what"], Path(part["path"]), part["digest"]) for part in data["parts"]),
        folders=tuple(Path(folder) for folder in data["folders"]),
    )
