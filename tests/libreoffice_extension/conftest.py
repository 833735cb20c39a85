"""One installed extension and one running LibreOffice for all tests that need them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from jixiao.cli import main
from jixiao.engine.libreoffice import Office, engine, open_book
from jixiao.sample import real_department
from tests import workbooks
from tests.libreoffice_extension.hosts import Place, a_place
from tests.libreoffice_extension.lxml_there import with_lxml


@pytest.fixture(scope="session")
def prepared() -> Iterator[Place]:
    """A profile in which nothing is installed yet."""
    with a_place() as place:
        yield place


@pytest.fixture(scope="session")
def installed(prepared: Place) -> Place:
    assert main(["libreoffice", "install", *prepared.options]) == 0
    return prepared


@pytest.fixture(scope="session")
def office(installed: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """It can read Word documents; the one of test_click.py cannot."""
    environment = with_lxml(installed.environment, tmp_path_factory.mktemp("lxml"))
    with Office(installed.profile, environment=environment) as running:
        yield running
        engine.detach()


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Iterator[xw.Book]:
    """The real department's workbook, open in LibreOffice; seen over the pipe, changed from inside."""
    opened = open_book(workbooks.written(tmp_path, real_department()), office.context)
    yield opened
    for other in opened.app.books:
        other.close()
