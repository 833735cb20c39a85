"""One add-in and one workbook for all tests; both are only read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jixiao.addin.build import build_addin
from jixiao.addin.settings import settings_for
from jixiao.sample import real_department
from jixiao.workbook.template import build_workbook
from tests.addin.chain import CELLS
from tests.addin.excel import FOLDER, PYTHON
from tests.addin.installing import ingredients, places, with_python

__all__ = ["ingredients", "places", "with_python"]

PROJECT_NAME = "jixiao_7f3a"


@pytest.fixture(scope="session")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("addin") / "绩效助手.xlam"
    build_addin(path, project_name=PROJECT_NAME, settings=settings_for(PYTHON, FOLDER))
    return path


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled workbook, as it is before any button."""
    path = tmp_path_factory.mktemp("book") / "玉田 人大=2024.xlsx"
    build_workbook(real_department()).save(path)
    return path


@pytest.fixture(scope="session")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with the cells that the functions are tried on."""
    path = tmp_path_factory.mktemp("cells") / "函数.xlsx"
    book = openpyxl.Workbook()
    for row in CELLS:
        book.worksheets[0].append(row)
    book.save(path)
    return path
