"""The LibreOffice engine keeps the contract of the engines, but for what the program behind it does otherwise."""

from __future__ import annotations

import pytest

from jixiao.engine.libreoffice import Office, open_book
from tests.engine_contract import EngineContract, OpenBook

pytestmark = pytest.mark.libreoffice


class TestLibreOfficeKeepsTheContract(EngineContract):
    @pytest.fixture
    def open_book(self, office: Office) -> OpenBook:
        return lambda path: open_book(path, office.context)
