"""One installed extension and one running LibreOffice for all tests that need them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from jixiao.cli import main
from jixiao.engine.libreoffice.process import Office
from tests.libreoffice_extension.hosts import suite_for


@dataclass(frozen=True, slots=True)
class Installed:
    """A profile with the extension, and the arguments that mean it."""

    profile: Path
    suite: Path

    @property
    def options(self) -> list[str]:
        return ["--profile", str(self.profile), "--soffice", str(self.suite)]


@pytest.fixture(scope="session")
def prepared() -> Iterator[Installed]:
    """A profile in which nothing is installed yet."""
    folder = Path(tempfile.mkdtemp(prefix="jixiao-libreoffice-"))
    folder.chmod(0o755)
    profile = folder / "profile"
    profile.mkdir()
    yield Installed(profile, suite_for(folder / "program", profile))
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def installed(prepared: Installed) -> Installed:
    assert main(["libreoffice", "install", *prepared.options]) == 0
    return prepared


@pytest.fixture(scope="session")
def office(installed: Installed) -> Iterator[Office]:
    with Office(installed.profile) as running:
        yield running
