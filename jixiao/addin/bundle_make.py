"""Making the folder from which the add-in is installed without internet: packages, program, Python, scripts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from jixiao.addin.bundle_files import scripts, write_manifest
from jixiao.addin.steps import staging_folder
from jixiao.addin.wheels import SITE_PACKAGES, CannotBundle, Target, lay_out
from jixiao.shipped import shipped

# What the wheel carries inside the package and a checkout beside it.
SHIPPED = ("udfs.py", "macros.py", "addin", "template")

_AMD64 = 0x8664  # in the header of a Windows program: the machine it is for


def make_bundle(out: Path, target: Target, wheels: Iterable[Path], python_zip: Path | None = None) -> None:
    """Make the folder, whole or not at all. Raises CannotBundle."""
    need_free(out)

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


def need_free(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CannotBundle(f"{out} 已经存在，没有改动它；请换一个文件夹名")


def _whole(out: Path, fill: Callable[[Path], None]) -> None:
    with staging_folder(out.absolute().parent) as staging:
        folder = staging / out.name
        folder.mkdir()
        fill(folder)
        if out.exists():
            out.rmdir()
        folder.rename(out)


def lay_out_program(site_packages: Path) -> None:
    """The program itself as its wheel would be installed, from a wheel or from a checkout alike."""
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
    wanted = f"Python {target.version} 的“Windows embeddable package (64-bit)”"
    try:
        with ZipFile(python_zip) as package:
            names = {"python.exe", f"{target.library}.dll", f"{target.library}.zip", f"{target.library}._pth"}
            if names - set(package.namelist()) or _machine(package.read("python.exe")) != _AMD64:
                raise CannotBundle(f"{python_zip} 不是 {wanted}")
            package.extractall(python)
    except (OSError, BadZipFile) as error:
        raise CannotBundle(f"读不了 {python_zip}；应为 {wanted} 的压缩包") from error


def _machine(program: bytes) -> int:
    """At 0x3C of a Windows program stands where its header begins; the machine follows the four signs of that."""
    header = int.from_bytes(program[0x3C:0x40], "little")
    return int.from_bytes(program[header + 4 : header + 6], "little")
