"""`jixiao libreoffice …`: arguments and printing for building and installing the extension."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jixiao.libreoffice.installing import Host

_DONE = 0


def add_libreoffice(commands: Any) -> None:
    """Add `libreoffice` and what belongs to it to the subparsers of `jixiao`."""
    help_text = "LibreOffice 扩展（试验）：生成、安装、卸载、查看状态"
    parser = commands.add_parser("libreoffice", help=help_text, description=help_text)
    own = parser.add_subparsers(title="命令", metavar="命令", required=True)
    _on_host(own, "install", _install, "为当前用户安装 LibreOffice 扩展")
    _on_host(own, "uninstall", _uninstall, "卸载 LibreOffice 扩展")
    _on_host(own, "status", _status, "查看扩展的安装情况")
    build = _command(own, "build", _build, "生成扩展文件（一般不用：安装时会自动生成）")
    build.add_argument("-o", dest="out", type=Path, required=True, metavar="文件", help="要生成的 .oxt 文件")


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], help_text: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(run=run)
    return parser


def _on_host(commands: Any, name: str, run: Callable[[argparse.Namespace], int], help_text: str) -> None:
    parser = _command(commands, name, run, help_text)
    parser.add_argument("--soffice", type=Path, metavar="程序", help="soffice 的位置，默认自动查找")
    parser.add_argument("--profile", type=Path, metavar="文件夹", help="LibreOffice 的用户配置文件夹，默认是当前用户的")


def _build(options: argparse.Namespace) -> int:
    from jixiao.libreoffice.build import build_extension

    build_extension(options.out)
    print(f"已生成 {options.out}（按钮和菜单；工作表函数由 jixiao libreoffice install 装入）")
    return _DONE


def _install(options: argparse.Namespace) -> int:
    from jixiao.libreoffice.installing import install

    return _say(install(_host(options)))


def _uninstall(options: argparse.Namespace) -> int:
    from jixiao.libreoffice.installing import uninstall

    return _say(uninstall(_host(options)))


def _status(options: argparse.Namespace) -> int:
    from jixiao.libreoffice.installing import status

    return _say(status(_host(options)))


def _host(options: argparse.Namespace) -> Host:
    from jixiao.libreoffice.installing import host_of

    return host_of(options.soffice, options.profile)


def _say(sentence: str) -> int:
    print(sentence)
    return _DONE
