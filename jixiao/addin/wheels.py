"""The packages the program needs, as wheels for a Windows machine: fetched, checked, laid out beside an interpreter."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from jixiao.addin import AddinProblem

PLATFORM = "win_amd64"
SITE_PACKAGES = "Lib/site-packages"

_VERSION = re.compile(r"3\.(\d{1,2})")
_OLDEST_MINOR = 11
_DATA = re.compile(r"[^/]+\.data/(?P<kind>[^/]+)/(?P<rest>.+)")
# Most of the weight and of no use to the program: a library for each other system, the tests of a package.
_LEFT_OUT = (
    "libexcelize.*.linux.so", "libexcelize.*.darwin.dylib", "libexcelize.386.*", "libexcelize.arm64.*",
    "pandas/tests/*",
)  # fmt: skip


class CannotBundle(AddinProblem):
    """Nothing was made. The text is one Chinese sentence for the user."""


@dataclass(frozen=True)
class Target:
    """The Python of the machine the packages are for: 64-bit CPython 3.`minor` on Windows."""

    minor: int

    @classmethod
    def of(cls, text: str) -> Target:
        match = _VERSION.fullmatch(text)
        if match is None or int(match[1]) < _OLDEST_MINOR:
            raise CannotBundle(f"Python 版本“{text}”不行：写成 3.{_OLDEST_MINOR} 或更新的版本，如 3.12")
        return cls(int(match[1]))

    @property
    def version(self) -> str:
        return f"3.{self.minor}"

    @property
    def library(self) -> str:
        return f"python3{self.minor}"

    @cached_property
    def tags(self) -> frozenset[Tag]:
        """Of every wheel that this Python can use."""
        name, version = f"cp3{self.minor}", (3, self.minor)
        own = cpython_tags(version, abis=[name], platforms=[PLATFORM])
        return frozenset((*own, *compatible_tags(version, name, [PLATFORM])))

    @property
    def markers(self) -> dict[str, str]:
        """What a requirement's condition is judged by, whatever machine this runs on."""
        return {
            "os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64",
            "platform_release": "10", "platform_version": "10.0", "implementation_name": "cpython",
            "platform_python_implementation": "CPython", "implementation_version": f"{self.version}.0",
            "python_version": self.version, "python_full_version": f"{self.version}.0", "extra": "",
        }  # fmt: skip


def own_requirements() -> list[str]:
    from importlib.metadata import PackageNotFoundError, requires

    try:
        return requires("jixiao") or []
    except PackageNotFoundError:
        raise CannotBundle(
            "绩效助手没有装进这个 Python，不知道它需要哪些组件；请先运行 python -m pip install ."
        ) from None


def fetch(requirements: Iterable[str], folder: Path, target: Target) -> list[Path]:
    """Download wheels for all requirements, and for theirs, into the folder. Raises CannotBundle.

    Conditions such as "only on Windows" are judged by the machine that downloads; so what they hide here is asked for
    by name in further rounds.
    """
    needed = [*applicable(requirements, target)]
    missing: Sequence[Requirement] = needed
    while missing:
        before = [str(each) for each in missing]
        _download(before, folder, target)
        missing = unmet(needed, sorted(folder.glob("*.whl")), target)
        if [str(each) for each in missing] == before:
            raise CannotBundle(f"没有适合 Python {target.version}（64 位 Windows）的组件：{'、'.join(before)}")
    wheels = sorted(folder.glob("*.whl"))
    if strange := misfits(wheels, target):
        raise CannotBundle(f"下载的组件不适合 Python {target.version}（64 位 Windows）：{'、'.join(strange)}")
    return wheels


def _download(requirements: Iterable[str], folder: Path, target: Target) -> None:
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check",
        "--platform", PLATFORM, "--python-version", target.version, "--implementation", "cp",
        "--only-binary=:all:", "--dest", str(folder), *requirements,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if "ERROR" in line] or done.stderr.splitlines() or ["?"]
        raise CannotBundle(f"下载组件失败（{errors[-1].strip()}）；请检查网络，或换一个 Python 版本再试")


def applicable(requirements: Iterable[str], target: Target) -> Iterator[Requirement]:
    """Those that hold on the target machine, without their conditions."""
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(target.markers):
            requirement.marker = None
            yield requirement


def unmet(requirements: Iterable[Requirement], wheels: Iterable[Path], target: Target) -> list[Requirement]:
    """What the requirements, and those of the wheels, ask for and no wheel gives."""
    given = {name: version for name, version, _, _ in (parse_wheel_filename(wheel.name) for wheel in wheels)}
    asked = [*requirements, *(each for wheel in wheels for each in applicable(_requirements_of(wheel), target))]
    missing = {
        str(each): each
        for each in asked
        if not (version := given.get(canonicalize_name(each.name))) or not each.specifier.contains(version, True)
    }
    return [missing[text] for text in sorted(missing)]


def misfits(wheels: Iterable[Path], target: Target) -> list[str]:
    """The names of wheels that the target's Python cannot use."""
    return [wheel.name for wheel in wheels if not parse_wheel_filename(wheel.name)[3] & target.tags]


def _requirements_of(wheel: Path) -> list[str]:
    with ZipFile(wheel) as package:
        metadata = next(name for name in package.namelist() if name.endswith(".dist-info/METADATA"))
        headers = HeaderParser().parsestr(package.read(metadata).decode("utf-8"))
    return headers.get_all("Requires-Dist") or []


def lay_out(wheel: Path, python: Path) -> None:
    """Put the wheel's files where an installed package has them; `python` is the folder of python.exe.

    What a package keeps for the interpreter's own folder (xlwings: the libraries that Excel loads) goes there.
    """
    with ZipFile(wheel) as package:
        for name in package.namelist():
            place = _place(name)
            if place and not name.endswith("/"):
                target = python / place
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(package.read(name))


def _place(name: str) -> str | None:
    if any(fnmatch(name, pattern) for pattern in _LEFT_OUT):
        return None
    data = _DATA.fullmatch(name)
    if data is None or data["kind"] in ("purelib", "platlib"):
        return f"{SITE_PACKAGES}/{data['rest'] if data else name}"
    return data["rest"] if data["kind"] == "data" else None
