"""The published 2024 targets of 玉田县人大常委会, word for word, with their errors: read by the importer."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jixiao.model.records import Department

if TYPE_CHECKING:
    from jixiao.documents.recognise import Imported

REAL_DOCUMENT = "yutian-2024.txt"


@cache
def real_import() -> Imported:
    """Both parts of the document, as `jixiao import` reads them."""
    from jixiao.documents.reading.text_file import read_text
    from jixiao.documents.recognise import recognise

    return recognise(read_text(resources.files(__package__).joinpath(REAL_DOCUMENT).read_bytes()))


def real_department() -> Department:
    """Seven projects and two kinds of basic expenditure, 7,015,904.46 yuan in all, without what Part 1 says of them."""
    return replace(real_import().department, passages=())
