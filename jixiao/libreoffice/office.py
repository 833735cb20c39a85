"""The LibreOffice of this machine: where it is, which Python it runs, and its own program for extensions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jixiao.libreoffice import LibreOfficeProblem

OLDEST_PYTHON = (3, 11)

_COMMANDS = ("soffice", "libreoffice")
_FOLDERS = ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/opt/libreoffice*/program")
_LIBRARY = "libpyuno.so"
_LINKED = re.compile(rb"libpython3\.(\d+)")
_BUNDLED = re.compile(r"python-core-3\.(\d+)")
_PROFILE = re.compile(r"^UserInstallation=\$SYSUSERCONFIG/(.+)$", re.MULTILINE)
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Suite:
    """`program` is the folder with soffice and unopkg."""

    program: Path

    @property
    def python(self) -> tuple[int, int] | None:
        """The Python that LibreOffice runs its extensions with; None where it has none."""
        for folder in sorted(self.program.glob("python-core-*")):
            if found := _BUNDLED.match(folder.name):
                return 3, int(found[1])
        library = self.program / _LIBRARY
        linked = _LINKED.search(library.read_bytes()) if library.is_file() else None
        return (3, int(linked[1])) if linked else None

    def default_profile(self, variables: Mapping[str, str] = os.environ) -> Path:
        config = Path(variables.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        settings = self.program / "bootstraprc"
        named = _PROFILE.search(settings.read_text("utf-8")) if settings.is_file() else None
        return config / (named[1].strip() if named else "libreoffice/4")

    def unopkg(self, profile: Path, *arguments: str) -> tuple[int, str]:
        """Run the program for extensions on a profile; its exit code and all it said."""
        return self._run("unopkg", profile, *arguments)

    def start_once(self, profile: Path) -> None:
        """Let it make the profile, as it does when it starts for the first time."""
        code, said = self._run("soffice", profile, "--headless", "--norestore", "--terminate_after_init")
        if code:
            raise LibreOfficeProblem(f"LibreOffice 无法启动（{_last_line(said)}）；请先启动一次 LibreOffice 再安装")

    def _run(self, program: str, profile: Path, *arguments: str) -> tuple[int, str]:
        command = [str(self.program / program), *arguments, f"-env:UserInstallation={profile.as_uri()}"]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired:
            raise LibreOfficeProblem(f"{program} 在 {_SECONDS} 秒内没有完成；请关闭 LibreOffice 后再试") from None
        except OSError as problem:
            raise LibreOfficeProblem(f"无法运行“{command[0]}”（{problem.strerror}）；请重新安装 LibreOffice") from None
        return done.returncode, done.stdout.decode("utf-8", "replace")


def refusal(said: str) -> str:
    """The line in which unopkg tells why."""
    errors = [line for line in said.splitlines() if line.startswith("ERROR:")]
    return (errors[0] if errors else _last_line(said)).removeprefix("ERROR:").strip()


def _last_line(said: str) -> str:
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "没有说明原因")


def find_suite(given: Path | None = None, *, system: str = sys.platform) -> Suite:
    """The one at `given`, soffice or its folder, else the one of the machine. Raises LibreOfficeProblem for none that
    could run the extension."""
    if system != "linux":
        raise LibreOfficeProblem(
            "LibreOffice 扩展只在 Linux 上试过，本系统上不安装；Windows 上请用 Excel 加载项（jixiao addin install）"
        )
    folder = next(_programs(given), None)
    if folder is None:
        where = f"“{given}”里" if given else "本机"
        raise LibreOfficeProblem(
            f"{where}没有找到 LibreOffice；请先安装（Debian 系统：apt install libreoffice-calc python3-uno），"
            "或用 --soffice 指明 soffice 的位置"
        )
    suite = Suite(folder)
    _need_python(suite)
    return suite


def _need_python(suite: Suite) -> None:
    python, oldest = suite.python, ".".join(map(str, OLDEST_PYTHON))
    if python is None:
        raise LibreOfficeProblem(
            f"LibreOffice（{suite.program}）没有 Python 支持；请安装它（Debian 系统：apt install python3-uno）再试"
        )
    if python < OLDEST_PYTHON:
        raise LibreOfficeProblem(
            f"LibreOffice（{suite.program}）用的是 Python {python[0]}.{python[1]}，绩效助手需要 {oldest} 或更新的版本；"
            "请换用发行版自带的较新的 LibreOffice，或用命令行（jixiao validate、jixiao summary）"
        )


def _programs(given: Path | None) -> Iterator[Path]:
    """Folders that hold both programs, the most likely first."""
    if given:
        candidates = [given, given.resolve().parent, given / "program"]
    else:
        found = [shutil.which(name) for name in _COMMANDS]
        candidates = [Path(path).resolve().parent for path in found if path]
        candidates += [path for pattern in _FOLDERS for path in sorted(Path("/").glob(pattern[1:]), reverse=True)]
    return (folder for folder in candidates if (folder / "unopkg").is_file() and (folder / "soffice").is_file())
