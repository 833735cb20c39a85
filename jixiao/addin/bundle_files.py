"""What the folder for an installation without internet holds besides Python and packages: scripts and a page to read.

A script is read in whatever code page the machine has. Characters of GB 2312 have no byte that means something to the
command interpreter, so the scripts work everywhere, and read right where the code page is the Chinese one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from jixiao import __version__
from jixiao.addin.wheels import Target

MANIFEST = "files.json"
START = "python/start.py"
READ_ME = "说明.txt"

_START = '''"""Starts the program with the packages beside this interpreter, whatever its own settings are."""

import site
import sys
from pathlib import Path

site.addsitedir(str(Path(__file__).resolve().parent / "Lib" / "site-packages"))

from jixiao.cli import main

sys.exit(main())
'''

_SCRIPT = """@echo off
rem {title}
pushd "%~dp0"
if not exist "python\\python.exe" goto nopython
{commands}
goto end
:nopython
echo 没有找到 python\\python.exe。请先照“{read_me}”第一步放入 Python {version}。
:end
popd
echo.
pause
"""
_RUN = '"python\\python.exe" "python\\start.py" addin {arguments}'
_CHECK = _RUN.format(arguments='bundle --check "%~dp0."')
_SCRIPTS = {
    "安装.bat": ("安装绩效助手", (f"{_CHECK} || goto end", _RUN.format(arguments="install --with-python"))),
    "卸载.bat": ("卸载绩效助手", (_RUN.format(arguments="uninstall"),)),
    "自检.bat": ("检查安装盘和已安装的加载项", (_CHECK, _RUN.format(arguments="status"))),
}

_PAGE = """绩效助手 {program} 离线安装（适用于 64 位 Windows 10 或 11，Excel 2016 以后的版本）

一、放入 Python（只做一次；制作安装盘时已放入的，跳过这一步）
　　在能上网的电脑上打开 Python 官方网站的下载页，选 Windows 版里的 Python {version}.x，
　　下载“Windows embeddable package (64-bit)”，文件名像 python-{version}.x-embed-amd64.zip。
　　把压缩包里的全部文件解压到本文件夹的 python 文件夹里，使 python 文件夹里有 python.exe。
　　原有的文件不要删。

二、安装
　　1. 把整个文件夹复制到要安装的电脑上（U 盘上直接运行也可以）。
　　　 如果是压缩包：先右击压缩包，选“属性”，勾选“解除锁定”，再解压。
　　2. 关闭 Excel，双击“安装.bat”。不需要管理员权限，不需要网络。
　　3. 打开 Excel，功能区出现“绩效目标”选项卡即安装成功。
　　装好以后本文件夹可以移走；请留着它，卸载和修复时要用。

三、升级和修复
　　用新的安装盘再运行一次“安装.bat”。功能区不见了、函数显示 #N/A，也先这样试一次。

四、自检
　　双击“自检.bat”：检查安装盘的文件是否齐全、有没有被杀毒软件删除，以及已安装的加载项是否正常。

五、卸载
　　关闭 Excel，双击“卸载.bat”。您的工作簿不会被改动。

六、装到了哪里
　　加载项：%APPDATA%\\Microsoft\\Excel\\XLSTART\\绩效助手.xlam
　　程序和 Python：%LOCALAPPDATA%\\JiXiao
　　配置：%USERPROFILE% 下以 .jixiao_ 开头的文件夹
　　不写注册表，不改系统设置。

七、说明
　　本安装盘在没有 Windows 和 Excel 的环境里制作、检查，尚未在真实的 Windows 上试装。
　　杀毒软件可能拦截 Excel 启动 Python：请把 %LOCALAPPDATA%\\JiXiao 加入信任，或请管理员处理。
　　不装加载项也能用：模板里的公式、文件命令（jixiao validate 等）与按钮结果相同。
"""


def scripts(target: Target) -> dict[str, bytes]:
    """The files the user starts or reads, by name."""
    batch = {name: _script(title, commands, target) for name, (title, commands) in _SCRIPTS.items()}
    page = _PAGE.format(program=__version__, version=target.version)
    return {**batch, READ_ME: _windows_lines(page).encode("utf-8-sig"), START: _START.encode("ascii")}


def _script(title: str, commands: tuple[str, ...], target: Target) -> bytes:
    text = _SCRIPT.format(title=title, commands="\n".join(commands), read_me=READ_ME, version=target.version)
    return _windows_lines(text).encode("gb2312")


def _windows_lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def write_manifest(folder: Path, target: Target) -> None:
    """Every file of the folder with its digest, so that one that was cut off or taken away is noticed."""
    files = {
        path.relative_to(folder).as_posix(): file_digest(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
    told: Mapping[str, object] = {"version": __version__, "python": target.version, "files": files}
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=0), encoding="utf-8")


def file_digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
