"""A LibreOffice of our own: without a window, on a profile and a pipe of its own, ended by its process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from jixiao.engine.libreoffice.access import connect, load_uno
from jixiao.engine.libreoffice.errors import NoOffice

_COMMANDS = ("soffice", "libreoffice")
_QUIET = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck")
_END_SECONDS = 10


def office_command(names: Sequence[str] = _COMMANDS) -> str:
    """The command that starts LibreOffice. Raises NoOffice where there is none."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise NoOffice(
        "没有找到 LibreOffice，请安装软件包 libreoffice-calc / LibreOffice is missing: install libreoffice-calc"
    )


def without_venv(environment: Mapping[str, str]) -> dict[str, str]:
    """LibreOffice's Python takes its library from beside the first python3 on the path: from an active virtual
    environment it would load another Python's, and fail."""
    active = environment.get("VIRTUAL_ENV", sys.prefix if sys.prefix != sys.base_prefix else "")
    folders = environment.get("PATH", "").split(os.pathsep)
    kept = [folder for folder in folders if not active or not Path(folder).is_relative_to(active)]
    others = {name: value for name, value in environment.items() if name != "VIRTUAL_ENV"}
    return others | {"PATH": os.pathsep.join(kept)}


class Office:
    """`with Office(profile) as office:` starts it and waits until it answers; leaving ends it, whatever happened.

    `context` is its component context. With `headless` false it opens windows on the display of `environment`.
    """

    def __init__(
        self, profile: Path, *, headless: bool = True, environment: dict[str, str] | None = None, seconds: float = 60
    ) -> None:
        self.profile = profile
        self.pipe = f"jixiao-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.context: Any = None
        self._headless = headless
        self._environment = environment
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Office:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        self.end()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        load_uno()
        command = [office_command(), f"-env:UserInstallation={self.profile.absolute().as_uri()}", *_QUIET]
        command += ["--headless", "--invisible"] if self._headless else []
        self._process = subprocess.Popen(
            [*command, f"--accept=pipe,name={self.pipe};urp;"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=without_venv(self._environment or os.environ), start_new_session=True,
        )  # fmt: skip
        try:
            self._wait()
        except BaseException:
            self.end()
            raise

    def _wait(self) -> None:
        """Another LibreOffice on the profile takes the request over, and the one just started ends."""
        until = time.monotonic() + self._seconds
        while self.context is None:
            try:
                self.context = connect(self.pipe, 0)
            except NoOffice:
                if time.monotonic() >= until:
                    raise NoOffice(f"LibreOffice 启动 {self._seconds:g} 秒后仍没有响应，请重试") from None
            if not self.alive:
                self.context = None
                raise NoOffice(f"另一个 LibreOffice 正在使用配置目录“{self.profile}”，请先关闭它再重试")
            time.sleep(0.05)

    @property
    def desktop(self) -> Any:
        return self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)

    def end(self) -> None:
        """Ask it to end; end its processes where it does not."""
        if self._process is None:
            return
        if self.context is not None and self.alive:
            self._ask()
        self.context = None
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def _ask(self) -> None:
        try:
            self.desktop.terminate()
        except Exception:  # the answer is lost when it ends at once
            return
