"""The published document of 2024: what is read of it, exactly, and that nothing of it is left."""

from __future__ import annotations

import tomllib
from importlib import resources

from jixiao.documents.reading.text_file import read_text
from jixiao.sample import REAL_DOCUMENT, real_import
from tests.documents.built import unaccounted
from tests.documents.case_documents import REAL, view


def test_every_field_of_it_is_read_as_it_stands() -> None:
    assert view(real_import()) == tomllib.loads(REAL.read_text("utf-8"))


def test_its_first_part_has_33_paragraphs_each_with_its_line() -> None:
    lines = resources.files("jixiao.sample").joinpath(REAL_DOCUMENT).read_text("utf-8").splitlines()
    paragraphs = real_import().paragraphs
    assert len(paragraphs) == 33
    assert [f"第 {lines.index(one.text) + 1} 行" for one in paragraphs if lines.count(one.text) == 1] == [
        one.where for one in paragraphs if lines.count(one.text) == 1
    ]


def test_nothing_of_it_is_left_unused() -> None:
    content = resources.files("jixiao.sample").joinpath(REAL_DOCUMENT).read_bytes()
    assert unaccounted(read_text(content), real_import()) == []
    assert {record.level.value for record in real_import().records} == {"说明"}
