"""`jixiao addin bundle`: a folder from which the add-in is installed on a Windows machine without internet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_DONE, _PROBLEMS = 0, 1
_MEGA = 1_000_000


def add_bundle(commands: Commands) -> None:
    help_text = "制作或检查离线安装文件夹（给不能上网的电脑）"
    parser = commands.add_parser("bundle", help=help_text, description=help_text)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("-o", dest="out", type=Path, metavar="文件夹", help="要新建的文件夹；制作时需要网络")
    what.add_argument("--check", type=Path, metavar="文件夹", help="只检查一个已有的离线安装文件夹")
    parser.add_argument("--python", default="3.12", metavar="版本", help="目标电脑用的 Python 版本，默认 3.12")
    parser.add_argument(
        "--python-zip", type=Path, metavar="压缩包", help="该版本的 Windows embeddable package (64-bit)，一并放入"
    )
    parser.set_defaults(run=_bundle)


def _bundle(options: argparse.Namespace) -> int:
    return _check(options.check) if options.check else _make(options)


def _check(folder: Path) -> int:
    from jixiao.addin.bundle_check import check_bundle

    problems = check_bundle(folder)
    print("\n".join(problems) if problems else f"{folder} 完整，可以安装")
    return _PROBLEMS if problems else _DONE


def _make(options: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    from jixiao.addin.bundle_check import check_bundle
    from jixiao.addin.bundle_make import make_bundle, need_free
    from jixiao.addin.wheels import Target, fetch, own_requirements

    target = Target.of(options.python)
    need_free(options.out)
    with TemporaryDirectory() as wheels:
        print(f"正在下载 Python {target.version}（64 位 Windows）用的组件……", flush=True)
        make_bundle(options.out, target, fetch(own_requirements(), Path(wheels), target), options.python_zip)
    size = sum(path.stat().st_size for path in options.out.rglob("*") if path.is_file())
    print(f"已制作 {options.out}（{size / _MEGA:.0f} MB）")
    print("\n".join(check_bundle(options.out, ())) or "文件齐全，可以复制到要安装的电脑，双击“安装.bat”")
    return _DONE
