"""`jixiao addin …`: arguments and printing for building and installing the add-in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jixiao.addin.bundle import add_bundle
from jixiao.addin.install import add_install


def add_addin(commands: Any) -> None:
    """Add `addin` and what belongs to it to the subparsers of `jixiao`."""
    help_text = "Excel 加载项：生成、安装、卸载、查看状态、制作离线安装包"
    parser = commands.add_parser("addin", help=help_text, description=help_text)
    own = parser.add_subparsers(title="命令", metavar="命令", required=True)
    add_install(own)
    _add_build(own)
    add_bundle(own)


def _add_build(commands: Any) -> None:
    help_text = "生成加载项文件（一般不用：安装时会自动生成）"
    parser = commands.add_parser("build", help=help_text, description=help_text)
    parser.add_argument("-o", dest="out", type=Path, required=True, metavar="文件", help="要生成的 .xlam 文件")
    parser.add_argument(
        "--project-name", metavar="名称", help="设置表的名称，默认每次随机；别人猜不到，工作簿就不能冒充设置"
    )
    parser.set_defaults(run=_build)


def _build(options: argparse.Namespace) -> int:
    from jixiao.addin.build import build_addin
    from jixiao.addin.settings import settings_of_this_process

    settings = settings_of_this_process()
    name = build_addin(options.out, settings=settings, project_name=options.project_name)
    print(f"已生成 {options.out}（设置表 {name}.conf）")
    print(f"它使用这台电脑上的 Python：{settings['INTERPRETER_WIN']}；宏和函数在 {settings['PYTHONPATH']}")
    return 0
