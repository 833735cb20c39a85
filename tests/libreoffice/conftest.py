"""One LibreOffice for all tests that need it: on a profile and a pipe of its own, ended by its process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jixiao.engine.libreoffice import NoOffice, Office, engine


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
