"""Where the parts of the add-in lie in a user's profile: the real one, or a folder that stands for it."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jixiao.addin import AddinProblem

ADDIN_NAME = "绩效助手.xlam"  # without a version: workbooks remember it in their formulas

_VARIABLES = ("APPDATA", "LOCALAPPDATA", "USERPROFILE")
_FILE_COMMANDS = "不用 Excel 也能做同样的事：jixiao validate 校验，jixiao summary 汇总，jixiao curve 支出曲线"


class CannotInstall(AddinProblem):
    """Nothing was changed, or everything was taken back. The text is one Chinese sentence: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user. `excel` tells whether an Excel works on them, or they only stand for such folders."""

    roaming: Path
    local: Path
    profile: Path
    encoding: str  # of the configuration file, which VBA reads in the code page of the machine
    excel: bool

    @property
    def xlstart(self) -> Path:
        """What lies here Excel opens when it starts, and trusts."""
        return self.roaming / "Microsoft" / "Excel" / "XLSTART"

    @property
    def addin(self) -> Path:
        return self.xlstart / ADDIN_NAME

    @property
    def addin_elsewhere(self) -> Path:
        """Where Excel keeps the add-ins that users choose themselves."""
        return self.roaming / "Microsoft" / "AddIns" / ADDIN_NAME

    @property
    def home(self) -> Path:
        return self.local / "JiXiao"

    @property
    def app(self) -> Path:
        """The folder of the Python files that Excel calls."""
        return self.home / "app"

    @property
    def python(self) -> Path:
        """The interpreter of an installation without internet."""
        return self.home / "python"

    @property
    def record(self) -> Path:
        return self.home / "install.json"

    def conf(self, project_name: str) -> Path:
        """Where the add-in of that name looks for its settings."""
        return self.profile / f".{project_name}" / f"{project_name}.conf"

    def portable(self, path: Path) -> str:
        """The path as it stands in the settings: by variables where it can, so that no name of a user is in it."""
        for variable, folder in (("LOCALAPPDATA", self.local), ("APPDATA", self.roaming)):
            if path.is_relative_to(folder):
                return "\\".join((f"%{variable}%", *path.relative_to(folder).parts))
        return str(path)


def places_of_user(
    system: str = platform.system(), variables: Mapping[str, str] = os.environ, encoding: str = "mbcs"
) -> Places:
    """The folders of the user who runs this. Raises CannotInstall where no Excel for Windows can be."""
    if system == "Darwin":
        raise CannotInstall(
            "macOS 上不安装加载项：工作表函数只能在 Windows 版 Excel 里用，按钮在 macOS 上没有试过；" + _FILE_COMMANDS
        )
    if system != "Windows":
        raise CannotInstall("本系统没有 Excel，加载项只能装在 Windows 上；" + _FILE_COMMANDS)
    missing = [name for name in _VARIABLES if not variables.get(name)]
    if missing:
        raise CannotInstall(
            f"环境变量 {'、'.join(missing)} 没有值，找不到用户文件夹；请用平时使用 Excel 的帐户登录后再装"
        )
    roaming, local, profile = (Path(variables[name]) for name in _VARIABLES)
    return Places(roaming, local, profile, encoding, excel=True)


def places_in(folder: Path, encoding: str = "gbk") -> Places:
    """The same folders below `folder`, which no Excel uses."""
    data = folder.absolute() / "AppData"
    return Places(data / "Roaming", data / "Local", folder.absolute(), encoding, excel=False)
