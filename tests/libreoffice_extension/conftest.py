"""One installed extension and one running LibreOffice for all tests that need them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings as xw

from jixiao.cli import main
from jixiao.engine.libreoffice import Office, engine, open_book
from jixiao.sample import real_department
from tests import workbooks
from tests.libreoffice_extension.hosts import suite_for


@dataclass(frozen=True, slots=True)
class Installed:
    """A profile with the extension, and the arguments that mean it."""

    profile: Path
    suite: Path

    @property
    def error_log(self) -> Path:
        """What nobody foresaw is written here."""
        return self.profile.parent / "temporary" / "jixiao-error.log"

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "TMPDIR": str(self.error_log.parent)}

    @property
    def options(self) -> list[str]:
        return ["--profile", str(self.profile), "--soffice", str(self.suite)]


@pytest.fixture(scope="session")
def prepared() -> Iterator[Installed]:
    """A profile in which nothing is installed yet."""
    folder = Path(tempfile.mkdtemp(prefix="jixiao-libreoffice-"))
    folder.chmod(0o755)
    profile = folder / "profile"
    made = Installed(profile, suite_for(folder / "program", profile))
    profile.mkdir()
    made.error_log.parent.mkdir()
    yield made
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def installed(prepared: Installed) -> Installed:
    assert main(["libreoffice", "install", *prepared.options]) == 0
    return prepared


@pytest.fixture(scope="session")
def office(installed: Installed) -> Iterator[Office]:
    with Office(installed.profile, environment=installed.environment) as running:
        yield running
        engine.detach()


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Iterator[xw.Book]:
    """The real department's workbook, open in LibreOffice; seen over the pipe, changed from inside."""
    opened = open_book(workbooks.written(tmp_path, real_department()), office.context)
    yield opened
    for other in opened.app.books:
        other.close()
