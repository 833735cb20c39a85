"""One LibreOffice for all tests that need it: on a profile and a pipe of its own, ended by its process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from jixiao.engine.libreoffice import NoOffice, Office, engine, open_book
from jixiao.sample import real_department
from tests import workbooks


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    started = Office(tmp_path_factory.mktemp("libreoffice") / "profile")
    try:
        started.start()
    except NoOffice as problem:
        pytest.fail(str(problem), pytrace=False)
    yield started
    engine.detach()
    started.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbooks.written(tmp_path, real_department())


@pytest.fixture
def book(office: Office, path: Path) -> Iterator[xw.Book]:
    """The real department's workbook, live, and the calling book of the macros."""
    opened = open_book(path, office.context)
    opened.set_mock_caller()
    engine.app.answer = "ok"
    engine.app.alerts.clear()
    yield opened
    engine.app.answer = None
    opened.close()
