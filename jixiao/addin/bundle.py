"""`jixiao addin bundle`: a folder from which the add-in is installed on a Windows machine without internet."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from jixiao.addin.wheels import Target

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

# What the wheel carries inside the package and a checkout beside it.
SHIPPED = ("udfs.py", "macros.py", "addin", "template")

_DONE, _PROBLEMS = 0, 1
_AMD64 = 0x8664  # in the header of a Windows program: the machine it is for
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
    from jixiao.addin.bundle_check import check_bundle
    from jixiao.addin.wheels import Target, fetch, own_requirements

    target = Target.of(options.python)
    with TemporaryDirectory() as wheels:
        print(f"正在下载 Python {target.version}（64 位 Windows）用的组件……", flush=True)
        make_bundle(options.out, target, fetch(own_requirements(), Path(wheels), target), options.python_zip)
    size = sum(path.stat().st_size for path in options.out.rglob("*") if path.is_file())
    print(f"已制作 {options.out}（{size / _MEGA:.0f} MB）")
    print("\n".join(check_bundle(options.out, ())) or "文件齐全，可以复制到要安装的电脑，双击“安装.bat”")
    return _DONE


def make_bundle(out: Path, target: Target, wheels: Iterable[Path], python_zip: Path | None = None) -> None:
    """Make the folder, whole or not at all. Raises CannotBundle."""
    from jixiao.addin.bundle_files import scripts, write_manifest
    from jixiao.addin.wheels import SITE_PACKAGES, CannotBundle, lay_out

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CannotBundle(f"{out} 已经存在，没有改动它；请换一个文件夹名")

    def fill(folder: Path) -> None:
        python = folder / "python"
        for wheel in wheels:
            lay_out(wheel, python)
        lay_out_program(python / SITE_PACKAGES)
        if python_zip:
            _unpack_python(python_zip, python, target)
        for name, content in scripts(target).items():
            (folder / name).write_bytes(content)
        write_manifest(folder, target)

    try:
        _whole(out, fill)
    except OSError as error:
        raise CannotBundle(
            f"无法写入“{error.filename or out}”：{error.strerror or error}；没有留下不完整的文件夹，排除原因后再试一次"
        ) from error


def _whole(out: Path, fill: Callable[[Path], None]) -> None:
    from jixiao.addin.steps import staging_folder

    with staging_folder(out.absolute().parent) as staging:
        folder = staging / out.name
        folder.mkdir()
        fill(folder)
        if out.exists():
            out.rmdir()
        folder.rename(out)


def lay_out_program(site_packages: Path) -> None:
    """The program itself as its wheel would be installed, from a wheel or from a checkout alike."""
    from jixiao.shipped import shipped

    package = site_packages / "jixiao"
    generated = shutil.ignore_patterns("__pycache__", "_shipped")
    shutil.copytree(Path(__file__).parents[1], package, ignore=generated)
    for name in SHIPPED:
        source, target = shipped(name), package / "_shipped" / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=generated)
        else:
            shutil.copyfile(source, target)


def _unpack_python(python_zip: Path, python: Path, target: Target) -> None:
    from jixiao.addin.wheels import CannotBundle

    wanted = f"Python {target.version} 的“Windows embeddable package (64-bit)”"
    try:
        with ZipFile(python_zip) as package:
            names = {"python.exe", f"{target.library}.dll", f"{target.library}.zip", f"{target.library}._pth"}
            if names - set(package.namelist()) or _machine(package.read("python.exe")) != _AMD64:
                raise CannotBundle(f"{python_zip} 不是 {wanted}")
            package.extractall(python)
    except (OSError, BadZipFile) as error:
        raise CannotBundle(f"读不了 {python_zip}（{error}）；应为 {wanted} 的压缩包") from error


def _machine(program: bytes) -> int:
    """From the header of a Windows program: at 0x3C stands where it begins, the machine is the third word of it."""
    header = int.from_bytes(program[0x3C:0x40], "little")
    return int.from_bytes(program[header + 4 : header + 6], "little")
