"""Installing the extension for one user, removing it, and telling how it stands."""

from __future__ import annotations

import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jixiao import __version__
from jixiao.libreoffice import LibreOfficeProblem
from jixiao.libreoffice.build import build_extension, functions_module
from jixiao.libreoffice.configuration import IDENTIFIER
from jixiao.libreoffice.office import Suite, find_suite, refusal
from jixiao.libreoffice.profile import Profile, functions_are, put_functions, remove_functions

_AGAIN = "请运行 jixiao libreoffice install"
_VERSION = re.compile(r"^\s*Version:\s*(\S+)", re.MULTILINE)
_REGISTERED = re.compile(r"^\s*is registered:\s*(\S+)", re.MULTILINE)
_NOT_THERE = "no such extension deployed"
_AS_ROOT = "as root"
_LOCKED = re.compile(r"^(/.*\.lock)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Host:
    """A LibreOffice and the profile that is meant."""

    suite: Suite
    profile: Profile


def host_of(soffice: Path | None = None, profile: Path | None = None) -> Host:
    """By default those of the user who runs this. Raises LibreOfficeProblem where LibreOffice cannot run it."""
    suite = find_suite(soffice)
    usual = suite.default_profile()
    folder = (profile or usual).absolute()
    return Host(suite, Profile(folder, is_default=folder == usual))


def install(host: Host) -> str:
    """Install this version in the place of any other; returns what was done."""
    _need_closed(host)
    text = functions_module()
    if not host.profile.exists:
        host.suite.start_once(host.profile.folder)
    before = installed_version(host)
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        extension = Path(name) / "jixiao.oxt"
        build_extension(extension)
        _asked(host, "add", "--force", "--suppress-license", str(extension))
    try:
        put_functions(host.profile, text)
    except LibreOfficeProblem:
        with suppress(LibreOfficeProblem):  # what is said is why the functions could not be added
            _asked(host, "remove", IDENTIFIER)
        raise
    replaced = f"（原来是 {before} 版）" if before and before != __version__ else ""
    return f"已安装绩效助手 {__version__}{replaced}；请启动 LibreOffice Calc，菜单栏和工具栏上应出现“绩效目标”"


def uninstall(host: Host) -> str:
    _need_closed(host)
    if not installed_version(host):
        remove_functions(host.profile)
        raise LibreOfficeProblem("LibreOffice 里没有安装绩效助手，不用卸载")
    _asked(host, "remove", IDENTIFIER)
    remove_functions(host.profile)
    return "已从 LibreOffice 卸载绩效助手；工作簿没有动"


def status(host: Host) -> str:
    """One sentence if all is well; what is not raises LibreOfficeProblem."""
    version, registered = _deployed(host)
    if not version:
        raise LibreOfficeProblem(f"LibreOffice 里没有安装绩效助手；{_AGAIN}")
    if version != __version__:
        raise LibreOfficeProblem(f"LibreOffice 里装的是绩效助手 {version} 版，本程序是 {__version__} 版；{_AGAIN}")
    if not registered:
        raise LibreOfficeProblem(
            f"绩效助手装在 LibreOffice 里，但没有启用；请在“工具—扩展管理器”里启用它，或重新安装：{_AGAIN}"
        )
    if not functions_are(host.profile, functions_module()):
        raise LibreOfficeProblem(f"工作表函数不在 LibreOffice 的宏库里，或不是这个版本的；{_AGAIN}")
    python = ".".join(map(str, host.suite.python or ()))
    return f"已安装绩效助手 {version}，正常　{host.suite.program}（Python {python}），用户配置 {host.profile.folder}"


def installed_version(host: Host) -> str:
    """Empty where it is not installed."""
    return _deployed(host)[0]


def _deployed(host: Host) -> tuple[str, bool]:
    if not host.profile.exists:
        return "", False
    code, said = host.suite.unopkg(host.profile.folder, "list", IDENTIFIER)
    if code:
        if _NOT_THERE in said:
            return "", False
        raise _refused("查看", said)
    version, registered = _VERSION.search(said), _REGISTERED.search(said)
    return (version[1] if version else "", registered is not None and registered[1] == "yes")


def _asked(host: Host, command: str, *arguments: str) -> None:
    code, said = host.suite.unopkg(host.profile.folder, command, *arguments)
    if code:
        raise _refused({"add": "安装", "remove": "卸载"}[command], said)


def _refused(what: str, said: str) -> LibreOfficeProblem:
    if _AS_ROOT in said:
        return LibreOfficeProblem("LibreOffice 的扩展不能用 root 帐户安装、卸载或查看；请用平时使用的帐户运行这个命令")
    if locked := _LOCKED.search(said):
        return LibreOfficeProblem(
            f"LibreOffice 上次没有正常结束，或者还在运行，留下了 {locked[1]}；"
            "请启动 LibreOffice 再正常关闭，然后重试；仍然不行，请删除这个文件"
        )
    return LibreOfficeProblem(f"没有完成{what}：LibreOffice 报告“{refusal(said)}”；请关闭 LibreOffice 后再试")


def _need_closed(host: Host) -> None:
    if host.profile.in_use():
        raise LibreOfficeProblem("LibreOffice 正在运行；请保存并关闭它的所有窗口，再试一次")
